// The desk: everybody's phones, the store and fate beside them, the tour above.

import { asked } from "./dialogs.js";
import { arrange, el, face, iconButton } from "./dom.js";
import { Phone } from "./phone.js";
import { act, ask, listen } from "./server.js";
import { Side } from "./side.js";
import { Tour } from "./tour.js";
import { speak, spoken, t } from "./words.js";

class Desk {
  constructor() {
    this.run = null;
    this.phones = [];
    this.samples = [];
    this.stages = {};
    this.botName = "";
    this.bot = { state: "starting" };
    this.side = new Side(this);
    this.tour = new Tour(this);
    this.top = el("header", { class: "top" });
    this.phonesRoot = el("main", { class: "phones" });
    this.switcher = el("nav", { class: "switcher" });
    document.body.replaceChildren(this.top, this.tour.root, el("div", { class: "desk" }, this.phonesRoot, this.side.root), this.switcher);
    this.chosen = null;
    this.build();
    listen((topic, value) => this.hear(topic, value), () => this.hear("bot", { state: "lost" }));
  }

  get members() {
    return this.phones.map((phone) => phone.member);
  }

  build() {
    document.title = t("title");
    this.drawTop();
    this.side.build();
    this.tour.draw();
    this.drawSwitcher();
    this.drawOpening();
  }

  hear(topic, value) {
    const does = {
      house: () => this.hearHouse(value), people: () => this.hearPeople(value), bot: () => this.hearBot(value),
      chat: () => this.hearChat(value), store: () => this.side.store.hear(value), fate: () => this.side.fate.hear(value),
      tour: () => this.tour.hear(value),
    };
    does[topic]();
  }

  hearHouse({ language, samples, stages, bot }) {
    Object.assign(this, { samples, stages, botName: bot });
    speak(localStorage.getItem("language") ?? language);
    this.build();
  }

  hearBot(bot) {
    this.bot = bot;
    this.drawTop();
    this.drawOpening();
  }

  // Another run is another dealership: nothing of the old one is left.
  hearPeople({ run, list }) {
    if (run !== this.run) {
      this.phones = [];
      this.run = run;
    }
    const known = new Set(this.members.map(({ id }) => id));
    for (const member of list.filter(({ id }) => !known.has(id))) this.phones.push(new Phone(member, this));
    arrange(this.phonesRoot, this.phones.map((phone) => phone.root));
    if (!this.phones.some((phone) => this.chosen === phone.root)) this.choose(this.phones[0]?.root);
    this.drawSwitcher();
    this.side.fate.draw();
  }

  hearChat(view) {
    if (view.run !== this.run) return;
    const phone = this.phones.find(({ member }) => member.id === view.person);
    const wasBlocked = phone?.view.blocked;
    phone?.hear(view);
    if (wasBlocked !== phone?.view.blocked) this.side.fate.draw();
  }

  drawTop() {
    const theme = () => {
      const dark = document.documentElement.dataset.theme === "dark";
      localStorage.setItem("theme", dark ? "light" : "dark");
      dress();
      this.drawTop();
    };
    const other = spoken() === "ru" ? "en" : "ru";
    const language = () => {
      localStorage.setItem("language", other);
      speak(other);
      this.build();
      for (const phone of this.phones) phone.rebuild();
      this.choose(this.phones[0]?.root);
    };
    this.top.replaceChildren(
      el("img", { src: "/page/icon.svg", alt: "" }),
      el("div", { class: "title" }, el("h1", {}, this.botName || t("title")), el("p", {}, t("subtitle"))),
      el("span", { class: "state", role: "status", data: { is: this.bot.state } }, t(`bot_${this.bot.state}`)),
      el("div", { class: "buttons" },
        iconButton("plus", t("add_person"), () => this.addPerson()),
        iconButton("again", t("anew"), () => this.anew()),
        iconButton(document.documentElement.dataset.theme === "dark" ? "sun" : "moon", t("theme"), theme),
        el("button", { type: "button", class: "plain", lang: other, "aria-label": t("language"), title: t("language"), onclick: language }, other.toUpperCase())));
  }

  drawOpening() {
    if (this.phones.length) return;
    this.phonesRoot.replaceChildren(el("p", { class: "opening", role: "status" }, t(this.bot.state === "lost" ? "bot_lost" : "opening")));
  }

  // On a narrow screen one thing at a time.
  drawSwitcher() {
    const tab = (root, picture, word, unread = 0) => el("button", {
      type: "button", "aria-selected": String(this.chosen === root), onclick: () => this.choose(root),
    }, picture, word, unread ? el("span", { class: "badge" }, String(unread)) : null);
    const side = (name, sign) => {
      const isShown = this.chosen === this.side.root && this.side.shown === name;
      return el("button", { type: "button", "aria-selected": String(isShown), onclick: () => {
        this.side.show(name);
        this.choose(this.side.root);
      } }, el("span", { "aria-hidden": "true" }, sign), t(name));
    };
    this.switcher.setAttribute("aria-label", t("phones"));
    this.switcher.replaceChildren(
      ...this.phones.map((phone) => tab(phone.root, face(phone.member.name, phone.member.id, true), phone.member.name, phone.unread)),
      side("store", "📁"), side("fate", "⚡"));
  }

  choose(root) {
    if (!root) return;
    this.chosen?.classList.remove("chosen");
    this.chosen = root;
    root.classList.add("chosen");
    this.drawSwitcher();
    for (const phone of this.phones) phone.list.look();
  }

  counted() {
    const counts = this.phones.map((phone) => phone.unread).join();
    if (counts !== this.counts) {
      this.counts = counts;
      this.drawSwitcher();
    }
  }

  // The tour's hand: whose phone acts now, and what is being typed.
  point(now) {
    for (const phone of this.phones) {
      const isHis = phone.member.name === now?.name;
      phone.ghost(isHis ? now.text : null);
      if (!isHis || this.pointed === phone) continue;
      this.pointed = phone;
      if (this.chosen !== this.side.root) this.choose(phone.root);
      phone.root.scrollIntoView({ inline: "nearest", block: "nearest", behavior: "smooth" });
    }
    if (!now) this.pointed = null;
  }

  async addPerson() {
    const digits = String(Math.floor(Math.random() * 1e7)).padStart(7, "0");
    const roles = ["client", "employee", "care", "admin"].map((role) => [role, t(role)]);
    const fields = [
      { name: "name", label: t("name") },
      { name: "phone", label: t("phone"), value: `+37529${digits}`, type: "tel" },
      { name: "role", label: t("role"), choices: roles, value: "client" },
    ];
    await asked({ title: t("add_person"), fields, yes: t("add"), check: (values) => ask("/api/people", values) });
  }

  async anew() {
    if (await asked({ title: t("anew"), text: t("anew_ask"), yes: t("anew") })) {
      await ask("/api/anew", { language: spoken() }).catch((error) => this.tell(error.message));
    }
  }

  async invites(payload) {
    const choices = this.members.map((member) => [String(member.id), member.name]);
    const given = await asked({ title: t("link_start"), yes: t("link_title"), fields: [{ name: "who", label: t("name"), choices }] });
    if (given) await act(Number(given.who), "starts", { payload }).catch((error) => this.tell(error.message));
  }

  tell(text) {
    document.querySelector("body > .toast")?.remove();
    const made = el("div", { class: "toast", role: "alert" }, text);
    document.body.append(made);
    setTimeout(() => made.remove(), 4000);
  }
}

const system = matchMedia("(prefers-color-scheme: dark)");

function dress() {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? (system.matches ? "dark" : "light");
}

system.addEventListener("change", dress);
dress();
speak(localStorage.getItem("language") ?? "ru");
new Desk();

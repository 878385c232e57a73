// One phone on the desk: a person, and his chat with the bot as the server shows it.

import { bubbleList } from "./chat.js";
import { Composer } from "./composer.js";
import { asked, told } from "./dialogs.js";
import { byArrows, el, face, iconButton } from "./dom.js";
import { messageMenu, phoneMenu } from "./menus.js";
import { act } from "./server.js";
import { inShort } from "./wire.js";
import { t } from "./words.js";

const DOING = { upload_photo: "sends_photo", upload_video: "sends_video", upload_document: "sends_file" };
const DOING_S = 5;

export class Phone {
  constructor(member, desk) {
    this.member = member;
    this.desk = desk;
    this.messages = new Map();
    this.view = { keyboard: null, actions: [], blocked: false };
    this.build();
  }

  get botName() {
    return this.desk.botName;
  }

  get unread() {
    return this.list.unread;
  }

  build() {
    const { member } = this;
    this.badge = el("span", { class: "badge hidden" });
    this.doing = el("div", { class: "doing" }, t("bot"));
    this.pinned = el("button", { type: "button", class: "pinned hidden", onclick: () => this.jump(this.pinnedId) });
    this.list = bubbleList(this);
    this.composer = new Composer(this);
    this.screen = el("div", { class: "screen" },
      el("div", { class: "chat-head" }, el("img", { class: "face", src: "/page/icon.svg", alt: "" }),
        el("div", { class: "who" }, el("div", { class: "name" }, this.botName), this.doing)),
      this.pinned, this.list.room, this.composer.root);
    this.root = el("article", { class: "phone", "aria-label": `${member.name}, ${t(member.role)}`, data: { person: member.id } },
      el("div", { class: "whose" }, face(member.name, member.id),
        el("div", { class: "who" }, el("b", {}, member.name), ` ${t(member.role)}`, el("span", {}, member.phone)),
        this.badge, iconButton("more", t("actions"), () => phoneMenu(this))),
      this.screen);
  }

  // Redrawn in the language of the page; what is known of the chat stays.
  rebuild() {
    const old = this.root;
    this.build();
    old.replaceWith(this.root);
    this.draw();
  }

  hear(view) {
    for (const message of view.messages) {
      if (message.deleted) this.messages.delete(message.id);
      else this.messages.set(message.id, message);
    }
    const isDoing = view.actions.length > this.view.actions.length && this.hasHeard;
    this.view = view;
    this.hasHeard = true;
    this.draw();
    this.show(isDoing ? view.actions.at(-1).action : null, view.messages.length > 0);
  }

  draw() {
    const shown = [...this.messages.values()].sort((a, b) => a.id - b.id);
    this.drawPinned(shown);
    this.composer.draw();
    this.list.draw(shown);
    this.count();
  }

  drawPinned(shown) {
    const last = shown.filter((message) => message.pinned).at(-1);
    this.pinnedId = last?.id;
    this.pinned.classList.toggle("hidden", !last);
    if (last) {
      this.pinned.replaceChildren(el("div", { class: "text" }, el("b", {}, t("pinned")), el("span", {}, inShort(last.body))));
    }
  }

  show(action, hasNews) {
    if (action) {
      this.doing.textContent = t(DOING[action] ?? "typing");
      this.doing.classList.add("busy");
      clearTimeout(this.calming);
      this.calming = setTimeout(() => this.calm(), DOING_S * 1000);
    } else if (hasNews) {
      this.calm();
    }
  }

  calm() {
    this.doing.textContent = t("bot");
    this.doing.classList.remove("busy");
  }

  count() {
    this.badge.textContent = String(this.unread);
    this.badge.classList.toggle("hidden", this.unread === 0);
    this.desk.counted();
  }

  jump(id) {
    this.list.jump(id);
  }

  async does(name, args) {
    try {
      return await act(this.member.id, name, args);
    } catch (error) {
      this.toast(t("failed", { why: error.message }));
      return null;
    }
  }

  says(text, more = {}) {
    return this.does("says", { text, ...more });
  }

  async presses(messageId, button) {
    const result = await this.does("presses", { message_id: messageId, data: button.callback_data });
    const answer = result?.answer;
    if (answer?.alert) told("", answer.text);
    else if (answer?.text) this.toast(answer.text);
  }

  // A key of the keyboard below the chat; the contact is asked for as the app does.
  async taps(key) {
    if (key.request_contact) {
      const { name, phone } = this.member;
      const agreed = await asked({ title: t("share_title"), text: t("share_text", { name, phone }), yes: t("share") });
      if (!agreed) return;
    }
    await this.does("taps", { label: key.text });
  }

  // A link to the bot itself is an invitation: somebody on the desk follows it. True if it was one.
  opens(url) {
    const invitation = /^https?:\/\/t\.me\/[^/?]+\?start=([\w-]+)$/.exec(url);
    if (invitation) this.desk.invites(invitation[1]);
    return Boolean(invitation);
  }

  menu(group) {
    messageMenu(this, group);
  }

  toast(text) {
    this.screen.querySelector(".toast")?.remove();
    const made = el("div", { class: "toast", role: "status" }, text);
    this.screen.append(made);
    setTimeout(() => made.remove(), 3500);
  }

  // A popover of this phone; another one, Escape or a click beside it closes it.
  pop(...content) {
    this.unpop();
    const made = el("div", { class: "pop", role: "menu" }, ...content);
    const before = document.activeElement;
    byArrows(made, "button", "ArrowUp", "ArrowDown");
    const away = (event) => {
      const isEscape = event.type === "keydown" && event.key === "Escape";
      if (isEscape || (event.type === "pointerdown" && !made.contains(event.target))) this.unpop();
    };
    this.list.room.append(made);
    document.addEventListener("pointerdown", away);
    document.addEventListener("keydown", away);
    this.closePop = () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("keydown", away);
      const hadFocus = made.contains(document.activeElement);
      made.remove();
      if (hadFocus) before?.focus?.({ preventScroll: true });
    };
    made.querySelector("button")?.focus({ preventScroll: true });
    return made;
  }

  unpop() {
    this.closePop?.();
    this.closePop = null;
  }

  ghost(text) {
    this.root.classList.toggle("acting", text !== null);
    this.composer.ghost(text);
  }
}


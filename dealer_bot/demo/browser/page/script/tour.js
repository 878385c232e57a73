// The strip of the guided tour.

import { printed } from "./dialogs.js";
import { el, icon } from "./dom.js";
import { ask } from "./server.js";
import { spoken, t } from "./words.js";

const QUICK_S = 0.25;

export class Tour {
  constructor(desk) {
    this.desk = desk;
    this.now = { state: "idle", step: 0, steps: 8, titles: [], facts: [], now: null };
    this.root = el("section", { class: "tour" });
  }

  hear(now) {
    this.now = now;
    this.draw();
    this.desk.point(now.state === "playing" ? now.now : null);
  }

  draw() {
    const { state, step, steps, titles, facts } = this.now;
    const dots = Array.from({ length: steps }, (_, n) => n + 1).map((n) => el("li", {
      class: n < step || state === "done" ? "past" : n === step ? "now" : "", title: titles[n - 1] ?? "",
      "aria-current": n === step ? "step" : null,
    }, String(n)));
    this.root.dataset.state = state;
    this.root.setAttribute("aria-label", t("tour"));
    this.root.replaceChildren(el("ol", {}, dots), this.told(), el("div", { class: "buttons" }, this.buttons(facts)));
  }

  told() {
    const { state, step, steps, titles, facts, now } = this.now;
    if (step === 0 || ["idle", "preparing"].includes(state)) {
      return el("div", { class: "told" }, el("b", {}, t("tour")), el("span", {}, t(state === "preparing" ? "tour_preparing" : "tour_idle")));
    }
    const fact = facts.filter(({ kind }) => kind === "fact").at(-1);
    const line = state === "paused" ? t("tour_paused") : state === "done" ? t("tour_done")
      : state === "failed" ? `${t("tour_failed")}: ${fact?.text ?? ""}` : fact?.text ?? (now ? `${now.name}: ${now.text}` : "");
    return el("div", { class: "told", role: "status" },
      el("b", {}, `${t("step", { n: step, of: steps })}. ${titles.at(-1) ?? ""}`),
      el("span", { class: fact && ["playing", "failed"].includes(state) ? "fact" : "" }, line || "\u00a0"));
  }

  buttons(facts) {
    const { state } = this.now;
    const more = facts.length ? button("tour_more", "action quiet", null, () => printed(this.now.titles.at(-1), facts)) : null;
    if (state === "playing") {
      return [more, button("tour_quick", "action quiet", null, () => this.ask("play", QUICK_S)), button("tour_take", "action", "pause", () => this.ask("pause"))];
    }
    if (state === "preparing") return [];
    const word = { idle: "tour_play", paused: "tour_go_on" }[state] ?? "tour_again";
    return [more, button(word, "action", "play", () => this.ask("play"))];
  }

  async ask(what, reading = null) {
    try {
      const wish = { what, language: spoken() };
      await ask("/api/tour", reading === null ? wish : { ...wish, reading_s: reading });
    } catch (error) {
      this.desk.tell(error.message);
    }
  }
}

function button(word, look, picture, onclick) {
  return el("button", { type: "button", class: look, onclick }, picture ? icon(picture) : null, t(word));
}

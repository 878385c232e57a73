// Switches of fate, and for each blow what was promised and what happened.

import { el } from "./dom.js";
import { act, ask } from "./server.js";
import { clock, t } from "./words.js";

export class Fate {
  constructor(desk) {
    this.desk = desk;
    this.now = null;
    this.root = el("div", { class: "fate" });
  }

  build() {
    this.draw();
  }

  hear(now) {
    this.now = now;
    this.draw();
  }

  draw() {
    const { now } = this;
    if (!now) {
      this.root.replaceChildren();
      return;
    }
    this.root.replaceChildren(
      el("p", { class: "count", role: "status" }, t("count", now.count), now.count.repeated ? ` · ${t("repeats", { n: now.count.repeated })}` : ""),
      this.trial("kill", now.killed, now.killed ? ["revive", "start"] : ["kill", "kill"]),
      this.trial("cut", now.cut, now.cut ? ["off", "cut"] : ["on", "cut"]),
      this.trial("slow", now.slow, now.slow ? ["off", "slow"] : ["on", "slow"]),
      this.trial("flood", false, ["strike", "flood"]),
      this.blocking(),
      el("h3", { class: now.blows.length ? null : "hidden" }, t("happened")),
      el("ol", { class: "blows" }, now.blows.map((blow) => this.blow(blow))));
  }

  trial(name, isOn, [word, what]) {
    const turn = async (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      try {
        await ask("/api/fate", { what });
      } catch (error) {
        this.desk.tell(error.message);
        button.disabled = false;
      }
    };
    return el("div", { class: isOn ? "trial on" : "trial", data: { trial: name } },
      el("div", {}, el("b", {}, t(`fate_${name}`)), el("p", {}, t(`fate_${name}_text`))),
      el("button", { type: "button", class: isOn ? "action" : "action quiet", "aria-pressed": String(isOn), onclick: turn }, t(word)));
  }

  blocking() {
    const clients = this.desk.phones.filter((phone) => phone.member.role === "client");
    return el("div", { class: "trial" },
      el("div", {}, el("b", {}, t("fate_block")), el("p", {}, t("fate_block_text"))),
      el("div", { class: "several" }, clients.map((phone) => {
        const { blocked } = phone.view;
        return el("button", {
          type: "button", class: blocked ? "action" : "action quiet", "aria-pressed": String(blocked),
          onclick: () => act(phone.member.id, blocked ? "unblocks" : "blocks").catch((error) => this.desk.tell(error.message)),
        }, phone.member.name);
      })));
  }

  blow({ kind, at, ended, since }) {
    return el("li", { class: ended ? "ended" : "" },
      el("b", {}, `${clock(at)} ${t(`fate_${kind}`)}`),
      el("p", {}, t(`fate_${kind}_text`)),
      el("p", { class: "result" }, `${t(ended ? "calm" : "going_on")}: ${t("since", since)}`));
  }
}

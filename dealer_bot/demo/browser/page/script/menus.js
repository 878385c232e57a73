// Popovers of a phone: what can be done with a message, with the phone.

import { el, icon } from "./dom.js";
import { t } from "./words.js";
import { textOf } from "./wire.js";

const EMOJI = ["👍", "❤", "🔥", "👏", "😁", "😢"];

// Old signs such as the heart are drawn in colour only when asked to be.
export function coloured(emoji) {
  return `${emoji}\uFE0F`;
}

export function item(name, label, onclick, more = "") {
  return el("button", { type: "button", class: `item ${more}`, role: "menuitem", onclick }, icon(name), label);
}

export function messageMenu(phone, group) {
  const [first] = group.messages;
  const worded = group.messages.find((message) => textOf(message.body)) ?? first;
  const after = (does) => () => {
    phone.unpop();
    does();
  };
  const mine = first.reacted.map((each) => each.emoji);
  const react = (emoji) => phone.does("reacts", { message_id: first.id, emoji: mine.includes(emoji) ? null : emoji });
  const isEditable = !first.by_bot && ("text" in worded.body || "caption" in worded.body || worded.sha256);
  phone.pop(
    el("div", { class: "emoji" }, EMOJI.map((emoji) => el("button", {
      type: "button", "aria-label": t("react", { emoji }), onclick: after(() => react(emoji)),
    }, coloured(emoji)))),
    item("reply", t("reply"), after(() => phone.composer.replyTo(first))),
    isEditable && item("edit", t("edit"), after(() => phone.composer.edit(worded))),
    textOf(worded.body) && item("file", t("copy"), after(() => navigator.clipboard?.writeText(textOf(worded.body)))),
    item("trash", t("delete"), after(() => group.messages.forEach((message) => phone.does("deletes", { message_id: message.id }))), "bad"),
  );
}

export function phoneMenu(phone) {
  const { blocked } = phone.view;
  phone.pop(item("block", t(blocked ? "unblock" : "block"), () => {
    phone.unpop();
    phone.does(blocked ? "unblocks" : "blocks");
  }, blocked ? "" : "bad"));
}

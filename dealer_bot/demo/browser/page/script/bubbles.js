// One message, or one album, as it lies in the chat.

import { el, icon } from "./dom.js";
import { attachment, isPicture, mosaic } from "./media.js";
import { coloured } from "./menus.js";
import { link, rich } from "./text.js";
import { clock, t } from "./words.js";
import { entitiesOf, inShort, kindOf, textOf } from "./wire.js";

const BARE = ["sticker", "video_note", "dice"];

// `phone` is told what a tap asks for: presses, link, command, menu, jump.
export function drawn(group, phone) {
  const [first] = group.messages;
  const kind = kindOf(first.body);
  if (kind === "pinned_message" || kind === "unknown") return note(first, phone);
  const item = el("li", { class: first.by_bot ? "" : "own", data: { key: group.key } }, bubble(group, kind, phone));
  const markup = group.messages.find((message) => message.body.reply_markup?.inline_keyboard);
  if (markup) item.append(under(markup, phone));
  return item;
}

function note(message, phone) {
  const pinned = message.body.pinned_message;
  const text = pinned ? `${phone.botName} ${t("pinned_note")} «${inShort(pinned).slice(0, 60)}»` : t("unknown");
  return el("li", { class: "note", data: { key: `m${message.id}` } }, text);
}

function bubble(group, kind, phone) {
  const { messages } = group;
  const pictures = messages.filter(isPicture);
  const made = el("article", { class: "bubble", "aria-label": `${messages[0].by_bot ? phone.botName : phone.member.name}, ${clock(messages[0].body.date)}` });
  if (pictures.length) made.classList.add("media");
  if (BARE.includes(kind)) made.classList.add("bare");
  if (messages[0].body.reply_to_message) made.append(quote(messages[0].body.reply_to_message, phone));
  if (pictures.length) made.append(mosaic(pictures));
  made.append(...messages.filter((message) => !isPicture(message)).map(attachment).filter(Boolean));
  const words = messages.filter((message) => textOf(message.body));
  made.append(...words.map((message) => words_of(message, phone)));
  made.append(...reactions(messages), meta(messages, pictures.length > 0 && words.length === 0));
  made.append(el("button", {
    type: "button", class: "more", "aria-label": t("actions"), "aria-haspopup": "menu",
    onclick: () => phone.menu(group),
  }, icon("more")));
  made.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    phone.menu(group);
  });
  return made;
}

function words_of(message, phone) {
  const on = { command: (text) => phone.says(text), link: (url) => phone.opens(url) };
  return el("div", { class: "text" }, rich(textOf(message.body), entitiesOf(message.body), on));
}

function quote(original, phone) {
  const name = original.from?.is_bot ? phone.botName : phone.member.name;
  return el("button", { type: "button", class: "quote", onclick: () => phone.jump(original.message_id) },
    el("b", {}, name), el("span", {}, inShort(original)));
}

function meta(messages, isOver) {
  const last = messages.at(-1);
  const made = el("span", { class: isOver ? "meta over" : "meta" });
  if (last.silent) made.append(el("span", { role: "img", "aria-label": t("silent"), title: t("silent") }, icon("quiet")));
  if (messages.some((message) => "edit_date" in message.body)) made.append(el("span", {}, t("edited")));
  made.append(el("span", {}, clock(last.body.date)));
  if (!last.by_bot) made.append(icon("check"));
  return made;
}

function reactions(messages) {
  const all = messages.flatMap((message) => [message.reaction, ...message.reacted.map((each) => each.emoji ?? "✨")]).filter(Boolean);
  return all.length ? [el("div", { class: "reactions" }, all.map((emoji) => el("span", {}, coloured(emoji))))] : [];
}

function under(message, phone) {
  const rows = message.body.reply_markup.inline_keyboard.map((row) => el("div", { class: "row" }, row.map((button) => key(message, button, phone))));
  return el("div", { class: "under" }, rows);
}

function key(message, button, phone) {
  if (button.url) return link(document.createTextNode(button.text), button.url, { link: (url) => phone.opens(url) });
  return el("button", {
    type: "button",
    onclick: async (event) => {
      const pressed = event.currentTarget;
      pressed.classList.add("busy");
      await phone.presses(message.id, button);
      pressed.classList.remove("busy");
    },
  }, button.text);
}

// Text with entities. Offsets are UTF-16 units, as JavaScript counts too.

import { el } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const WEB = /^https?:\/\//i;

// `on.command(text)` and `on.link(url)` say what a tap does.
export function rich(text, entities = [], on = {}) {
  const cuts = new Set([0, text.length]);
  for (const { offset, length } of entities) cuts.add(offset).add(offset + length);
  const borders = [...cuts].filter((at) => at <= text.length).sort((a, b) => a - b);
  const made = [];
  for (let n = 0; n + 1 < borders.length; n++) {
    const [from, to] = [borders[n], borders[n + 1]];
    const over = entities.filter((e) => e.offset <= from && e.offset + e.length >= to);
    made.push(over.reduceRight((inner, entity) => wrapped(inner, entity, text, on), document.createTextNode(text.slice(from, to))));
  }
  return made;
}

function wrapped(inner, entity, text, on) {
  const whole = text.slice(entity.offset, entity.offset + entity.length);
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, inner);
  if (entity.type === "spoiler") {
    return el("span", { class: "spoiler", onclick: (event) => event.currentTarget.classList.toggle("open") }, inner);
  }
  if (entity.type === "bot_command" && on.command) {
    return el("button", { type: "button", class: "command", onclick: () => on.command(whole) }, inner);
  }
  const address = entity.type === "text_link" ? entity.url : entity.type === "url" ? whole : null;
  return address ? link(inner, address, on) : inner;
}

export function link(inner, address, on = {}) {
  const url = WEB.test(address) ? address : `https://${address}`;
  const onclick = (event) => {
    if (on.link?.(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick }, inner);
}

// Text with entities. Offsets are UTF-16 units, as JavaScript counts too.

import { el } from "./dom.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const WEB = /^https?:\/\//i;

const FOUND = [
  ["url", /https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)]/gi],
  ["bot_command", /(?<![\w/:.])\/[a-z0-9_]{1,32}(?![\w/])/g],
];

// Addresses and commands, which Telegram marks by itself wherever nothing is marked yet.
function withFound(text, entities) {
  const isFree = (from, to) => entities.every(({ offset, length }) => offset + length <= from || offset >= to);
  const found = FOUND.flatMap(([type, pattern]) => [...text.matchAll(pattern)].map((match) => (
    { type, offset: match.index, length: match[0].length })));
  return [...entities, ...found.filter(({ offset, length }) => isFree(offset, offset + length))];
}

// `on.command(text)` and `on.link(url)` say what a tap does.
export function rich(text, given = [], on = {}) {
  const entities = withFound(text, given);
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

// What a bubble carries besides words: mosaics, films, voices, files, places, cards.

import { el, face, icon } from "./dom.js";
import { viewed } from "./dialogs.js";
import { link } from "./text.js";
import { clock, lasting, sized, t } from "./words.js";
import { addressOf, kindOf, sidesOf, textOf } from "./wire.js";

const LINES = { 1: [1], 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [3, 3, 4] };
const PICTURES = ["photo", "video", "animation"];

export function isPicture(message) {
  return PICTURES.includes(kindOf(message.body));
}

// Lines of pictures in their own proportions, as wide as the bubble.
export function mosaic(messages) {
  const items = messages.map(viewable);
  const plan = LINES[messages.length] ?? Array(Math.ceil(messages.length / 3)).fill(3);
  let next = 0;
  const lines = plan.map((count) => {
    const line = messages.slice(next, next + count).map((message, n) => tile(message, items, next + n, messages.length));
    next += count;
    return el("div", { class: "line" }, line);
  });
  return el("div", { class: "mosaic" }, lines);
}

function viewable(message) {
  return { address: addressOf(message), film: kindOf(message.body) !== "photo", caption: textOf(message.body), name: clock(message.body.date) };
}

function tile(message, items, at, count) {
  const kind = kindOf(message.body);
  const [width, height] = sidesOf(message.body, kind);
  const share = Math.min(Math.max(width / height, count > 2 ? 0.8 : 0.75), count > 2 ? 1.7 : 2.4);
  const film = kind !== "photo";
  const label = t("open_picture", { what: `${t(kind)} ${at + 1}` });
  const picture = film
    ? el("video", { src: firstFrame(items[at].address), muted: true, playsinline: true, preload: "metadata", tabindex: "-1" })
    : el("img", { src: items[at].address, alt: textOf(message.body), loading: "lazy" });
  const node = el("button", { type: "button", class: film ? "film" : null, "aria-label": label, onclick: () => viewed(items, at) }, picture);
  if (film) node.append(el("span", { class: "length" }, lasting(message.body[kind].duration)));
  node.style.flex = `${share} 1 0`;
  node.style.aspectRatio = String(share);
  return node;
}

// A film that has not been started shows its beginning, not a grey sheet.
export function firstFrame(address) {
  return `${address}#t=0.1`;
}

const DRAWN = { document: file, audio: file, voice, video_note: round, sticker, contact, location: place, venue: place, dice, poll };

export function attachment(message) {
  return DRAWN[kindOf(message.body)]?.(message) ?? null;
}

function file(message) {
  const kind = kindOf(message.body);
  const { file_name: name, file_size: size } = message.body[kind];
  const ending = /\.([A-Za-z0-9]{1,4})$/.exec(name ?? "")?.[1];
  return el("a", { class: "file", href: addressOf(message), download: name || t(kind) },
    el("span", { class: "sheet" }, ending ?? icon("file")),
    el("span", { class: "what" }, el("b", {}, name || t(kind)), el("small", {}, sized(size ?? 0))));
}

function voice(message) {
  const sound = el("audio", { src: addressOf(message), preload: "none" });
  const progress = el("progress", { max: "1", value: "0", "aria-hidden": "true" });
  const button = el("button", { type: "button", class: "play", "aria-label": t("play") }, icon("play"));
  const drawn = () => {
    button.replaceChildren(icon(sound.paused ? "play" : "pause"));
    button.setAttribute("aria-label", t(sound.paused ? "play" : "pause"));
  };
  button.addEventListener("click", () => (sound.paused ? sound.play().catch(() => {}) : sound.pause()));
  for (const happening of ["play", "pause", "ended"]) sound.addEventListener(happening, drawn);
  sound.addEventListener("timeupdate", () => {
    progress.value = sound.duration ? sound.currentTime / sound.duration : 0;
  });
  return el("div", { class: "voice" }, button, progress, el("small", {}, lasting(message.body.voice.duration)), sound);
}

function round(message) {
  const film = el("video", { src: firstFrame(addressOf(message)), playsinline: true, preload: "metadata", loop: true });
  const turn = () => (film.paused ? film.play().catch(() => {}) : film.pause());
  return el("button", { type: "button", class: "round", "aria-label": t("video_note"), onclick: turn }, film);
}

function sticker(message) {
  const emoji = el("span", { role: "img", "aria-label": t("sticker") }, message.body.sticker.emoji ?? "🙂");
  const picture = el("img", { src: addressOf(message), alt: t("sticker") });
  picture.addEventListener("error", () => picture.replaceWith(emoji), { once: true });
  return el("div", { class: "sticker" }, picture);
}

function contact(message) {
  const { first_name: first, last_name: last, phone_number: phone } = message.body.contact;
  const name = [first, last].filter(Boolean).join(" ");
  return el("div", { class: "file" }, face(name || "?", name.length), el("span", { class: "what" }, el("b", {}, name), el("small", {}, phone)));
}

function place(message) {
  const { latitude, longitude } = message.body.location;
  const spot = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  const words = message.body.venue ? [el("b", {}, message.body.venue.title), el("small", {}, message.body.venue.address)] : [el("small", {}, spot)];
  const made = link(el("span", { class: "map" }), address);
  made.className = "place";
  made.setAttribute("aria-label", `${t("location")} ${spot}`);
  made.append(...words);
  return made;
}

function dice(message) {
  return el("div", { class: "sticker" }, `${message.body.dice.emoji} ${message.body.dice.value}`);
}

function poll(message) {
  const { question, options } = message.body.poll;
  return el("div", { class: "text" }, el("b", {}, question), options.map((option) => el("div", {}, `○ ${option.text}`)));
}

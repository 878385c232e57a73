// The clip: a tray of samples, files of this machine, a place, a contact.

import { asked } from "./dialogs.js";
import { el } from "./dom.js";
import { firstFrame } from "./media.js";
import { item } from "./menus.js";
import { t } from "./words.js";

const MINSK = { latitude: 53.9045, longitude: 27.5615 };

export function attachMenu(phone, parcel) {
  const after = (does) => () => {
    phone.unpop();
    does();
  };
  const pick = (accept, as) => after(() => picked(accept, (files) => parcel.take(files, as)));
  phone.pop(
    el("h3", {}, t("samples")), tray(phone, parcel),
    item("clip", t("photo_or_video"), pick("image/*,video/*", null)),
    item("file", t("file"), pick("", "document")),
    item("voice", `${t("voice")}: ${t("voice_hint")}`, pick("audio/*", "voice")),
    item("voice", t("record"), after(() => record(phone, parcel))),
    item("smile", t("sticker"), after(async () => parcel.take([await drawnSticker("👍")], "sticker"))),
    item("play", t("round"), pick("video/*", "video_note")),
    item("place", t("place"), after(() => phone.does("sends_location", MINSK))),
    item("person", t("card"), after(() => sendCard(phone))),
  );
}

function tray(phone, parcel) {
  const chosen = [];
  const take = el("button", { type: "button", class: "action hidden" });
  take.addEventListener("click", () => {
    phone.unpop();
    parcel.takeSamples(chosen);
    phone.composer.field.focus();
  });
  const tiles = phone.desk.samples.map((name) => {
    const address = `/samples/${encodeURIComponent(name)}`;
    const film = name.endsWith(".mp4");
    const picture = film ? el("video", { src: firstFrame(address), muted: true, preload: "metadata", tabindex: "-1" }) : el("img", { src: address, alt: "" });
    return el("button", { type: "button", class: film ? "film" : null, "aria-label": name, title: name, "aria-pressed": "false", data: { name } }, picture);
  });
  const mark = (tile) => {
    const { name } = tile.dataset;
    if (chosen.includes(name)) chosen.splice(chosen.indexOf(name), 1);
    else chosen.push(name);
    for (const each of tiles) {
      const at = chosen.indexOf(each.dataset.name);
      each.setAttribute("aria-pressed", String(at >= 0));
      each.dataset.place = String(at + 1);
    }
    take.textContent = t("add_chosen", { n: chosen.length });
    take.classList.toggle("hidden", chosen.length === 0);
  };
  for (const tile of tiles) tile.addEventListener("click", () => mark(tile));
  return el("div", {}, el("div", { class: "tray" }, tiles), take);
}

const STICKER_PX = 512;

// An emoji as large as a sticker, in the format that stickers have.
async function drawnSticker(emoji) {
  const canvas = new OffscreenCanvas(STICKER_PX, STICKER_PX);
  const pen = canvas.getContext("2d");
  pen.font = `${STICKER_PX * 0.75}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(emoji, STICKER_PX / 2, STICKER_PX * 0.54);
  return new File([await canvas.convertToBlob({ type: "image/webp" })], emoji, { type: "image/webp" });
}

// By the microphone, until it is stopped.
async function record(phone, parcel) {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const recorder = new MediaRecorder(stream);
    const pieces = [];
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => {
      stream.getTracks().forEach((track) => track.stop());
      phone.unpop();
      parcel.take([new File(pieces, t("voice"), { type: recorder.mimeType.split(";")[0] })], "voice");
    });
    recorder.start();
    phone.pop(el("button", { type: "button", class: "wide", onclick: () => recorder.stop() }, t("record_stop")));
  } catch (error) {
    phone.toast(t("failed", { why: error.message }));
  }
}

function picked(accept, take) {
  const field = el("input", { type: "file", accept, multiple: true });
  field.addEventListener("change", () => take([...field.files]));
  field.click();
}

async function sendCard(phone) {
  const others = phone.desk.members.filter((member) => member.id !== phone.member.id);
  const choices = others.map((member) => [String(member.id), `${member.name}, ${member.phone}`]);
  const given = await asked({ title: t("card_title"), yes: t("send"), fields: [{ name: "of", label: t("contact"), choices }] });
  if (given) await phone.does("shares_contact", { of: Number(given.of) });
}

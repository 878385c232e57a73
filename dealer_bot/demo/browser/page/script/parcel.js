// What is about to be sent besides words: chosen files and samples, above the line of text.

import { el } from "./dom.js";
import { ask, upload } from "./server.js";
import { t } from "./words.js";

const LARGEST = 50_000_000;
const LONGEST_SIDE = 2560;
const AT_ONCE = 10;
const FILMS = ["video/mp4", "video/quicktime"];

export class Parcel {
  constructor(phone, changed) {
    this.phone = phone;
    this.changed = changed;
    this.items = []; // {kind, name, address, blob? | sample?, more}
    this.isBusy = false;
    this.strip = el("div", { class: "waiting hidden" });
  }

  get isEmpty() {
    return this.items.length === 0;
  }

  async take(files, as = null) {
    for (const file of files) {
      if (file.size > LARGEST) this.phone.toast(t("too_big"));
      else this.items.push(await itemOf(file, as ?? kindOfFile(file)));
    }
    this.draw();
  }

  // Files of this machine, or a picture of this page: of a chat, of the store.
  async takeDropped(dropped) {
    const [files, address] = [[...dropped.files], dropped.getData("text/uri-list").split("\n")[0]];
    const url = files.length || !address ? null : new URL(address);
    if (url?.origin === location.origin) {
      const blob = await (await fetch(url)).blob();
      files.push(new File([blob], url.searchParams.get("name") ?? t("photo"), { type: blob.type }));
    }
    await this.take(files);
  }

  takeSamples(names) {
    for (const name of names) {
      const kind = name.endsWith(".mp4") ? "video" : "photo";
      const more = kind === "video" ? { mime_type: "video/mp4", width: 480, height: 270, duration: 3 } : {};
      this.items.push({ kind, name, sample: name, address: `/samples/${encodeURIComponent(name)}`, more });
    }
    this.draw();
  }

  clear() {
    for (const item of this.items) if (item.blob) URL.revokeObjectURL(item.address);
    this.items = [];
    this.draw();
  }

  draw() {
    this.strip.classList.toggle("hidden", this.isEmpty);
    this.strip.replaceChildren(...this.items.map((item) => el("figure", {}, thumb(item),
      el("button", { type: "button", "aria-label": `${t("remove")}: ${item.name}`, onclick: () => this.remove(item) }, "×"))));
    this.changed();
  }

  remove(item) {
    this.items = this.items.filter((other) => other !== item);
    this.draw();
  }

  async uploaded(item) {
    if (item.blob) return upload(item.blob);
    return upload(await (await fetch(item.address)).blob());
  }

  // Pictures and films together, files together, all else singly, as Telegram groups them. True when all went.
  async send(caption, more) {
    this.isBusy = true;
    this.changed();
    try {
      let words = caption;
      for (const batch of batches(this.items)) {
        const items = [];
        for (const item of batch) items.push(await this.described(item));
        await ask("/api/send", { person: this.phone.member.id, items, caption: words, ...more });
        words = "";
      }
      this.clear();
      return true;
    } catch (error) {
      this.phone.toast(t("failed", { why: error.message }));
      return false;
    } finally {
      this.isBusy = false;
      this.changed();
    }
  }

  async described(item) {
    const { kind, name, sample, more } = item;
    return sample ? { kind, name, sample, ...more } : { kind, name, sha256: await this.uploaded(item), ...more };
  }
}

function thumb({ kind, name, address }) {
  if (["photo", "sticker"].includes(kind)) return el("img", { src: address, alt: name });
  if (kind === "video" || kind === "video_note") return el("video", { src: address, muted: true, "aria-label": name });
  return el("span", {}, name);
}

function kindOfFile(file) {
  if (file.type.startsWith("image/") && file.type !== "image/svg+xml" && file.type !== "image/gif") return "photo";
  return FILMS.includes(file.type) ? "video" : "document";
}

async function itemOf(file, kind) {
  const blob = kind === "photo" ? await asPhoto(file) : file;
  const address = URL.createObjectURL(blob ?? file);
  if (kind === "photo" && !blob) return { kind: "document", name: file.name, blob: file, address, more: { mime_type: file.type } };
  const more = kind === "photo" ? {} : { mime_type: file.type || "application/octet-stream", ...(await measured(address, kind)) };
  return { kind, name: file.name, blob, address, more };
}

// Telegram makes a JPEG of every photo and no side longer than 2560; what is one already goes as it is.
async function asPhoto(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  if (file.type === "image/jpeg" && scale === 1) return file;
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.87 });
}

async function measured(address, kind) {
  if (kind === "sticker") return { type: "regular", width: 512, height: 512, is_animated: false, is_video: false };
  if (!["video", "video_note", "voice", "audio"].includes(kind)) return {};
  const player = document.createElement(kind === "voice" || kind === "audio" ? "audio" : "video");
  player.preload = "metadata";
  await new Promise((resolve) => {
    player.onloadedmetadata = player.onerror = resolve;
    setTimeout(resolve, 3000);
    player.src = address;
  });
  const duration = Number.isFinite(player.duration) ? Math.round(player.duration) : 0;
  if (kind === "video_note") return { duration, length: 240 };
  return kind === "video" ? { duration, width: player.videoWidth || 640, height: player.videoHeight || 480 } : { duration };
}

function batches(items) {
  const sorted = [];
  for (const item of items) {
    const family = ["photo", "video"].includes(item.kind) ? "pictures" : item.kind === "document" ? "files" : item;
    const open = sorted.at(-1);
    if (open?.family === family && open.items.length < AT_ONCE) open.items.push(item);
    else sorted.push({ family, items: [item] });
  }
  return sorted.map((batch) => batch.items);
}

// Reading messages as the Bot API writes them.

import { t } from "./words.js";

export const KINDS = ["photo", "video", "animation", "document", "audio", "voice", "video_note", "sticker",
  "contact", "venue", "location", "dice", "poll", "pinned_message", "text"];

export function kindOf(body) {
  return KINDS.find((kind) => kind in body) ?? "unknown";
}

export function textOf(body) {
  return body.text ?? body.caption ?? "";
}

export function entitiesOf(body) {
  return body.entities ?? body.caption_entities ?? [];
}

export function sidesOf(body, kind) {
  const media = kind === "photo" ? body.photo.at(-1) : body[kind];
  return [media?.width || 4, media?.height || 3];
}

// A message in one line: for quotes, pins and lists.
export function inShort(body) {
  const kind = kindOf(body);
  const text = textOf(body).replace(/\s+/g, " ");
  if (kind === "text") return text;
  const name = kind === "document" ? body.document.file_name : kind === "dice" ? body.dice.emoji : "";
  return [name || (kind in body && kind !== "unknown" ? t(kind) : t("unknown")), text].filter(Boolean).join(", ");
}

export function addressOf(message) {
  return `/api/media/${message.body.chat.id}/${message.id}/${kindOf(message.body)}/${message.sha256}`;
}

// Messages as they are drawn: one group an album, one each for the rest; oldest first.
export function grouped(messages) {
  const groups = [];
  const albums = new Map();
  for (const message of messages) {
    const album = message.body.media_group_id;
    const key = album ? `a${album}-${message.by_bot}` : `m${message.id}`;
    if (albums.has(key)) {
      albums.get(key).messages.push(message);
      continue;
    }
    const group = { key, messages: [message] };
    albums.set(key, group);
    groups.push(group);
  }
  return groups;
}

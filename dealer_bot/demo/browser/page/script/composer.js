// The foot of a phone: words, attachments, the bot's keyboard and commands.

import { attachMenu } from "./attaching.js";
import { el, iconButton } from "./dom.js";
import { Parcel } from "./parcel.js";
import { look } from "./server.js";
import { inShort, textOf } from "./wire.js";
import { t } from "./words.js";

const TALLEST_PX = 132;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.parcel = new Parcel(phone, () => this.draw());
    this.over = null; // {kind: "reply" | "edit", message}
    this.isKeyboardOpen = true;
    this.root = el("div", { class: "foot" });
    this.build();
    this.receiveDrops();
  }

  build() {
    const label = t("message_of", { name: this.phone.member.name });
    this.field = el("textarea", { rows: 1, placeholder: t("message"), "aria-label": label });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("paste", (event) => this.pasted(event));
    this.shadow = el("div", { class: "ghost hidden", "aria-hidden": "true" });
    this.slash = iconButton("slash", t("commands"), () => this.commands());
    this.keysButton = iconButton("keys", t("keyboard"), () => this.toggleKeyboard());
    this.send = iconButton("send", t("send"), () => this.sends(), { class: "plain send" });
    this.line = el("div", { class: "composer" },
      iconButton("clip", t("attach"), () => attachMenu(this.phone, this.parcel)),
      this.field, this.shadow, this.slash, this.keysButton, this.send);
    this.above = el("div", { class: "bar-over hidden" });
    this.keys = el("div", { class: "keys" });
    this.root.replaceChildren(this.above, this.parcel.strip, this.line, this.keys);
  }

  draw() {
    const { blocked } = this.phone.view;
    const isNew = this.phone.messages.size === 0;
    this.root.querySelector(".wide")?.remove();
    const wide = blocked ? ["unblock", () => this.phone.does("unblocks")] : isNew ? ["start", () => this.phone.does("starts")] : null;
    if (wide) this.root.append(el("button", { type: "button", class: "wide", onclick: wide[1] }, t(wide[0])));
    for (const part of [this.line, this.keys, this.parcel.strip]) part.classList.toggle("hidden", Boolean(wide));
    this.drawKeys();
    this.drawOver();
    this.drawLine();
  }

  drawKeys() {
    const rows = this.phone.view.keyboard?.keyboard ?? [];
    const look = JSON.stringify(rows);
    this.keysButton.classList.toggle("hidden", rows.length === 0);
    if (look !== this.drawnKeys) {
      this.drawnKeys = look;
      this.isKeyboardOpen = true;
      this.keys.replaceChildren(...rows.map((row) => el("div", { class: "row" }, row.map((key) => this.key(key)))));
    }
    this.keys.classList.toggle("hidden", rows.length === 0 || !this.isKeyboardOpen || this.phone.messages.size === 0 || this.phone.view.blocked);
  }

  key(key) {
    const shown = typeof key === "string" ? { text: key } : key;
    return el("button", { type: "button", onclick: () => this.phone.taps(shown) }, shown.text);
  }

  drawOver() {
    this.above.classList.toggle("hidden", !this.over);
    if (!this.over) return;
    const { kind, message } = this.over;
    const title = kind === "edit" ? t("editing") : message.by_bot ? this.phone.botName : this.phone.member.name;
    this.above.replaceChildren(
      el("div", { class: "text" }, el("b", {}, title), el("span", {}, inShort(message.body))),
      iconButton("close", t("cancel"), () => this.cancel()));
  }

  drawLine() {
    const isEmpty = !this.field.value.trim() && this.parcel.isEmpty;
    this.send.disabled = isEmpty || this.parcel.isBusy;
    this.slash.classList.toggle("hidden", Boolean(this.field.value));
    this.field.placeholder = t(this.parcel.isEmpty ? "message" : "caption");
  }

  typed() {
    this.grow();
    this.drawLine();
    if (this.field.value === "/") this.commands();
    else if (!this.field.value.startsWith("/")) this.phone.unpop();
  }

  grow() {
    this.field.style.height = "36px";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`;
  }

  pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.sends();
    } else if (event.key === "Escape" && this.over) {
      this.cancel();
    }
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) {
      event.preventDefault();
      this.parcel.take(files);
    }
  }

  // Words leave the field at once: what is typed while they are on their way is the next message.
  async sends() {
    if (this.send.disabled) return;
    const { over } = this;
    const text = this.field.value.trim();
    const reply = over?.kind === "reply" ? { reply_to: over.message.id } : {};
    if (over?.kind !== "edit" && !this.parcel.isEmpty) {
      if (await this.parcel.send(text, reply)) this.clear();
      return;
    }
    this.clear();
    const isSent = over?.kind === "edit" ? await this.edits(over.message, text) : await this.phone.says(text, reply);
    if (!isSent && !this.field.value) this.putBack(text, over);
  }

  async edits(message, text) {
    if (!(await this.replaces(message))) return false;
    this.parcel.clear();
    return text === textOf(message.body) || this.phone.does("edits", { message_id: message.id, text });
  }

  // Its photo by the chosen one; true where none is chosen.
  async replaces(message) {
    const [item] = this.parcel.items;
    if (item?.kind !== "photo" || !message.body.photo) return true;
    const sha256 = await this.parcel.uploaded(item).catch((error) => this.phone.toast(t("failed", { why: error.message })));
    return sha256 && this.phone.does("replaces", { message_id: message.id, sha256 });
  }

  putBack(text, over) {
    this.over = over;
    this.field.value = text;
    this.draw();
    this.grow();
  }

  clear() {
    this.over = null;
    this.field.value = "";
    this.phone.unpop();
    this.grow();
    this.draw();
  }

  replyTo(message) {
    this.over = { kind: "reply", message };
    this.draw();
    this.field.focus();
  }

  edit(message) {
    this.over = { kind: "edit", message };
    this.field.value = textOf(message.body);
    this.draw();
    this.grow();
    this.field.focus();
  }

  cancel() {
    if (this.over?.kind === "edit") this.field.value = "";
    this.over = null;
    this.grow();
    this.draw();
  }

  toggleKeyboard() {
    this.isKeyboardOpen = !this.isKeyboardOpen;
    this.drawKeys();
  }

  async commands() {
    const offered = await look(`/api/commands/${this.phone.member.id}`).catch(() => []);
    const items = offered.map(({ command, description }) => el("button", {
      type: "button", class: "item", role: "menuitem",
      onclick: () => {
        this.clear();
        this.phone.says(`/${command}`);
      },
    }, el("code", {}, `/${command}`), el("small", {}, description)));
    const isTyping = document.activeElement === this.field;
    this.phone.pop(...(items.length ? items : [el("h3", {}, t("no_commands"))]));
    if (isTyping) this.field.focus();
  }

  // What the tour is about to do is seen being typed.
  ghost(text) {
    this.shadow.textContent = text ?? "";
    this.shadow.classList.toggle("hidden", text === null);
    this.line.classList.toggle("ghosted", text !== null);
  }

  receiveDrops() {
    queueMicrotask(() => {
      const { screen } = this.phone;
      const veil = el("div", { class: "drop" }, t("drop"));
      screen.addEventListener("dragover", (event) => {
        if (![...event.dataTransfer.types].some((type) => ["Files", "text/uri-list"].includes(type))) return;
        event.preventDefault();
        screen.append(veil);
      });
      screen.addEventListener("dragleave", (event) => {
        if (!screen.contains(event.relatedTarget)) veil.remove();
      });
      screen.addEventListener("drop", (event) => {
        event.preventDefault();
        veil.remove();
        this.parcel.takeDropped(event.dataTransfer);
      });
    });
  }
}


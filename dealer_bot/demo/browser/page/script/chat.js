// The list of a chat: keeps its place, counts what has not been seen.

import { drawn } from "./bubbles.js";
import { arrange, el, icon } from "./dom.js";
import { t } from "./words.js";
import { grouped } from "./wire.js";

const NEAR_PX = 60;

export function bubbleList(phone) {
  return new BubbleList(phone);
}

class BubbleList {
  constructor(phone) {
    this.phone = phone;
    this.known = new Map();
    this.seenId = 0;
    this.unread = 0;
    this.isFirst = true;
    this.list = el("ol", { class: "chat", role: "log", "aria-label": phone.member.name, tabindex: "0" });
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.badge = el("span", { class: "badge" });
    this.divider = el("li", { class: "unread" }, t("unread"));
    this.down = el("button", { type: "button", class: "down hidden", "aria-label": t("down"), onclick: () => this.toEnd(true) }, icon("down"), this.badge);
    this.room = el("div", { class: "room" }, this.list, this.down);
    new ResizeObserver(() => this.resized()).observe(this.list);
    this.isAtEnd = true;
  }

  draw(messages) {
    this.messages = messages;
    const groups = grouped(messages);
    const nodes = groups.map((group) => this.node(group));
    nodes.forEach((node, n) => shape(node, nodes[n - 1], nodes[n + 1]));
    const present = new Set(groups.map(({ key }) => key));
    for (const key of this.known.keys()) if (!present.has(key)) this.known.delete(key);
    const firstUnread = groups.findIndex((group) => group.messages.some((message) => this.isUnread(message)));
    if (firstUnread > 0) nodes.splice(firstUnread, 0, this.divider);
    arrange(this.list, nodes.length ? nodes : [el("li", { class: "note" }, t(`intro_${this.phone.member.role}`))]);
    if (this.isAtEnd || messages.at(-1)?.by_bot === false) this.toEnd();
    this.isFirst = false;
    this.look();
  }

  // The same group drawn before is the same node.
  node(group) {
    const look = JSON.stringify(group.messages);
    const before = this.known.get(group.key);
    if (before?.look === look) return before.node;
    const node = drawn(group, this.phone);
    if (!before && !this.isFirst) node.classList.add("fresh");
    this.known.set(group.key, { look, node });
    return node;
  }

  // Only a hand leaves the end; a room that becomes smaller does not.
  scrolled() {
    if (this.list.clientHeight === this.height) this.isAtEnd = this.distance < NEAR_PX;
    this.look();
  }

  resized() {
    this.height = this.list.clientHeight;
    if (this.isAtEnd) this.toEnd();
    this.look();
  }

  get distance() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight;
  }

  look() {
    const newest = this.messages?.at(-1)?.id ?? 0;
    if (this.isAtEnd && this.isVisible) this.seenId = Math.max(this.seenId, newest);
    this.unread = (this.messages ?? []).filter((message) => this.isUnread(message)).length;
    this.badge.textContent = String(this.unread);
    this.badge.classList.toggle("hidden", this.unread === 0);
    this.down.classList.toggle("hidden", this.isAtEnd);
    this.phone.badge && this.phone.count();
  }

  isUnread(message) {
    return message.by_bot && message.id > this.seenId && !(this.isAtEnd && this.isVisible);
  }

  get isVisible() {
    return this.list.clientHeight > 0 && document.visibilityState === "visible";
  }

  toEnd(smoothly = false) {
    this.isAtEnd = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smoothly ? "smooth" : "auto" });
  }

  jump(id) {
    const group = grouped(this.messages).find(({ messages }) => messages.some((message) => message.id === id));
    const node = group && this.known.get(group.key)?.node;
    const bubble = node?.querySelector(".bubble");
    if (!bubble) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    bubble.classList.add("flash");
    setTimeout(() => bubble.classList.remove("flash"), 1300);
  }
}

// A turn is what one side says without a pause; its last bubble has the tail.
function shape(node, before, after) {
  const isOwn = node.classList.contains("own");
  const side = (other) => other && !other.classList.contains("note") && other.classList.contains("own") === isOwn;
  node.classList.toggle("turn", !side(before));
  node.classList.toggle("last", !side(after));
}

// The store: folders and files as they appear; what a person does there with a file manager.

import { asked, viewed } from "./dialogs.js";
import { arrange, el, icon, iconButton } from "./dom.js";
import { firstFrame } from "./media.js";
import { ask, look } from "./server.js";
import { sized, t } from "./words.js";

const PICTURE = /\.(jpe?g|png)$/i;
const FILM = /\.mp4$/i;
const FRESH_MS = 2500;

export class Store {
  constructor(desk) {
    this.desk = desk;
    this.orders = [];
    this.open = new Set();
    this.files = null;
    this.drawn = new Map();
    this.root = el("div", { class: "store" });
  }

  build() {
    this.list = el("div", { class: "orders" });
    this.drawn.clear();
    this.root.replaceChildren(
      el("div", { class: "tools" }, el("button", { type: "button", class: "action quiet", onclick: () => this.add() }, icon("plus"), t("add_order"))),
      this.list);
    this.draw();
  }

  // Orders in which files have just appeared open by themselves.
  hear(orders) {
    const before = this.files;
    this.files = new Set(orders.flatMap((order) => order.stages.flatMap((stage) => stage.files.map((file) => pathOf(order, stage, file)))));
    this.fresh = new Set(before ? [...this.files].filter((path) => !before.has(path)) : []);
    for (const path of this.fresh) this.open.add(path.split("/")[0]);
    this.orders = orders;
    this.draw();
    if (this.fresh.size) {
      setTimeout(() => this.fresh.clear(), FRESH_MS);
      this.list.querySelector(".fresh")?.scrollIntoView({ block: "nearest" });
    }
  }

  draw() {
    if (!this.list) return;
    arrange(this.list, this.orders.map((order) => this.order(order)));
  }

  order(order) {
    const isOpen = this.open.has(order.number);
    const fresh = [...(this.fresh ?? [])].filter((path) => path.startsWith(`${order.number}/`));
    const known = JSON.stringify([order, isOpen, fresh]);
    const before = this.drawn.get(order.folder);
    if (before?.known === known) return before.node;
    const node = this.drawOrder(order, isOpen);
    this.drawn.set(order.folder, { known, node });
    return node;
  }

  drawOrder(order, isOpen) {
    const count = order.stages.reduce((sum, stage) => sum + stage.files.length, 0);
    const toggle = () => {
      if (!this.open.delete(order.number)) this.open.add(order.number);
      this.draw();
    };
    const about = [order.plate, order.client].filter(Boolean).join(" · ");
    const state = order.closed ? t("closed") : order.problem ? t("problem") : "";
    const head = el("div", { class: "order-head" },
      el("button", { type: "button", class: "name", "aria-expanded": String(isOpen), onclick: toggle },
        icon("folder"), el("span", {}, el("b", {}, order.folder), el("small", {}, about || "\u00a0")),
        state ? el("span", { class: order.closed ? "tag" : "tag bad" }, state) : null,
        count ? el("span", { class: "badge" }, String(count)) : null),
      iconButton(order.closed ? "again" : "close", t(order.closed ? "reopen_order" : "close_order"),
        () => this.does(order.closed ? "reopen" : "close", { folder: order.folder })));
    const made = el("div", { class: "order", data: { order: order.number } }, head);
    if (isOpen) made.append(this.inside(order));
    return made;
  }

  inside(order) {
    const card = el("button", { type: "button", class: "line", onclick: () => this.edit(order) }, icon("file"), order.card ?? "content.txt");
    const loose = { name: "", files: order.files };
    const own = order.files.length ? el("div", { class: "files" }, order.files.map((file, n) => this.file(order, loose, file, n))) : null;
    const stages = order.stages.map((stage) => el("div", { class: "stage" },
      el("h4", {}, icon("folder"), `${stage.name}`, el("small", {}, this.desk.stages[stage.name] ?? "")),
      stage.files.length ? el("div", { class: "files" }, stage.files.map((file, n) => this.file(order, stage, file, n))) : el("p", {}, t("no_files"))));
    return el("div", { class: "inside-order" }, card, own, stages);
  }

  file(order, stage, file, at) {
    const fresh = this.fresh?.has(pathOf(order, stage, file)) ? " fresh" : "";
    const label = `${file.name}, ${sized(file.size)}`;
    const address = addressOf(order, stage, file);
    if (!PICTURE.test(file.name) && !FILM.test(file.name)) {
      return el("a", { class: `line${fresh}`, href: address, download: file.name, title: label }, icon("file"), file.name);
    }
    const shown = stage.files.filter(({ name }) => PICTURE.test(name) || FILM.test(name));
    const items = shown.map((each) => ({ address: addressOf(order, stage, each), film: FILM.test(each.name), name: each.name }));
    const picture = FILM.test(file.name)
      ? el("video", { src: firstFrame(address), muted: true, preload: "metadata", tabindex: "-1" })
      : el("img", { src: address, alt: "", loading: "lazy" });
    return el("button", { type: "button", class: `thumb${FILM.test(file.name) ? " film" : ""}${fresh}`, title: label, "aria-label": label, onclick: () => viewed(items, shown.indexOf(stage.files[at])) },
      picture, el("span", {}, file.name));
  }

  async edit(order) {
    const { name, text } = await look(`/api/store/card?folder=${encodeURIComponent(order.folder)}`);
    await asked({
      title: `${order.folder} / ${name}`, text: t("card_hint"), fields: [{ name: "text", label: name, value: text, rows: 10 }],
      check: (given) => ask("/api/store/write", { folder: order.folder, text: given.text }),
    });
  }

  async add() {
    const number = `a000${18001 + Math.floor(Math.random() * 900)}`;
    const fields = [
      { name: "number", label: t("number"), value: number },
      { name: "phone", label: t("phone"), value: "+375291234567" },
      { name: "plate", label: t("plate"), value: "7711 КХ-7" },
      { name: "client", label: t("client_name") },
    ];
    const given = await asked({ title: t("add_order_title"), fields, yes: t("add"), check: (values) => ask("/api/store/add", values) });
    if (given) this.open.add(given.number);
  }

  async does(what, body) {
    try {
      await ask(`/api/store/${what}`, body);
    } catch (error) {
      this.desk.tell(error.message);
    }
  }
}

function pathOf(order, stage, file) {
  return `${order.number}/${stage.name}/${file.name}`;
}

function addressOf(order, stage, file) {
  return `/api/store/file?${new URLSearchParams({ folder: order.folder, stage: stage.name, name: file.name, size: file.size })}`;
}

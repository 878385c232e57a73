// Beside the phones: the store as it lies on the disk, and the switches of fate.

import { Fate } from "./fate.js";
import { Store } from "./store.js";
import { byArrows, el } from "./dom.js";
import { t } from "./words.js";

export class Side {
  constructor(desk) {
    this.store = new Store(desk);
    this.fate = new Fate(desk);
    this.root = el("aside", { class: "side" });
    this.shown = "store";
    this.build();
  }

  build() {
    this.store.build();
    this.fate.build();
    this.tabs = ["store", "fate"].map((name) => el("button", {
      type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, onclick: () => this.show(name),
    }, t(name)));
    const panel = (name, content) => {
      const made = el("section", { class: "panel", role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }, content);
      this.panels = { ...this.panels, [name]: made };
      return made;
    };
    const row = el("div", { class: "tabs", role: "tablist" }, this.tabs);
    byArrows(row, "[role=tab]", "ArrowLeft", "ArrowRight");
    this.root.replaceChildren(row, panel("store", this.store.root), panel("fate", this.fate.root));
    this.show(this.shown);
  }

  show(name) {
    this.shown = name;
    for (const tab of this.tabs) tab.setAttribute("aria-selected", String(tab.id === `tab-${name}`));
    for (const [key, made] of Object.entries(this.panels)) made.classList.toggle("hidden", key !== name);
  }
}

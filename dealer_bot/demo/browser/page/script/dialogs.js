// Questions in front of the page, and the large picture.

import { el, iconButton } from "./dom.js";
import { t } from "./words.js";

// Fields: {name, label, value?, choices?, type?}. Gives their values, or null when it was closed.
export function asked({ title, text, fields = [], yes = t("save"), check }) {
  return new Promise((resolve) => {
    const wrong = el("p", { class: "wrong hidden", role: "alert" });
    const form = el("form", { method: "dialog" },
      el("h2", {}, title),
      text ? el("p", {}, text) : null,
      fields.map(field),
      wrong,
      el("div", { class: "row" },
        el("button", { type: "button", class: "action quiet", onclick: () => box.close() }, t("cancel")),
        el("button", { type: "submit", class: "action" }, yes)));
    const box = el("dialog", { "aria-label": title }, form);
    let given = null;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(form));
      try {
        await check?.(values);
        given = values;
        box.close();
      } catch (error) {
        wrong.textContent = error.message;
        wrong.classList.remove("hidden");
      }
    });
    shown(box, () => resolve(given));
  });
}

function field({ name, label, value = "", choices, type = "text", rows }) {
  if (choices) {
    const options = choices.map(([key, word]) => el("option", { value: key, selected: key === value }, word));
    return el("label", {}, label, el("select", { name }, options));
  }
  if (rows) {
    const area = el("textarea", { name, spellcheck: "false" });
    area.value = value;
    return el("label", {}, label, area);
  }
  return el("label", {}, label, el("input", { name, type, value, autocomplete: "off" }));
}

export function told(title, text) {
  const box = el("dialog", { "aria-label": title || text },
    el("div", { class: "inside" }, title ? el("h2", {}, title) : null, el("p", {}, text),
      el("div", { class: "row" }, el("button", { class: "action", onclick: () => box.close() }, "OK"))));
  shown(box);
}

export function printed(title, parts) {
  const box = el("dialog", { "aria-label": title },
    el("div", { class: "inside" }, el("h2", {}, title),
      parts.map((part) => [part.text ? el("p", {}, part.text) : null, part.more ? el("pre", {}, part.more) : null]),
      el("div", { class: "row" }, el("button", { class: "action", onclick: () => box.close() }, t("close")))));
  shown(box);
}

// Pictures and films of one message or folder, one at a time: {address, film, caption, name}.
export function viewed(items, first = 0) {
  let at = first;
  const stage = el("div", { class: "stage" });
  const caption = el("div", { class: "caption" });
  const name = el("span");
  const turn = (step) => {
    at = (at + step + items.length) % items.length;
    const item = items[at];
    stage.replaceChildren(item.film
      ? el("video", { src: item.address, controls: true, autoplay: true, playsinline: true })
      : el("img", { src: item.address, alt: item.caption || item.name || t("photo"), onclick: () => turn(1) }));
    caption.textContent = item.caption ?? "";
    name.textContent = items.length > 1 ? `${at + 1} / ${items.length}  ${item.name ?? ""}` : (item.name ?? "");
  };
  const box = el("dialog", { class: "viewer", "aria-label": t("photo") },
    el("div", { class: "bar" }, name, iconButton("close", t("close"), () => box.close())), stage, caption);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") turn(1);
    if (event.key === "ArrowLeft") turn(-1);
  });
  turn(0);
  shown(box);
}

function shown(box, onClosed) {
  document.body.append(box);
  box.addEventListener("close", () => {
    box.remove();
    onClosed?.();
  });
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  box.showModal();
}

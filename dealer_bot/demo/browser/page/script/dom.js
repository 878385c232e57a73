// Elements by one call. Whatever people wrote becomes text nodes, never markup.

export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") made.className = value;
    else if (name === "data") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

const PATHS = {
  clip: "M20 11.5 12 19.600a5 5 0 0 1-7.100-7.100l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700l-8.400 8.400a1.600 1.600 0 0 1-2.300-2.300l7.600-7.600",
  send: "M4 12 20 4.500 16 20l-4.200-6.200zM11.800 13.800 20 4.500",
  keys: "M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M8 15h8",
  menu: "M4 7h16M4 12h16M4 17h16",
  slash: "M5 4.500h14v15H5zM14 8.500l-4 7",
  down: "M6 9l6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  folder: "M3 6.500h6l2 2.500h10v9.500H3z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  plus: "M12 5v14M5 12h14",
  play: "M7 5l12 7-12 7z",
  pause: "M8 5v14M16 5v14",
  again: "M4 12a8 8 0 1 0 2.500-5.800M4 4v4.500h4.500",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500 19 19M19 5l-1.500 1.500M6.500 17.500 5 19",
  reply: "M9 7 4 12l5 5M4 12h9a7 7 0 0 1 7 7",
  edit: "M4 20l1-4L16 5l3 3L8 19z",
  trash: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  quiet: "M6 10a6 6 0 0 1 9-5.200M18 10v4l2 3H8M10.500 20h3M4 4l16 16",
  check: "M5 12.500l4.500 4.500L19 7.500",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  place: "M12 21s7-6.300 7-11.500a7 7 0 0 0-14 0C5 14.700 12 21 12 21zM12 7.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500a7.500 7.500 0 0 1 15 0",
  voice: "M12 4a2.500 2.500 0 0 0-2.500 2.500v5a2.500 2.500 0 0 0 5 0v-5A2.500 2.500 0 0 0 12 4zM6 11.500a6 6 0 0 0 12 0M12 17.500V21",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8.500 14.500a4.500 4.500 0 0 0 7 0M9 9.500h.01M15 9.500h.01",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.800 5.800l12.400 12.400",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  picture.append(path);
  return picture;
}

export function iconButton(name, label, onclick, more = {}) {
  return el("button", { type: "button", class: "plain", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

// Two keys walk through what fits inside, round and round.
export function byArrows(parent, what, back, forth) {
  parent.addEventListener("keydown", (event) => {
    if (![back, forth].includes(event.key)) return;
    const stops = [...parent.querySelectorAll(what)].filter((stop) => stop.offsetParent);
    const at = stops.indexOf(document.activeElement) + (event.key === forth ? 1 : -1);
    event.preventDefault();
    stops.at(at % stops.length)?.focus();
  });
}

// The same nodes stay where they are: a playing video goes on, a focused button keeps the focus.
export function arrange(parent, nodes) {
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

const FACES = ["#e17076", "#7bc862", "#65aadd", "#a695e7", "#ee7aae", "#6ec9cb", "#faa774"];

export function face(name, key, small = false) {
  const made = el("span", { class: small ? "face small" : "face", "aria-hidden": "true" }, [...name.trim()][0] ?? "?");
  made.style.setProperty("--face", FACES[Math.abs(key) % FACES.length]);
  return made;
}

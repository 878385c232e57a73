// The page's only neighbour: what it tells (events), what it is asked (requests).

export async function ask(path, body) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function look(path) {
  return answered(await fetch(path));
}

export async function upload(blob) {
  return (await answered(await fetch("/api/blobs", { method: "PUT", body: blob }))).sha256;
}

export function act(person, name, args = {}) {
  return ask("/api/act", { person, act: name, args });
}

async function answered(response) {
  const told = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new Error(told.error ?? response.statusText);
  return told;
}

const TOPICS = ["house", "people", "bot", "chat", "store", "fate", "tour"];

// The browser reconnects by itself; the server then tells everything anew.
export function listen(hear, onLost) {
  const source = new EventSource("/live");
  for (const topic of TOPICS) {
    source.addEventListener(topic, (event) => hear(topic, JSON.parse(event.data)));
  }
  source.addEventListener("error", onLost);
}

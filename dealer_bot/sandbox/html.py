"""parse_mode=HTML, as strict as Telegram is about it."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from dealer_bot.sandbox.refusal import Refusal, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)?([^<>]*)(>?)")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_CHARACTER = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|lt|gt|amp|quot);")


@dataclass(slots=True)
class _Open:
    tag: str
    entity: dict[str, Any]


@dataclass(slots=True)
class _Reader:
    source: str
    text: list[str] = field(default_factory=list)
    units: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> tuple[str, list[dict[str, Any]]]:
        at = 0
        for tag in _TAG.finditer(self.source):
            self._plain(self.source[at : tag.start()])
            self._tag(tag)
            at = tag.end()
        self._plain(self.source[at:])
        if self.stack:
            raise _wrong(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.text), self.entities

    def _plain(self, piece: str) -> None:
        piece = _CHARACTER.sub(lambda m: html.unescape(m.group()), piece)
        self.text.append(piece)
        self.units += len(piece.encode("utf-16-le", "surrogatepass")) // 2

    def _tag(self, found: re.Match[str]) -> None:
        closing, name, rest, end = found.groups()
        at = len(self.source[: found.start()].encode())
        if not end:
            raise _wrong(f"Unclosed start tag at byte offset {at}")
        if closing:
            self._close((name or "").lower(), at)
        else:
            self._open((name or "").lower(), rest, at)

    def _open(self, name: str, rest: str, at: int) -> None:
        kind = _KINDS.get(name)
        attributes = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(rest)}
        if kind is None:
            raise _wrong(f'Unsupported start tag "{name}" at byte offset {at}')
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.stack.append(_Open(name, {"type": kind, "offset": self.units, **_details(name, attributes)}))

    def _close(self, name: str, at: int) -> None:
        if not self.stack:
            raise _wrong(f"Unexpected end tag at byte offset {at}")
        last = self.stack.pop()
        if name and name != last.tag:
            raise _wrong(f'Unmatched end tag at byte offset {at}, expected "</{last.tag}>", found "</{name}>"')
        entity = {**last.entity, "length": self.units - last.entity["offset"]}
        if entity["length"] > 0 and (entity["type"] != "text_link" or entity["url"]):
            self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities of HTML-style formatting; raises Refusal "can't parse entities: …"."""
    return _Reader(source).read()


def _details(name: str, attributes: dict[str, str]) -> dict[str, Any]:
    if name == "a":
        return {"url": attributes.get("href", "")}
    if name == "tg-emoji":
        return {"custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {}


def _wrong(what: str) -> Refusal:
    return bad_request(f"can't parse entities: {what}")

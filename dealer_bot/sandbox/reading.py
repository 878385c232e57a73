"""An HTTP request read back into aiogram's own method class, and nothing in it left unread."""

import json
import re
import types
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin
from urllib.parse import parse_qsl

from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from aiohttp import web
from aiohttp.multipart import BodyPartReader
from pydantic import BaseModel, ValidationError

from dealer_bot.sandbox.blobs import Blob
from dealer_bot.sandbox.refusal import Refusal, bad_request
from dealer_bot.sandbox.supported import SUPPORTED

Method = TelegramMethod[Any]

_TRUE = frozenset({"true", "yes", "1"})
_LEADING_INT = re.compile(r"\s*([+-]?\d+)")
_FILE_KEYS = frozenset({"media", "thumbnail", "cover", "sticker", "photo", "animation"})
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "from_chat_id is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "text": "message text is empty",
    "file_id": "file_id not specified",
    "media": "there are no messages to send",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "action": "wrong parameter action in request",
    "phone_number": "phone number is empty",
    "first_name": "first name is empty",
}
_FILES = frozenset({"photo", "video", "document", "audio", "voice", "video_note", "animation", "sticker"})


class Upload(InputFile):
    """A file that came with the request."""

    def __init__(self, blob: Blob, name: str) -> None:
        super().__init__(filename=name)
        self.blob = blob

    async def read(self, bot: Any) -> AsyncIterator[bytes]:  # type: ignore[override]
        for chunk in self.blob.chunks():
            yield chunk


@dataclass(slots=True)
class Parameters:
    """What a request carried, before it is understood."""

    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, Upload] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def shown(self) -> dict[str, Any]:
        """For the journal: values as they came, files as name, size and sha256."""
        files = {k: {"name": u.filename, "size": u.blob.size, "sha256": u.blob.sha256} for k, u in self.parts.items()}
        return self.values | files


async def parameters_of(request: web.Request, limit: int) -> Parameters:
    """Query string and body together; files over `limit` bytes are refused with 413."""
    found = Parameters(dict(request.query))
    if not request.can_read_body:
        return found
    if request.content_type.startswith("multipart/"):
        await _read_parts(request, found, limit)
    elif request.content_type == "application/json":
        found.values |= _json_body(await request.read())
    else:
        found.values |= _form(await request.read())
    return found


def understood(kind: type[Method], found: Parameters) -> Method:
    """The method object; raises Refusal for whatever is missing, malformed or unknown."""
    values = {name: _converted(kind, name, value, found) for name, value in found.values.items()}
    for name in found.parts:
        if name in kind.model_fields and name not in values:
            values[name] = _part(found, name)
    try:
        method = kind.model_validate(values)
    except ValidationError as error:
        raise _explained(error) from None
    _check_fields(method)
    for name in found.parts.keys() - found.used:
        raise bad_request(f'file "{name}" is attached but not used')
    return method


def _check_fields(method: Method) -> None:
    for path in _unknown(method, ""):
        raise bad_request(f'unknown field "{path.removeprefix(".")}"')
    for name in method.model_fields_set - SUPPORTED:
        raise bad_request(f'parameter "{name}" is not supported by this server')


def given(method: Any, name: str) -> Any:
    """A parameter that was really sent; None otherwise (aiogram's own defaults never count)."""
    return getattr(method, name) if name in method.model_fields_set else None


async def _read_parts(request: web.Request, found: Parameters, limit: int) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            raise bad_request("can't parse multipart form")
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            found.values[part.name] = data.decode()
        elif len(data) > limit:
            raise Refusal(413, "Request Entity Too Large")
        else:
            found.parts[part.name] = Upload(Blob(data), part.filename)


def _form(raw: bytes) -> dict[str, Any]:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError:
        raise bad_request("Strings must be encoded in UTF-8") from None


def _json_body(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse request JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse request JSON object")
    return body


def _converted(kind: type[Method], name: str, value: Any, found: Parameters) -> Any:
    shape = _shapes(kind).get(name)
    if shape == "json":
        return _with_files(_parsed(name, value), found)
    if not isinstance(value, str):
        return value
    if shape == "int":
        return _leading_int(value)
    if shape == "bool":
        return value.lower() in _TRUE
    if shape == "chat" and _LEADING_INT.fullmatch(value):
        return int(value)
    if shape == "file" and value.startswith("attach://"):
        return _part(found, value.removeprefix("attach://"))
    return value


def _parsed(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        what = "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")
        raise bad_request(f"can't parse {what} JSON object") from None


def _with_files(value: Any, found: Parameters, key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _with_files(v, found, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_button(_with_files(v, found, key), key) for v in value]
    if isinstance(value, str) and key in _FILE_KEYS and value.startswith("attach://"):
        return _part(found, value.removeprefix("attach://"))
    return value


def _button(value: Any, key: str) -> Any:
    """A keyboard button may be a bare string."""
    return (
        [{"text": v} if isinstance(v, str) else v for v in value]
        if key == "keyboard" and isinstance(value, list)
        else value
    )


def _part(found: Parameters, name: str) -> Upload:
    if name not in found.parts:
        raise bad_request("can't parse InputMedia: media not found")
    found.used.add(name)
    return found.parts[name]


def _leading_int(value: str) -> int:
    """As the server reads numbers: what starts like one counts, else it is 0."""
    match = _LEADING_INT.match(value)
    return int(match[1]) if match else 0


@cache
def _shapes(kind: type[Method]) -> dict[str, str]:
    return {name: _shape(set(_leaves(info.annotation))) for name, info in kind.model_fields.items()}


def _shape(leaves: set[Any]) -> str:
    if any(leaf is list or (isinstance(leaf, type) and issubclass(leaf, BaseModel)) for leaf in leaves):
        return "json"
    if InputFile in leaves:
        return "file"
    if bool in leaves:
        return "bool"
    if int in leaves:
        return "chat" if str in leaves else "int"
    return "str"


def _leaves(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for arg in get_args(annotation):
            yield from _leaves(arg)
    else:
        yield origin or annotation


def _unknown(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or ())
        for name in value.model_fields_set:
            yield from _unknown(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unknown(item, f"{path}[{index}]")


def _explained(error: ValidationError) -> Refusal:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    name = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "missing" and place in _FILES:
        return bad_request(f"there is no {place.replace('_', ' ')} in the request")
    if first["type"] == "missing" and place in _MISSING:
        return bad_request(_MISSING[place])
    if name == "media" and first["loc"][-1] == "type":
        return bad_request(f"can't parse InputMedia: type \"{first['input']}\" can't be used in sendMediaGroup")
    what = {"reply_markup": "reply keyboard markup", "media": "InputMedia"}.get(name, name)
    return bad_request(f"can't parse {what}: {first['msg']} at {place}")

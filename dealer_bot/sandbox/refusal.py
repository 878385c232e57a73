"""Answers of a server that says no."""

from typing import Any


class Refusal(Exception):
    """A request that is not accepted: HTTP status, description and, for some, parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """The JSON body that goes with the HTTP status."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(message: str) -> Refusal:
    """400, worded as the real server does: the first letter becomes small unless it starts a code in capitals."""
    return Refusal(400, f"Bad Request: {_lower_first(message)}")


def forbidden(message: str) -> Refusal:
    return Refusal(403, f"Forbidden: {_lower_first(message)}")


def conflict(message: str) -> Refusal:
    return Refusal(409, f"Conflict: {_lower_first(message)}")


def too_many_requests(retry_after_s: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after_s}", {"retry_after": retry_after_s})


def _lower_first(message: str) -> str:
    second = message[1:2]
    if second == "_" or second.isupper():
        return message
    return message[:1].lower() + message[1:]

"""Where on the page something is."""

import json

TEXT_OF_CHAT = "document.querySelector('.chat').innerText"


def button(label: str) -> str:
    """The element with exactly this label."""
    return (
        "[...document.querySelectorAll('button, a')].find(b => "
        f"(b.getAttribute('aria-label') ?? b.textContent).trim() === {json.dumps(label)})"
    )

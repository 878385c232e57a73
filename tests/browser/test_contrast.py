"""The page's colours: what is read stands out from what is behind it, in the light and in the dark (WCAG 2, AA)."""

import re

import pytest

from dealer_bot.demo.browser.page import FOLDER

ENOUGH = 4.5
PAIRS = (
    *(("ink", behind) for behind in ("page", "panel", "panel-2", "in", "out", "accent-soft")),
    *(("ink-2", behind) for behind in ("page", "panel", "panel-2", "in")),
    *(("accent", behind) for behind in ("panel", "in", "accent-soft")),
    *((name, f"{name}-soft") for name in ("good", "bad", "warn")),
    ("accent-ink", "accent"),
    ("out-ink-2", "out"),
)


def colours(theme: str) -> dict[str, str]:
    rules = (FOLDER / "style" / "tokens.css").read_text(encoding="utf-8")
    block = rules[rules.index(theme) : rules.index("}", rules.index(theme))]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [":root {", ':root[data-theme="dark"]'])
def test_words_stand_out(theme: str) -> None:
    known = colours(theme)
    weak = {}
    for front, behind in PAIRS:
        bright, dark = sorted((luminance(known[front]), luminance(known[behind])), reverse=True)
        contrast = (bright + 0.05) / (dark + 0.05)
        if contrast < ENOUGH:
            weak[front, behind] = round(contrast, 2)
    assert weak == {}

"""The page at the sizes people have: nothing runs out of it, everything can be reached. Screenshots on demand."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.studio import Studio

SIZES = {"wide": (1440, 900), "middle": (1024, 768), "phone": (390, 844)}
REACH = ".pal-compose button, .pal-top button, .pal-top summary, .pal-tabs button, .pc-bar button"
LEAST_TOUCH = 40
_OUTSIDE = """(selector) => [...document.querySelectorAll(selector)].map((item) => [item, item.getBoundingClientRect()])
  .filter(([item, box]) => box.width && getComputedStyle(item).visibility === 'visible')
  .filter(([item]) => !item.closest('.pal-chips'))
  .filter(([, box]) => Math.min(box.left, box.top, innerWidth - box.right, innerHeight - box.bottom) < -0.5)
  .map(([item, box]) => `${item.title || item.textContent}: ${JSON.stringify(box)}`)"""
_SMALL = """([selector, least]) => [...document.querySelectorAll(selector)]
  .map((item) => [item, item.getBoundingClientRect()])
  .filter(([item, box]) => box.width && getComputedStyle(item).visibility === 'visible' && box.height < least - 0.5)
  .map(([item, box]) => `${item.title || item.textContent}: ${box.height}`)"""
_WIDE_OF = "() => [document.documentElement.scrollWidth, innerWidth]"


def check(studio: Studio, name: str, shots: Path | None) -> None:
    """Looks at the page as it is now."""
    studio.page.mouse.move(2, 300)
    scrolled, inner = studio.page.evaluate(_WIDE_OF)
    assert scrolled <= inner, name
    assert studio.page.evaluate(_OUTSIDE, REACH) == [], name
    if "phone" in name:
        assert studio.page.evaluate(_SMALL, [REACH, LEAST_TOUCH]) == [], name
    if shots:
        studio.page.screenshot(path=shots / f"{name}.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_everything_is_on_the_page(
    visit: Visit, size: str, scheme: Literal["light", "dark"], shots: Path | None
) -> None:
    width, height = SIZES[size]
    phone = size == "phone"
    studio = visit(viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=phone, is_mobile=phone)
    name = f"{size}-{scheme}"
    expect(studio.at(".pal-sample img").last).to_have_js_property("complete", True)
    check(studio, f"{name}-empty", shots)
    studio.sample()
    studio.at(".pal-variants select").select_option("3")
    studio.say("a red hat")
    studio.say("make it nicer")
    studio.say("crop it to 4:5 and write Hello at the top")
    check(studio, name, shots)
    if phone:
        for part in ("History", "Script"):
            studio.button(part, ".pal-tabs").click()
            check(studio, f"{name}-{part.lower()}", shots)
        studio.button("Conversation", ".pal-tabs").click()
    if size != "wide":
        studio.at("[data-do=open-side]").click()
        expect(studio.at(".pal-side")).to_be_in_viewport()
        check(studio, f"{name}-side", shots)
        studio.at("[data-do=close-side]").click(position={"x": width - 20, "y": 300})
    studio.at(".pal-menu summary").click()
    check(studio, f"{name}-menu", shots)
    studio.at(".pal-menu summary").click()
    studio.at(".pal-turns").get_by_role("button", name="Not what I meant").last.click()
    studio.button("Box", ".pal-canvas").click()
    _box(studio)
    check(studio, f"{name}-pointing", shots)


def _box(studio: Studio) -> None:
    """A box around the middle of the picture, by keys."""
    studio.at(".pc-stage").focus()
    studio.page.keyboard.press("Enter")
    expect(studio.at(".pal-region")).to_be_visible()

"""Whatever people type, click or drop by mistake: a sentence or a normal turn, and the next message works."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.studio import Studio
from tests.browser.test_pictures import drop

SCRIPT = "<img src=x onerror=alert(1)><script>alert(1)</script>"


def test_messages_that_are_none(studio: Studio) -> None:
    studio.sample()
    expect(studio.say("").locator(".pal-answer")).to_have_text("What shall I do with the picture?")
    expect(studio.say("🎩🎩🎩").locator(".pal-answer")).to_contain_text("I do not know how to do that: 🎩🎩🎩")
    expect(studio.say("x" * 10_000)).to_contain_text("The message has 10,000 characters.")
    marked = studio.say(SCRIPT)
    expect(marked.locator(".pal-said p")).to_have_text(SCRIPT)
    expect(marked.locator(".pal-answer")).to_contain_text(SCRIPT)
    expect(studio.at(".pal-turns img[src=x]")).to_have_count(0)
    studio.say("brighter")
    assert len(studio.script()) == 1
    studio.page.reload()
    expect(studio.turns).to_have_count(5)
    expect(studio.turns.nth(3).locator(".pal-said p")).to_have_text(SCRIPT)
    expect(studio.say("   ").locator(".pal-said")).to_contain_text("(no words)")
    expect(studio.at(".pal-turns img[src=x]")).to_have_count(0)


def test_what_is_named_with_markup_stays_words(studio: Studio) -> None:
    studio.say(f"draw {SCRIPT}")
    assert studio.script() == [SCRIPT]
    expect(studio.at(".pal-title")).to_have_text(f"draw {SCRIPT}"[:80])
    expect(studio.at(".pal-session")).to_contain_text("<img src=x")
    expect(studio.at("img[src=x]")).to_have_count(0)
    assert SCRIPT in str(studio.at(".pal-node").get_attribute("title"))


@pytest.mark.parametrize("kind", ["words", "cut off", "empty", "gif"])
def test_files_that_are_no_pictures(studio: Studio, kind: str) -> None:
    studio.watch.expected.append("422")
    out = io.BytesIO()
    image = Image.fromarray(np.random.default_rng(2).integers(0, 256, (60, 60, 3)).astype(np.uint8))
    image.save(out, "GIF" if kind == "gif" else "JPEG")
    data = {"words": b"just words", "cut off": out.getvalue()[:900], "empty": b"", "gif": out.getvalue()}[kind]
    drop(studio, ("<b>picture</b>.png", data))
    said = {"words": "not a picture", "cut off": "cut off", "empty": "empty", "gif": "This is a GIF file"}[kind]
    studio.toast(said)
    studio.sample()
    studio.say("brighter")
    assert len(studio.script()) == 1


def test_clicks_and_keys_that_come_twice(studio: Studio) -> None:
    studio.sample()
    original = studio.shown()
    studio.say("brighter")
    studio.say("a red hat")
    third = studio.shown()
    studio.watch.expected.append("409")
    studio.page.evaluate("() => { const undo = document.querySelector('[data-do=undo]'); undo.click(); undo.click(); }")
    expect(studio.at("[data-do=undo]")).to_be_disabled()
    studio.quiet(4)
    assert studio.shown() == original
    studio.click("[data-do=redo]")
    studio.click("[data-do=redo]")
    assert studio.shown() == third
    area = studio.at(".pal-form textarea")
    area.fill("brighter")
    area.press("Enter")
    area.press("Enter")
    studio.quiet(7)
    expect(studio.at(".pal-node")).to_have_count(4)
    studio.say("brighter")
    expect(studio.at(".pal-node")).to_have_count(5)
    assert not any("(no words)" in words for words in studio.turns.all_inner_texts())

"""A whole conversation, through a reload and the sudden end of the program."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.studio import Studio


def test_a_journey(studio: Studio, server: Server) -> None:
    drawn = studio.say("draw a woman with long red hair on a beach")
    expect(drawn.locator(".pal-said")).to_have_text("draw a woman with long red hair on a beach")
    expect(drawn.locator(".pal-card.done")).to_have_count(1)
    first = studio.shown()
    assert len(studio.script()) == 1

    several = studio.say("give her round glasses and a green hat, and make it night")
    expect(several.locator(".pal-card.done")).to_have_count(3)
    expect(several).to_contain_text("I chose round glasses with a thin black rim.")
    assert len(studio.script()) == 4
    assert "green hat" in studio.script()[2]

    studio.say("no, make the hat yellow")
    assert len(studio.script()) == 4
    assert "yellow hat" in studio.script()[2]
    assert not any("green" in words for words in studio.script())

    dropped = studio.say("undo the night")
    expect(dropped).to_contain_text("Taken out: make it night")
    assert len(studio.script()) == 3
    before = studio.shown()

    expect(studio.say("what colour is her hair?").locator(".pal-answer")).to_have_text("Her hair is red.")
    assert studio.shown() == before
    studio.say("crop it to 4:5 and write Hello at the top")
    assert len(studio.script()) == 5
    image = studio.at(".pc-sheets img").last
    expect(image).to_have_js_property("naturalHeight", 256)
    expect(image).to_have_js_property("naturalWidth", 205)

    studio.say("go back to the first one")
    assert studio.shown() == first
    assert len(studio.script()) == 1
    studio.say("and there, give her a beard and a top hat")
    assert len(studio.script()) == 3
    history = studio.session().history
    assert len(history.children(first)) == 2
    assert len(studio.nodes()) == len(history.versions) == 6
    tops = {node.evaluate("node => node.offsetTop") for node in studio.at(".pal-node").all()}
    assert len(tops) == 2

    known = studio.everything()
    assert len(known["said"]) == 7
    studio.page.reload()
    assert studio.everything() == known
    _killed_and_started_again(studio, server)
    assert studio.everything() == known
    studio.say("brighter")
    assert len(studio.nodes()) == 7


def _killed_and_started_again(studio: Studio, server: Server) -> None:
    """The page says so, and takes the feed up again by itself."""
    studio.watch.expected.append("net::ERR_")
    server.kill()
    expect(studio.at(".pal-models")).to_have_attribute("data-state", "gone")
    server.start()
    expect(studio.at(".pal-models")).to_have_attribute("data-state", "ready")

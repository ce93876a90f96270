"""The program as people start it, with its embedded models: words in, pictures out, nothing scripted."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from assistant.models import WEIGHTS
from tests.browser.conftest import Server, Visit
from tests.browser.studio import decoded

pytestmark = pytest.mark.skipif(
    not (WEIGHTS / "vlm" / "config.json").exists(), reason="the embedded models are not trained yet"
)


def test_the_first_message_waits_for_the_models_and_is_drawn(program: Server, visit: Visit) -> None:
    studio = visit(program)
    drawn = studio.say("draw a woman with long red hair on a beach")
    expect(drawn.locator(".pal-card.done")).to_have_count(1)
    assert len(studio.script()) == 1
    assert "woman" in studio.script()[0]
    assert "beach" in studio.script()[0]
    expect(studio.at(".pal-models")).to_have_attribute("data-state", "ready")
    picture = decoded(studio.download("png"))
    assert picture.shape == (512, 512, 3)
    assert picture.std() > 20  # a picture, and no grey sheet


def test_starters_paint_and_what_was_painted_is_found_again(program: Server, visit: Visit) -> None:
    studio = visit(program)
    studio.sample()
    day = decoded(studio.download("png"))
    studio.click(studio.button("Make it night"))
    night = decoded(studio.download("png"))
    assert night.mean() < day.mean()
    studio.click(studio.button("Undo"))
    assert np.array_equal(decoded(studio.download("png")), day)
    studio.click(studio.button("Redo"))
    assert np.array_equal(decoded(studio.download("png")), night)


def test_a_drawing_is_a_click_away(program: Server, visit: Visit) -> None:
    studio = visit(program)
    studio.click(studio.button("Draw an old woman in a yellow suit in a library"))
    picture = decoded(studio.download("png"))
    assert picture.shape == (512, 512, 3)
    assert picture.std() > 20
    expect(studio.button("Make it night")).to_be_visible()  # it is known for a sketch


def test_a_photograph_is_never_painted_by_its_starters(program: Server, visit: Visit) -> None:
    studio = visit(program)
    studio.sample("An astronaut")
    for name in ("Improve light and colour", "Crop to 4:5", "Write Hello at the bottom"):
        studio.click(studio.button(name))
    assert len(studio.script()) == 3
    assert studio.session().patches == ()

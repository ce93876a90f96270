"""Which wishes for a whole picture paint over what is transparent in it."""

from __future__ import annotations

import pytest

from assistant.ground import gives_ground
from assistant.sketchbook.language.sentences import STYLES
from assistant.sketchbook.scene import Time


@pytest.mark.parametrize(
    "wish",
    [
        "put her on a beach", "move the scene to a beach", "place the bottle on a wooden table", "put him in a forest",
        "move her to a city at night", "make it a snowy forest", "a snowy mountain landscape", "in a bright kitchen",
        "make it night in Paris", "ersetze den Hintergrund durch einen Wald", "setze sie an den Strand",
        "change the backdrop to red", "make the background black and white", "remove the background", "add a snowman",
        "a watercolor painting with a forest", "keep her but change the background", "make transparent parts warm",
        "keep the background, but put her on a beach", "make the sky stormy", "add a hat", "turn her into a robot",
    ],
)  # fmt: skip
def test_what_speaks_of_a_place_or_a_thing_gives_ground(wish: str) -> None:
    assert gives_ground(wish)


@pytest.mark.parametrize(
    "wish",
    [
        "make it night", "turn the evening into a snowy night", "turn day into night", "black and white",
        "make it black and white", "sepia", "warmer colours", "make everything brighter", "let it rain", "add some fog",
        "at sunset", "in the golden hour", "in soft evening light", "as a watercolor painting", "as a pencil sketch",
        "make it look like a cartoon", "in the style of Van Gogh", "in black and white with more contrast",
        "in a comic style", "Make it Winter.", "an oil painting", "more cinematic lighting",
        "as a watercolor painting, keep the background", "keep the background as it is and make it night",
        "smooth her skin, leave the background transparent", "make it night without changing the background",
        "make the weather foggy", "make it rain outside", *(f"draw it {style}" for style in STYLES.values()),
        *(f"make it {time}" for time in Time),
    ],
)  # fmt: skip
def test_what_speaks_of_looks_alone_gives_none(wish: str) -> None:
    assert not gives_ground(wish)


def test_what_shall_stay_may_be_the_ground() -> None:
    assert not gives_ground("smooth the skin", "the background")
    assert gives_ground("smooth the skin", "the face")

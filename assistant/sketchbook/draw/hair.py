"""Hair: a part behind the head and shoulders, a part on the skull, and what falls in front of the clothes."""

from collections.abc import Callable

from assistant.sketchbook.draw import hair_close, hair_long
from assistant.sketchbook.draw.stage import Stage
from assistant.sketchbook.scene import HairStyle


def draw_hair_behind(stage: Stage) -> None:
    """The hair that hangs behind the neck and shoulders."""
    behind = _BEHIND.get(stage.scene.hair)
    if behind:
        behind(stage)


def draw_hair(stage: Stage) -> None:
    """The hair on the skull."""
    _ON_SKULL[stage.scene.hair](stage)


def draw_hair_before(stage: Stage) -> None:
    """The hair that falls in front of the clothes."""
    if stage.scene.hair is HairStyle.BRAIDS:
        hair_long.draw_braid(stage, 1)
        hair_long.draw_braid(stage, -1)
    elif stage.scene.hair is HairStyle.LONG:
        hair_long.draw_front_locks(stage)


_BEHIND: dict[HairStyle, Callable[[Stage], None]] = {
    HairStyle.AFRO: hair_close.draw_afro_behind,
    HairStyle.BOB: hair_long.draw_bob_behind,
    HairStyle.LONG: hair_long.draw_long_behind,
    HairStyle.PONYTAIL: hair_long.draw_ponytail_behind,
    HairStyle.BUN: hair_long.draw_bun_behind,
}
_ON_SKULL: dict[HairStyle, Callable[[Stage], None]] = {
    HairStyle.BALD: hair_close.draw_bald,
    HairStyle.SHORT: hair_close.draw_short,
    HairStyle.SPIKY: hair_close.draw_spiky,
    HairStyle.CURLY: hair_close.draw_curly,
    HairStyle.AFRO: hair_close.draw_afro,
    HairStyle.BOB: hair_long.draw_bob,
    HairStyle.LONG: hair_long.draw_long,
    HairStyle.PONYTAIL: hair_long.draw_pulled_back,
    HairStyle.BUN: hair_long.draw_pulled_back,
    HairStyle.BRAIDS: hair_long.draw_braided,
    HairStyle.MOHAWK: hair_close.draw_mohawk,
}

"""The “ground” task: from one sentence, as people say it, to what it asks of the sketchbook's world."""

from collections.abc import Callable

from numpy.random import Generator

from assistant.sketchbook.edits import RULES, Edit, EditKind
from assistant.sketchbook.language import kinds, look_clauses, setting_clauses, thing_clauses
from assistant.sketchbook.language.foreign import foreign
from assistant.sketchbook.language.noise import chatter, typed
from assistant.sketchbook.language.outside import SENTENCES_UNKNOWN, THINGS_UNKNOWN
from assistant.sketchbook.language.phrasing import Dice
from assistant.sketchbook.language.portraits import landscape, outside_picture, portrait
from assistant.sketchbook.language.requesting import scene_request
from assistant.sketchbook.language.saying import SIDES, WHO, Said, Slots, wish
from assistant.sketchbook.language.sentences import describe, instruction
from assistant.sketchbook.language.wishes import (
    COLORED,
    GROUND_GRAMMAR,
    NONE,
    SAME,
    SIDED,
    VALUES,
    Assignment,
    Wishes,
    parse_wishes,
    write_wishes,
)
from assistant.sketchbook.scene import Color, Place, Scene, random_scene

__all__ = [
    "GROUND_GRAMMAR",
    "Assignment",
    "Wishes",
    "ground_prompt",
    "ground_sample",
    "parse_wishes",
    "wishes_of_edit",
    "wishes_of_scene",
    "write_wishes",
]

Clause = Callable[[Dice, Slots], Said]
_JOINERS = (" and ", " and ", " and ", ", ", " and also ", ", then ", " and then ", " plus ", ", and ", "; ")
_OFTEN_REMOVED = (
    kinds.HAT,
    kinds.GLASSES,
    kinds.BEARD,
    kinds.HELD,
    kinds.BESIDE,
    kinds.SIGN,
)
_RECOLORED = (kinds.HAT, kinds.GLASSES, kinds.CLOTHES, kinds.HELD)
_DIFFERENT = (
    kinds.HAT,
    kinds.GLASSES,
    kinds.BEARD,
    kinds.CLOTHES,
    kinds.SIGN,
    kinds.HELD,
)
_KINDS = tuple(kinds.KINDS.values())


def ground_prompt(sentence: str) -> str:
    """What the model is shown."""
    return f"ground: {sentence}"


def ground_sample(rng: Generator) -> tuple[str, Wishes | None]:
    """A sentence and its wishes; None where the world lacks what it asks for. About 60 % are wishes for a change,
    20 % for a whole picture, 12 % outside the world, the rest canonical or foreign."""
    dice = Dice(rng)
    roll = dice.fraction()
    if roll < 0.12:
        return typed(dice, chatter(dice, _outside(dice))), None
    if roll < 0.14:
        return _mixed(dice)
    if roll < 0.18:
        return _canonical(dice, rng)
    if roll < 0.21:
        said = foreign(dice)
    elif roll < 0.4:
        said = landscape(dice) if dice.chance(0.06) else portrait(dice)
    else:
        said = _changes(dice)
    return typed(dice, chatter(dice, said.text)), _unique(said.wishes)


def _unique(wishes: Wishes) -> Wishes:
    """Each attribute once, the last one counts, as `parse_wishes` reads them."""
    found: dict[str, Assignment] = {}
    for assignment in wishes:
        found.pop(assignment.attribute, None)
        found[assignment.attribute] = assignment
    return tuple(found.values())


def _outside(dice: Dice) -> str:
    who = dice.one(WHO)[0]
    if dice.chance(0.15):
        return outside_picture(dice)
    if dice.chance(0.5):
        thing = dice.say(dice.one(THINGS_UNKNOWN), who)
        return dice.say(dice.one(_WITH_UNKNOWN), {**who, "a": thing})
    the = thing_clauses.the(dice, dice.one(_KINDS), who)
    return dice.say(dice.one(SENTENCES_UNKNOWN), {**who, "the": the})


_WITH_UNKNOWN = (
    *(
        "add {a}",
        "give {him} {a}",
        "{he} should have {a}",
        "draw {a}",
        "put {a} on {him}",
        "I want {a}",
        "{him} with {a}",
        "{a}",
    ),
    *(
        "how about {a}",
        "remove {a}",
        "let {him} have {a}",
        "put {a} in the [picture|background|sky]",
        "paint {a}",
        "get rid of {a}",
    ),
    *(
        "draw [a woman|a man|a girl|a boy|an old man] with {a}",
        "make {a} appear",
        "replace {his} head with {a}",
        "change {a}",
    ),
)


def _mixed(dice: Dice) -> tuple[str, None]:
    """A wish of the world joined with one outside it: the whole cannot be fulfilled."""
    parts = [_changes(dice).text, _outside(dice)]
    return typed(dice, dice.one(_JOINERS).join(parts if dice.chance(0.5) else parts[::-1])), None


def _changes(dice: Dice) -> Said:
    """One to three changes in one sentence about one person."""
    who = dice.one(WHO)[0]
    roll = dice.fraction()
    if roll < 0.05:
        return thing_clauses.several(dice, who)
    count = 1 if roll < 0.76 else 2 if roll < 0.95 else 3
    said = [dice.one(_CLAUSES)(dice, who) for _ in range(count)]
    if len({assignment.attribute for _, wishes in said for assignment in wishes}) < sum(
        len(wishes) for _, wishes in said
    ):
        return said[0]
    return Said(
        dice.one(_JOINERS).join(text for text, _ in said),
        tuple(assignment for _, wishes in said for assignment in wishes),
    )


def _put(dice: Dice, who: Slots) -> Said:
    return thing_clauses.put(dice, dice.one(_KINDS), who)


def _put_and_color(dice: Dice, who: Slots) -> Said:
    return thing_clauses.put_and_color(dice, dice.one(_RECOLORED), who)


def _remove(dice: Dice, who: Slots) -> Said:
    return thing_clauses.remove(dice, dice.one(_OFTEN_REMOVED), who)


def _recolor(dice: Dice, who: Slots) -> Said:
    return thing_clauses.recolor(dice, dice.one(_RECOLORED), who)


def _different(dice: Dice, who: Slots) -> Said:
    return thing_clauses.different(dice, dice.one(_DIFFERENT), who)


_SHARES: tuple[tuple[Clause, int], ...] = (
    (_put, 8),
    (_put_and_color, 1),
    (_remove, 3),
    (_recolor, 3),
    (_different, 1),
    (look_clauses.hair, 2),
    (look_clauses.hair_color, 2),
    (look_clauses.hair_and_color, 1),
    (look_clauses.expression, 3),
    (look_clauses.skin, 1),
    (look_clauses.person, 2),
    (setting_clauses.place, 3),
    (setting_clauses.time, 2),
    (setting_clauses.weather, 2),
    (setting_clauses.style, 2),
    (setting_clauses.backdrop, 1),
)
_CLAUSES = tuple(clause for clause, share in _SHARES for _ in range(share))


def _canonical(dice: Dice, rng: Generator) -> tuple[str, Wishes]:
    """The painter's own sentences, which people read on the card and say again."""
    if dice.chance(0.3):
        scene = random_scene(rng)
        return describe(scene), wishes_of_scene(scene)
    if dice.chance(0.2):
        return _partly_described(dice, random_scene(rng))
    edit = _any_edit(dice)
    return instruction(edit), wishes_of_edit(edit)


def _partly_described(dice: Dice, scene: Scene) -> tuple[str, Wishes]:
    """A wish for a picture as `requesting` offers it: the person and some of what `describe` would say."""
    person, *rest = wishes_of_scene(scene)
    share = dice.one((0.15, 0.3, 0.6))
    wishes = (person, *(assignment for assignment in rest if dice.chance(share)))
    return scene_request(wishes, 0), wishes


def _any_edit(dice: Dice) -> Edit:
    kind = dice.one(_EDIT_KINDS)
    rule = RULES[kind]
    if rule.verb == "remove":
        return Edit(kind=kind)
    color = dice.one(_COLORS) if rule.color_field or rule.verb == "recolor" else None
    if rule.verb == "recolor":
        return Edit(kind=kind, color=color)
    value = dice.one([word for word in rule.values if word != NONE])
    if value == Place.STUDIO:
        color = dice.one(_COLORS)
    side = dice.one((None, *SIDES)) if rule.verb == "add" and rule.field in SIDED else None
    return Edit(kind=kind, value=value, color=color, side=side)


_EDIT_KINDS, _COLORS = tuple(EditKind), tuple(Color)


def wishes_of_edit(edit: Edit) -> Wishes:
    """What `instruction(edit)` asks for."""
    rule = RULES[edit.kind]
    if rule.verb == "remove":
        return (wish(rule.field, NONE),)
    if edit.kind is EditKind.BACKDROP:
        return (wish("backdrop", edit.color),)
    if rule.verb == "recolor":
        return (wish(rule.attribute, SAME, edit.color),)
    return (wish(rule.field, edit.value, edit.color, edit.side),)


def wishes_of_scene(scene: Scene) -> Wishes:
    """What `describe(scene)` asks for: all that is visible, in the order of the sentence."""
    return tuple(_shown(scene, name) for name in _DESCRIBED if _is_shown(scene, name))


_DESCRIBED = tuple(name for name in VALUES if name != "backdrop")


def _is_shown(scene: Scene, name: str) -> bool:
    return getattr(scene, name) != NONE and not (
        name == "hair_color" and "bald" in (scene.hair,) and scene.beard == NONE
    )


def _shown(scene: Scene, name: str) -> Assignment:
    color = getattr(scene, f"{name}_color") if name in COLORED else None
    if scene.place is Place.STUDIO and name == "place":
        color = scene.backdrop
    left, right = (scene.side, SIDES[1 - SIDES.index(scene.side)])
    side = left if name == "beside" else right if name in SIDED else None
    return wish(name, getattr(scene, name), color, side)

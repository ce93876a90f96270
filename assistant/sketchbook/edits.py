"""What can be asked of a scene: a closed set of edits, each fully specified, and the scene that follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from numpy.random import Generator
from pydantic import BaseModel, ConfigDict

from assistant.sketchbook.draw.layout import Attribute, Box, attribute_box
from assistant.sketchbook.scene import (
    Beard,
    Beside,
    Clothes,
    Color,
    Expression,
    Glasses,
    HairColor,
    HairStyle,
    Hat,
    Held,
    Person,
    Place,
    Scene,
    Side,
    Sign,
    Skin,
    Style,
    Time,
    Weather,
    pick,
)

Scope = Literal["local", "global"]
Verb = Literal["add", "replace", "remove", "recolor", "set"]


class EditKind(StrEnum):
    ADD_HAT = "add hat"
    REPLACE_HAT = "replace hat"
    REMOVE_HAT = "remove hat"
    RECOLOR_HAT = "recolor hat"
    ADD_GLASSES = "add glasses"
    REPLACE_GLASSES = "replace glasses"
    REMOVE_GLASSES = "remove glasses"
    RECOLOR_GLASSES = "recolor glasses"
    ADD_BEARD = "add beard"
    REPLACE_BEARD = "replace beard"
    REMOVE_BEARD = "remove beard"
    ADD_HELD = "add held"
    REPLACE_HELD = "replace held"
    REMOVE_HELD = "remove held"
    RECOLOR_HELD = "recolor held"
    ADD_BESIDE = "add beside"
    REPLACE_BESIDE = "replace beside"
    REMOVE_BESIDE = "remove beside"
    ADD_SIGN = "add sign"
    REPLACE_SIGN = "replace sign"
    REMOVE_SIGN = "remove sign"
    HAIR_STYLE = "hair style"
    HAIR_COLOR = "hair color"
    EXPRESSION = "expression"
    CLOTHES = "clothes"
    CLOTHES_COLOR = "clothes color"
    PERSON = "person"
    SKIN = "skin"
    PLACE = "place"
    BACKDROP = "backdrop"
    TIME = "time"
    WEATHER = "weather"
    STYLE = "style"


@dataclass(frozen=True)
class Rule:
    """What a kind of edit touches; values of things that may be absent begin with "none"."""

    verb: Verb
    attribute: Attribute  # whose box holds the change
    field: str
    values: type[StrEnum]
    color_field: str | None = None


def _thing(name: Attribute, values: type[StrEnum], colored: bool) -> dict[EditKind, Rule]:
    """The rules for something that may be absent: add, replace, remove, and recolor when it has a color."""
    color_field = f"{name}_color" if colored else None
    rules: dict[EditKind, Rule] = {}
    verbs: tuple[Verb, ...] = ("add", "replace", "remove")
    for verb in verbs:
        rules[EditKind(f"{verb} {name}")] = Rule(verb, name, name, values, color_field)
    if color_field:
        rules[EditKind(f"recolor {name}")] = Rule("recolor", name, color_field, Color)
    return rules


RULES: dict[EditKind, Rule] = {
    **_thing("hat", Hat, colored=True),
    **_thing("glasses", Glasses, colored=True),
    **_thing("beard", Beard, colored=False),
    **_thing("held", Held, colored=True),
    **_thing("beside", Beside, colored=False),
    **_thing("sign", Sign, colored=False),
    EditKind.HAIR_STYLE: Rule("set", "hair", "hair", HairStyle),
    EditKind.HAIR_COLOR: Rule("set", "hair_color", "hair_color", HairColor),
    EditKind.EXPRESSION: Rule("set", "expression", "expression", Expression),
    EditKind.CLOTHES: Rule("set", "clothes", "clothes", Clothes),
    EditKind.CLOTHES_COLOR: Rule("recolor", "clothes", "clothes_color", Color),
    EditKind.PERSON: Rule("set", "person", "person", Person),
    EditKind.SKIN: Rule("set", "skin", "skin", Skin),
    EditKind.PLACE: Rule("set", "place", "place", Place),
    EditKind.BACKDROP: Rule("recolor", "backdrop", "backdrop", Color),
    EditKind.TIME: Rule("set", "time", "time", Time),
    EditKind.WEATHER: Rule("set", "weather", "weather", Weather),
    EditKind.STYLE: Rule("set", "style", "style", Style),
}
_GLOBAL = frozenset({EditKind.PLACE, EditKind.BACKDROP, EditKind.TIME, EditKind.WEATHER, EditKind.STYLE})
_ABSENT = "none"
_SIDED = ("beside", "held", "sign")
_ALIKE_UNDER_A_HAT = (
    frozenset({HairStyle.BALD, HairStyle.MOHAWK}),
    frozenset({HairStyle.SHORT, HairStyle.SPIKY, HairStyle.BUN}),
)


class Edit(BaseModel):
    """One fully specified wish; which of the three parts it needs is said by `RULES[kind]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: EditKind
    value: str | None = None  # what to add, replace by or set; a word of the attribute's enum
    color: Color | None = None  # of what is added, replaced by or recolored, and of the studio's backdrop
    side: Side | None = None  # where something is added, as the viewer sees it; only while nothing else fixes it


class ImpossibleEdit(ValueError):
    """The scene does not allow the edit: the thing is absent, already there, or on the other side."""


def scope(edit: Edit) -> Scope:
    """Whether the edit changes one part of the picture or all of it."""
    return "global" if edit.kind in _GLOBAL else "local"


def attribute(edit: Edit) -> Attribute:
    """The attribute whose box holds the change."""
    return RULES[edit.kind].attribute


def change(scene: Scene, edit: Edit) -> Scene:
    """The scene after the edit; raises `ImpossibleEdit` when the scene does not allow it."""
    rule = RULES[edit.kind]
    present = getattr(scene, rule.field) != _ABSENT
    if rule.verb in ("replace", "remove") and not present:
        raise ImpossibleEdit(f"cannot {edit.kind}: there is none")
    if rule.verb == "add" and present:
        raise ImpossibleEdit(f"cannot {edit.kind}: there is one already, replace it")
    if edit.kind is EditKind.BACKDROP and scene.place is not Place.STUDIO:
        raise ImpossibleEdit("cannot change the backdrop: only the studio has one")
    if rule.verb == "recolor" and _uncolored(scene, rule):
        raise ImpossibleEdit(f"cannot {edit.kind}: there is none")
    return Scene(**{**dict(scene), **_updates(scene, edit, rule)})


def _uncolored(scene: Scene, rule: Rule) -> bool:
    thing = rule.field.removesuffix("_color")
    return thing in Scene.model_fields and thing != rule.field and getattr(scene, thing) == _ABSENT


def _updates(scene: Scene, edit: Edit, rule: Rule) -> dict[str, str]:
    """The fields that the edit sets."""
    if rule.verb == "remove":
        return {rule.field: rule.values(_ABSENT)}
    if rule.verb == "recolor":
        if edit.color is None:
            raise ImpossibleEdit(f"cannot {edit.kind}: no color is given")
        return {rule.field: edit.color}
    if edit.value is None or (rule.verb != "set" and edit.value == _ABSENT):
        raise ImpossibleEdit(f"cannot {edit.kind}: nothing is given")
    updates: dict[str, str] = {rule.field: rule.values(edit.value)}
    if edit.color is not None and rule.color_field:
        updates[rule.color_field] = edit.color
    if edit.color is not None and edit.kind is EditKind.PLACE:
        updates["backdrop"] = edit.color
    if edit.side is not None:
        updates["side"] = _scene_side(scene, edit, rule)
    return updates


def _opposite(side: Side) -> Side:
    return Side.LEFT if side is Side.RIGHT else Side.RIGHT


def _side_is_free(scene: Scene) -> bool:
    return all(getattr(scene, name) == _ABSENT for name in _SIDED)


def _scene_side(scene: Scene, edit: Edit, rule: Rule) -> Side:
    """The scene's side that puts what is added where the edit says."""
    if edit.side is None or rule.verb != "add" or rule.field not in _SIDED:
        raise ImpossibleEdit(f"cannot {edit.kind}: only what is added beside, in the hand or as a sign has a side")
    wanted = edit.side if rule.field == "beside" else _opposite(edit.side)
    if wanted is not scene.side and not _side_is_free(scene):
        raise ImpossibleEdit(f"cannot {edit.kind} on the {edit.side}: that side is taken")
    return wanted


def edit_box(scene: Scene, edit: Edit) -> Box:
    """The part of the picture of the scene that the edit may change: left, top, right, bottom in 0..1."""
    rule = RULES[edit.kind]
    placed = change(scene, edit) if rule.verb == "add" else scene  # what is absent has no side yet
    return attribute_box(placed, rule.attribute)


def inverse(scene: Scene, edit: Edit) -> Edit:
    """The edit that takes `change(scene, edit)` back to the scene."""
    rule = RULES[edit.kind]
    before = getattr(scene, rule.field)
    color = getattr(scene, rule.color_field) if rule.color_field else None
    if rule.verb == "add":
        return Edit(kind=EditKind(f"remove {rule.field}"))
    if rule.verb == "remove":
        side = None
        if rule.field in _SIDED and _side_is_free(change(scene, edit)):
            side = scene.side if rule.field == "beside" else _opposite(scene.side)
        return Edit(kind=EditKind(f"add {rule.field}"), value=before, color=color, side=side)
    if rule.verb == "recolor":
        return Edit(kind=edit.kind, color=before)
    if edit.kind is EditKind.PLACE and scene.place is Place.STUDIO:
        color = scene.backdrop
    return Edit(kind=edit.kind, value=before, color=color)


def possible_edits(scene: Scene) -> tuple[Edit, ...]:
    """Every edit that really changes the picture of the scene."""
    found: list[Edit] = []
    for kind, rule in RULES.items():
        for edit in _candidates(scene, kind, rule):
            try:
                after = change(scene, edit)
            except ImpossibleEdit:
                continue
            if not _looks_alike(scene, after):
                found.append(edit)
    return tuple(found)


def _candidates(scene: Scene, kind: EditKind, rule: Rule) -> Iterator[Edit]:
    """Every way to fill in the parts that a kind of edit needs, possible or not."""
    if rule.verb == "remove":
        yield Edit(kind=kind)
        return
    if rule.verb == "recolor":
        for color in Color:
            yield Edit(kind=kind, color=color)
        return
    before = getattr(scene, rule.field)
    if (rule.verb == "add") == (before != _ABSENT) and rule.verb != "set":
        return
    sides = tuple(Side) if rule.verb == "add" and rule.field in _SIDED and _side_is_free(scene) else (None,)
    for value in rule.values:
        if value in (before, _ABSENT):
            continue
        colored = rule.color_field is not None or value == Place.STUDIO
        for color in tuple(Color) if colored else (None,):
            for side in sides:
                yield Edit(kind=kind, value=value, color=color, side=side)


def _looks_alike(before: Scene, after: Scene) -> bool:
    """Whether nobody could tell the two pictures apart."""
    if before == after:
        return True
    hatted = before.hat is not Hat.NONE and after.hat is not Hat.NONE
    if before.hair is not after.hair:
        return hatted and any({before.hair, after.hair} <= group for group in _ALIKE_UNDER_A_HAT)
    if before.hair_color is not after.hair_color:
        bare = before.hair is HairStyle.BALD or (hatted and before.hair is HairStyle.MOHAWK)
        return bare and before.beard is Beard.NONE
    return False


def random_edit(rng: Generator, scene: Scene) -> Edit:
    """One possible edit: first a kind, each as likely as the others, then one of that kind."""
    by_kind: dict[EditKind, list[Edit]] = {}
    for edit in possible_edits(scene):
        by_kind.setdefault(edit.kind, []).append(edit)
    edits = by_kind[pick(rng, by_kind)]
    return edits[int(rng.integers(len(edits)))]

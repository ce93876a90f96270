"""The “look” task: a picture and names of attributes, and what the picture shows of each."""

from collections.abc import Mapping, Sequence

from assistant.sketchbook.language.wishes import COLORED, NONE, VALUES
from assistant.sketchbook.scene import Beard, Color, HairStyle, Hat, Place, Scene, Side

SKETCH, PHOTO = "sketch", "photo"
NAMES = ("kind", *VALUES, "side")
"""What can be looked at: sketch or photo, every attribute, and on which side what stands beside somebody is."""
_SIDED = ("beside", "held", "sign")
_UNDER_A_HAT = {
    HairStyle.MOHAWK: HairStyle.BALD,
    HairStyle.SPIKY: HairStyle.SHORT,
    HairStyle.BUN: HairStyle.SHORT,
}
"""Hair that a hat makes look like other hair, as in `edits`."""


def look_prompt(names: Sequence[str]) -> str:
    """What the model is shown beside the picture."""
    return f"look: {', '.join(names)}"


def look_answer(scene: Scene, name: str) -> str:
    """What a viewer can tell of an attribute from a picture of the scene: “green beret”, “none”, “night”, “sketch”."""
    if name == "kind":
        return SKETCH
    if name == "side":
        return scene.side if any(getattr(scene, thing) != NONE for thing in _SIDED) else NONE
    if name == "backdrop":
        return scene.backdrop if scene.place is Place.STUDIO else NONE
    if name == "hair":
        return _visible_hair(scene)
    if name == "hair_color":
        return NONE if _visible_hair(scene) is HairStyle.BALD and scene.beard is Beard.NONE else scene.hair_color
    value = getattr(scene, name)
    return f"{getattr(scene, f'{name}_color')} {value}" if name in COLORED and value != NONE else value


def _visible_hair(scene: Scene) -> HairStyle:
    return scene.hair if scene.hat is Hat.NONE else _UNDER_A_HAT.get(scene.hair, scene.hair)


def photo_answer(name: str) -> str:
    """What is said of a photograph, which is no picture of the sketchbook's world."""
    return PHOTO if name == "kind" else NONE


def write_look(answers: Sequence[str]) -> str:
    """The line that the model is to write: the answers in the order of the names."""
    return "; ".join(answers)


def parse_look(text: str, names: Sequence[str]) -> dict[str, str]:
    """The answers by name; raises ValueError when they are not one possible answer for each name."""
    answers = text.split("; ")
    if len(answers) != len(names):
        raise ValueError(f"{len(names)} things were looked at, {len(answers)} answers came; say one for each")
    for name, answer in zip(names, answers, strict=True):
        value, color = seen_thing(name, answer)
        if value not in words_of(name) or (name in COLORED and value != NONE and color is None):
            raise ValueError(f"{answer!r} is no answer about {name}; say one of {', '.join(words_of(name))}")
    return dict(zip(names, answers, strict=True))


def seen_thing(name: str, answer: str) -> tuple[str, Color | None]:
    """An answer taken apart: “green beret” is a beret and green; only what is colored has a color."""
    first, _, rest = answer.partition(" ")
    if name in COLORED and rest and first in tuple(Color):
        return rest, Color(first)
    return answer, None


def words_of(name: str) -> tuple[str, ...]:
    """Every answer there is about an attribute."""
    if name == "kind":
        return (SKETCH, PHOTO)
    words = tuple(str(word) for word in (Side if name == "side" else VALUES[name]))
    return words if NONE in words else (*words, NONE)


def look_grammar(names: Sequence[str]) -> str:
    """For llguidance: one possible answer for each name."""
    rules = {name: _rule(name) for name in names}
    lines = ["start: " + ' "; " '.join(names), *rules.values()]
    if any(name in COLORED for name in names):
        lines.append("COLOR: " + " | ".join(f'"{color}"' for color in Color))
    return "\n".join(lines) + "\n"


def _rule(name: str) -> str:
    present = " | ".join(f'"{word}"' for word in words_of(name) if word != NONE)
    if name == "kind":
        return f"{name}: {present}"
    colored = f'COLOR " " ({present})'
    return f'{name}: "{NONE}" | {colored if name in COLORED else present}'


def seen(scene: Scene, names: Sequence[str] = NAMES) -> Mapping[str, str]:
    """All answers about a scene, as a perfect viewer would give them."""
    return {name: look_answer(scene, name) for name in names}

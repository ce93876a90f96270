"""Where everything is: the measures of a person and the box of every part that can be edited, all in unit space."""

from dataclasses import dataclass
from typing import Literal

from assistant.sketchbook.scene import Person, Scene, Side

Box = tuple[float, float, float, float]
Attribute = Literal[
    "person",
    "skin",
    "hair",
    "hair_color",
    "expression",
    "glasses",
    "beard",
    "hat",
    "clothes",
    "held",
    "beside",
    "sign",
    "place",
    "backdrop",
    "time",
    "weather",
    "style",
]

CENTRE = 0.5
ANCHOR = (0.5, 0.02)  # the point that stays put when the person is enlarged
PORTRAIT_ZOOM = 1.1  # the person's measures below are times this in the picture
CROWN = 0.215
TEMPLE = 0.158  # half the width of the skull
HAT_LINE = 0.292  # where hats sit
EYE_LINE = 0.408
EYE_APART = 0.066  # of each eye from the centre line
NOSE = 0.47
HAND_APART = 0.215
HAND_HEIGHT = 0.805


@dataclass(frozen=True)
class Build:
    """The measures of one kind of person, as distances from the centre line or heights in the picture."""

    cheek: float  # half width at the cheekbones
    jaw: float  # half width at the mouth
    chin_width: float
    chin: float
    mouth: float
    neck: float  # half width
    shoulder: float  # half width
    shoulder_top: float
    eye: float  # radius scale of the eyes
    brow: float  # thickness
    lashes: bool = False
    old: bool = False
    young: bool = False


BUILDS: dict[Person, Build] = {
    Person.WOMAN: Build(
        cheek=0.152,
        jaw=0.124,
        chin_width=0.056,
        chin=0.590,
        mouth=0.523,
        neck=0.052,
        shoulder=0.225,
        shoulder_top=0.670,
        eye=1.05,
        brow=0.0095,
        lashes=True,
    ),
    Person.MAN: Build(
        cheek=0.154,
        jaw=0.140,
        chin_width=0.086,
        chin=0.602,
        mouth=0.530,
        neck=0.074,
        shoulder=0.275,
        shoulder_top=0.670,
        eye=0.95,
        brow=0.0150,
    ),
    Person.GIRL: Build(
        cheek=0.164,
        jaw=0.142,
        chin_width=0.068,
        chin=0.572,
        mouth=0.516,
        neck=0.048,
        shoulder=0.190,
        shoulder_top=0.658,
        eye=1.3,
        brow=0.0085,
        lashes=True,
        young=True,
    ),
    Person.BOY: Build(
        cheek=0.164,
        jaw=0.148,
        chin_width=0.080,
        chin=0.574,
        mouth=0.516,
        neck=0.051,
        shoulder=0.198,
        shoulder_top=0.658,
        eye=1.22,
        brow=0.0115,
        young=True,
    ),
    Person.OLD_WOMAN: Build(
        cheek=0.154,
        jaw=0.137,
        chin_width=0.064,
        chin=0.588,
        mouth=0.524,
        neck=0.050,
        shoulder=0.220,
        shoulder_top=0.676,
        eye=0.9,
        brow=0.0095,
        lashes=True,
        old=True,
    ),
    Person.OLD_MAN: Build(
        cheek=0.155,
        jaw=0.146,
        chin_width=0.084,
        chin=0.602,
        mouth=0.530,
        neck=0.066,
        shoulder=0.255,
        shoulder_top=0.676,
        eye=0.88,
        brow=0.0170,
        old=True,
    ),
}

SIGN_BOARD: Box = (0.030, 0.060, 0.315, 0.200)  # on the left; mirrored for the other side
SIGN_TEXT: Box = (0.052, 0.082, 0.293, 0.178)

# in the person's own measures, before the zoom, with the thing beside on the right and so the raised hand on the left
_PERSON_BOXES: dict[Attribute, Box] = {
    "person": (0.14, 0.20, 0.86, 1.1),
    "skin": (0.18, 0.165, 0.82, 1.1),
    "hair": (0.20, 0.025, 0.80, 0.90),
    "hair_color": (0.20, 0.025, 0.80, 0.90),
    "expression": (0.355, 0.275, 0.645, 0.61),
    "glasses": (0.31, 0.31, 0.69, 0.51),
    "beard": (0.31, 0.365, 0.69, 0.80),
    "hat": (0.13, -0.05, 0.87, 0.45),
    "clothes": (0.16, 0.55, 0.84, 1.1),
    "held": (-0.05, 0.18, 0.44, 1.1),
}
_BOXES: dict[Attribute, Box] = {
    "beside": (0.63, 0.26, 1.0, 1.0),
    "sign": (0.0, 0.0, 0.37, 0.28),
}
_SIDED = frozenset({"held", "beside", "sign"})
_WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


def attribute_box(scene: Scene, name: Attribute) -> Box:
    """The part of the picture that holds every value of an attribute: left, top, right, bottom in 0..1."""
    box = _zoomed(_PERSON_BOXES[name]) if name in _PERSON_BOXES else _BOXES.get(name, _WHOLE)
    return _mirrored_box(box) if name in _SIDED and scene.side is Side.LEFT else box


def _zoomed(box: Box) -> Box:
    """A box of the person, in the picture."""
    left, right = (ANCHOR[0] + (x - ANCHOR[0]) * PORTRAIT_ZOOM for x in (box[0], box[2]))
    top, bottom = (ANCHOR[1] + (y - ANCHOR[1]) * PORTRAIT_ZOOM for y in (box[1], box[3]))
    return max(left, 0.0), max(top, 0.0), min(right, 1.0), min(bottom, 1.0)


def sign_boxes(scene: Scene) -> tuple[Box, Box]:
    """The sign's board and, inside it, the room for its text: left, top, right, bottom in 0..1."""
    if scene.side is Side.LEFT:
        return _mirrored_box(SIGN_BOARD), _mirrored_box(SIGN_TEXT)
    return SIGN_BOARD, SIGN_TEXT


def _mirrored_box(box: Box) -> Box:
    return 1 - box[2], box[1], 1 - box[0], box[3]

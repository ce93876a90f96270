"""The closed world of the embedded model: one frozen value says everything that is in a picture."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self, TypeVar

from numpy.random import Generator
from pydantic import BaseModel, ConfigDict, Field, model_validator

Value = TypeVar("Value", bound=StrEnum)


class Person(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    GIRL = "girl"
    BOY = "boy"
    OLD_WOMAN = "old woman"
    OLD_MAN = "old man"


class Skin(StrEnum):
    PALE = "pale"
    FAIR = "fair"
    OLIVE = "olive"
    TAN = "tan"
    BROWN = "brown"
    DARK = "dark"


class HairStyle(StrEnum):
    BALD = "bald"
    SHORT = "short"
    SPIKY = "spiky"
    CURLY = "curly"
    AFRO = "afro"
    BOB = "bob"
    LONG = "long"
    PONYTAIL = "ponytail"
    BUN = "bun"
    BRAIDS = "braids"
    MOHAWK = "mohawk"


class HairColor(StrEnum):
    BLACK = "black"
    BROWN = "brown"
    AUBURN = "auburn"
    GINGER = "ginger"
    BLOND = "blond"
    GREY = "grey"
    WHITE = "white"
    BLUE = "blue"
    PINK = "pink"


class Expression(StrEnum):
    CALM = "calm"
    HAPPY = "happy"
    LAUGHING = "laughing"
    SAD = "sad"
    SURPRISED = "surprised"
    ANGRY = "angry"
    WINKING = "winking"
    SLEEPY = "sleepy"


class Glasses(StrEnum):
    NONE = "none"
    ROUND = "round glasses"
    SQUARE = "square glasses"
    SUNGLASSES = "sunglasses"
    HEART = "heart glasses"


class Beard(StrEnum):
    NONE = "none"
    MOUSTACHE = "moustache"
    GOATEE = "goatee"
    SHORT = "short beard"
    LONG = "long beard"


class Hat(StrEnum):
    NONE = "none"
    CAP = "cap"
    BEANIE = "beanie"
    BERET = "beret"
    TOP_HAT = "top hat"
    STRAW_HAT = "straw hat"
    COWBOY_HAT = "cowboy hat"
    WIZARD_HAT = "wizard hat"
    CROWN = "crown"


class Clothes(StrEnum):
    T_SHIRT = "t-shirt"
    STRIPED_SHIRT = "striped shirt"
    SWEATER = "sweater"
    HOODIE = "hoodie"
    SUIT = "suit"
    DUNGAREES = "dungarees"
    RAINCOAT = "raincoat"
    DRESS = "dress"


class Held(StrEnum):
    NONE = "none"
    BALLOON = "balloon"
    CUP = "cup"
    FLOWER = "flower"
    BOOK = "book"
    UMBRELLA = "umbrella"
    ICE_CREAM = "ice cream"
    KITTEN = "kitten"
    LANTERN = "lantern"


class Color(StrEnum):
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    BROWN = "brown"
    BLACK = "black"
    WHITE = "white"


class Place(StrEnum):
    BEACH = "beach"
    FOREST = "forest"
    CITY = "city"
    MOUNTAINS = "mountains"
    MEADOW = "meadow"
    DESERT = "desert"
    HARBOUR = "harbour"
    PARK = "park"
    ROOM = "room"
    LIBRARY = "library"
    CAFE = "cafe"
    STUDIO = "studio"


class Time(StrEnum):
    DAWN = "dawn"
    DAY = "day"
    SUNSET = "sunset"
    NIGHT = "night"


class Weather(StrEnum):
    CLEAR = "clear"
    CLOUDY = "cloudy"
    RAIN = "rain"
    SNOW = "snow"
    FOG = "fog"
    STORM = "storm"


class Beside(StrEnum):
    NONE = "none"
    DOG = "dog"
    CAT = "cat"
    BIRD = "bird"
    RABBIT = "rabbit"
    TREE = "tree"
    LAMP = "street lamp"
    BICYCLE = "bicycle"
    BOAT = "boat"
    CAR = "car"
    FLOWERS = "flowers"
    SNOWMAN = "snowman"


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"


class Sign(StrEnum):
    NONE = "none"
    WOODEN = "wooden sign"
    CHALKBOARD = "chalkboard"
    BUBBLE = "speech bubble"
    BANNER = "banner"


class Style(StrEnum):
    FLAT = "flat"
    PENCIL = "pencil"
    WATERCOLOR = "watercolor"
    COMIC = "comic"
    PIXEL = "pixel art"
    NEON = "neon"
    CHALK = "chalk"


INDOOR_PLACES = frozenset({Place.ROOM, Place.LIBRARY, Place.CAFE})
VARIATIONS = 1024
NO_COLOR = Color.RED  # what the color of an absent thing is set to, so that equal pictures are equal scenes

# a thing that may be absent -> the thing and its color: (field, absent value, color field)
_COLORED = (
    ("hat", Hat.NONE, "hat_color"),
    ("glasses", Glasses.NONE, "glasses_color"),
    ("held", Held.NONE, "held_color"),
)


class Scene(BaseModel):
    """Everything one picture shows, in closed words; two scenes that look the same are equal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Person = Person.WOMAN
    skin: Skin = Skin.FAIR
    hair: HairStyle = HairStyle.BOB
    hair_color: HairColor = HairColor.BROWN
    expression: Expression = Expression.HAPPY
    glasses: Glasses = Glasses.NONE
    glasses_color: Color = NO_COLOR
    beard: Beard = Beard.NONE
    hat: Hat = Hat.NONE
    hat_color: Color = NO_COLOR
    clothes: Clothes = Clothes.SWEATER
    clothes_color: Color = Color.YELLOW
    held: Held = Held.NONE
    held_color: Color = NO_COLOR
    place: Place = Place.MEADOW
    backdrop: Color = NO_COLOR  # the studio's; red elsewhere
    time: Time = Time.DAY
    weather: Weather = Weather.CLEAR
    beside: Beside = Beside.NONE
    sign: Sign = Sign.NONE
    side: Side = Side.RIGHT  # of what stands beside, as the viewer sees it; what is held and the sign are opposite
    style: Style = Style.FLAT
    variation: int = Field(default=0, ge=0, lt=VARIATIONS)  # jitters clouds, trees and the like, never what is named

    @model_validator(mode="after")
    def _forget_colors_of_absent_things(self) -> Self:
        for field, absent, color_field in _COLORED:
            if getattr(self, field) is absent:
                object.__setattr__(self, color_field, NO_COLOR)
        if self.place is not Place.STUDIO:
            object.__setattr__(self, "backdrop", NO_COLOR)
        if self.beside is Beside.NONE and self.held is Held.NONE and self.sign is Sign.NONE:
            object.__setattr__(self, "side", Side.RIGHT)
        return self


_CHANCE_OF = {"glasses": 0.4, "hat": 0.45, "held": 0.5, "beside": 0.5, "sign": 0.25}
_CHANCE_OF_BEARD = {Person.MAN: 0.5, Person.OLD_MAN: 0.6}
_CHANCE_OF_ANY_BEARD = 0.02
_CHANCE_OF_FLAT = 0.6
_CHANCE_OF_DAY = 0.4
_CHANCE_OF_CLEAR = 0.45
_CHANCE_OF_AGED_HAIR = 0.8
_CHANCE_OF_FANCY_HAIR = 0.12
_AGED = frozenset({Person.OLD_WOMAN, Person.OLD_MAN})
_AGED_HAIR = (HairColor.GREY, HairColor.WHITE)
_FANCY_HAIR = (HairColor.BLUE, HairColor.PINK)
_USUAL_HAIR = (HairColor.BLACK, HairColor.BROWN, HairColor.AUBURN, HairColor.GINGER, HairColor.BLOND)
_FEMALE_HAIR = (
    HairStyle.BOB,
    HairStyle.LONG,
    HairStyle.PONYTAIL,
    HairStyle.BUN,
    HairStyle.BRAIDS,
    HairStyle.CURLY,
    HairStyle.AFRO,
    HairStyle.SHORT,
)
_MALE_HAIR = (
    HairStyle.SHORT,
    HairStyle.SPIKY,
    HairStyle.CURLY,
    HairStyle.AFRO,
    HairStyle.MOHAWK,
    HairStyle.BALD,
    HairStyle.BUN,
    HairStyle.LONG,
)
_FEMALE = frozenset({Person.WOMAN, Person.GIRL, Person.OLD_WOMAN})
_CHANCE_OF_USUAL_STYLE = 0.8


def pick(rng: Generator, values: Iterable[Value]) -> Value:
    """One of the values, each as likely as the others."""
    choices = list(values)
    return choices[int(rng.integers(len(choices)))]


def _maybe(rng: Generator, chance: float, values: type[Value]) -> Value:
    """With the given chance one of the values that are not "none", else "none"."""
    absent, *present = list(values)
    return pick(rng, present) if rng.random() < chance else absent


def _hair_color(rng: Generator, person: Person) -> HairColor:
    if person in _AGED and rng.random() < _CHANCE_OF_AGED_HAIR:
        return pick(rng, _AGED_HAIR)
    if rng.random() < _CHANCE_OF_FANCY_HAIR:
        return pick(rng, _FANCY_HAIR)
    return pick(rng, _USUAL_HAIR)


def _hair_style(rng: Generator, person: Person) -> HairStyle:
    if rng.random() < _CHANCE_OF_USUAL_STYLE:
        return pick(rng, _FEMALE_HAIR if person in _FEMALE else _MALE_HAIR)
    return pick(rng, HairStyle)


def random_scene(rng: Generator) -> Scene:
    """A plausible scene: most things common, every value possible."""
    person = pick(rng, Person)
    return Scene(
        person=person,
        skin=pick(rng, Skin),
        hair=_hair_style(rng, person),
        hair_color=_hair_color(rng, person),
        expression=pick(rng, Expression),
        glasses=_maybe(rng, _CHANCE_OF["glasses"], Glasses),
        glasses_color=pick(rng, Color),
        beard=_maybe(rng, _CHANCE_OF_BEARD.get(person, _CHANCE_OF_ANY_BEARD), Beard),
        hat=_maybe(rng, _CHANCE_OF["hat"], Hat),
        hat_color=pick(rng, Color),
        clothes=pick(rng, Clothes),
        clothes_color=pick(rng, Color),
        held=_maybe(rng, _CHANCE_OF["held"], Held),
        held_color=pick(rng, Color),
        place=pick(rng, Place),
        backdrop=pick(rng, Color),
        time=Time.DAY if rng.random() < _CHANCE_OF_DAY else pick(rng, Time),
        weather=Weather.CLEAR if rng.random() < _CHANCE_OF_CLEAR else pick(rng, Weather),
        beside=_maybe(rng, _CHANCE_OF["beside"], Beside),
        sign=_maybe(rng, _CHANCE_OF["sign"], Sign),
        side=pick(rng, Side),
        style=Style.FLAT if rng.random() < _CHANCE_OF_FLAT else pick(rng, Style),
        variation=int(rng.integers(VARIATIONS)),
    )

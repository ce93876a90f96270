"""Amounts as people say them, with their values: percent, stops, pixels, degrees, aspects, sizes, exact colors."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_dice import Dice

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_words(value: int) -> str:
    """0 to 999 in words: "two hundred", "thirty-five"."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    rest = value % 100
    return f"{_ONES[value // 100]} hundred" + (f" and {number_words(rest)}" if rest else "")


def percent(dice: Dice, least: int = 5, most: int = 60) -> tuple[str, float]:
    """ "20%", "20 percent", "twenty percent", "a third"."""
    value = dice.number(least // 5, most // 5) * 5 if dice.chance(0.75) else dice.number(least, most)
    value = max(value, 1)
    kind = dice.number(0, 11)
    if kind == 0 and least <= 33 <= most:
        return "a third", 33
    if kind == 1 and least <= 50 <= most:
        return dice.pick(("half", "50%")), 50
    if kind == 2 and least <= 25 <= most:
        return "a quarter", 25
    if kind <= 4:
        return f"{number_words(value)} percent", value
    return f"{value}{dice.pick(('%', '%', '%', ' %', ' percent', ' per cent', 'pct'))}", value


def plain_percent(dice: Dice, least: int = 5, most: int = 60) -> tuple[str, float]:
    """Like `percent`, never as a fraction, sometimes without unit: "by 20"."""
    value = dice.number(least // 5, most // 5) * 5 if dice.chance(0.75) else dice.number(least, most)
    value = max(value, 1)
    words = (f"{value}%", f"{value}%", f"{value} %", f"{value} percent", f"{value}", f"{number_words(value)} percent",
        f"{number_words(value)}")
    return dice.pick(words), value


_STOPS = (("half a stop", 0.5), ("a stop", 1), ("one stop", 1), ("1 stop", 1), ("two stops", 2), ("2 stops", 2), (
    "a third of a stop", 0.33), ("1/3 stop", 0.33), ("1/3 of a stop", 0.33), ("two thirds of a stop", 0.67), (
    "2/3 stop", 0.67), ("one and a half stops", 1.5), ("1.5 stops", 1.5), ("a stop and a half", 1.5), ("a full stop",
    1), ("0.3 stops", 0.3), ("0.5 ev", 0.5), ("1 ev", 1), ("0.7 stops", 0.7), ("half an ev", 0.5), ("three stops",
    3), ("a quarter stop", 0.25), ("a half stop", 0.5), ("1/2 stop", 0.5), ("half stop", 0.5), ("one third of a stop",
    0.33), ("2.5 stops", 2.5), ("0.25 ev", 0.25), ("3/4 of a stop", 0.75), ("0.8 stops", 0.8), ("1.2 stops", 1.2),)


def stops(dice: Dice) -> tuple[str, float]:
    if dice.chance(0.2):
        value = dice.number(1, 30) / 10
        return f"{value:g} {dice.pick(('stops', 'stop', 'ev', 'EV'))}", value
    return dice.pick(_STOPS)


def pixels(dice: Dice, least: int = 2, most: int = 200) -> tuple[str, int]:
    """ "20 px", "20px", "20 pixels", "twenty pixels"."""
    value = dice.number(least, most)
    if dice.chance(0.7):
        value = max(least, round(value, -1)) if value > 20 else value
    if value < 100 and dice.chance(0.15):
        return f"{number_words(value)} pixels", value
    return f"{value}{dice.pick((' px', 'px', ' pixels', 'px', ' pixel', ' pix'))}", value


_DEGREES = (" degrees", "°", " deg", " degree", "degrees", " degrees")


def degrees(dice: Dice, value: float) -> str:
    if value == int(value) and dice.chance(0.15):
        return f"{number_words(int(value))} degrees"
    return f"{value:g}{dice.pick(_DEGREES)}"


_RATIOS = ("4:5", "16:9", "9:16", "3:2", "2:3", "4:3", "3:4", "5:4", "21:9", "2:1", "1:2", "3:1", "5:7", "7:5",
    "8:10", "1.91:1", "2.39:1", "1.85:1", "6:7", "10:8")


def aspect(dice: Dice) -> tuple[str, str]:
    """ "4:5", "16 by 9", "4x5", "a square"."""
    if dice.chance(0.22):
        return dice.pick(("a square", "square", "1:1", "a square format", "1 by 1", "1x1", "square format",
            "a 1:1 square", "quadratic")), "1:1"
    ratio = dice.pick(_RATIOS) if dice.chance(0.85) else f"{dice.number(1, 21)}:{dice.number(1, 21)}"
    wide, high = ratio.split(":")
    words = (ratio, ratio, ratio, f"{wide} by {high}", f"{wide}x{high}", f"{wide}/{high}", f"{wide} to {high}",
        f"{wide} : {high}", f"{wide}∶{high}")
    said = dice.pick(words[:8])
    if said == f"{wide} by {high}" and "." not in ratio and dice.chance(0.4):
        said = f"{number_words(int(wide))} by {number_words(int(high))}"
    return said + dice.pick(("", "", "", " format", " aspect", " aspect ratio", " ratio")), ratio


def color(dice: Dice, exact: float = 0.25) -> tuple[str, str]:
    """A color for an exact step: as said, and as it is written."""
    if dice.chance(exact):
        return exact_color(dice)
    if dice.chance(0.12):
        return dice.pick(_LIKE)
    name = dice.pick(_NAMED)
    return name, name


_NAMED = tuple(name for name in bank.COLORS if name not in ("pale yellow",))
_LIKE = (("pale yellow", "light yellow"), ("baby blue", "light blue"), ("bright red", "red"), ("deep blue",
    "dark blue"), ("golden", "gold"), ("navy blue", "navy"), ("pastel pink", "light pink"), ("dark purple",
    "indigo"), ("light purple", "lavender"), ("bright green", "lime"), ("light brown", "tan"), ("dark brown",
    "saddle brown"), ("sky blue", "sky blue"), ("forest green", "forest green"), ("deep red", "dark red"), (
    "off-white", "off white"))


def exact_color(dice: Dice) -> tuple[str, str]:
    """ "#1a73e8", "rgb(26, 115, 232)", "hex 1a73e8"."""
    digits = "".join(dice.pick("0123456789abcdef") for _ in range(6)) if dice.chance(0.8) else dice.pick(("ff0000",
        "00ff00", "ffffff", "000000", "1a73e8", "ffcc00", "222222"))
    kind = dice.number(0, 9)
    if kind == 0:
        parts = [str(dice.number(0, 255)) for _ in range(3)]
        return f"rgb({dice.pick((', ', ','))}".replace("(, ", "(").replace("(,", "(") + dice.pick((", ", ",")).join(
            parts) + ")", f"rgb({','.join(parts)})"
    if kind == 1:
        short = f"#{''.join(dice.pick('0123456789abcdef') for _ in range(3))}"
        return short, short
    if kind == 2:
        digits = digits.upper()
    if kind == 3 and any(digit.isdigit() for digit in digits) and any(digit.isalpha() for digit in digits):
        return f"hex {digits}", f"#{digits}"
    return f"#{digits}", f"#{digits}"


POSITIONS = ("top", "bottom", "center", "left", "right", "top left", "top right", "bottom left", "bottom right")


def position(dice: Dice) -> tuple[str, str]:
    """ "at the top", "in the lower left corner", "centered": as said, and the position's name."""
    name = dice.pick(POSITIONS)
    return dice.say(_PLACED[name]), name


_CORNER = "[in the|into the|at the] [{0} corner|{0}|{1} corner|{0} hand corner|{0} of the picture]"
_PLACED = {"top": "[at the top|on top|at the top edge|top|up top|at the very top|at the top of the picture|"
    "top center|in the top middle]", "bottom": "[at the bottom|at the bottom edge|bottom|along the bottom|"
    "at the very bottom|at the bottom of the image|bottom center|down at the bottom|underneath at the bottom]",
    "center": "[in the center|in the middle|centered|in the centre|right in the middle|dead center|"
    "in the middle of the picture|center]", "left": "[on the left|at the left|on the left side|at the left edge|"
    "on the left hand side|left]", "right": "[on the right|at the right|on the right side|at the right edge|"
    "on the right hand side|right]", "top left": "[in the top left|top left|in the top left corner|"
    "in the upper left corner|upper left|at the top left|in the left upper corner|in the top-left corner]",
    "top right": "[in the top right|top right|in the top right corner|in the upper right corner|upper right|"
    "at the top right|in the top-right corner]", "bottom left": "[in the bottom left|bottom left|"
    "in the bottom left corner|in the lower left corner|lower left|at the bottom left|in the bottom-left corner]",
    "bottom right": "[in the bottom right|bottom right|in the bottom right corner|in the lower right corner|"
    "lower right|at the bottom right|in the bottom-right corner]",}

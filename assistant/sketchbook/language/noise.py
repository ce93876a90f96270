"""How people type: chatter around a wish, capitals, full stops and slips of the finger."""

from assistant.sketchbook.language.phrasing import Dice, listed

_BEFORE = listed("""
    please; please; pls; can you; could you; can you please; now; ok now; okay,; and; then; hey,; hmm,; I'd like you to;
    I want you to; let's; just; also; great, now; nice,; cool.; ok,; would you; maybe; actually; no,; next,; hi!; so;
    well,; you should; try to; kindly; yes,
""")
_AFTER = listed("""
    please; please; pls; , please; thanks; , thank you; now; instead; too; as well; for me; ok?; if you can;
    if possible; again; , will you; this time; :); !; right now; a bit; , would you
""")
_VERBS = frozenset(
    [
        "put",
        "add",
        "give",
        "make",
        "let",
        "place",
        "set",
        "stick",
        "draw",
        "paint",
        "change",
        "replace",
        "swap",
        "turn",
        "remove",
        "delete",
        "erase",
        "take",
        "get",
        "dress",
        "have",
        "show",
        "move",
        "dye",
        "color",
        "colour",
        "recolor",
        "recolour",
        "cut",
        "tie",
        "braid",
        "shave",
        "grow",
        "hang",
        "drop",
        "try",
        "use",
        "sketch",
        "create",
        "generate",
        "redraw",
    ]
)
_KEYS = dict(zip("abcdefghiklmnoprstuvwy", "svxfrghjolknmpotdribeu", strict=True))
"""A neighbour of each letter on the keyboard."""
_SHORTEST_TO_MISTYPE = 4


def chatter(dice: Dice, text: str) -> str:
    """The wish as it is said to somebody; most often bare."""
    if dice.chance(0.12) and text.split(" ", 1)[0] in _VERBS:
        text = f"{dice.one(_BEFORE)} {text}"
    return f"{text} {dice.one(_AFTER)}".replace(" ,", ",") if dice.chance(0.08) else text


def typed(dice: Dice, text: str) -> str:
    """The text with a capital or a full stop, and now and then a typing slip in a longer word."""
    if dice.chance(0.07):
        text = _slip(dice, text)
    if dice.chance(0.2):
        text = text[:1].upper() + text[1:]
    if dice.chance(0.15):
        text += dice.one((".", ".", "!", "...", " ."))
    if dice.chance(0.01):
        text = text.upper()
    return text


def _slip(dice: Dice, text: str) -> str:
    words = text.split(" ")
    index = dice.below(len(words))
    word = words[index]
    if len(word) >= _SHORTEST_TO_MISTYPE and word.isalpha():
        words[index] = _mistyped(dice, word)
    return " ".join(words)


def _mistyped(dice: Dice, word: str) -> str:
    """One letter left out, doubled, swapped with the next or missed by a key; the first letter stays."""
    at = 1 + dice.below(len(word) - 2)
    kind = dice.below(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _KEYS.get(word[at], word[at]) + word[at + 1 :]

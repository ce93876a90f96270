"""Sentences about what a person is: who, skin, hair and its color, the look on the face."""

from collections.abc import Mapping

from assistant.sketchbook.language import words
from assistant.sketchbook.language.outside import WORD_MISSES
from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.saying import Said, Slots, other, wish, with_article
from assistant.sketchbook.scene import Expression, HairColor, HairStyle, Person, Skin

_HAIR = "[hair|hair|hair|hair|locks|hairdo|hairstyle]"
_GIVE = listed("""
    give {him} {a}; give {him} {a}; {he} should have {a}; {a}; {him} with {a}; I want {him} to have {a}; let {him}
    have {a}; how about {a}; {he} has {a}; with {a}; {a} for {him}; make {him} have {a}; add {a}
""")
_HAIR_TO = listed("""
    change {his} hair to {a}; change {his} hairstyle to {a}; {his} hair should be {a}; {his} hair in {a}; style {his}
    hair in {a}
""")
_HAIR_IS = (
    *(
        "make {his} " + _HAIR + " {w}",
        "make {his} hair {w}",
        "{his} hair should be {w}",
        "{w} hair",
        "give {him} {w} hair",
    ),
    *listed("""
        change {his} hair to {w}; I want {his} hair {w}; let {his} hair be {w}; {he} should have {w} hair; {him} with
        {w} hair
    """),
    *listed("""
        turn {his} hair {w}; can {his} hair be {w}; {his} hair {w}; [have|get] {his} hair {w}; {he} has {w} hair
    """),
)
_ANY_HAIR = listed("""
    [change|restyle|redo] {his} [hairstyle|hairdo|haircut]; [give {him}|try] [a different|another|a new]
    [hairstyle|haircut|hairdo]; [a different|another|a new] [hairstyle|haircut|hairdo]; change the style of {his}
    hair; style {his} hair differently; change {his} hair; different hair; do something else with {his} hair; give
    {him} different hair
""")
_ANY_HAIR_COLOR = listed("""
    change {his} hair colo[|u]r; dye {his} hair; [another|a different|a new] hair colo[|u]r; color {his} hair; make
    {his} hair [a different|another] colo[|u]r; change the colo[|u]r of {his} hair; give {him} another hair colo[|u]r
""")
_HAIR_COLOR_IS = listed("""
    [dye|dye|color|colour|paint|tint|make|turn] {his} hair {w}; make {his} hair {w}; {his} hair should be {w}; change
    {his} hair colo[|u]r to {w}; change the colo[|u]r of {his} hair to {w}; give {him} {w} hair; {w} hair; {he} should
    have {w} hair; {his} hair in {w}; I want {his} hair {w}; change {his} hair to {w}; {him} with {w} hair; make the
    hair colo[|u]r {w}; let {his} hair be {w}; can {his} hair be {w}; turn {his} hair colo[|u]r [|in]to {w}
""")
_BROWS = listed("""
    make {his} beard {w}; {his} beard should be {w}; dye {his} beard {w}; color {his} beard {w}
""")


def hair(dice: Dice, who: Slots) -> Said:
    """A hairstyle, said as a noun, as an adjective or by what is done to the hair; or left open."""
    roll = dice.fraction()
    if roll < 0.1:
        return Said(dice.say(dice.one(_ANY_HAIR), who), (wish("hair"),))
    if roll < 0.2:
        near = dice.one(_HAIR_MISSES)
        slots = {**who, "a": dice.one(WORD_MISSES["hair"][near])}
        return Said(dice.say(dice.one(_GIVE), slots), (other("hair", near),))
    style = dice.one(_STYLES)
    return Said(_hair_style(dice, who, style), (wish("hair", style),))


def _hair_style(dice: Dice, who: Slots, style: HairStyle) -> str:
    adjectives = words.HAIR_ADJECTIVES[style]
    if dice.chance(0.3) or not (adjectives or words.HAIR_NOUNS[style]):
        return dice.say(dice.one(words.HAIR_VERBS[style]), who)
    if adjectives and dice.chance(0.65):
        return dice.say(dice.one(_HAIR_IS), {**who, "w": dice.say(dice.one(adjectives))})
    noun = dice.say(dice.one(words.HAIR_NOUNS[style]))
    return dice.say(dice.one(_HAIR_TO if style in _TIED and dice.chance(0.25) else _GIVE), {**who, "a": noun})


_STYLES = tuple(HairStyle)
_TIED = (HairStyle.BOB, HairStyle.PONYTAIL, HairStyle.BUN, HairStyle.BRAIDS, HairStyle.MOHAWK, HairStyle.AFRO)
_HAIR_MISSES = tuple(WORD_MISSES["hair"])


def hair_color(dice: Dice, who: Slots) -> Said:
    """A color for the hair, which a beard shares."""
    roll = dice.fraction()
    if roll < 0.12:
        return Said(dice.say(dice.one(_ANY_HAIR_COLOR), who), (wish("hair_color"),))
    if roll < 0.24:
        near = dice.one(("pink", "blue"))
        slots = {**who, "w": dice.one(WORD_MISSES["hair_color"][near])}
        return Said(dice.say(dice.one(_HAIR_COLOR_IS), slots), (other("hair_color", near),))
    color = dice.one(_HAIR_COLORS)
    if color in words.HAIR_COLOR_VERBS and dice.chance(0.15):
        return Said(dice.say(dice.one(words.HAIR_COLOR_VERBS[color]), who), (wish("hair_color", color),))
    patterns = _BROWS if dice.chance(0.05) else _HAIR_COLOR_IS
    return Said(dice.say(dice.one(patterns), {**who, "w": hair_color_word(dice, color)}), (wish("hair_color", color),))


_HAIR_COLORS = tuple(HairColor)


def hair_color_word(dice: Dice, color: HairColor) -> str:
    return dice.say(dice.one(words.HAIR_COLORS[color]))


def hair_and_color(dice: Dice, who: Slots) -> Said:
    """Both at once: “long red hair”, “a black ponytail”, “turn her hair red and make it long”."""
    style, color = dice.one(_STYLES[1:]), dice.one(_HAIR_COLORS)
    said, assignments = hair_color_word(dice, color), (wish("hair", style), wish("hair_color", color))
    noun = hair_noun(dice, style, said)
    if not words.HAIR_ADJECTIVES[style] or dice.chance(0.6):
        return Said(dice.say(dice.one(_GIVE), {**who, "a": noun}), assignments)
    slots = {**who, "w": said, "v": dice.say(dice.one(words.HAIR_ADJECTIVES[style]))}
    if dice.chance(0.5):
        return Said(dice.say("[make|turn|dye|color] {his} hair {w} and [make it|] {v}", slots), assignments[::-1])
    return Said(dice.say("make {his} hair {v} and [dye it|color it|turn it|] {w}", slots), assignments)


def hair_noun(dice: Dice, style: HairStyle, color: str) -> str:
    """A hairstyle in a color with its article: “long red hair”, “a red bob”."""
    adjectives = words.HAIR_ADJECTIVES[style]
    if adjectives and (style not in _TIED or dice.chance(0.3)):
        return dice.say(f"{dice.one(adjectives)}[ |, ]{color} hair")
    noun = {HairStyle.BRAIDS: "[braids|pigtails|plaits]", HairStyle.PONYTAIL: "[ponytail|pony tail]"}.get(
        style, str(style)
    )
    noun = dice.say(noun)
    return f"{color} {noun}" if style is HairStyle.BRAIDS else with_article(f"{color} {noun}")


_LOOK = listed("""
    make {him} {w}; make {him} look {w}; {he} should [look|be] {w}; let {him} [look|be] {w}; {w} {f}; look {w}; give
    {him} {aw} [face|expression|look]; {his} [face|expression] should be {w}; make {his} [face|expression] {w}; change
    {his} expression to {w}; I want {him} {w}; have {him} look {w}; turn {him} {w}; make {him} {w} instead of {x};
    change the mood to {w}; can {he} look [more |]{w}; {he} is {w} now; [a bit |]more {w}; {he} looks too {x}, make
    {him} {w}
""")
_DO = listed("""
    make {him} {v}; let {him} {v}; have {him} {v}; {he} should {v}; {v}; can {he} {v}; I want {him} to {v}; get {him}
    to {v}
""")
_FACE = listed("""
    put {a} on {his} face; give {him} {a}; {a} on {his} face; {he} should have {a}; with {a}; {a}; add {a}; draw {him}
    with {a}; I want {a} on {his} face; let {him} show {a}
""")
_ANY_FACE = listed("""
    change {his} [facial |]expression; [another|a different|a new] [facial |]expression; change the look on {his}
    face; [another|a different] look on {his} face; change {his} mood; give {him} a different [face|expression|look]
""")
_CALM_DOWN = listed("""
    remove {his} smile; take the smile off {his} face; no [smile|grin|frown|laugh]; stop {him}
    [smiling|laughing|crying]
""")


def expression(dice: Dice, who: Slots) -> Said:
    """A look on the face, said as an adjective, a verb or a noun; or left open."""
    roll = dice.fraction()
    if roll < 0.06:
        return Said(dice.say(dice.one(_ANY_FACE), who), (wish("expression"),))
    if roll < 0.16:
        near = dice.one(_FACE_MISSES)
        return Said(_look(dice, who, dice.one(WORD_MISSES["expression"][near])), (other("expression", near),))
    value = dice.one(_FACES)
    if value is Expression.CALM and dice.chance(0.3):
        return Said(dice.say(dice.one(_CALM_DOWN), who), (wish("expression", value),))
    if roll < 0.6:
        text = _look(dice, who, dice.say(dice.one(words.EXPRESSIONS[value])))
    elif roll < 0.82:
        text = dice.say(dice.one(_DO), {**who, "v": dice.say(dice.one(words.EXPRESSION_VERBS[value]), who)})
    else:
        text = dice.say(dice.one(_FACE), {**who, "a": dice.say(dice.one(words.EXPRESSION_NOUNS[value]))})
    return Said(text, (wish("expression", value),))


_FACES = tuple(Expression)
_FACE_MISSES = tuple(WORD_MISSES["expression"])


def _look(dice: Dice, who: Slots, word: str) -> str:
    slots = {
        **who,
        "w": word,
        "aw": with_article(word),
        "x": dice.one(_FACES),
        "f": dice.one(("face", "expression", "look")),
    }
    return dice.say(dice.one(_LOOK), slots)


_SKIN_IS = listed("""
    make {his} skin {w}; give {him} {w} skin; {his} skin should be {w}; change {his} skin [tone |colo[|u]r |]to {w};
    {w} skin; {he} should have {w} skin; turn {his} skin {w}; make {his} skin tone {w}; {aw} skin tone; {him} with {w}
    skin; make {his} complexion {w}; give {him} {aw} complexion
""")
_SKIN_DO: Mapping[Skin, words.Words] = {
    Skin.TAN: listed("give {him} a tan; tan {his} skin; {he} needs a sun tan; make {him} sun-tanned"),
    Skin.DARK: ("darken {his} skin", "make {him} dark-skinned", "make {him} black"),
    Skin.PALE: listed("make {him} pale; make {him} pale as a ghost; make {him} look pale"),
    Skin.FAIR: listed("lighten {his} skin; make {him} fair-skinned; make {him} light-skinned"),
    Skin.BROWN: ("make {him} brown-skinned",),
}
_ANY_SKIN = listed("""
    change {his} skin [colo[|u]r|tone]; [another|a different] skin [colo[|u]r|tone]; give {him} a different skin tone
""")


def skin(dice: Dice, who: Slots) -> Said:
    roll = dice.fraction()
    if roll < 0.08:
        return Said(dice.say(dice.one(_ANY_SKIN), who), (wish("skin"),))
    if roll < 0.2:
        word = dice.one(WORD_MISSES["skin"]["any"])
        text = dice.say(dice.one(_SKIN_IS), {**who, "w": word, "aw": with_article(word)})
        return Said(text, (other("skin", None),))
    value = dice.one(_SKINS)
    if value in _SKIN_DO and roll < 0.4:
        return Said(dice.say(dice.one(_SKIN_DO[value]), who), (wish("skin", value),))
    word = dice.say(dice.one(words.SKINS[value]))
    return Said(dice.say(dice.one(_SKIN_IS), {**who, "w": word, "aw": with_article(word)}), (wish("skin", value),))


_SKINS = tuple(Skin)
_BECOME = listed("""
    turn {him} into {a}; make {him} {a}; {he} should be {a}; replace {him} with {a}; change {him} [to|into] {a}; swap
    {him} for {a}; I want {a} instead of {him}; make it {a}; {a} instead; transform {him} into {a}; let {him} be {a};
    draw {a} instead of {him}; what if {he} were {a}; have {a} instead of {him}; put {a} in {his} place
""")
_ANY_PERSON = listed("""
    change the person; [someone else|somebody else|another person|a different person]; replace {him} with someone
    else; swap the person
""")
_AGES = {
    "[make|turn] {him} [look |][old|older|elderly|ancient]": {
        Person.WOMAN: Person.OLD_WOMAN,
        Person.MAN: Person.OLD_MAN,
    },
    "[age {him}|{he} should be old|make {him} [look |]70 years old|{he} should look older]": {
        Person.WOMAN: Person.OLD_WOMAN,
        Person.MAN: Person.OLD_MAN,
    },
    "make {him} [look |][young|younger|a grown-up|an adult|middle-aged]": {
        Person.WOMAN: Person.WOMAN,
        Person.MAN: Person.MAN,
    },
    "[make|turn] {him} [into |]a [child|kid|little kid|small child]": {
        Person.WOMAN: Person.GIRL,
        Person.MAN: Person.BOY,
    },
    "[{he} should be a child|make {him} [look |]like a kid|make {him} eight years old|draw {him} as a child]": {
        Person.WOMAN: Person.GIRL,
        Person.MAN: Person.BOY,
    },
}


def person(dice: Dice, who: Slots) -> Said:
    """Who it is; an age alone says it where the words say whether she or he."""
    roll = dice.fraction()
    if roll < 0.06:
        return Said(dice.say(dice.one(_ANY_PERSON), who), (wish("person"),))
    if roll < 0.2:
        near = dice.one(_PERSON_MISSES)
        slots = {**who, "a": with_article(dice.one(WORD_MISSES["person"][near]))}
        return Said(dice.say(dice.one(_BECOME), slots), (other("person", None if near == "any" else near),))
    adult = {"her": Person.WOMAN, "him": Person.MAN}.get(who["him"])
    if adult and roll < 0.4:
        pattern = dice.one(tuple(_AGES))
        return Said(dice.say(pattern, who), (wish("person", _AGES[pattern][adult]),))
    value = dice.one(_PEOPLE)
    noun = dice.say(dice.one(words.PEOPLE[value]))
    return Said(dice.say(dice.one(_BECOME), {**who, "a": with_article(noun)}), (wish("person", value),))


_PEOPLE = tuple(Person)
_PERSON_MISSES = tuple(WORD_MISSES["person"])

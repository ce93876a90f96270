"""Sentences about all of the picture: place, backdrop, time, weather and the style of drawing."""

from assistant.sketchbook.language import words
from assistant.sketchbook.language.outside import PLACE_MISSES, WORD_MISSES
from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.saying import ALL_COLORS, Said, Slots, color_word, other, other_color_word, wish
from assistant.sketchbook.scene import Place, Style, Time, Weather

_GO = listed("""
    put {him} {in}; put {him} {in}; move {him} to {place}; [change|set] the background to {place}; {in}; {in}; make
    the background {place}; {place} [in the background|as background|behind {him}]; take {him} to {place};
    [send|bring|transport|move] {him} to {place}; set it {in}; let {him} be {in}; I want {him} {in}; place {him} {in};
    change the [place|setting|location|scene|scenery|background] to {place}; replace the background with {place};
    {him} {in}; draw {him} {in}; set the scene {in}; the background should be {place}; have {him} {in}; go to {place};
    show {place} behind {him}; {he} should be {in}; swap the background for {place}; move the scene to {place}
""")
_ANY_PLACE = listed("""
    change the [background|place|setting|location|scenery]; [a different|another|a new]
    [background|place|setting|location|scene]; [put {him}|go] somewhere else; replace the background; swap the
    background; take {him} somewhere else
""")
_INDOORS = listed("""
    [put|take|move] {him} [inside|indoors]; make it [indoors|inside]; [inside|indoors]; {he} should be
    [indoors|inside|at home]
""")
_OUTDOORS = listed("""
    [put|take|move] {him} [outside|outdoors]; make it outdoors; [outside|outdoors]; {he} should be [outdoors|outside
    in nature]
""")
_STUDIO = listed("""
    [a|] [plain|solid|simple|empty] {c} [background|backdrop]; make the background [plain|solid|] {c}; {c} background;
    put {him} in front of a [plain |]{c} [wall|background]; change the background to [plain |solid |]{c}; replace the
    background with a [plain|solid|] {c} one; {him} in a {c} studio; a studio with a {c} [backdrop|background|wall];
    put {him} in a studio with a {c} backdrop; turn the background {c}; the background should be {c}
""")
_BACKDROP = listed("""
    [make|paint|turn|color|colour] the [backdrop|wall behind {him}|studio wall|backdrop] {c}; {c} backdrop; change the
    [colo[|u]r of the backdrop|backdrop|backdrop colo[|u]r] to {c}; the backdrop should be {c}
""")
_ANY_BACKDROP = listed("""
    change the backdrop; another colo[|u]r for the backdrop; a different backdrop colo[|u]r; recolor the backdrop
""")
_NO_PLACE = listed("""
    remove the background; remove everything behind {him}; no background; clean up the background
""")


def place(dice: Dice, who: Slots) -> Said:
    """Where the person is, also as a plain color; or left open."""
    roll = dice.fraction()
    if roll < 0.07:
        return Said(dice.say(dice.one(_ANY_PLACE), who), (wish("place"),))
    if roll < 0.19:
        near = dice.one(_PLACE_MISSES)
        where = dice.one(PLACE_MISSES[near])
        slots = {**who, "place": where, "in": dice.say(f"[in|in|at|on] {where}")}
        return Said(dice.say(dice.one(_GO), slots), (other("place", None if near == "any" else near),))
    if roll < 0.27:
        return _special_place(dice, who)
    if roll < 0.4:
        return _plain(dice, who)
    value = dice.one(_PLACES)
    slots = {**who, "place": dice.one(words.PLACES[value]), "in": place_phrase(dice, value)}
    return Said(dice.say(dice.one(_GO), slots), (wish("place", value),))


_PLACES = tuple(Place)
_PLACE_MISSES = tuple(PLACE_MISSES)


def place_phrase(dice: Dice, value: Place) -> str:
    """Where: “at the seaside”, “at home”."""
    where = dice.one(words.PLACES[value])
    return "at home" if where == "home" else dice.say(f"{words.PREPOSITIONS[value]} {where}")


def _special_place(dice: Dice, who: Slots) -> Said:
    patterns, value = dice.one(((_INDOORS, Place.ROOM), (_OUTDOORS, Place.PARK), (_NO_PLACE, Place.STUDIO)))
    return Said(dice.say(dice.one(patterns), who), (wish("place", value),))


def _plain(dice: Dice, who: Slots) -> Said:
    if dice.chance(0.12):
        said, near = other_color_word(dice)
        return Said(dice.say(dice.one(_STUDIO), {**who, "c": said}), (other("place", Place.STUDIO, near),))
    color = dice.one(ALL_COLORS)
    slots = {**who, "c": color_word(dice, color)}
    if dice.chance(0.7):
        return Said(dice.say(dice.one(_STUDIO), slots), (wish("place", Place.STUDIO, color),))
    return Said(dice.say(dice.one(_BACKDROP), slots), (wish("backdrop", color),))


def backdrop(dice: Dice, who: Slots) -> Said:
    if dice.chance(0.15):
        return Said(dice.say(dice.one(_ANY_BACKDROP), who), (wish("backdrop"),))
    if dice.chance(0.1):
        said, near = other_color_word(dice)
        return Said(dice.say(dice.one(_BACKDROP), {**who, "c": said}), (other("backdrop", near),))
    color = dice.one(ALL_COLORS)
    return Said(dice.say(dice.one(_BACKDROP), {**who, "c": color_word(dice, color)}), (wish("backdrop", color),))


_MAKE_TIME = listed("""
    make it {t}; make it {t}; set it at {t}; it should be {t}; change the time [of day |]to {t}; at {t}; {t}; turn it
    into {t}; make it look like {t}; set the scene at {t}; {t} [lighting|light|mood|atmosphere]; let it be {t}; draw
    it at {t}; show {him} at {t}; change it to {t}; I want it to be {t}; set the time to {t}; it is {t} now; can it be
    {t}; switch to {t}; put {him} in the {t} light; make the sky look like {t}; [change|turn] the day [to|into] {t}
""")
_ANY_TIME = listed("""
    change the time of day; [another|a different] time of day; at [another|a different] time; change the time; change
    the lighting to another time of day
""")
_TIME_MISSES = listed("""
    another century; the middle ages; christmas; 1920; the future; halloween; the year 3000; the stone age
""")


def time(dice: Dice, who: Slots) -> Said:
    roll = dice.fraction()
    if roll < 0.07:
        return Said(dice.say(dice.one(_ANY_TIME), who), (wish("time"),))
    if roll < 0.1:
        return Said(dice.say(dice.one(_MAKE_TIME[:8]), {**who, "t": dice.one(_TIME_MISSES)}), (other("time", None),))
    value = dice.one(_TIMES)
    if roll < 0.25:
        return Said(dice.say(dice.one(words.TIME_VERBS[value]), who), (wish("time", value),))
    said = dice.say(dice.one(words.TIMES[value]))
    return Said(dice.say(dice.one(_MAKE_TIME), {**who, "t": said}), (wish("time", value),))


_TIMES = tuple(Time)
_WEATHER_IS = listed("""
    make it {w}; make the weather {w}; it should be {w}; {w} weather; make the weather [more |]{w}; let it be {w};
    change the weather to {w}; I want {w} weather; {w}; turn the weather {w}; a {w} day; make it a {w} day; it is {w}
    now; can it be {w}; make the sky {w}
""")
_WEATHER_OF = listed("""
    add {n}; with {n}; let there be {n}; change the weather to {n}; {n}; {n} in the [sky|background]; in the {b}; put
    {n} in the sky; give it {n}; I want {n}; there should be {n}; put {him} in the {b}; bring on {n}; have {n}; draw
    {n}; set it in {n}; make {n}; we need {n}; turn the weather into {n}
""")
_ANY_WEATHER = listed("""
    change the weather; [another|different|other] weather; make the weather different; let the weather change
""")


def weather(dice: Dice, who: Slots) -> Said:
    roll = dice.fraction()
    if roll < 0.07:
        return Said(dice.say(dice.one(_ANY_WEATHER), who), (wish("weather"),))
    if roll < 0.15:
        near = dice.one(_WEATHER_MISSES)
        noun = dice.one(WORD_MISSES["weather"][near])
        slots = {**who, "n": noun, "b": noun.removeprefix("a ")}
        return Said(dice.say(dice.one(_WEATHER_OF), slots), (other("weather", near),))
    value = dice.one(_WEATHERS)
    if roll < 0.35:
        text = dice.say(dice.one(words.WEATHER_VERBS[value]), who)
    elif roll < 0.65:
        text = dice.say(dice.one(_WEATHER_IS), {**who, "w": dice.say(dice.one(words.WEATHERS[value]))})
    else:
        noun = dice.say(dice.one(words.WEATHER_NOUNS[value]))
        bare = (
            noun.removeprefix("a bit of ")
            .removeprefix("a ")
            .removeprefix("an ")
            .removeprefix("some ")
            .removeprefix("more ")
        )
        text = dice.say(dice.one(_WEATHER_OF), {**who, "n": noun, "b": bare})
    return Said(text, (wish("weather", value),))


_WEATHERS = tuple(Weather)
_WEATHER_MISSES = tuple(WORD_MISSES["weather"])
_STYLE_AS = listed("""
    [turn|make|change|convert|transform] it [in|]to {s}; make it {s}; as {s}; [draw|redraw|redo|paint|render] it as
    {s}; make it look like {s}; in the style of {s}; {s}; change the [drawing |art |]style to {s}; I want it as {s};
    make this {s}; turn the [picture|drawing|image|scene] into {s}; make the [picture|drawing|image] {s}; can it be
    {s}
""")
_STYLE_IN = listed("""
    [draw|redraw|redo|paint|render] it in {s}; in {s}; {s} style; in {s} style; {s} please; make it {s}; use {s};
    change the [drawing |art |]style to {s}; turn [it|the picture|the drawing] into {s}; I want it in {s}; draw the
    [picture|scene|whole thing] in {s}; [try|do it in] {s}; make the style {s}; draw {him} in {s}
""")
_ANY_STYLE = listed("""
    change the [drawing |art |]style; [another|a different|a new] [drawing |art |]style; draw it [differently|in
    another style]; redraw it in a different style; try [another|a different] style
""")


def style(dice: Dice, who: Slots) -> Said:
    roll = dice.fraction()
    if roll < 0.07:
        return Said(dice.say(dice.one(_ANY_STYLE), who), (wish("style"),))
    if roll < 0.2:
        near = dice.one(_STYLE_MISSES)
        return Said(_in_style(dice, who, dice.one(WORD_MISSES["style"][near])), (other("style", near),))
    value = dice.one(_STYLES)
    return Said(_in_style(dice, who, dice.say(dice.one(words.STYLES[value]))), (wish("style", value),))


_STYLES = tuple(Style)
_STYLE_MISSES = tuple(WORD_MISSES["style"])


def _in_style(dice: Dice, who: Slots, said: str) -> str:
    patterns = _STYLE_AS if said.startswith(("a ", "an ")) else _STYLE_IN
    slots = {**who, "s": said.removesuffix(" style") if "{s} style" in patterns else said}
    return dice.say(dice.one(patterns), slots)

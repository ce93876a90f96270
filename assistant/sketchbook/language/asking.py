"""The “ask” task: from a question about the picture, as people say it, to the attributes that answer it; and the words
of the answer."""

from collections.abc import Mapping, Sequence

from numpy.random import Generator

from assistant.sketchbook.language import words
from assistant.sketchbook.language.kinds import KINDS
from assistant.sketchbook.language.looking import NAMES, seen_thing
from assistant.sketchbook.language.noise import typed
from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.saying import WHO, Slots, with_article
from assistant.sketchbook.language.sentences import PLACES, noun
from assistant.sketchbook.language.wishes import NONE, UNKNOWN
from assistant.sketchbook.scene import Expression, HairStyle, Person, Place

MOST_NAMES = 7
_QUESTIONS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("person",): listed("""
        who is [this|that|it|in the picture]; is it a [man|woman|girl|boy] or a [man|woman|girl|boy]; how old is {he};
        is {he} [old|young|a child|an adult]; who do you see; is {he} a [man|woman|boy|girl|child]; who is shown here;
        what kind of person is [this|it|that]; is [this|it|that] a [man|woman|boy|girl|grandma|grandpa|kid|lady]
    """),
    ("skin",): listed("""
        what [colo[|u]r|tone] is {his} skin; is {his} skin [dark|pale|light|tan|brown]; what skin [colo[|u]r|tone] does
        {he} have; is {he} [pale|tanned|dark-skinned]; {his} skin colo[|u]r?; how dark is {his} skin

    """),
    ("hair",): listed("""
        what hairstyle does {he} have; is {his} hair [long|short|curly|spiky|braided|up|in a bun|in a ponytail]; is
        {he} bald; how long is {his} hair; does {he} have [long hair|short hair|curls|a ponytail|braids|a mohawk|a
        bun|an afro|any hair]; what does {his} hair look like; how does {he} wear {his} hair; what is {his}
        [haircut|hairstyle|hairdo]

    """),
    ("hair_color",): listed("""
        what [colo[|u]r is {his} hair|is {his} hair colo[|u]r|hair colo[|u]r does {he} have]; is {he} [blonde|a
        redhead|a brunette|ginger]; is {his} hair [red|blond|black|brown|grey|gray|white|blue|pink|ginger]; which
        colo[|u]r is {his} hair; {his} hair colo[|u]r?; does {he} have [red|black|blonde|grey|white|brown] hair; what
        colo[|u]r is {his} beard; colo[|u]r of {his} hair

    """),
    ("expression",): listed("""
        is {he} [smiling|happy|sad|angry|laughing|winking|tired|surprised|crying|calm]; how does {he} [look|feel]; does
        {he} smile; what [expression|mood|look] does {he} have; what is {his} [mood|expression|facial expression]; what
        [is|'s] the look on {his} face; does {he} look [happy|sad|angry|tired|surprised|sleepy]; why is {he}
        [sad|angry|laughing]

    """),
    ("glasses",): listed("""
        is {he} wearing [glasses|sunglasses|spectacles]; does {he} [have|wear] [glasses|sunglasses]; what glasses does
        {he} wear; what [colo[|u]r|shape] are [the|{his}] glasses; what kind of glasses [are those|does {he} wear]; any
        glasses

    """),
    ("beard",): listed("""
        does {he} have a [beard|moustache|mustache|goatee]; is {he} [bearded|clean-shaven|shaved]; how long is {his}
        beard; what [kind of |]beard does {he} have; any facial hair; what does {his} beard look like; is there a
        [beard|moustache]

    """),
    ("hat",): listed("""
        is {he} wearing [a hat|a cap|a crown|a beret|anything on {his} head]; what colo[|u]r is [the|{his}]
        [hat|cap|beret|beanie|crown]; what [is|'s] on {his} head; what [hat|kind of hat] [does {he} wear|is that|is
        {he} wearing]; does {he} [have|wear] a hat; which hat; what [is|'s] that on {his} head; is there a hat; is the
        hat [red|green|blue|black|yellow|pink]

    """),
    ("clothes",): listed("""
        what [clothes does {he} wear|is {he} dressed in]; is {he} wearing a
        [dress|suit|sweater|hoodie|t-shirt|raincoat]; what colo[|u]r [is|are] {his}
        [shirt|clothes|sweater|dress|top|outfit|suit|hoodie]; how is {he} dressed; what outfit is that; what kind of
        [clothes|shirt|top] is that; is the [shirt|dress|suit|sweater] [red|blue|green|black|white]

    """),
    ("held",): listed("""
        what [is {he} holding|does {he} hold|is in {his} hand|does {he} have in {his} hand|'s {he} holding|is {he}
        carrying]; is {he} holding [something|anything|a balloon|a cup|a flower|a book|an umbrella|a kitten|a
        lantern|an ice cream]; what colo[|u]r is the [balloon|cup|flower|book|umbrella|kitten|lantern|ice cream|mug];
        is {his} hand empty; what [is|'s] that in {his} hand; anything in {his} hands

    """),
    ("beside",): listed("""
        what [is|'s] [next to|beside] {him}; is there [a dog|a cat|a car|a tree|a bicycle|a bird|a rabbit|a boat|a
        snowman|an animal|a pet]; is there [something|anything] [next to|beside] {him}; what stands [next to|beside]
        {him}; what animal is [that|there|this]; what do you see beside {him}; is that a [dog|cat|rabbit|tree|boat|lamp
        post]; does {he} have a [dog|cat|pet|car|bike]

    """),
    ("sign",): listed("""
        is there a [sign|board|chalkboard|speech bubble|banner]; what kind of sign is [that|there|it]; what [is|'s]
        that board; do you see a [sign|banner|speech bubble]; what sort of sign is in the corner; is the sign
        [wooden|made of wood|a chalkboard]

    """),
    ("place",): listed("""
        where is [{he}|this|that|it]; what [is|'s] [in the background|behind {him}|the background]; what place is
        [this|that|it]; is {he} [at the beach|in the forest|in the city|indoors|outside|inside|in a cafe|in a
        library|in the park|at home|in the mountains]; where are we; what [is|'s] the [place|location|setting|scene];
        where does it take place; is [this|it] [indoors|outdoors]

    """),
    ("backdrop",): listed("""
        what colo[|u]r is the [backdrop|studio wall|wall|plain background]; which colo[|u]r has the backdrop; colo[|u]r
        of the backdrop; is the backdrop [red|blue|green|white|yellow]

    """),
    ("time",): listed("""
        is it [night|day|evening|morning|dawn|sunset|dark|light|late]; what time [of day|] is it; [what's|what is] the
        time of day; when does it take place; is the sun [setting|rising|up]; is it [night|day] or [night|day]; is it
        dark outside; day or night

    """),
    ("weather",): listed("""
        [what's|what is|how is|how's] the weather[| like]; is it
        [raining|snowing|foggy|cloudy|sunny|stormy|clear|windy]; does it [rain|snow]; is there [rain|snow|fog|a storm];
        is the sky [clear|cloudy|blue|gr[e|a]y]; what weather is it; is the sun shining

    """),
    ("style",): listed("""
        what [drawing |art |]style is [this|it|that|the picture]; how is it drawn; is [this|it] [pixel art|a
        watercolo[|u]r|a comic|a pencil drawing]; is it drawn in [pencil|chalk|neon|watercolo[|u]r]; in what style is
        it [drawn|painted]; what technique is [this|it]; is it painted or drawn; what medium is this

    """),
    ("kind",): listed("""
        is [this|it|that] a [photo|photograph|drawing|sketch|real photo|picture of a real person]; photo or
        [drawing|sketch]; is [this|it] real; is [this|it] a photo or a [drawing|sketch|painting]; is the picture
        [real|drawn|a photograph]

    """),
    ("beside", "side"): listed("""
        [on which side|where] is the [dog|cat|bird|rabbit|tree|street lamp|lamp|bicycle|boat|car|snowman]; is the
        [dog|cat|car|tree|boat|bike] on the [left|right]; on what side does the [dog|cat|tree|snowman] [sit|stand];
        which side is the [cat|car|bicycle] on

    """),
    ("side", "held", "beside", "sign"): listed("""
        what [is|'s] [on|to] the [left|right]; what do you see on the [left|right]; what is on the [left|right] side;
        what stands on the [left|right]

    """),
    ("hair", "hair_color"): listed("""
        what [is|'s] {his} hair like; describe {his} hair; tell me about {his} hair; what kind of hair does {he} have;
        what hair does {he} have

    """),
    ("clothes", "hat", "glasses"): listed("""
        what [is {he} wearing|does {he} wear|'s {he} wearing|does {he} have on|has {he} got on]; describe {his}
        [outfit|clothing]; how is {he} styled; what are {his} clothes and accessories

    """),
    ("person", "hair", "hair_color", "expression", "clothes"): listed("""
        what does {he} look like; describe {him}; tell me about {him}; describe the [person|character|figure]; how
        would you describe {him}; what [kind of person|sort of person] do you see

    """),
    ("person", "clothes", "held", "beside", "place", "time", "weather"): listed("""
        describe the [picture|image|scene|drawing]; what [is|'s] in the [picture|image]; what do you see; what can you
        see; what [is|'s] [this|that]; what [is|'s] going on[| here]; tell me [about the picture|what you see]; what
        does the [picture|image] show; what is happening here; can you describe [it|this|what you see]; what am I
        looking at; what is shown

    """),
    ("time", "weather"): listed("""
        what [are|is] the time and the weather; what [is|'s] the sky like; how does the sky look; what [is|'s] the
        atmosphere like; is it a [nice|beautiful] day

    """),
}  # fmt: skip
_UNKNOWN = listed("""
    what is {his} name; how many [people|dogs|trees|windows|birds|fingers] are there; what colo[|u]r are {his}
    [eyes|shoes|lips|eyebrows|trousers]; what does the [sign|board|banner] say; what is {he} thinking; what
    [brand|make] is the car; where was this [photo|picture] taken; who [drew|painted|made|took] this; when was it
    [made|drawn|taken]; how big is the [picture|image|file]; what is the resolution; what format is it; how much does
    it weigh; what camera was used; is {he} married; what language is on the sign; how tall is {he}; is {he} famous;
    who is {his} [mother|friend]; what is the dog's name; how many pixels; is the [car|boat] expensive; can {he}
    [swim|dance]; what is {he} listening to; is {he} wearing [earrings|a watch|a necklace|a scarf|lipstick|shoes]; does
    {he} have [a tattoo|wings|freckles]; what is behind the tree; is there a [dragon|plane|ship|castle|house|unicorn];
    what year is it; what is the capital of france; how do I undo; what can you do; what did we do last; who are you;
    what is the best crop; is the horizon straight; is it sharp; is it too dark; what [is|'s] wrong with the picture;
    do you like it; is it good; what should I change; what time is it in tokyo; how many steps did we do; which version
    is this; what was the last change; can you see me; how many colors does it have; what font is the text in; is the
    text readable; are there any mistakes; is {he} [pretty|rich|nice|hungry]; what is {he} [reading|drinking]; what
    breed is the dog; what kind of tree is it; what song is this; does the cat have a collar; where does {he} live;
    what is 2 plus 2

""")
_AFTER = ("", "", "", "?", "?", "?", "?", " ?", ".", "??")
_GROUPS = tuple(_QUESTIONS)


def ask_prompt(question: str) -> str:
    """What the model is shown."""
    return f"ask: {question}"


ASK_GRAMMAR = (
    f'start: "{UNKNOWN}" | name ("; " name){{0,{MOST_NAMES - 1}}}\nname: '
    + " | ".join(f'"{name}"' for name in NAMES)
    + "\n"
)
"""For llguidance: names of attributes, or that the picture's world does not answer the question."""


def write_question(names: Sequence[str] | None) -> str:
    """The line that the model is to write; None for a question about something else."""
    return "; ".join(names) if names else UNKNOWN


def parse_question(text: str) -> tuple[str, ...] | None:
    """The names of a line, each once; raises ValueError when it holds something else."""
    if text == UNKNOWN:
        return None
    names = tuple(dict.fromkeys(text.split("; ")))
    wrong = [name for name in names if name not in NAMES]
    if wrong:
        raise ValueError(f"nothing in the picture is called {wrong[0]!r}; say names of {', '.join(NAMES)}")
    return names


def ask_sample(rng: Generator) -> tuple[str, tuple[str, ...] | None]:
    """A question and the attributes that answer it; None for 18 % that the picture does not answer."""
    dice = Dice(rng)
    who = dice.one(WHO)[0]
    names = None if dice.chance(0.18) else _FAVORED[dice.below(len(_FAVORED))]
    text = _asked(dice, who, names)
    if names and len(names) == 1 and dice.chance(0.06):
        names = (*names, *(more := _another(dice, names)))
        text = f"{text} and {_asked(dice, who, more)}"
    lead = dice.one(_LEADS) if dice.chance(0.08) else ""
    return typed(dice, f"{lead}{text}").rstrip(".!") + dice.one(_AFTER), names


_FAVORED = (*_GROUPS, *(group for group in _GROUPS if len(group) == 1))
_LEADS = (
    "tell me, ",
    "hey, ",
    "and ",
    "so ",
    "please tell me: ",
    "I wonder, ",
    "quick question: ",
    "ok, ",
    "hmm, ",
    "also, ",
)


def _another(dice: Dice, names: tuple[str, ...]) -> tuple[str, ...]:
    singles = [group for group in _GROUPS if len(group) == 1 and group != names]
    return dice.one(singles)


def _asked(dice: Dice, who: Slots, names: tuple[str, ...] | None) -> str:
    kind = KINDS.get(names[0]) if names and len(names) == 1 else None
    if kind and names and dice.chance(0.15):
        thing = with_article(dice.say(dice.one(kind.nouns[dice.one(tuple(kind.nouns))]), who))
        return dice.say(dice.one(_IS_THERE), {**who, "a": thing})
    return dice.say(dice.one(_QUESTIONS[names] if names else _UNKNOWN), who)


_IS_THERE = (
    "is there {a}",
    "do you see {a}",
    "does {he} have {a}",
    "can you see {a}",
    "is that {a}",
    "has {he} got {a}",
)
_FACES = {Expression.LAUGHING: "{he} is laughing", Expression.WINKING: "{he} is winking"}
_HAIR = {
    HairStyle.BALD: "{he} is bald",
    HairStyle.AFRO: "{he} has an afro",
    HairStyle.BOB: "{he} has a bob",
    HairStyle.PONYTAIL: "{his} hair is in a ponytail",
    HairStyle.BUN: "{his} hair is in a bun",
    HairStyle.BRAIDS: "{his} hair is in braids",
    HairStyle.MOHAWK: "{he} has a mohawk",
}
_WEATHER = {
    "rain": "it is raining", "snow": "it is snowing", "fog": "it is foggy", "storm": "there is a storm",
    "cloudy": "it is cloudy", "clear": "the weather is clear",
}  # fmt: skip
_STYLES = {
    "flat": "it is drawn in flat colors", "comic": "it is drawn as a comic", "pixel art": "it is drawn as pixel art",
}  # fmt: skip
_ABSENT = {
    "hat": "{he} is not wearing a hat", "glasses": "{he} is not wearing glasses", "beard": "{he} has no beard",
    "held": "{he} is holding nothing", "beside": "there is nothing beside {him}", "sign": "there is no sign",
    "backdrop": "there is no plain backdrop", "side": "", "hair_color": "there is no hair to tell the color of",
}  # fmt: skip
_PRESENT = {
    "person": "it is {a}", "skin": "{his} skin is {v}", "hair": "{his} hair is {v}", "hair_color": "{his} hair is {v}",
    "expression": "{he} looks {v}", "glasses": "{he} is wearing {a}", "beard": "{he} has {a}",
    "hat": "{he} is wearing {a}",
    "clothes": "{he} is wearing {a}", "held": "{he} is holding {a}", "beside": "there is {a} beside {him}",
    "sign": "there is {a}", "place": "{he} is {place}", "backdrop": "the backdrop is {v}", "time": "it is {v}",
    "weather": "the weather is {v}", "style": "it is drawn in {v}", "kind": "it is a {v}",
    "side": "it stands on the {v}",
}  # fmt: skip
_SPECIAL: Mapping[str, Mapping[str, str]] = {
    "hair": {**_HAIR}, "expression": {**_FACES}, "weather": _WEATHER, "style": _STYLES,
    "beside": {"flowers": "there are flowers beside {him}"},
}  # fmt: skip


def say(names: Sequence[str], values: Mapping[str, str]) -> str:
    """The answer in sentences: “Her hair is ginger.”; whether she or he is said where the values tell the person."""
    who = _who(values.get("person"))
    if values.get("kind") == "photo":
        return "It is a photo, and I only know my sketchbook."
    sentences = [_sentence(name, values[name], who) for name in names]
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences if sentence)


def _who(person: str | None) -> Slots:
    if person is None or person not in tuple(Person):
        return {"him": "the person", "his": "the person's", "he": "the person"}
    female = Person(person) in words.FEMALE
    return {"him": "her", "his": "her", "he": "she"} if female else {"him": "him", "his": "his", "he": "he"}


def _sentence(name: str, answer: str, who: Slots) -> str:
    if answer == NONE:
        return _ABSENT.get(name, "I cannot tell").format(**who)
    value, _ = seen_thing(name, answer)
    pattern = _SPECIAL.get(name, {}).get(value, _PRESENT[name])
    place = PLACES[Place(answer)] if name == "place" else ""
    return pattern.format(**who, v=answer, a=noun(answer), place=place)

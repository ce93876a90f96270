"""Messages that are no edit: too little said, questions, thanks, and what no picture editor can do."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from collections.abc import Callable

from assistant.drafts import Draft, State
from assistant.sketchbook.language import plan_bank as bank
from assistant.sketchbook.language.plan_codes import parse_code
from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_history import Past, past, state_of
from assistant.sketchbook.language.plan_piece import Piece
from assistant.sketchbook.language.plan_things import known_thing
from assistant.sketchbook.language.plan_weave import weave

Sampled = tuple[State, Draft]
_ASK = {"what": "[change it|make it different|edit this|do something|change something|make a change|" "i want "
    "something else|edit the picture|do your thing|make some edits|something is missing|" "hmm, it needs "
    "something|can you edit this?|modify it|can you change it|i don't know, change something|"
    "it's boring|adjust it|do an edit]", "where": "[remove this|remove that thing|erase this|make this brighter|"
    "put it there|blur that|change this color|delete that|get rid of this|blur this part|make that red|remove it|"
    "put a sticker there|add something here|pixelate this|what is that, remove it|replace this|move that]", "text":
    "[add some text|write something|add a caption|put a title on it|add text at the top|" "write something at the "
    "bottom|i want some text on it|put some words in the middle|add a headline|" "can you add text?|"
    "it needs a caption|add a watermark text|put text on it|write on it|" "add a title at the top in white]", "color":
    "[change the color of the {x}|give the {x} another color|" "make the {x} a different color|recolor the {x}|"
    "the {x} should have another color|" "i want a different color for the {x}|change the {x} color|paint the {x}|"
    "make the {x} another color|" "the {x} in a different color]", "with":
    "[replace the {x}|swap the {x}|swap out the {x}|" "change the {x} to something else|"
    "replace the {x} with something else|exchange the {x}|" "put something else in place of the {x}|"
    "turn the {x} into something|i want something else instead of the {x}]", "crop": "[crop it|crop|"
    "crop the picture|crop this|crop it a bit|crop tighter|can you crop it?|trim it|" "it needs a crop|"
    "crop it somehow|make the crop better|crop please|cut it|crop it better|trim the picture]", "size": "[resize "
    "it|change the size|resize the picture|make the picture a different size|resize|can you resize it?|" "change "
    "the resolution|resize this photo|i need another size|scale the picture|another resolution please|"
    "make the file size of it different]", "reference": "[use the second picture|and now the other picture|"
    "here is another picture|what about picture 2|use this picture too|i added a second picture|picture 2|" "take "
    "the other one|now with the second image|here's the logo|use my second photo|the other image]",}
_NO_PICTURE = ("[make it brighter|crop it to a square|add a hat|remove the background|blur the background|"
    "make the sky pink|edit my photo|change the background|edit this picture|remove the person on the left|"
    "make it black and white|add text|can you edit a photo?|fix this|remove the scratches|put a cat on the sofa|"
    "i want to edit a picture|undo|flip it|make her smile|hi, can you retouch my photo|brighten it|"
    "resize it to 50%|add a border|give him glasses|sharpen it|rotate it]")


def ask(dice: Dice) -> Sampled:
    name = dice.pick(tuple(_ASK))
    if name == "reference":
        return _said(dice, _ASK[name], f"ask {name}", references=1)
    if name in ("color", "with"):
        thing = dice.pick((known_thing(dice).bare, dice.pick(bank.THINGS), dice.pick(bank.WEARABLES), dice.pick(
            bank.SCENERY [4:])))
        return _said(dice, _ASK[name].replace("{x}", thing), f"ask {name} ~ {thing}")
    return _said(dice, _ASK[name], f"ask {name}")


def no_picture(dice: Dice) -> Sampled:
    return _said(dice, _NO_PICTURE, "ask picture", picture="none")


def _said(dice: Dice, pattern: str, code: str, picture: str = "", **more: int) -> Sampled:
    """What a pattern says, on a fresh picture or in the middle of a dialogue, and what its code means there."""
    kind = picture or dice.pick(("photo", "photo", "sketch"))
    said = weave(dice, [Piece(dice.say(pattern), (), "terse")], plain=0.85).text
    if kind == "none" or dice.chance(0.5) or code in ("ask where", "ask what", "ask reference"):
        fields = {"version": 0, "versions": 0} if kind == "none" else {"version": 1, "versions": 1}
        state = State.model_validate({"message": said, "picture": kind, **fields, **more})
    else:
        state = state_of(dice, past(dice).on(kind), said, **more)
    return state, parse_code(code, state)


_WHICH = ("[make it bigger|make it {c}|move it to the left|remove it|the {k} should be {c}|i want it smaller|"
    "change it to {c}|make that one {c}|no, the other one|not that one|make it darker|turn it around|"
    "make it {c} instead]")


def which(dice: Dice) -> Sampled:
    """Two things were painted, and "it" may be either; or the picture as a whole."""
    while True:
        before = past(dice, 2, 4)
        places = [place for place, done in enumerate(before.done) if done.painted]
        if len(places) >= 2:
            break
    last = len(before.done)
    if places[-2:] == [last - 2, last - 1]:
        said = dice.say("[make one of them {c}|make it {c}, the other one|the {c} one should be bigger|"
            "change one of the two|remove one of them|one of them should go|not that one, the other|"
            "make the thing {c}|change the color of one of them|one of the two is too big|"
            "i don't like one of them|drop one of the two]", {"c": dice.pick(bank.COLORS)})
        numbers = [place + 1 for place in places[-2:]]
    else:
        said = dice.say("[make one of the things {c}|remove one of the things i added|"
            "one of the things should be {c}|change one of the additions|one of them is too small|"
            "undo one of the two]", {"c": dice.pick(bank.COLORS)})
        numbers = [place + 1 for place in places[:2]]
    state = state_of(dice, before, weave(dice, [Piece(said, (), "terse")], plain=0.9).text)
    return state, parse_code(f"ask which {' '.join(map(str, numbers))}", state)


_ANSWER = {"picture": "[what is in the picture?|what do you see|describe the picture|what's this|"
    "how many people are there?|what color is {x}?|is it raining?|who is that?|what is {x}?|"
    "is there {n} in the picture?|where was this taken?|how big is the picture?|what's the resolution|"
    "what size is it|what does the sign say?|what is she wearing?|can you see {x}?|what kind of hat is that|"
    "what's in the background?|how many pixels does it have|is the picture sharp?|does he have a beard?|"
    "what style is this|is it day or night?|what's he holding?|are there any animals|is {x} in focus?|"
    "which colors are in there?|tell me about the picture|how old does she look?|what time of day is it|"
    "describe {x}|is it portrait or landscape?]", "history": "[what did you change?|what have you done so far?|"
    "list the steps|show me the steps|what was the last step?|how many steps are there|which version is this?|"
    "what was the original like?|what did i ask for first?|did you crop it?|what's different from the original?|"
    "how many versions do i have?|what changed|what did we do so far|show me the history|which edits did you make|"
    "is the border still there?|what was step 2?|did you remove {x}?|when did we add the text|"
    "how much did you blur it?|what did you do?|what's the list of changes|what was the exposure change|"
    "summarize the edits|what size is the border?|which color did you choose?]", "help": "[help|what can you do?|"
    "how does this work?|how do i crop?|what can i ask for|can you also edit text?|how do i undo?|"
    "which formats can you save?|how do i save it?|how can i download the picture|do you work offline?|"
    "how do i use the brush|what are variants|can i undo?|what operations are there|how do i mark a place?|"
    "is my photo uploaded anywhere?|do you keep my pictures?|how do i go back to an older version|"
    "what does auto do|can you work with two pictures?|are you an ai?|what model are you?|how does it work|"
    "can i use raw files?|what languages do you speak|what's a vignette?|how do i write text on it?|"
    "show me some examples|what is exposure?|how do i compare before and after|can you do several things at once?|"
    "do i need a gpu?]", "thanks": "[thanks|thank you|thanks!|great, thanks|perfect, thank you!|thx|"
    "wonderful, thanks a lot|awesome|that's perfect|i love it|perfect|great job|very nice|that's it, thank you|"
    "cool, thanks|looks great|nice|that's exactly what i wanted|super, danke|merci|gracias|well done|good job!|"
    "beautiful|ok great|you're great|that's all, thanks]", "hello": "[hello|hi|hey|hi there|good morning|"
    "good evening|hello!|hey there|hi, how are you?|hola|hallo|bonjour|yo|good day|hey how is it going]", "other":
    "[what's the weather today?|who won the world cup|what is 12 times 14|tell me a joke|what time is it?|"
    "how do i cook pasta?|what's the capital of peru|who are you voting for|when was napoleon born|"
    "how tall is the eiffel tower|do you like music|write me a poem|what should i have for dinner|"
    "translate good morning into french|how far is the moon|what's the stock price of apple|who is the president|"
    "what's your favorite movie?|explain quantum physics|is there life on mars|what's the meaning of life|"
    "how old are you|how do planes fly?]",}
_REFUSE = {"video": "[make it a video|turn it into a video|animate it|make it move|turn this into a gif|"
    "make an animation|let {x} move|make {x} walk around|export it as a video|make a short clip of it|"
    "turn it into a movie|make a 10 second video out of it|animate {x}|make the water flow in a loop|"
    "make it a boomerang|create a time lapse|make a tiktok from it|make a live photo|"
    "can you make her talk in a video|let it rain in a loop as a gif|add a zoom animation|"
    "make a slideshow with music]", "sound": "[add music|add a sound|put a song under it|let {x} bark|"
    "add sound effects|make it play music|record a voice over|can you add my voice|add some background music|"
    "make the dog bark out loud|i want to hear the sea|read it out loud|add an audio track|make it sing]", "smell":
    "[make it smell like roses|let it smell of coffee|make the cake taste sweeter|make it feel soft|"
    "make the picture smell of the sea|i want to taste the pizza|make it warm to the touch|let me feel the fur|"
    "add the smell of fresh bread|make the flowers smell]", "publish": "[post it on instagram|post it to facebook|"
    "send it to my mom|email it to {n}|share it on twitter|upload it to my website|publish it|tweet it|"
    "send this to my boss|put it on my story|upload it to the cloud|message it to {n}|share it with {n}|"
    "post this on linkedin|send it by whatsapp|put it on reddit|sync it to google drive|sell it on ebay|"
    "make it my profile picture on facebook|put it on my instagram]", "print": "[print it|print it on a t-shirt|"
    "order a print|print two copies|send it to the printer|order a poster of it|print this on a mug|"
    "make a photo book|print it on canvas|get it framed and shipped|order prints in 10x15]", "outside": "[order a "
    "pizza|book a flight|call my mom|turn off the lights|open my email|set an alarm for 7|install photoshop|"
    "delete my files|play some music|search the web for {n}|buy me {a}|what's my password|restart the computer|"
    "find more photos of her on the internet|google this place|download more pictures|find out who this is online|"
    "open spotify|add it to my calendar|take a new photo with my camera|take a screenshot]", "reveal": "[show "
    "what is behind {x}|turn the camera around|show me the back of her head as it really was|"
    "what was outside of the frame, show it|read the blurred license plate|unblur the plate so i can read it|"
    "show the real face under the mask|make the pixelated face readable again|"
    "recover the real text under the black bar|enhance it until i can see who it is|"
    "show what he had in his pocket|show the room behind the camera]", "model": "[make a 3d model|"
    "turn it into a 3d model i can rotate|export it as stl|make a sculpture of it|3d print it|build a vr scene|"
    "give me a blender file|make a hologram|make an obj file|turn it into a video game|let me walk around in it]",
    "unsafe": "[take off her clothes|undress her|make her naked|remove the clothes of the girl|"
    "make a fake id of it|make it look like he committed a crime|fake a passport photo for me|show him dead|"
    "make nude pictures of her|put her face on a porn actress|make a fake bank note|"
    "forge the signature on the contract|make it look like the president was shot|put his face into a sex scene|"
    "make a fake driver's license]",}


def answer(dice: Dice) -> Sampled:
    name = dice.weighted({"picture": 3, "history": 3, "help": 3, "thanks": 1.5, "hello": 0.7, "other": 1.2})
    slots = {"{x}": known_thing(dice).known, "{n}": dice.pick(("a dog", "a car", "a person", "snow", "any text",
        "a tree", "a cat"))}
    pattern = _ANSWER[name]
    for slot, words in slots.items():
        pattern = pattern.replace(slot, words)
    none = name in ("help", "thanks", "hello", "other") and dice.chance(0.4)
    if name == "history" and dice.chance(0.8):
        state = state_of(dice, past(dice), weave(dice, [Piece(dice.say(pattern), (), "terse")], plain=0.9).text)
        return state, parse_code("answer history", state)
    return _said(dice, pattern, f"answer {name}", "none" if none else "")


def refuse(dice: Dice) -> Sampled:
    name = dice.pick(tuple(_REFUSE))
    pattern = _REFUSE[name].replace("{x}", known_thing(dice).known).replace("{n}", dice.pick(bank.NAMES)).replace(
        "{a}", dice.pick(("a camera", "a new phone", "a hat", "shoes")))
    return _said(dice, pattern, f"refuse {name}")


IMPOSSIBLE = tuple(f"{pattern[1:-1]}" for name, pattern in _REFUSE.items() if name in ("video", "sound", "publish",
    "print", "smell"))
"""What may stand beside a wish that can be done."""


def impossible(dice: Dice) -> str:
    """One thing that no picture editor can do, to be said beside a wish that can be done."""
    return dice.pick([part for part in dice.pick(IMPOSSIBLE).split("|") if "{" not in part])


KINDS: dict[Callable[[Dice], Sampled], float] = {ask: 3, which: 0.7, no_picture: 1, answer: 4, refuse: 3}
__all__ = ["KINDS", "Past", "impossible"]

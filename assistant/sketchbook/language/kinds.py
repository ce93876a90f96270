"""How people speak of the things of the world that come and go: the words of each attribute."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.sketchbook.language import words
from assistant.sketchbook.language.phrasing import listed

_WEAR = listed("""
    [let|have|make] {him} wear {a}; {he} should [wear|be wearing] {a}; wearing {a}; put {a} on {him}; I want {him} to
    wear {a}; {him} wearing {a}; can {he} wear {a}; {he} wears {a} now
""")
COMMON_PUT = listed("""
    add {a}; add {a}; give {him} {a}; give {him} {a}; {he} should have {a}; I want {a}; {a}; {a} for {him}; how about
    {a}; what about {a}; try {a}; can we have {a}; draw {a}; get {him} {a}; {he} needs {a}; {him} with {a}; let {him}
    have {a}; include {a}; paint {a}; make {him} have {a}; with {a}
""")


@dataclass(frozen=True)
class Kind:
    """How people speak of one attribute; slots: {a} “a beret”, {the} “her hat”, {n} “hat”, {an} “a hat”."""

    attribute: str
    nouns: Mapping[str, words.Words]  # by value
    any_nouns: words.Words
    put: words.Words
    remove: words.Words = ()
    remove_whatever: words.Words = ()
    owners: str = "[the|the|{his}|{his}|that|this]"
    anywhere: words.Words = field(default=())  # what an open wish may be called besides its noun, with its article


HAT = Kind(
    "hat",
    {**words.HATS},
    ("hat", "hat", "hat", "headwear", "headgear"),
    (
        *listed("""
            put {a} on {his} head; put {a} on {his} head; {a} on {his} head; put {a} on; top {him} off with {a};
            [set|place|stick|pop|plop] {a} on {his} head; put on {a}
        """),
        *_WEAR,
        *COMMON_PUT,
    ),
    listed("""
        take {the} off; take off {the}; take {the} off {his} head; {he} should take off {the}; {he} takes off {the}
    """),
    listed("""
        remove whatever is on {his} head; nothing on {his} head; bare head; uncover {his} head; bareheaded; take
        whatever is on {his} head off; remove the thing on {his} head; leave {his} head bare
    """),
    anywhere=listed("something on {his} head; some kind of hat; a [nice|cool|funny|fancy|cute] hat"),
)
GLASSES = Kind(
    "glasses",
    {**words.GLASSES},
    listed("glasses; glasses; glasses; spectacles; specs; eyewear; pair of glasses"),
    (
        *listed("put {a} on {his} [face|nose]; {a} on {his} [nose|face]; put on {a}"),
        *_WEAR,
        *_WEAR,
        *COMMON_PUT,
    ),
    listed("""
        take {the} off; take off {the}; {he} should take off {the}; take {the} off {his} face
    """),
    listed("""
        nothing on {his} [nose|eyes]; show {his} eyes without glasses; remove whatever is on {his} nose
    """),
    anywhere=("some kind of glasses", "[nice|cool|funny|fancy|cute|new] glasses"),
)
BEARD = Kind(
    "beard",
    {**words.BEARDS},
    ("beard", "beard", "facial hair", "beard"),
    (
        *listed("""
            let {him} grow {a}; grow {a}; {he} should grow {a}; stick {a} on {his} face; {a} on {his} face
        """),
        *COMMON_PUT,
    ),
    listed("shave [off |]{the}; shave {the} off; {he} should shave off {the}"),
    listed("""
        shave {him}; make {him} clean[-| ]shaven; give {him} a shave; {he} should shave; clean-shaven; shave {his}
        face; {he} should be clean-shaven; no stubble; a smooth chin
    """),
    anywhere=("some facial hair", "hair on {his} chin", "a [nice|cool] beard"),
)
CLOTHES = Kind(
    "clothes",
    {**words.CLOTHES},
    ("clothes", "outfit", "clothes", "clothing", "top", "shirt"),
    (
        *listed("""
            dress {him} in {a}; put {him} in {a}; change {his} clothes to {a}; {he} should change into {a}; change
            {his} outfit to {a}; {his} clothes should be {a}
        """),
        *_WEAR,
        *_WEAR,
        *COMMON_PUT,
    ),
    anywhere=listed("""
        something [else|new|different|nicer] to wear; [new|different|other|nicer] clothes; a [new|different] outfit
    """),
)
HELD = Kind(
    "held",
    {**words.HELD},
    ("thing in {his} hand", "object in {his} hand", "thing {he} holds"),
    (
        *listed("""
            put {a} in {his} hand[|s]; [let|have|make] {him} [hold|carry] {a}; {he} should [hold|be holding|carry]
            {a}; [holding|carrying] {a}; {a} in {his} hand; hand {him} {a}; place {a} in {his} hand; {he} holds {a};
            put {a} into {his} hand[s|]; let {him} have {a} in {his} hand
        """),
        *COMMON_PUT,
    ),
    listed("""
        put {the} down; let {him} drop {the}; take {the} [out of|from] {his} hand; {he} should put down {the}
    """),
    listed("""
        empty {his} hand[|s]; nothing in {his} hand[|s]; remove whatever [is in {his} hand|{he} is holding]; let {his}
        hand be empty; take what is in {his} hand away; {he} should hold nothing; empty-handed
    """),
    anywhere=listed("something in {his} hand; something to hold; something in {his} hands"),
)
BESIDE = Kind(
    "beside",
    {**words.BESIDE},
    ("thing [next to|beside] {him}", "object [next to|beside] {him}"),
    (
        *listed("""
            put {a} [next to|beside|near|by|close to] {him}; place {a} [next to|beside] {him}; add {a} [next
            to|beside] {him}; {a} [next to|beside] {him}; have {a} next to {him}; there should be {a} [next to|beside]
            {him}; [let|have] {a} [sit|stand|be] [beside|next to] {him}; {he} needs {a} by {his} side
        """),
        *COMMON_PUT,
        *listed("""
            put {a} in the [picture|scene]; add {a} to the [picture|scene]; put {a} there; {a} at {his} side
        """),
    ),
    ("take {the} away", "send {the} away", "remove {the} next to {him}"),
    listed("""
        remove whatever is [next to|beside] {him}; nothing [next to|beside] {him}; remove the thing [next to|beside]
        {him}
    """),
    owners="[the|the|the|that|this]",
    anywhere=listed("something [next to|beside] {him}; an object [next to|beside] {him}"),
)
SIGN = Kind(
    "sign",
    {**words.SIGNS},
    ("sign", "sign", "sign", "board"),
    (
        *listed("""
            put up {a}; hang {a}; hang up {a}; add {a}; put {a} in the corner; add {a} [above {him}|at the top]; there
            should be {a}; put {a} [up|there]; show {a}; place {a} in the picture
        """),
        *COMMON_PUT[:8],
    ),
    ("take {the} down", "take down {the}"),
    ("no signs", "remove all signs", "no writing boards"),
    owners="[the|the|the|that|this]",
    anywhere=("a place to write something", "some sign", "a sign of some kind"),
)
KINDS: Mapping[str, Kind] = {kind.attribute: kind for kind in (HAT, GLASSES, BEARD, CLOTHES, HELD, BESIDE, SIGN)}

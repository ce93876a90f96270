"""The parts of a wish for a whole picture, as people say them behind or before the person."""

from assistant.sketchbook.language.phrasing import listed
from assistant.sketchbook.scene import Expression, HairColor, HairStyle, Skin, Style, Time, Weather

OPENERS = listed("""
    draw {a}; draw {a}; draw {a}; draw me {a}; paint {a}; [create|make|generate] [a picture of|an image of|] {a};
    sketch {a}; illustrate {a}; {a}; {a}; {a}; I want [a picture of|a drawing of|to see|] {a}; show me {a}; [a
    |][picture|portrait|drawing|image|illustration] of {a}; [can|could] you draw {a}; draw a [picture|portrait] of
    {a}; please draw {a}; a postcard [with|of] {a}; an avatar of {a}; start with {a}; draw a new picture: {a}; new
    picture of {a}
""")
TIMES = {
    Time.DAWN: listed("at dawn; at sunrise; in the [early |]morning; at daybreak; in the morning light"),
    Time.DAY: listed("""
        by day; during the day; at noon; in the afternoon; in [broad |]daylight; at midday
    """),
    Time.SUNSET: listed("""
        at sunset; in the evening; at dusk; in the evening sun; at golden hour; in the sunset
    """),
    Time.NIGHT: listed("""
        at night; by night; at midnight; in the moonlight; under the stars; under a starry sky; in the dark
    """),
}
WEATHERS = {
    Weather.CLEAR: listed("""
        in the sun; on a sunny day; under a clear sky; in the sunshine; in nice weather; under a blue sky
    """),
    Weather.CLOUDY: listed("on a cloudy day; under a cloudy sky; under gr[e|a]y clouds; under an overcast sky"),
    Weather.RAIN: listed("""
        in the rain; in the [pouring|heavy] rain; on a rainy day; while it rains; in the drizzle
    """),
    Weather.SNOW: listed("""
        in the snow; on a snowy day; in falling snow; while it snows; in a blizzard; in winter
    """),
    Weather.FOG: listed("in the fog; on a foggy day; in the mist; in thick fog; on a misty day"),
    Weather.STORM: listed("in a storm; in a thunderstorm; on a stormy day; in stormy weather; with lightning"),
}
STYLES = {
    Style.FLAT: listed("""
        , flat [colo[|u]rs|style]; in flat colo[|u]rs; , flat design; as a flat illustration; as a vector graphic
    """),
    Style.PENCIL: listed("""
        , pencil; in pencil; as a pencil [drawing|sketch]; , pencil [drawing|sketch]; as a sketch
    """),
    Style.WATERCOLOR: listed("""
        , watercolo[|u]r; in watercolo[|u]r; as a watercolo[|u]r; , watercolo[|u]r painting; as an aquarelle
    """),
    Style.COMIC: listed("""
        , comic; as a comic; in comic [book |]style; , comic style; as a cartoon; in cartoon style
    """),
    Style.PIXEL: listed(", pixel art; as pixel art; in pixel art; in 8-bit style; , 8-bit"),
    Style.NEON: listed(", neon; in neon; in neon style; in neon colo[|u]rs; , neon lights style"),
    Style.CHALK: listed(", chalk; in chalk; as a chalk drawing; , chalk drawing; in chalk style"),
}
STYLE_FIRST = {
    Style.FLAT: "a flat [illustration|drawing]",
    Style.PENCIL: "a pencil [drawing|sketch]",
    Style.WATERCOLOR: "a watercolo[|u]r [painting|]",
    Style.COMIC: "a [comic|cartoon] [drawing|picture|]",
    Style.PIXEL: "a pixel art [picture|portrait|]",
    Style.NEON: "a neon [drawing|portrait|picture]",
    Style.CHALK: "a chalk [drawing|sketch]",
}
DOING = {
    Expression.HAPPY: ("smiling", "grinning", "who smiles", "looking happy"),
    Expression.LAUGHING: ("laughing", "laughing out loud", "giggling"),
    Expression.SAD: ("looking sad", "frowning", "who is sad", "pouting"),
    Expression.SURPRISED: ("looking surprised", "gasping", "looking shocked"),
    Expression.ANGRY: ("looking angry", "scowling", "who is angry"),
    Expression.WINKING: ("winking", "who winks", "winking at us"),
    Expression.SLEEPY: ("yawning", "looking tired", "half asleep"),
    Expression.CALM: ("looking calm", "looking serious", "with a calm look"),
}
MOODS = tuple(Expression)
SKINNED = {
    Skin.PALE: "pale",
    Skin.DARK: "dark-skinned",
    Skin.TAN: "tanned",
    Skin.FAIR: "fair-skinned",
    Skin.BROWN: "brown-skinned",
}
HAIRED = {
    HairColor.GINGER: "[red-haired|ginger|redheaded]",
    HairColor.BLOND: "[blond|blonde|blond-haired]",
    HairColor.GREY: "[grey-haired|gray-haired]",
    HairColor.BLACK: "black-haired",
    HairColor.BROWN: "[brunette|brown-haired]",
    HairColor.WHITE: "white-haired",
    HairColor.BLUE: "blue-haired",
    HairColor.PINK: "pink-haired",
}
STYLED = {
    HairStyle.BALD: "bald",
    HairStyle.CURLY: "curly-haired",
    HairStyle.LONG: "long-haired",
    HairStyle.SHORT: "short-haired",
}

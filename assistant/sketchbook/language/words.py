"""How people say the things of the sketchbook's world: nouns and adjectives per value, as patterns."""

from collections.abc import Mapping

from assistant.sketchbook.language.phrasing import listed
from assistant.sketchbook.scene import (
    Beard,
    Beside,
    Clothes,
    Color,
    Expression,
    Glasses,
    HairColor,
    HairStyle,
    Hat,
    Held,
    Person,
    Place,
    Sign,
    Skin,
    Style,
    Time,
    Weather,
)

Words = tuple[str, ...]

COLORS: Mapping[Color, Words] = {
    Color.RED: listed("red; red; red; [bright|dark|deep] red; scarlet; crimson; ruby red; cherry red"),
    Color.ORANGE: ("orange", "orange", "orange", "bright orange", "tangerine"),
    Color.YELLOW: listed("""
        yellow; yellow; yellow; [bright|light|lemon] yellow; [gold|golden]; mustard yellow
    """),
    Color.GREEN: listed("""
        green; green; green; [bright|dark|light|forest|lime] green; emerald green; olive green
    """),
    Color.BLUE: listed("blue; blue; blue; [bright|dark|light|sky|royal|navy] blue; navy; azure"),
    Color.PURPLE: listed("purple; purple; purple; [dark|bright] purple; violet; lilac; lavender"),
    Color.PINK: listed("pink; pink; pink; [hot|light|pale|bright] pink; magenta; rose-colo[|u]red"),
    Color.BROWN: listed("brown; brown; brown; [dark|light|chocolate] brown; chestnut brown"),
    Color.BLACK: ("black", "black", "black", "jet black", "pitch black"),
    Color.WHITE: ("white", "white", "white", "snow white", "pure white"),
}
OTHER_COLORS: Mapping[Color, Words] = {
    Color.BLACK: ("gr[e|a]y", "dark gr[e|a]y", "charcoal"),
    Color.WHITE: ("silver", "light gr[e|a]y", "transparent", "beige", "cream", "ivory"),
    Color.GREEN: ("turquoise", "teal", "mint green", "sea green"),
    Color.BLUE: ("cyan", "aqua"),
    Color.PURPLE: listed("rainbow; rainbow-colo[|u]red; multicolo[|u]red; mauve; tie-dye"),
    Color.RED: ("maroon", "burgundy", "plaid", "polka dot", "tartan"),
    Color.ORANGE: ("peach", "salmon", "coral"),
    Color.BROWN: ("copper", "bronze", "khaki", "camouflage"),
}

PEOPLE: Mapping[Person, Words] = {
    Person.WOMAN: listed("woman; woman; woman; young woman; lady; mom; mum; mother; gal; female; wife"),
    Person.MAN: listed("man; man; man; young man; guy; dude; dad; father; bloke; gentleman; husband"),
    Person.GIRL: listed("girl; girl; girl; little girl; young girl; schoolgirl; small girl; daughter"),
    Person.BOY: listed("boy; boy; boy; little boy; young boy; schoolboy; lad; small boy; son"),
    Person.OLD_WOMAN: listed("""
        old woman; old woman; old lady; elderly woman; grandma; granny; grandmother; older woman; elderly lady; nana;
        senior woman; aged woman
    """),
    Person.OLD_MAN: listed("""
        old man; old man; elderly man; grandpa; grandad; grandfather; granddad; older man; old guy; elderly gentleman;
        senior man; old fellow
    """),
}
FEMALE = frozenset({Person.WOMAN, Person.GIRL, Person.OLD_WOMAN})

SKINS: Mapping[Skin, Words] = {
    Skin.PALE: ("pale", "pale", "very light", "porcelain", "paler", "very pale"),
    Skin.FAIR: ("fair", "fair", "light", "lighter", "rosy"),
    Skin.OLIVE: ("olive", "olive", "olive-toned", "mediterranean"),
    Skin.TAN: ("tan", "tan", "tanned", "sun-tanned", "bronzed", "sunburnt"),
    Skin.BROWN: ("brown", "brown", "medium brown", "light brown"),
    Skin.DARK: listed("dark; dark; black; darker; deep brown; dark brown; very dark"),
}

HAIR_ADJECTIVES: Mapping[HairStyle, Words] = {
    HairStyle.BALD: (),
    HairStyle.SHORT: listed("short; short; shorter; very short; short-cropped; cropped"),
    HairStyle.SPIKY: ("spiky", "spiky", "spikey", "spiked", "stand[ing|] up"),
    HairStyle.CURLY: ("curly", "curly", "curlier", "wavy", "frizzy", "really curly"),
    HairStyle.AFRO: (),
    HairStyle.BOB: ("chin-length", "bobbed", "shoulder-length"),
    HairStyle.LONG: ("long", "long", "longer", "very long", "waist-length", "much longer"),
    HairStyle.PONYTAIL: (),
    HairStyle.BUN: (),
    HairStyle.BRAIDS: ("braided", "plaited"),
    HairStyle.MOHAWK: (),
}
HAIR_NOUNS: Mapping[HairStyle, Words] = {
    HairStyle.BALD: listed("no hair; a [bald|shaved|clean-shaven] head; a bald spot; a bald patch"),
    HairStyle.SHORT: listed("a [short|pixie|buzz|crew] cut; a short [haircut|hairstyle|hairdo]; a buzzcut"),
    HairStyle.SPIKY: listed("spikes; a spiky [haircut|hairstyle|hairdo]; a punk [hairstyle|haircut]"),
    HairStyle.CURLY: listed("curls; locks of curls; a [curly|wavy] [hairstyle|hairdo]; a perm; big curls"),
    HairStyle.AFRO: listed("an afro; an afro; afro hair; a big [round |]afro; an afro hairstyle"),
    HairStyle.BOB: listed("a bob; a bob; a bob cut; a bob [haircut|hairstyle]; a chin-length bob"),
    HairStyle.LONG: listed("a long mane; a long [hairstyle|hairdo]; flowing locks; hair down to the waist"),
    HairStyle.PONYTAIL: ("a ponytail", "a ponytail", "a pony tail", "a high ponytail"),
    HairStyle.BUN: listed("a bun; a bun; a top knot; a [hair|top|man|messy] bun; a topknot; a chignon"),
    HairStyle.BRAIDS: listed("braids; braids; plaits; pigtails; two [braids|plaits]; [braided|plaited] hair"),
    HairStyle.MOHAWK: ("a mohawk", "a mohawk", "a mohican", "a punk mohawk", "an iroquois"),
}
HAIR_VERBS: Mapping[HairStyle, Words] = {
    HairStyle.BALD: listed("""
        make {him} bald; shave {his} head; shave {him} bald; shave off [all |]{his} hair; no hair; [remove|get rid
        of|delete|lose] {his} hair; {he} should be bald; take [away|off] {his} hair; make {his} head bald; turn {him}
        bald; {his} head should be shaved
    """),
    HairStyle.SHORT: listed("""
        cut {his} hair[| short| off]; give {him} a haircut; trim {his} hair; crop {his} hair; shorten {his} hair; chop
        {his} hair off; give {him} a trim
    """),
    HairStyle.SPIKY: listed("spike [up |]{his} hair; spike {his} hair up; make {his} hair stand [up|on end]"),
    HairStyle.CURLY: listed("curl {his} hair; put curls in {his} hair; add curls; make {his} hair wave"),
    HairStyle.AFRO: ("style {his} hair as an afro", "turn {his} hair into an afro"),
    HairStyle.BOB: listed("cut {his} hair [into|to] a bob; bob {his} hair; cut {his} hair to chin length"),
    HairStyle.LONG: listed("""
        let {his} hair grow; grow [out |]{his} hair; lengthen {his} hair; let {his} hair down; grow {his} hair long;
        extend {his} hair
    """),
    HairStyle.PONYTAIL: listed("""
        tie {his} hair [back|into a ponytail|in a ponytail]; put {his} hair [up |]in a ponytail; pull {his} hair back
        in a ponytail; tie back {his} hair
    """),
    HairStyle.BUN: listed("""
        put {his} hair [up |]in a bun; tie {his} hair [up|up in a bun|into a bun]; put {his} hair up; pin {his} hair
        up; wear {his} hair in a bun
    """),
    HairStyle.BRAIDS: listed("""
        braid {his} hair; plait {his} hair; weave {his} hair into braids; put {his} hair in [braids|plaits]
    """),
    HairStyle.MOHAWK: listed("""
        cut {his} hair into a mohawk; shave {his} hair into a mohawk; punk {his} hair into a mohawk
    """),
}

HAIR_COLORS: Mapping[HairColor, Words] = {
    HairColor.BLACK: listed("black; black; jet black; raven black; raven; black as night"),
    HairColor.BROWN: listed("brown; brown; [dark|light|chocolate] brown; brunette; hazel; mousy brown"),
    HairColor.AUBURN: listed("auburn; auburn; reddish brown; red-brown; chestnut; dark red; mahogany"),
    HairColor.GINGER: listed("ginger; ginger; red; red; orange; copper; orange-red; [bright|fiery] red; carrot"),
    HairColor.BLOND: listed("blond; blonde; blonde; golden; platinum blonde; yellow; light blond; fair; sandy"),
    HairColor.GREY: listed("grey; gray; silver; silver grey; greying; salt and pepper; steel gray"),
    HairColor.WHITE: ("white", "white", "snow white", "pure white", "snowy white"),
    HairColor.BLUE: ("blue", "blue", "[bright|dark|light|electric|navy] blue", "azure"),
    HairColor.PINK: listed("pink; pink; [hot|bright|bubblegum|pastel|light] pink; magenta; rose"),
}
HAIR_COLOR_VERBS: Mapping[HairColor, Words] = {
    HairColor.BROWN: listed("make {him} a brunette; turn {him} into a brunette; {he} should be a brunette"),
    HairColor.GINGER: listed("""
        make {him} a [redhead|ginger]; turn {him} into a redhead; {he} should be a redhead
    """),
    HairColor.BLOND: listed("make {him} [a blonde|blond|blonde]; bleach {his} hair; {he} should be [a |]blonde"),
    HairColor.GREY: ("make {his} hair go gr[e|a]y", "let {him} go gr[e|a]y"),
}

EXPRESSIONS: Mapping[Expression, Words] = {
    Expression.CALM: listed("calm; calm; serious; neutral; relaxed; peaceful; serene; thoughtful; composed"),
    Expression.HAPPY: listed("""
        happy; happy; cheerful; smiling; joyful; glad; friendly; happier; pleased; content
    """),
    Expression.LAUGHING: listed("""
        laughing; laughing; [really|super|extremely|very] happy; ecstatic; hilarious; overjoyed
    """),
    Expression.SAD: listed("sad; sad; unhappy; sorrowful; melancholic; gloomy; miserable; depressed; down"),
    Expression.SURPRISED: listed("surprised; surprised; shocked; astonished; amazed; startled; stunned"),
    Expression.ANGRY: listed("angry; angry; mad; furious; annoyed; grumpy; cross; angrier; irritated"),
    Expression.WINKING: ("winking", "winking", "flirty", "cheeky"),
    Expression.SLEEPY: listed("sleepy; sleepy; tired; exhausted; drowsy; half asleep; weary; worn out"),
}
EXPRESSION_VERBS: Mapping[Expression, Words] = {
    Expression.CALM: listed("calm down; relax; keep a straight face; stop smiling; look neutral"),
    Expression.HAPPY: listed("smile; smile; smile; grin; beam; cheer up; smile a bit; smile more; look happy"),
    Expression.LAUGHING: listed("laugh; laugh; laugh out loud; crack up; giggle; burst out laughing; chuckle"),
    Expression.SAD: ("frown", "pout", "sulk", "look sad", "look down"),
    Expression.SURPRISED: listed("gasp; look surprised; be surprised; open {his} mouth in surprise; look shocked"),
    Expression.ANGRY: ("scowl", "glare", "look angry", "get mad", "look furious"),
    Expression.WINKING: listed("wink; wink; wink at [me|us|the viewer|the camera]; close one eye; give a wink"),
    Expression.SLEEPY: listed("yawn; fall asleep; look tired; doze off; nod off; look sleepy"),
}
EXPRESSION_NOUNS: Mapping[Expression, Words] = {
    Expression.CALM: listed("a neutral expression; a calm look; a poker face; a serious face"),
    Expression.HAPPY: listed("a smile; a smile; a [big|wide|broad|warm|friendly] smile; a grin; a happy face"),
    Expression.LAUGHING: ("a laugh", "a hearty laugh", "a laughing face", "a big laugh"),
    Expression.SAD: ("a frown", "a sad face", "a sad look", "a sad expression", "a pout"),
    Expression.SURPRISED: listed("a surprised look; a shocked face; a look of surprise; an astonished expression"),
    Expression.ANGRY: ("an angry face", "a scowl", "an angry look", "a furious expression"),
    Expression.WINKING: ("a wink", "a wink", "a cheeky wink"),
    Expression.SLEEPY: ("sleepy eyes", "a sleepy face", "a tired look", "droopy eyes"),
}

HATS: Mapping[Hat, Words] = {
    Hat.CAP: listed("cap; cap; baseball cap; ball cap; peaked cap; trucker cap; snapback; baseball hat"),
    Hat.BEANIE: listed("""
        beanie; beanie; knit cap; wool[ly|en] hat; bobble hat; winter hat; knitted hat; toque
    """),
    Hat.BERET: ("beret", "beret", "french beret", "painter's beret", "french hat"),
    Hat.TOP_HAT: listed("top hat; top hat; tophat; magician's hat; tall hat; cylinder hat"),
    Hat.STRAW_HAT: listed("straw hat; straw hat; sun hat; sunhat; summer hat; beach hat; straw boater"),
    Hat.COWBOY_HAT: listed("cowboy hat; cowboy hat; stetson; western hat; cowgirl hat; ten-gallon hat"),
    Hat.WIZARD_HAT: listed("""
        wizard hat; wizard hat; witch hat; witch's hat; pointy hat; wizard's hat; magic hat
    """),
    Hat.CROWN: ("crown", "crown", "king's crown", "queen's crown", "royal crown"),
}
GLASSES: Mapping[Glasses, Words] = {
    Glasses.ROUND: listed("""
        round glasses; round glasses; round spectacles; circular glasses; harry potter glasses
    """),
    Glasses.SQUARE: listed("""
        square glasses; square glasses; rectangular glasses; square-rimmed glasses; boxy glasses
    """),
    Glasses.SUNGLASSES: listed("sunglasses; sunglasses; sun glasses; shades; dark glasses; aviators; sunnies"),
    Glasses.HEART: listed("""
        heart glasses; heart-shaped glasses; heart glasses; heart shaped shades; love heart glasses
    """),
}
BEARDS: Mapping[Beard, Words] = {
    Beard.MOUSTACHE: ("moustache", "mustache", "handlebar moustache", "mustache", "tache"),
    Beard.GOATEE: listed("goatee; goatee; chin beard; small goatee; little chin beard"),
    Beard.SHORT: listed("""
        short beard; short beard; stubbly beard; trimmed beard; small beard; five o'clock shadow
    """),
    Beard.LONG: listed("""
        long beard; long beard; big beard; full beard; bushy beard; wizard's beard; huge beard
    """),
}
CLOTHES: Mapping[Clothes, Words] = {
    Clothes.T_SHIRT: listed("t-shirt; t-shirt; tee; tshirt; t shirt; tee shirt; shirt; top"),
    Clothes.STRIPED_SHIRT: listed("""
        striped shirt; striped shirt; stripy shirt; striped top; sailor shirt; stripey t-shirt
    """),
    Clothes.SWEATER: listed("sweater; sweater; jumper; pullover; knitted sweater; woolly jumper; jersey"),
    Clothes.HOODIE: ("hoodie", "hoodie", "hoody", "hooded sweatshirt", "hooded jumper"),
    Clothes.SUIT: ("suit", "suit", "business suit", "suit and tie", "tuxedo", "blazer"),
    Clothes.DUNGAREES: listed("dungarees; dungarees; overalls; denim overalls; bib overalls"),
    Clothes.RAINCOAT: listed("raincoat; raincoat; rain coat; rain jacket; mac; waterproof jacket; slicker"),
    Clothes.DRESS: listed("dress; dress; gown; summer dress; evening gown; frock; evening dress"),
}
HELD: Mapping[Held, Words] = {
    Held.BALLOON: ("balloon", "balloon", "party balloon", "helium balloon"),
    Held.CUP: listed("""
        cup; cup; mug; cup of [coffee|tea]; coffee; mug of cocoa; coffee cup; teacup; cuppa
    """),
    Held.FLOWER: listed("flower; flower; rose; tulip; daisy; single flower; bloom; blossom"),
    Held.BOOK: ("book", "book", "novel", "notebook", "paperback", "textbook"),
    Held.UMBRELLA: ("umbrella", "umbrella", "parasol", "brolly", "open umbrella"),
    Held.ICE_CREAM: listed("ice cream; ice cream; ice cream cone; ice-cream; gelato; cone of ice cream"),
    Held.KITTEN: listed("kitten; kitten; kitty; little cat; baby cat; small kitten; tiny cat"),
    Held.LANTERN: ("lantern", "lantern", "lamp", "oil lamp", "light", "glowing lantern"),
}
BESIDE: Mapping[Beside, Words] = {
    Beside.DOG: listed("dog; dog; dog; puppy; doggy; pup; hound; pooch; pet; animal"),
    Beside.CAT: ("cat", "cat", "cat", "kitty cat", "house cat", "tomcat", "pussycat"),
    Beside.BIRD: ("bird", "bird", "bird", "little bird", "birdie", "small bird"),
    Beside.RABBIT: ("rabbit", "rabbit", "bunny", "bunny rabbit", "hare"),
    Beside.TREE: ("tree", "tree", "small tree", "oak tree", "green tree"),
    Beside.LAMP: listed("""
        street lamp; streetlamp; lamp post; street light; streetlight; lamppost; lantern post
    """),
    Beside.BICYCLE: ("bicycle", "bicycle", "bike", "push bike", "bike", "cycle"),
    Beside.BOAT: listed("boat; boat; rowing boat; sailboat; little boat; rowboat; sailing boat"),
    Beside.CAR: ("car", "car", "automobile", "little car", "small car", "vehicle"),
    Beside.FLOWERS: listed("""
        flowers; flowers; some flowers; a few flowers; lots of flowers; tulips; roses; some plants
    """),
    Beside.SNOWMAN: ("snowman", "snowman", "snow man", "little snowman"),
}
SIGNS: Mapping[Sign, Words] = {
    Sign.WOODEN: listed("""
        wooden sign; wooden sign; wood sign; wooden board; wooden signpost; sign made of wood
    """),
    Sign.CHALKBOARD: listed("chalkboard; chalkboard; blackboard; chalk board; black board"),
    Sign.BUBBLE: listed("""
        speech bubble; speech bubble; speech balloon; talk bubble; dialogue bubble; text bubble
    """),
    Sign.BANNER: listed("banner; banner; hanging banner; cloth banner; ribbon banner"),
}

PLACES: Mapping[Place, Words] = {
    Place.BEACH: listed("""
        the beach; a beach; the seaside; the seashore; a tropical beach; the sea; a sandy beach; the coast
    """),
    Place.FOREST: listed("the forest; a forest; the woods; a wood; woodland; a pine forest; the wood"),
    Place.CITY: listed("""
        the city; a city; town; downtown; a city street; the street; a skyline; a big city
    """),
    Place.MOUNTAINS: listed("""
        the mountains; mountains; the alps; a mountain landscape; the hills; a mountain; snowy peaks
    """),
    Place.MEADOW: listed("""
        a meadow; the meadow; a field; a grassy field; a green meadow; the countryside; grassland
    """),
    Place.DESERT: listed("the desert; a desert; sand dunes; the dunes; the sahara; a sandy desert"),
    Place.HARBOUR: listed("""
        the harbour; a harbor; the harbor; a harbour; the docks; the port; a marina; the pier
    """),
    Place.PARK: listed("the park; a park; a city park; the garden; a public park; a garden"),
    Place.ROOM: listed("""
        a room; a living room; the living room; home; a house; an apartment; a cosy room; a flat
    """),
    Place.LIBRARY: listed("a library; the library; a bookshop; a book store; an old library; a reading room"),
    Place.CAFE: listed("a cafe; a café; a coffee shop; the cafe; a coffeehouse; a bistro; the coffee shop"),
    Place.STUDIO: listed("""
        a studio; a photo studio; the studio; a plain background; a plain backdrop; an empty studio
    """),
}
PREPOSITIONS: Mapping[Place, str] = {
    **dict.fromkeys((Place.FOREST, Place.CITY, Place.DESERT, Place.PARK), "in"),
    **dict.fromkeys((Place.ROOM, Place.LIBRARY, Place.CAFE), "[in|at|inside]"),
    Place.BEACH: "[at|on|on|by]",
    Place.MOUNTAINS: "[in|in|in front of]",
    Place.MEADOW: "[in|on]",
    Place.HARBOUR: "[at|in|by]",
    Place.STUDIO: "[in|in front of|against]",
}

TIMES: Mapping[Time, Words] = {
    Time.DAWN: listed("dawn; dawn; sunrise; daybreak; early morning; morning; first light"),
    Time.DAY: listed("day; day; daytime; noon; midday; afternoon; daylight; broad daylight"),
    Time.SUNSET: listed("sunset; sunset; evening; dusk; golden hour; sundown; late evening; twilight"),
    Time.NIGHT: listed("night; night; nighttime; midnight; late at night; night time; a starry night"),
}
TIME_VERBS: Mapping[Time, Words] = {
    Time.DAWN: ("let the sun [rise|come up]", "make the sun rise", "add a sunrise"),
    Time.DAY: listed("[turn|make] night [in|]to day; change from night to day; make it bright daylight"),
    Time.SUNSET: listed("let the sun [set|go down]; make the sun set; add a sunset; make the sky a sunset"),
    Time.NIGHT: listed("""
        turn day into night; make it dark outside; add [the moon|a moon|stars|a full moon]; make it dark; let it get
        dark; put the moon in the sky; a starry sky; make the sky full of stars
    """),
}
WEATHERS: Mapping[Weather, Words] = {
    Weather.CLEAR: ("clear", "sunny", "clear", "nice", "fine", "fair", "cloudless"),
    Weather.CLOUDY: ("cloudy", "overcast", "cloudy", "gr[e|a]y and cloudy", "dull"),
    Weather.RAIN: ("rainy", "raining", "wet", "drizzly", "pouring"),
    Weather.SNOW: ("snowy", "snowing", "wintry", "snowing heavily"),
    Weather.FOG: ("foggy", "misty", "hazy", "really foggy"),
    Weather.STORM: ("stormy", "thundery", "storming", "wild and stormy"),
}
WEATHER_NOUNS: Mapping[Weather, Words] = {
    Weather.CLEAR: listed("a clear sky; sunshine; blue sky; good weather; clear skies; sun"),
    Weather.CLOUDY: listed("clouds; some clouds; a cloudy sky; gr[e|a]y clouds; an overcast sky; more clouds"),
    Weather.RAIN: listed("rain; rain; drizzle; heavy rain; a rain shower; raindrops; some rain"),
    Weather.SNOW: listed("snow; snow; snowfall; a blizzard; snowflakes; some snow; falling snow"),
    Weather.FOG: ("fog", "mist", "fog", "thick fog", "haze", "a bit of fog"),
    Weather.STORM: listed("""
        a storm; a thunderstorm; lightning; thunder and lightning; a lightning bolt; storm clouds
    """),
}
WEATHER_VERBS: Mapping[Weather, Words] = {
    Weather.CLEAR: listed("""
        [stop|remove|get rid of] the [rain|snow|fog|storm|clouds|bad weather]; no [more |][rain|snow|fog]; clear up
        the [sky|weather]; make the sun shine; let the sun shine; clear the sky; make the sky clear; make the weather
        [good|better|nice again]; take the [rain|snow|fog|clouds] away; bring out the sun
    """),
    Weather.CLOUDY: listed("cover the sky with clouds; make the sky [cloudy|overcast|gr[e|a]y]"),
    Weather.RAIN: listed("make it rain[| outside]; let it rain; it should [rain|be raining]; make it pour"),
    Weather.SNOW: listed("""
        make it snow[| outside]; let it snow; it should [snow|be snowing]; turn it into winter; make it winter
    """),
    Weather.FOG: listed("cover everything in [fog|mist]; let the fog roll in; let fog come up"),
    Weather.STORM: ("let a storm come up", "make it thunder", "let there be lightning"),
}
STYLES: Mapping[Style, Words] = {
    Style.FLAT: listed("""
        [a|] flat [colo[|u]rs|illustration|design|style]; flat colo[|u]rs; a vector [drawing|graphic|style]; clean
        flat shapes
    """),
    Style.PENCIL: listed("pencil; a pencil [drawing|sketch|style]; a sketch; graphite; hand-drawn pencil"),
    Style.WATERCOLOR: listed("""
        watercolo[|u]r; a watercolo[|u]r [painting|]; watercolo[|u]rs; aquarelle; a water colo[|u]r painting
    """),
    Style.COMIC: listed("""
        a comic[| style| book style| drawing]; comic book style; a cartoon; cartoon style; pop art; manga style
    """),
    Style.PIXEL: listed("""
        pixel art; pixel art; 8-bit style; retro pixels; a pixel [game style|picture]; 8 bit; 16-bit pixel art
    """),
    Style.NEON: listed("""
        neon; neon [style|colo[|u]rs|lines|lights]; glowing neon; a neon [sign style|glow]; neon line art
    """),
    Style.CHALK: listed("""
        chalk; a chalk [drawing|sketch|style]; chalk on a blackboard; chalk art; chalk lines
    """),
}

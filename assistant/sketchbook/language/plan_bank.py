"""Words of the made-up messages: what is in pictures, how it looks, what people do to it. English, small letters."""

from __future__ import annotations

from assistant.sketchbook.language.plan_themes import THEMES


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.replace("\n", " ").split("|") if word.strip())


PEOPLE = _words("""
woman|man|girl|boy|child|kid|baby|guy|lady|old man|old
woman|bride|groom|toddler|teenager|waiter|chef|dancer|cyclist|runner|surfer|skater|driver|guitarist|singer|drummer|nurse|doctor|soldier|policeman|firefighter|farmer|fisherman|tourist|student|teacher|model|player|goalkeeper|referee|boxer|king|queen|knight|clown|pirate|astronaut|monk|photographer|pedestrian|grandmother|grandfather|mother|father|couple|kid
in the red jacket|man on the left|woman on the right|guy in the background|person in the middle|girl with the
backpack|man in the suit|woman in the white dress|boy on the swing
""")
SOLE = _words("""
woman|man|girl|boy|child|kid|bride|guy|lady|old man|old
woman|grandmother|grandfather|dancer|singer|model|waiter|chef|astronaut|pirate|king|queen
""")
ANIMALS = _words("""
dog|cat|horse|bird|cow|sheep|goat|pig|duck|swan|owl|eagle|parrot|pigeon|seagull|penguin|rabbit|squirrel|fox|wolf|bear|lion|tiger|elephant|giraffe|zebra|monkey|panda|koala|deer|moose|camel|donkey|turtle|frog|snake|lizard|fish|shark|whale|dolphin|crab|butterfly|bee|spider|hamster|mouse|puppy|kitten|golden
retriever|dachshund|flamingo|peacock|hedgehog|raccoon|otter|seal|crow|rooster|chicken|alpaca|ladybug|dragonfly|corgi|husky
""")
THINGS = _words("""
car|bus|truck|van|taxi|train|tram|bicycle|bike|motorcycle|scooter|boat|ship|sailboat|canoe|plane|airplane|helicopter|balloon|hot
air
balloon|kite|drone|rocket|tractor|skateboard|surfboard|chair|table|bench|sofa|couch|armchair|bed|desk|shelf|bookcase|cupboard|wardrobe|lamp|chandelier|candle|mirror|clock|vase|rug|carpet|curtain|pillow|blanket|cushion|painting|poster|picture
frame|television|tv|laptop|keyboard|monitor|phone|tablet|camera|headphones|microphone|speaker|guitar|piano|violin|drum|trumpet|cup|mug|glass|bottle|plate|bowl|fork|knife|spoon|teapot|kettle|pan|pot|basket|box|crate|barrel|bucket|bag|backpack|suitcase|handbag|purse|wallet|umbrella|book|newspaper|magazine|pen|pencil|notebook|letter|map|globe|toy|teddy
bear|doll|ball|football|basketball|tennis
racket|bat|frisbee|helmet|fence|gate|wall|door|window|roof|chimney|balcony|stairs|ladder|bridge|tower|lighthouse|castle|church|windmill|barn|cabin|hut|tent|house|building|skyscraper|statue|fountain|sign|billboard|street
lamp|lamp post|traffic light|mailbox|trash
can|bin|hydrant|pole|wire|cable|flag|pumpkin|snowman|campfire|swing|slide|trampoline|sandcastle|anchor|wheel|tire|engine|shovel|hammer|saw|rope|chain|key|lock|coin|crown|trophy|medal|gift|present|parcel|puddle|shadow|footprint|stain|crack|scratch|dust|reflection|glare|power
line|watermark|logo|sticker|label|tag|graffiti|crane|scaffolding|antenna|satellite dish|solar panel|air
conditioner|radiator|heater|stove|oven|fridge|sink|bathtub|toilet|faucet|towel|toothbrush|soap|cactus|teacup|lantern|torch|wand|sword|shield|robot|dinosaur|dragon|unicorn|ghost|mermaid|fairy|alien|ufo|spaceship|planet|satellite
""")
NATURE = _words("""
tree|palm tree|pine tree|oak|bush|hedge|flower|rose|tulip|sunflower|daisy|bouquet|plant|potted
plant|grass|leaf|mushroom|rock|boulder|stone|hill|mountain|volcano|cliff|waterfall|river|lake|pond|stream|island|beach|dune|cloud|moon|full
moon|crescent moon|sun|star|rainbow|lightning
bolt|iceberg|log|branch|vine|ivy|wave|snowdrift|path|road|trail|meadow|field
""")
PLURALS = _words("""
cars|people|tourists|clouds|trees|birds|flowers|leaves|candles|balloons|books|bottles|cups|plates|chairs|boats|stars|butterflies|fireworks|snowflakes|bubbles|mushrooms|rocks|cushions|pictures|posters|stickers|wires|cables|power
lines|trash cans|footprints|shadows|reflections|spots|scratches|wrinkles|freckles|pimples|lanterns|fairy lights|string
lights|windows|buildings|mountains|seagulls|ducks|horses|dogs|cats|kids|bikes|crumbs|fingerprints|logos|signs|pumpkins|apples|oranges|strawberries|roses|petals|ribbons|curtains|shutters|tiles|bricks
""")
FOOD = _words("""
apple|banana|orange|lemon|strawberry|cherry|pineapple|watermelon|grape|pear|peach|avocado|tomato|carrot|onion|potato|pepper|salad|soup|burger|pizza|sandwich|hot
dog|taco|sushi|pancake|waffle|croissant|bread|bagel|cheese|egg|steak|cake|birthday
cake|cupcake|muffin|donut|cookie|ice cream|ice cream cone|chocolate bar|lollipop|popcorn|coffee|cup of
coffee|latte|cup of tea|glass of wine|beer|cocktail|milkshake|lemonade|bowl of fruit|plate of pasta|slice of pizza|jar
of honey
""")
WEARABLES = _words("""
hat|cap|beanie|beret|straw hat|top hat|cowboy hat|wizard hat|witch hat|santa hat|party hat|chef hat|sun hat|bucket
hat|crown|tiara|headband|bandana|helmet|hood|veil|wig|flower crown|glasses|sunglasses|round glasses|reading
glasses|monocle|eye patch|mask|scarf|tie|bow tie|necklace|pearl necklace|earrings|gold
chain|bracelet|watch|ring|brooch|belt|gloves|jacket|leather jacket|denim jacket|coat|raincoat|trench
coat|suit|tuxedo|blazer|vest|sweater|hoodie|cardigan|t-shirt|shirt|blouse|dress|evening
gown|skirt|jeans|trousers|shorts|kimono|apron|uniform|cape|boots|sneakers|sandals|high
heels|socks|backpack|beard|moustache|mustache|goatee|ponytail|fringe|lipstick|tattoo|nose ring|bandage
""")
PARTS = _words("""
hair|eyes|face|skin|lips|nose|ears|teeth|eyebrows|hands|nails|smile|beard|shirt|jacket|dress|skirt|trousers|jeans|shoes|hat|scarf|tie|coat|bag|glasses|necklace|helmet|gloves|belt|sweater|hoodie
""")
SCENERY = _words("""
sky|background|grass|water|sea|ocean|lake|river|road|street|floor|wall|walls|ceiling|roof|ground|sand|snow|field|lawn|mountains|horizon|clouds|trees|leaves|forest|building|buildings|window|door|foreground
""")
COLORS = _words("""
red|orange|yellow|green|blue|purple|pink|brown|black|white|grey|gray|gold|silver|turquoise|teal|navy|maroon|beige|violet|magenta|cyan|lavender|crimson|olive|dark
blue|dark green|dark red|light blue|light green|light grey|dark grey|pale yellow|hot
pink|mint|burgundy|cream|mustard|coral|salmon|peach|ivory|charcoal|emerald|scarlet|indigo|amber|terracotta|lilac
""")
LOOSE_COLORS = _words("""
bright red|deep blue|neon green|pastel pink|baby blue|forest green|sky blue|blood red|golden|rainbow
colored|multicolored|matte black|off-white|royal blue|sunny yellow|copper|rust colored|chrome|pitch black|snow white
""")
MATERIALS = _words("""
wooden|golden|silver|glass|metal|marble|stone|brick|leather|plastic|velvet|paper|ceramic|bronze|copper|steel|rusty|crystal|ice|concrete|bamboo|wicker|knitted|woolen|silk|denim|lace|origami|clay|neon|chrome
""")
ADJECTIVES = _words("""
big|small|tiny|huge|giant|large|little|old|new|antique|vintage|modern|shiny|dirty|clean|broken|cracked|empty|open|closed|burning|glowing|sparkling|wet|dusty|fluffy|furry|curly|spotted|striped|checkered|plaid|floral|round|square|tall|short|long|wide|narrow|thin|thick|fat|cute|scary|funny|elegant|fancy|simple|plain|colorful|bright|dark|pale|rusty|wilted|blooming|ripe|rotten|frozen|melting|flying|sleeping|sitting|running|jumping|smiling|laughing|angry|sad|happy|sleepy|majestic|steaming|half-eaten|upside-down|second|matching|retro|futuristic|medieval|victorian|japanese|mexican|tropical|snowy|foggy|stormy
""")
PATTERNS = _words("""
red and white stripes|black and white checks|polka dots|blue and gold stripes|a floral print|a leopard print|a tartan
pattern|zigzags|little hearts|small stars|tiny skulls|a paisley pattern|camouflage|green and yellow squares
""")
PLACES = _words("""
beach|forest|city|mountains|meadow|desert|harbour|harbor|park|room|library|cafe|studio|street|kitchen|garden|jungle|tokyo|paris|new
york|london|venice|rome|berlin|the moon|mars|space|outer space|underwater|a snowy mountain|a busy street|a cozy living
room|a tropical island|a field of sunflowers|a lavender field|a castle|a cathedral|a classroom|an office|a stadium|a
concert|a train station|a rooftop at night|a wheat field|a coral reef|a cave|a bamboo forest|the eiffel tower|the
golden gate bridge|a christmas market|a night market|a neon city|an enchanted forest|a rainy alley|a farm|a vineyard|a
swimming pool|a ski slope|a frozen lake|a bookshop|a bakery|a subway station|a japanese garden|the grand canyon|the
pyramids|times square|a mountain lake|an autumn forest|a stormy sea
""")
TIMES = _words("""
night|day|daytime|dawn|sunrise|sunset|dusk|noon|midday|midnight|golden hour|blue hour|evening|early morning|twilight
""")
WEATHER = _words("""
rain|snow|fog|mist|storm|thunderstorm|sunshine|wind|clouds|drizzle|heavy rain|light snow|a blizzard|haze
""")
SEASONS = _words("""
winter|summer|autumn|fall|spring|christmas|halloween
""")
STYLES = _words("""
watercolor|watercolor painting|oil painting|pencil sketch|pencil drawing|charcoal drawing|comic|comic
book|cartoon|anime|pixel art|neon|chalk drawing|pop art|stained glass|mosaic|impressionist painting|van gogh
painting|cubist painting|ukiyo-e print|3d render|clay animation|lego scene|vintage postcard|retro poster|cyberpunk
scene|ghibli film|old photograph|polaroid|crayon drawing|ink drawing|paper cutout|embroidery|low poly
render|blueprint|woodcut|children's book illustration|video game screenshot|film noir|renaissance painting|flat
illustration
""")
DOINGS = _words("""
smile|laugh|frown|wink|wave|cry|look up|look down|look at the camera|look to the left|look away|close her eyes|open
his eyes|close his eyes|stick out the tongue|raise an eyebrow|blow a kiss|jump|dance|sit down|stand up|kneel|run|point
at the sky|hold hands|cross the arms|yawn|look surprised|look angry|look sad|look happy|look older|look younger|look
tired|look scared|turn around|lean back|salute|give a thumbs up|hold a cup of coffee|hold a sign|hold an umbrella|read
a book|play the guitar|eat an apple|ride a bike|wear a red scarf|wear sunglasses|face the camera
""")
LOOKS = _words("""
more dramatic|moodier|more colorful|cloudier|cloudless|stormy|starry|more
realistic|wider|taller|shorter|longer|shorter and
curly|straight|wavy|thicker|thinner|bigger|smaller|older|newer|cleaner|greener|calmer|wilder|empty|transparent like
glass|shiny|matte|wet|frozen|covered in snow|covered in moss|full of flowers|on fire|made of glass|made of gold|made
of wood|made of chocolate|made of lego|made of ice|rusty|brand new|broken|fluffy|translucent|glow in the
dark|glow|sparkle|invisible
""")
SPOTS = _words("""
on the table|on the left|on the right|in the background|in the foreground|in the sky|on the wall|on the floor|on the
roof|on his head|on her head|on the grass|in the water|next to the tree|next to the door|next to her|beside him|behind
the house|behind them|in front of the window|in front of the building|above the door|above the mountains|over the
hill|over the sea|under the table|under the bridge|between the trees|between the two chairs|in the corner|in the top
left corner|near the river|by the window|at the end of the road|on top of the car|on her shoulder|in his hand|in her
hands|around her neck|on the horizon|across the street|on the shelf|in the vase|at her feet|along the fence|in the
distance|on the plate|inside the box
""")
WORDS = _words("""
hello|sale|open|closed|happy birthday|merry christmas|thank you|welcome|just married|stop|coffee|summer sale|50%
off|good morning|i love you|best dad ever|no parking|save the date|coming soon|new arrivals|paris 2024|since 1998|free
beer|for rent|keep calm|happy new year|congratulations|see you soon|home sweet home|the end|chapter
one|vote|yes|wow|it's a girl|class of 2026|road trip|day 1|monday mood|dream big|let's go|get well soon|bon
appetit|live laugh love|grand opening|made by hand|do not disturb|weekend|our story|call me|100% organic|party
tonight|room 12|anna & tom|rock'n'roll|never give up|the quick brown fox|lake como, 2019|to be
continued...|hola!|c'est la vie|level up|family first
""")
NAMES = _words("""
Anna|Tom|Maria|Ben|Julia|Omar|Priya|Chen|Lucas|Emma|Noah|Lena|Sofia|Max|Bella|Rocky|Luna|Paul|Nina|Leo
""")
EXTRA = _words("""
remove|delete|erase|replace|change|picture|photo|image|background|brighter|brighten|darker|darken|contrast|exposure|saturation|temperature|warmer|cooler|colder|vignette|grain|sharpen|sharper|blur|blurry|crop|rotate|flip|mirror|straighten|resize|border|frame|text|caption|title|bottom|corner|center|middle|left|right|upper|lower|horizontally|vertically|clockwise|counterclockwise|degrees|percent|pixels|pixel|between|behind|instead|without|everything|something|another|please|could|would|should|first|then|after|before|finally|also|version|original|variant|previous|step|steps|undo|redo|back|again|half|third|quarter|double|twice|stop|stops|shadows|highlights|noise|black|white|sepia|tint|green|magenta|pixelate|censor|gradient|transparent|outline|stroke|recolor|move|copy|paste|scale|heal|square|portrait|landscape|wider|smaller|bigger|larger|shorter|longer|people|person|hands|hair|make|give|take|turn|into|with|write|draw|paint|generate|create|show|light|lighting|sunny|cloudy|rainy|windy|snowy|night|evening|morning|their|there|where|which|while|these|those|that|this|have|from|around|under|above|below|next|near|across|through|against|inside|outside|walls|different|same|more|less|little|slightly|much|very|really|maybe|actually|nevermind|forget|want|need|like|look|looks|looking|wear|wearing|hold|holding|standing|sitting|walking|eyes|head|body|dress|style|painting|drawing|sketch|water|colors|color|colour|wooden|golden|front|side|wall|floor|table|letters|bold|font|size|height|width|long|wide|tall
""")
_ALL = (
    PEOPLE, ANIMALS, THINGS, NATURE, PLURALS, FOOD, WEARABLES, PARTS, SCENERY, COLORS, LOOSE_COLORS, MATERIALS,
    ADJECTIVES, PATTERNS, PLACES, TIMES, WEATHER, SEASONS, STYLES, DOINGS, LOOKS, SPOTS, EXTRA,
)  # fmt: skip
COMMON = frozenset(
    part
    for bank in (*_ALL, *(part for theme in THEMES for part in theme))
    for words in bank
    for part in words.replace("-", " ").split()
    if part.isascii() and part.isalpha()
)
"""Words whose slips of the hand are put right."""

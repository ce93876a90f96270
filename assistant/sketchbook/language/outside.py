"""What the sketchbook's world lacks: near misses with the nearest thing that it has, and things with nothing near."""

from collections.abc import Mapping

from assistant.sketchbook.language.phrasing import listed

NEAR_MISSES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hat": {
        "straw hat": listed("""
            sombrero; panama hat; rice hat; gardening hat; floppy hat; bonnet; bucket hat; boater
        """),
        "top hat": listed("fedora; bowler hat; trilby; bowler; deerstalker; fez; homburg; leprechaun hat"),
        "beanie": listed("""
            turban; headscarf; balaclava; ushanka; fur hat; santa hat; nightcap; hood; hijab; bandana
        """),
        "cap": listed("""
            helmet; bike helmet; hard hat; sailor hat; police cap; graduation cap; flat cap; visor; captain's hat
        """),
        "cowboy hat": listed("pirate hat; sheriff hat; tricorn; safari hat; pirate's hat; musketeer hat"),
        "crown": listed("tiara; halo; flower crown; wreath; diadem; laurel wreath; headband"),
        "wizard hat": listed("party hat; clown hat; jester hat; elf hat; birthday hat; gnome hat; dunce cap"),
        "beret": ("chef's hat", "chef hat", "pillbox hat", "fascinator"),
    },
    "glasses": {
        "round glasses": listed("""
            monocle; goggles; swimming goggles; steampunk goggles; pince-nez; oval glasses; lab goggles
        """),
        "square glasses": listed("""
            3d glasses; cat-eye glasses; reading glasses on a chain; vr goggles; hexagonal glasses
        """),
        "sunglasses": listed("mirrored ski goggles; ski goggles; thug life glasses; wraparound visor"),
        "heart glasses": listed("""
            star glasses; star-shaped glasses; flower-shaped glasses; party glasses; butterfly glasses
        """),
    },
    "beard": {
        "short beard": ("sideburns", "mutton chops", "chin strap beard", "muttonchops"),
        "long beard": listed("""
            braided beard; forked beard; viking beard with braids; beard down to the floor
        """),
        "goatee": ("soul patch", "van dyke beard"),
    },
    "clothes": {
        "dress": listed("""
            sari; kimono; skirt; toga; bikini; swimsuit; ballgown with wings; nightgown; robe; wedding dress;
            bathrobe; cloak
        """),
        "suit": listed("""
            armor; suit of armour; police uniform; uniform; lab coat; soldier's uniform; waistcoat; bow tie; vest
        """),
        "raincoat": listed("""
            coat; leather jacket; winter coat; fur coat; poncho; cape; trench coat; parka; jacket; spacesuit
        """),
        "hoodie": listed("""
            tracksuit; denim jacket; jean jacket; onesie; pyjamas; pajamas; football jersey; bomber jacket
        """),
        "dungarees": ("jeans", "shorts", "trousers", "pants", "leggings", "lederhosen"),
        "t-shirt": listed("tank top; blouse; polo shirt; hawaiian shirt; crop top; flannel shirt"),
        "sweater": ("cardigan", "turtleneck", "fleece", "christmas jumper"),
        "striped shirt": listed("checked shirt; plaid shirt; polka dot shirt; shirt with flowers on it"),
    },
    "held": {
        "cup": listed("""
            glass of wine; wine glass; beer; bottle; glass of water; champagne glass; cocktail; soda can; beer mug
        """),
        "book": listed("""
            phone; smartphone; newspaper; laptop; letter; tablet; map; camera; magazine; wallet
        """),
        "umbrella": listed("""
            sword; walking stick; cane; fishing rod; baseball bat; guitar; broom; spear; tennis racket
        """),
        "kitten": listed("puppy; teddy bear; baby; hamster; doll; owl; stuffed animal; duckling"),
        "lantern": listed("candle; torch; flashlight; magic wand; lightsaber; sparkler; glow stick"),
        "ice cream": listed("""
            pizza; burger; lollipop; sandwich; donut; cupcake; apple; banana; hot dog; candy floss
        """),
        "balloon": listed("kite; gift; present; football; ball; basketball; globe; birthday present"),
        "flower": listed("""
            bouquet of lavender and wheat; palm leaf; feather; bunch of carrots; olive branch; cactus
        """),
    },
    "beside": {
        "dog": listed("wolf; fox; horse; cow; pony; sheep; goat; pig; bear; deer; lion cub; donkey"),
        "cat": listed("lion; tiger; leopard; raccoon; lynx; panther; red panda"),
        "bird": listed("""
            duck; owl; eagle; chicken; swan; flamingo; peacock; goose; seagull; parrot; crow
        """),
        "rabbit": listed("hamster; mouse; squirrel; guinea pig; hedgehog; kangaroo; frog; turtle"),
        "tree": listed("palm tree; christmas tree; cactus; fir tree; birch; bush; willow; apple tree"),
        "street lamp": listed("""
            traffic light; telephone pole; phone box; lighthouse; red phone booth; post box
        """),
        "bicycle": listed("motorbike; motorcycle; scooter; skateboard; unicycle; tricycle; wheelchair"),
        "boat": listed("ship; canoe; yacht; submarine; kayak; ferry; surfboard; pirate ship"),
        "car": listed("truck; bus; train; tractor; taxi; van; tank; fire engine; police car; tram"),
        "flowers": listed("""
            pumpkin; hedge; mushrooms; potted plant; sunflower field; picnic basket; rose bush
        """),
        "snowman": listed("statue; scarecrow; gnome; penguin; robot; garden gnome; mannequin"),
    },
    "sign": {
        "banner": ("billboard", "flag", "ribbon", "scroll", "pennant", "poster"),
        "wooden sign": listed("""
            street sign; stop sign; road sign; plaque; metal sign; neon sign; for sale sign
        """),
        "chalkboard": listed("whiteboard; tv screen; picture frame; screen; menu board; notice board"),
        "speech bubble": ("thought bubble", "thinking bubble", "caption box", "comic burst"),
    },
}
PLACE_MISSES: Mapping[str, tuple[str, ...]] = {
    "city": listed("""
        a castle; paris; new york; a train station; a market; tokyo; a supermarket; an airport; a stadium; london
    """),
    "desert": listed("""
        the moon; mars; another planet; a canyon; the pyramids; egypt; the savanna; the wild west
    """),
    "forest": listed("""
        a jungle; the jungle; a rainforest; a swamp; a bamboo grove; fairyland; a waterfall; the amazon
    """),
    "mountains": listed("antarctica; the north pole; a volcano; a glacier; a cave; iceland; an ice cave"),
    "meadow": listed("""
        a farm; a vineyard; a cornfield; a rice field; a golf course; a barn; a sunflower field
    """),
    "harbour": listed("""
        a lake; a river; a ship; venice; a bridge; a swimming pool; a canal; a pirate ship
    """),
    "beach": listed("""
        an underwater world; the bottom of the sea; a desert island; the ocean floor; an island; hawaii
    """),
    "room": listed("""
        a kitchen; a bedroom; a hospital; an office; a bathroom; a prison cell; a hotel; a car; an elevator
    """),
    "library": listed("""
        a school; a classroom; a museum; a church; a university; an office; a laboratory; a cathedral
    """),
    "cafe": listed("a bar; a restaurant; a pub; a nightclub; a bakery; a diner; a casino"),
    "park": listed("""
        a zoo; a playground; an amusement park; a cemetery; a greenhouse; a tennis court; a funfair
    """),
    "any": listed("""
        outer space; space; heaven; hell; a dream world; the galaxy; a spaceship; a time machine
    """),
}
WORD_MISSES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hair": {  # nouns
        "braids": ("dreadlocks", "cornrows", "dreads", "a fishtail braid with beads"),
        "long": listed("""
            a mullet; straight hair; hair extensions with beads; a rapunzel braid to the floor
        """),
        "short": listed("an undercut; a bowl cut; a comb over; a flat top; a side part"),
        "bob": ("bangs", "a fringe", "a wedge cut"),
        "spiky": ("a quiff", "a pompadour", "an elvis quiff", "anime hair"),
        "bun": ("space buns", "a beehive", "princess leia buns"),
        "curly": listed("ringlets with ribbons; a wig like mozart's; corkscrew locks with bows"),
    },
    "hair_color": {  # adjectives
        "pink": listed("""
            purple; violet; lilac; lavender; fuchsia; rainbow; rainbow-colored; purple and pink
        """),
        "blue": listed("""
            green; turquoise; teal; neon green; cyan; mint green; green and blue; sea green
        """),
    },
    "skin": {  # adjectives
        "any": listed("""
            green; blue; purple; metallic; red; golden; silver; striped; transparent; lizard
        """),
    },
    "expression": {  # adjectives
        "sad": listed("crying; in tears; heartbroken; worried; ashamed; disappointed; guilty"),
        "surprised": listed("scared; confused; terrified; puzzled; afraid; frightened; screaming"),
        "angry": ("disgusted", "jealous", "evil", "suspicious", "menacing"),
        "calm": ("shy", "proud", "bored", "smug", "in love", "determined"),
        "laughing": ("drunk", "crazy", "silly"),
        "sleepy": ("dead", "sick", "unconscious", "dizzy"),
    },
    "weather": {  # nouns
        "storm": listed("a tornado; a sandstorm; a hurricane; strong wind; a cyclone; a whirlwind"),
        "snow": ("hail", "icicles", "an avalanche", "ice"),
        "clear": ("a heat wave", "northern lights", "an aurora", "an eclipse"),
        "rain": listed("a flood; raining frogs; acid rain; raining cats and dogs on the floor"),
        "fog": ("smoke", "smog", "dust", "steam"),
    },
    "style": {  # nouns
        "watercolor": listed("""
            an oil painting; oil; gouache; van gogh's style; an impressionist painting; acrylic; monet's style
        """),
        "comic": listed("""
            anime; an anime style; the simpsons style; a disney style; studio ghibli style; a manga page with panels
        """),
        "pencil": listed("""
            charcoal; an ink drawing; an etching; ballpoint pen; ink; an engraving; a woodcut
        """),
        "pixel art": listed("a minecraft style; lego; a mosaic; voxel art; minecraft blocks; cross stitch"),
        "neon": listed("""
            graffiti; cyberpunk; a vaporwave style; a stained glass window; glow in the dark paint
        """),
        "chalk": listed("pastel; oil pastel; crayon; wax crayons; sand art; a cave painting"),
        "flat": listed("""
            a 3d render; a photo; photorealism; a pixar style; a realistic photo; clay; origami; a cubist painting;
            embroidery
        """),
    },
    "person": {  # nouns
        "girl": listed("baby girl; princess; fairy; mermaid; toddler; teenage girl; doll; elf girl"),
        "boy": listed("baby; baby boy; teenager; leprechaun; hobbit; elf; dwarf"),
        "woman": listed("nurse; ballerina; queen; superheroine; vampire woman; nun; geisha; catwoman"),
        "man": listed("""
            robot; zombie; astronaut; pirate; knight; superhero; vampire; policeman; ninja; viking; clown; soldier
        """),
        "old man": ("santa claus", "wizard gandalf", "skeleton", "monk", "ghost"),
        "old woman": ("witch with a wart", "fortune teller", "mummy"),
        "any": listed("""
            cat; dog; monkey; alien; monster; frog; teddy bear; werewolf; cartoon mouse; horse; unicorn
        """),
    },
}
THINGS_UNKNOWN = listed("""
    a dragon; wings; a tattoo; earrings; a scarf; a necklace; a nose ring; a tail; horns; a spaceship; a ufo; a parrot
    on {his} shoulder; a bow tie; gloves; freckles; a scar; a backpack; a handbag; a watch; a ring; lipstick; makeup;
    a cigarette; a pipe; a mask; a face mask; an eye patch; fangs; elf ears; a cat on {his} head; a bird on {his}
    shoulder; a second person; another woman; a friend; his brother; her twin; a crowd; some people in the background;
    a child next to {him}; a castle in the background; a rocket; a plane in the sky; a hot air balloon in the sky;
    fireworks; a rainbow; a unicorn; a dinosaur; a shark; a table; a chair; a door; a window; a mirror; a shadow; a
    reflection; text; my name; a logo; a frame; a border; a watermark; a speech; music; a third eye; four arms; a
    prosthetic arm; boots; shoes; red shoes; socks; a belt; a tie; rosy cheeks; blue eyes; green eyes; longer
    eyelashes; bigger ears; a bigger nose; braces; a piercing; wrinkles; headphones; a microphone; a medal; a badge; a
    pocket; buttons; flowers in {his} hair; a feather in the hat; a fire; a house; a fence; a road; a bridge; a tower;
    a fountain; a bench; a campfire; a tent; sand castle; two dogs; three cats; five birds; ten balloons; two hats; a
    herd of cows; a swarm of bees; a spider; a snake; nail polish; a superhero cape with wings; angel wings; a
    lightsaber duel; confetti; bubbles; hearts around {him}; a dog on a leash; a saddle on the dog; a collar on the
    cat; a bell on the cat; wheels; a flag on the boat
""")
SENTENCES_UNKNOWN = listed("""
    make it brighter; make it darker; more contrast; increase the contrast; crop it to a square; rotate it by 90
    degrees; sharpen the picture; blur the background; make it black and white; add a vignette; flip it; resize it to
    800 pixels; remove the scratches; fix the red eyes; remove the watermark; straighten the horizon; upscale it;
    denoise the photo; open the car's door; open the door of the car; close the window; turn the lights on; turn on
    the headlights; make {him} [taller|shorter|thinner|fatter|slimmer|younger by ten years|more
    muscular|prettier|sexier]; make {him} fly; make {the}
    [bigger|smaller|larger|shiny|transparent|fluffier|taller|glow]; move {the} [to the left|up|down|a bit
    higher|closer]; make {him} [dance|jump|run|sit down|lie down|wave|turn around|look left|look up|ride the
    bicycle|drive the car|swim]; turn {his} head to the [left|right]; raise {his} [left|right|] hand; cross {his}
    arms; [show|draw] {his} [legs|feet|whole body]; zoom [in|out]; zoom in on {his} face; show {him} from behind; draw
    {him} from the side; change the camera angle; give {him} [blue|green|brown|bigger|red] eyes; change {his} eye
    color; make {his} nose [smaller|bigger|longer]; make {his} [ears|eyes|mouth|neck|arms|lips|teeth]
    [bigger|smaller|longer|whiter|red]; whiten {his} teeth; take off {his} [clothes|shirt|trousers|dress|shoes]; make
    {him} naked; undress {him}; remove {his} [arms|head|ears|nose]; draw [two men|two women|a couple|three girls|a
    family|a crowd|twins|two people kissing|a football team|a group of friends]; draw [a dragon|a unicorn|a
    spaceship|a map|a logo|a car race|a house|a chart|a mandala|an apple|a bowl of fruit|a horse|a dinosaur]; draw [a
    castle with a dragon|my dog|an elephant|a plane|the eiffel tower|a robot army|a chess board|a watch|a shark|a
    circuit]; a photo of [a sandwich|a mountain bike|the queen|a real tiger|a steak]; paint [the mona lisa|a still
    life|a horse race]; [translate|read] the text; write {his} name on the shirt; put a logo on {his} [shirt|hat]; add
    the year in the corner; tell me a joke; what do you think; make it better; make it nicer; make it more
    interesting; improve it; do something fun; make it pop; surprise me with something; make it professional; more
    details; higher quality; fix it; make it 4k; swap {him} with [my friend|obama|elvis]; make {him} look like
    [me|einstein|taylor swift|my boss]; use my face; remove [the wall|the trees in the back|the mountain|the sun|{his}
    eyebrows|{his} neck|the horizon|the table|the scratch]; remove the [second dog|people in the background|power
    lines|shadow|reflection|building on the left]; erase the person; remove {him}; delete the [woman|man|person]; make
    {him} disappear; make {him} invisible; cut {him} out; [color|paint] the
    [sky|grass|sand|water|wall|tree|dog|cat|sun|eyes|lips|moon|buttons] [pink|green|red|blue|purple]; make the
    [sky|grass|sea|floor|dog|cat|bird|car|boat|tree|snowman] [pink|green|red|blue|purple|bigger|smaller]; put {the} on
    the [floor|table|dog|wall|roof]; put [a hat|glasses] on the [dog|cat|snowman|rabbit|bird]; give the dog a hat;
    make it [red|green|blue|yellow|pink]; change it; another one; make that different; the other one please; add [a
    caption|some text|subtitles|a date stamp|a filter|a lens flare|grain|noise|a sepia tone]; make it vintage
""")
SUBJECTS_UNKNOWN = listed("""
    a dragon; two [men|women|girls|boys|friends|people]; a [man|boy] and a [woman|girl]; a couple; a family; three
    kids; twins; a group of people; a crowd; a spaceship; a unicorn; a dinosaur; a bowl of fruit; a house; a horse; an
    elephant; a train; a castle; a plane; a shark; a sports car race; an empty table; a chess board; a [mother|father]
    with [her|his] baby; a wedding; a football match; a still life; a map; a pirate ship in a battle; a ufo; a whale; a
    lion family; a rocket; [dogs|cats|birds] playing; my dog; a cat on a sofa; a bicycle race; a bird in a tree; a
    butterfly; a robot army

""")

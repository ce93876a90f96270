"""What goes together in one photograph: things that are there, and things that people want there."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    here: tuple[str, ...]
    new: tuple[str, ...]
    spots: tuple[str, ...]


def _theme(here: str, new: str, spots: str) -> Theme:
    return Theme(tuple(here.split("|")), tuple(new.split("|")), tuple(spots.split("|")))


THEMES = (_theme("car|bus|taxi|bike|traffic light|sign|building|sidewalk|crosswalk|man|woman|street lamp|"
    "trash can|tree|shop window|umbrella|pigeons|cyclist|billboard|puddle|truck|parking meter", "red car|bicycle|"
    "tram|street musician|food truck|dog|neon sign|hot dog stand|fountain|bench|flags|tree|motorcycle|kiosk", "on "
    "the sidewalk|in front of the shop|next to the traffic light|across the street|on the corner|in the distance|"
    "behind the bus"), _theme("sea|sand|umbrella|towel|surfboard|woman|man|child|boat|lifeguard tower|wave|"
    "palm tree|seagulls|bucket|sun|sky|beach ball|swimsuit|sunglasses|footprints", "sailboat|sandcastle|crab|"
    "beach chair|dolphin|starfish|volleyball net|parasol|seagull|cocktail|surfboard|palm tree|rainbow|jet ski",
    "on the sand|in the water|on the horizon|under the umbrella|next to the towel|in the sky|on the left"), _theme(
    "sofa|lamp|rug|table|curtain|window|cushion|painting|bookshelf|plant|cat|tv|armchair|vase|wall|floor|candle|"
    "fireplace|blanket|clock", "floor lamp|fireplace|potted plant|sleeping cat|grand piano|bookshelf|mirror|rug|"
    "chandelier|christmas tree|painting|coffee table|dog|bowl of fruit", "on the sofa|on the wall|in the corner|"
    "on the coffee table|next to the window|above the fireplace|in front of the sofa|on the rug"), _theme("pan|"
    "stove|fridge|counter|sink|knife|cutting board|plate|bowl|mug|kettle|chef|apron|tiles|cupboard|bottle|"
    "tomatoes|bread|oven|spoon", "bowl of lemons|coffee machine|bunch of flowers|loaf of bread|wine glass|cake|"
    "teapot|basket of eggs|jar of honey|cat|cutting board|pizza", "on the counter|on the table|in the sink|"
    "next to the stove|on the shelf|in the bowl|by the window"), _theme("hair|shirt|tie|glasses|earrings|"
    "background|eyes|lips|beard|hat|necklace|jacket|face|collar|scarf|skin|hand|watch|smile|eyebrows", "hat|"
    "pair of glasses|scarf|beard|earrings|tie|flower in the hair|crown|leather jacket|headphones|freckles|"
    "lipstick|cape|bow tie", "on the head|around the neck|in the hand|on the shoulder|behind the ear|on the jacket"),
    _theme("bench|dog|tree|path|fountain|grass|child|ball|swing|pond|ducks|kite|woman|stroller|leaves|squirrel|"
    "picnic blanket|fence|flowers|statue", "kite|picnic basket|balloon|puppy|swan|soccer ball|bicycle|bandstand|"
    "deer|butterflies|bench|ice cream cart|squirrel|rainbow", "on the bench|under the tree|on the grass|"
    "next to the pond|on the path|in the sky|behind the dog"), _theme("bride|groom|veil|bouquet|cake|dress|suit|"
    "flowers|chairs|table|guests|candles|arch|ring|champagne glass|church|tie|balloons", "flower arch|white doves|"
    "balloons|fairy lights|champagne tower|red roses|golden crown|confetti|vintage car|string quartet|candles|swan",
    "on the table|behind the bride|next to the cake|above the couple|in her hand|in the background"), _theme(
    "mountain|lake|snow|trees|sky|clouds|hiker|tent|boat|cabin|rocks|river|bridge|sun|backpack|trail|sheep|"
    "waterfall", "red tent|cabin|canoe|eagle|campfire|hot air balloon|moose|waterfall|full moon|bear|hiker|"
    "wooden bridge|rainbow|northern lights", "by the lake|on the mountain|in the sky|on the trail|"
    "next to the tent|on the water|in the distance"), _theme("laptop|desk|chair|monitor|mug|phone|window|man|"
    "woman|whiteboard|plant|keyboard|notebook|lamp|papers|poster|headphones|tie", "desk lamp|cup of coffee|cactus|"
    "cat|second monitor|stack of books|robot|whiteboard|picture frame|globe|rubber duck|clock", "on the desk|"
    "on the wall|next to the laptop|behind the man|by the window|on the chair"), _theme("cow|barn|tractor|fence|"
    "hay bale|farmer|horse|chickens|field|dog|pig|sheep|windmill|sky|hat|gate|scarecrow|bucket|corn", "red barn|"
    "tractor|goat|rooster|sunflowers|scarecrow|windmill|horse|hay bale|donkey|well|rainbow|farmer", "in the field|"
    "next to the barn|on the fence|in front of the tractor|in the background|on the hill"), _theme("snowman|scarf|"
    "sled|house|tree|street|boots|child|hat|gloves|snow|lights|roof|car|dog|ice|fence|lantern", "snowman|sled|"
    "christmas tree|red scarf|reindeer|penguin|snowflakes|fairy lights|polar bear|woolly hat|igloo|lantern", "in "
    "the snow|next to the house|on the roof|on the snowman|in the yard|under the tree"), _theme("burger|fries|"
    "plate|fork|glass|napkin|table|salad|drink|straw|cheese|ketchup|tray|bowl|soup|spoon|bread|menu|lemon slice|"
    "ice cubes", "slice of lemon|glass of wine|milkshake|candle|bowl of soup|basil leaf|side of fries|chopsticks|"
    "pizza|cherry on top|flag|cupcake", "on the plate|next to the burger|on the table|in the glass|on top|"
    "in the background"), _theme("guitar|microphone|stage|singer|drummer|crowd|lights|amplifier|drums|banner|"
    "cable|smoke|shirt|piano|bass player|speakers", "disco ball|fog machine smoke|electric guitar|"
    "saxophone player|fireworks|spotlight|confetti|banner|dancers|keyboard|lasers", "on the stage|"
    "behind the drummer|above the crowd|in the front row|on the wall|next to the microphone"), _theme("cat|dog|"
    "collar|leash|ball|bowl|couch|toy|bed|tail|paws|ears|kitten|puppy|blanket|window|rug|fur|bandana", "bow tie|"
    "party hat|tennis ball|bone|butterfly|second kitten|parrot|sunglasses|cape|santa hat|goldfish bowl|"
    "flower crown|rubber duck", "on the dog|on its head|next to the cat|on the rug|around its neck|in its mouth|"
    "on the couch"), _theme("rose|gate|wall|hedge|bird bath|bench|wheelbarrow|garden gnome|path|grass|butterfly|"
    "greenhouse|watering can|pots|tulips|bee|shed|hose", "fountain|garden gnome|swing|bird house|rabbit|sunflower|"
    "stone statue|hammock|butterflies|lanterns|pond|apple tree", "on the grass|next to the path|in the flower bed|"
    "on the wall|under the tree|by the gate"), _theme("football|goal|player|jersey|referee|crowd|grass|number|"
    "shoes|flag|goalkeeper|scoreboard|bench|gloves|helmet|racket|net|shorts|socks|armband|wristbands", "trophy|"
    "football|fireworks|mascot|captain's armband|banner|medal|confetti|headband|scoreboard", "on the field|"
    "in the crowd|in his hand|behind the goal|on the bench|around his neck"), _theme("plane|wing|cloud|runway|"
    "pilot|tower|suitcase|bus|sign|sunset|window|helicopter|fence|fuel truck|passengers", "hot air balloon|"
    "second plane|rainbow|helicopter|parachute|flock of birds|red carpet|drone|full moon", "in the sky|"
    "on the runway|next to the plane|above the clouds|in the distance"), _theme("castle|tower|flag|bridge|knight|"
    "horse|dragon|gate|moat|wall|torch|sword|shield|king|village|forest|moon|armor", "dragon|golden crown|"
    "catapult|banner|flying owl|wizard|campfire|treasure chest|unicorn|full moon|raven", "on the tower|"
    "above the castle|in front of the gate|on the bridge|in the forest|in his hand"), _theme("book|desk|shelf|"
    "lamp|student|teacher|blackboard|globe|chair|backpack|pencil|clock|window|map|poster|notebook|librarian|ladder",
    "globe|stack of books|apple|owl|cup of tea|ladder|fireplace|telescope|chess board|reading lamp", "on the desk|"
    "on the shelf|next to the book|on the blackboard|by the window|in the corner"),)

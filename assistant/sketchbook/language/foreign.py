"""The commonest wishes in Spanish and German."""

from assistant.sketchbook.language.phrasing import Dice, listed
from assistant.sketchbook.language.saying import Said, wish
from assistant.sketchbook.language.wishes import SAME, Assignment
from assistant.sketchbook.scene import Color

Row = tuple[str, str, str | None]
"""Words, the attribute and its value, None when it is left open."""


def _table(text: str) -> tuple[Row, ...]:
    """Rows from “words = attribute value; …”."""
    rows: list[Row] = []
    for row in listed(text):
        said, _, meant = row.partition(" = ")
        attribute, _, value = meant.partition(" ")
        rows.append((said, attribute, value or None))
    return tuple(rows)


_ES_COLORS = {
    Color.RED: "rojo",
    Color.ORANGE: "naranja",
    Color.YELLOW: "amarillo",
    Color.GREEN: "verde",
    Color.BLUE: "azul",
    Color.PURPLE: "morado",
    Color.PINK: "rosa",
    Color.BROWN: "marrón",
    Color.BLACK: "negro",
    Color.WHITE: "blanco",
}
_DE_COLORS = {
    Color.RED: "rot",
    Color.ORANGE: "orange",
    Color.YELLOW: "gelb",
    Color.GREEN: "grün",
    Color.BLUE: "blau",
    Color.PURPLE: "lila",
    Color.PINK: "rosa",
    Color.BROWN: "braun",
    Color.BLACK: "schwarz",
    Color.WHITE: "weiß",
}
_ES_THINGS = _table("""
    un sombrero = hat; una gorra = hat cap; una boina = hat beret; un gorro = hat beanie; una corona = hat crown; un
    sombrero de copa = hat top hat; un sombrero de paja = hat straw hat; un sombrero vaquero = hat cowboy hat; un
    sombrero de mago = hat wizard hat; gafas = glasses; unas gafas = glasses; gafas de sol = glasses sunglasses;
    lentes = glasses; gafas redondas = glasses round glasses; una barba = beard; un bigote = beard moustache; una
    barba larga = beard long beard; un vestido = clothes dress; un traje = clothes suit; una camiseta = clothes
    t-shirt; un suéter = clothes sweater; una sudadera = clothes hoodie; un globo = held balloon; una taza = held
    cup; una flor = held flower; un libro = held book; un paraguas = held umbrella; un helado = held ice cream; un
    gatito = held kitten; un perro = beside dog; un gato = beside cat; un pájaro = beside bird; un conejo = beside
    rabbit; un árbol = beside tree; una bicicleta = beside bicycle; un coche = beside car; un barco = beside boat;
    un muñeco de nieve = beside snowman; un cartel = sign; una pizarra = sign chalkboard
""")
_DE_THINGS = _table("""
    einen Hut = hat; eine Mütze = hat beanie; eine Kappe = hat cap; eine Krone = hat crown; einen Zylinder = hat top
    hat; einen Strohhut = hat straw hat; einen Cowboyhut = hat cowboy hat; einen Zauberhut = hat wizard hat; eine
    Baskenmütze = hat beret; eine Brille = glasses; eine Sonnenbrille = glasses sunglasses; eine runde Brille =
    glasses round glasses; einen Bart = beard; einen Schnurrbart = beard moustache; einen langen Bart = beard long
    beard; ein Kleid = clothes dress; einen Anzug = clothes suit; einen Pullover = clothes sweater; einen
    Regenmantel = clothes raincoat; einen Luftballon = held balloon; eine Tasse = held cup; eine Blume = held
    flower; ein Buch = held book; einen Regenschirm = held umbrella; ein Eis = held ice cream; eine Laterne = held
    lantern; einen Hund = beside dog; eine Katze = beside cat; einen Vogel = beside bird; einen Hasen = beside
    rabbit; einen Baum = beside tree; ein Fahrrad = beside bicycle; ein Auto = beside car; ein Boot = beside boat;
    einen Schneemann = beside snowman; Blumen = beside flowers; ein Schild = sign; eine Tafel = sign chalkboard
""")
_ADD = {
    "es": ("ponle {a}", "añade {a}", "agrega {a}", "dale {a}", "quiero {a}", "{a} por favor", "pon {a}"),
    "de": ("gib ihr {a}", "gib ihm {a}", "füge {a} hinzu", "bitte {a}", "ich will {a}", "mal {a} dazu", "{a}"),
}
_REMOVE = _table("""
    quítale el sombrero = hat none; quita el sombrero = hat none; sin sombrero = hat none; quítale las gafas =
    glasses none; sin gafas = glasses none; quítale la barba = beard none; sin barba = beard none; quita el perro =
    beside none; quita el cartel = sign none; nimm den Hut weg = hat none; entferne den Hut = hat none; ohne Hut =
    hat none; nimm die Brille ab = glasses none; ohne Brille = glasses none; entferne die Brille = glasses none;
    ohne Bart = beard none; entferne den Bart = beard none; entferne den Hund = beside none; entferne das Schild =
    sign none; nimm ihr das Buch weg = held none; quítale el libro = held none
""")
_ES_RECOLOR = _table("""
    haz el sombrero {c} = hat; pinta el sombrero de {c} = hat; el sombrero en {c} = hat; pinta la ropa de {c} = clothes;
    cambia el color de la ropa a {c} = clothes; las gafas en {c} = glasses
""")
_DE_RECOLOR = _table("""
    mach den Hut {c} = hat; färbe den Hut {c} = hat; der Hut soll {c} sein = hat; mach die Brille {c} = glasses;
    mach die Kleidung {c} = clothes; färbe den Pullover {c} = clothes
""")
_WHOLE = _table("""
    [hazlo de noche|que sea de noche|de noche|ponlo de noche] = time night; [hazlo de día|de día] = time day; [al
    atardecer|ponlo al atardecer] = time sunset; [al amanecer|que amanezca] = time dawn; [que llueva|con lluvia|haz
    que llueva] = weather rain; [que nieve|con nieve|haz que nieve] = weather snow; [con niebla|pon niebla] =
    weather fog; [soleado|que haga sol] = weather clear; [nublado|con nubes] = weather cloudy; [en la playa|ponla en
    la playa|llévalo a la playa] = place beach; en el bosque = place forest; en la ciudad = place city; en las
    montañas = place mountains; en un café = place cafe; en el desierto = place desert; en el parque = place park;
    [en acuarela|hazlo en acuarela] = style watercolor; [a lápiz|dibújalo a lápiz] = style pencil; [haz que
    sonría|que sonría|que esté feliz] = expression happy; [que esté triste|hazla triste] = expression sad; [que esté
    enojado|hazlo enfadado] = expression angry; [que guiñe un ojo|un guiño] = expression winking; [pelo largo|hazle
    el pelo largo] = hair long; [pelo corto|córtale el pelo] = hair short; [pelo rizado|con rizos] = hair curly;
    [hazlo calvo|calvo] = hair bald; [pelo rojo|pelirroja|pelirrojo] = hair_color ginger; [pelo rubio|rubia|rubio] =
    hair_color blond; pelo negro = hair_color black; [pelo azul|tíñele el pelo de azul] = hair_color blue; [mach es
    Nacht|es soll Nacht sein|bei Nacht|nachts] = time night; [mach es Tag|bei Tag|tagsüber] = time day; [bei
    Sonnenuntergang|am Abend|abends] = time sunset; [bei Sonnenaufgang|im Morgengrauen] = time dawn; [lass es
    regnen|im Regen|mach Regen] = weather rain; [lass es schneien|im Schnee|mit Schnee] = weather snow; [im
    Nebel|mit Nebel] = weather fog; [mach es sonnig|bei Sonne|klarer Himmel] = weather clear; [bewölkt|mit Wolken] =
    weather cloudy; [ein Gewitter|im Sturm] = weather storm; [am Strand|setz sie an den Strand|an den Strand] =
    place beach; [im Wald|in den Wald] = place forest; [in der Stadt|in die Stadt] = place city; in den Bergen =
    place mountains; im Café = place cafe; [in der Wüste|in die Wüste] = place desert; [im Park|in den Park] = place
    park; in einem Zimmer = place room; [als Aquarell|mach ein Aquarell daraus] = style watercolor; [als
    Bleistiftzeichnung|mit Bleistift] = style pencil; [als Comic|mach es zum Comic] = style comic; [lass sie
    lächeln|sie soll lächeln|er soll lächeln] = expression happy; [lass ihn lachen|sie soll lachen] = expression
    laughing; [er soll traurig schauen|mach sie traurig] = expression sad; [wütend|er soll wütend sein] = expression
    angry; [lange Haare|mach die Haare lang] = hair long; [kurze Haare|mach die Haare kurz] = hair short;
    [Locken|lockige Haare] = hair curly; [mach ihn kahl|Glatze] = hair bald; [rote Haare|färbe die Haare rot] =
    hair_color ginger; [blonde Haare|mach sie blond] = hair_color blond; [schwarze Haare|Haare schwarz] = hair_color
    black; [graue Haare|mach die Haare grau] = hair_color grey
""")
_ES_PEOPLE = _table("""
    una mujer = person woman; un hombre = person man; una niña = person girl; un niño = person boy; una anciana =
    person old woman; un anciano = person old man
""")
_DE_PEOPLE = _table("""
    eine Frau = person woman; einen Mann = person man; ein Mädchen = person girl; einen Jungen = person boy; eine
    alte Frau = person old woman; einen alten Mann = person old man
""")


def foreign(dice: Dice) -> Said:
    """A wish in Spanish or German."""
    roll = dice.fraction()
    if roll < 0.4:
        pattern, attribute, value = dice.one(_WHOLE)
        return Said(dice.say(pattern), (wish(attribute, value),))
    if roll < 0.5:
        text, attribute, value = dice.one(_REMOVE)
        return Said(text, (wish(attribute, value),))
    if roll < 0.6:
        spanish, color = dice.chance(0.5), dice.one(tuple(Color))
        pattern, attribute, _ = dice.one(_ES_RECOLOR if spanish else _DE_RECOLOR)
        said = (_ES_COLORS if spanish else _DE_COLORS)[color]
        return Said(dice.say(pattern, {"c": said}), (wish(attribute, SAME, color),))
    return _drawn(dice) if roll < 0.75 else _added(dice)


def _added(dice: Dice) -> Said:
    language = "es" if dice.chance(0.5) else "de"
    noun, attribute, value = dice.one(_ES_THINGS if language == "es" else _DE_THINGS)
    color = (
        dice.one(tuple(Color))
        if attribute in ("hat", "clothes", "held") and language == "es" and dice.chance(0.3)
        else None
    )
    text = f"{noun} {_ES_COLORS[color]}" if color else noun
    return Said(dice.say(dice.one(_ADD[language]), {"a": text}), (wish(attribute, value, color),))


def _drawn(dice: Dice) -> Said:
    spanish = dice.chance(0.5)
    noun, _, person = dice.one(_ES_PEOPLE if spanish else _DE_PEOPLE)
    wishes: list[Assignment] = [wish("person", person)]
    text = dice.say("[dibuja|pinta] {a}" if spanish else "[zeichne|male|zeichne mir] {a}", {"a": noun})
    if dice.chance(0.6):
        thing, attribute, value = dice.one(_ES_WITH if spanish else _DE_WITH)
        text, wishes = f"{text} {thing}", [*wishes, wish(attribute, value)]
    return Said(text, tuple(wishes))


_ES_WITH = tuple((f"con {noun}", attribute, value) for noun, attribute, value in _ES_THINGS) + _table("""
    en la playa = place beach; en el bosque = place forest; de noche = time night; bajo la lluvia = weather rain;
    con pelo largo = hair long; con pelo rizado = hair curly
""")
_DE_WITH = _table("""
    mit Hut = hat; mit Brille = glasses; mit Bart = beard; mit Hund = beside dog; mit Katze = beside cat; am Strand
    = place beach; im Wald = place forest; bei Nacht = time night; im Schnee = weather snow; im Regen = weather
    rain; mit langen Haaren = hair long; mit Locken = hair curly; mit Sonnenbrille = glasses sunglasses; mit
    Regenschirm = held umbrella; mit roten Haaren = hair_color ginger
""")

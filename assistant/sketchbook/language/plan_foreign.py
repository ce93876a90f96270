"""Simple wishes in Spanish, German, French, Hindi and Chinese: steps stay in the language, exact values are English."""

# Sayings fill the lines, they do not stand one below the other.
# fmt: off

from __future__ import annotations

from typing import NamedTuple

from assistant.sketchbook.language.plan_dice import Dice
from assistant.sketchbook.language.plan_piece import Piece, edit, exact
from assistant.sketchbook.language.plan_things import in_quotes, quoted
from assistant.steps import AnyStep


class Tongue(NamedTuple):
    """`things` with the article of the known and of the new; patterns with {known}, {new}, {color}, {place}."""

    things: tuple[tuple[str, str], ...]
    colors: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    wishes: tuple[str, ...]
    exact: tuple[tuple[str, str, dict[str, object]], ...]
    links: tuple[str, ...]
    polite: tuple[str, ...]
    write: tuple[str, ...]
    crop: tuple[str, ...]
    shared: tuple[tuple[str, str, str], ...] = ()
    """Verb, link and what stands behind both: "quita X y Y"."""


_SPANISH = Tongue((("el perro", "un perro"), ("el coche", "un coche rojo"), ("la mesa", "una mesa"), ("el sombrero",
    "un sombrero"), ("el árbol", "un árbol"), ("la gorra", "una gorra"), ("las gafas", "unas gafas"), ("el gato",
    "un gato negro"), ("la lámpara", "una lámpara"), ("el barco", "un barco"), ("la flor", "una flor"), ("el globo",
    "un globo"), ("la bicicleta", "una bicicleta"), ("la bufanda", "una bufanda"), ("el pájaro", "un pájaro"), (
    "la silla", "una silla de madera"), ("el cartel", "un cartel")), (("rojo", "red"), ("azul", "blue"), ("verde",
    "green"), ("negro", "black"), ("blanco", "white"), ("amarillo", "yellow"), ("rosa", "pink"), ("gris", "gray"), (
    "naranja", "orange"), ("morado", "purple")), ("en la playa", "a la izquierda", "a la derecha", "en el cielo",
    "sobre la mesa", "al lado del coche", "en el fondo", "junto a la ventana"), ("quita {known}", "elimina {known}",
    "borra {known}", "añade {new} {place}", "pon {new} {place}", "agrega {new}", "cambia {known} por {new}",
    "haz que {known} sea {color}", "pinta {known} de {color}", "reemplaza {known} con {new}", "haz que sonría",
    "cambia el fondo por una playa", "haz que sea de noche", "añade nieve", "ponle {new}"), (("hazla más brillante",
    "exposure", {"direction": "up"}), ("más oscura", "exposure", {"direction": "down"}), ("ponla en blanco y negro",
    "black_and_white", {}), ("en blanco y negro", "black_and_white", {}), ("más contraste", "contrast", {"direction":
    "up"}), ("desenfoca el fondo", "blur", {"where": "fondo"}), ("gírala 90 grados a la derecha", "rotate", {"degrees":
    90, "direction": "clockwise"}), ("voltéala horizontalmente", "flip", {}), ("sube la exposición medio paso",
    "exposure", {"stops": 0.5}), ("más cálida", "temperature", {"direction": "warmer"}), ("añade grano", "grain", {}),
    ("sepia", "sepia", {}), ("fondo blanco", "fill", {"where": "fondo", "color": "white"}), ("fondo transparente",
    "fill", {"where": "fondo", "color": "transparent"}), ("un borde blanco de 20 px", "border", {"px": 20, "color":
    "white"}), ("baja la saturación un 20%", "saturation", {"percent": -20}), ("endereza el horizonte", "straighten",
    {}), ("enfoca los ojos", "sharpen", {"where": "ojos"}), ("pixela las caras", "pixelate", {"where": "caras"})), (
    " y ", ", luego ", " y después ", ". ", ", "), ("por favor ", "", "", "¿puedes ", "oye, "), (
    "escribe {q} arriba|top", "pon {q} abajo|bottom", "escribe {q} en el centro|center",
    "añade el texto {q} arriba a la izquierda|top left"), ("recorta a {a}", "recórtala a {a}", "recorta en {a}"), ((
    "quita", " y ", ""), ("añade", " y ", "new"), ("elimina", " y ", "")),)
_GERMAN = Tongue((("den Hund", "einen Hund"), ("das Auto", "ein rotes Auto"), ("den Tisch", "einen Tisch"), (
    "den Hut", "einen Hut"), ("den Baum", "einen Baum"), ("die Mütze", "eine grüne Mütze"), ("die Brille",
    "eine Brille"), ("die Katze", "eine Katze"), ("die Lampe", "eine Lampe"), ("das Boot", "ein Boot"), ("die Blume",
    "eine Blume"), ("den Ballon", "einen Ballon"), ("das Fahrrad", "ein Fahrrad"), ("den Schal",
    "einen blauen Schal"), ("den Vogel", "einen Vogel"), ("den Stuhl", "einen Holzstuhl"), ("das Schild",
    "ein Schild")), (("rot", "red"), ("blau", "blue"), ("grün", "green"), ("schwarz", "black"), ("weiß", "white"), (
    "gelb", "yellow"), ("rosa", "pink"), ("grau", "gray"), ("orange", "orange"), ("lila", "purple")), ("am Strand",
    "links", "rechts", "am Himmel", "auf den Tisch", "neben das Auto", "im Hintergrund", "vor das Fenster"), (
    "entferne {known}", "lösche {known}", "mach {known} weg", "füge {new} hinzu", "setze {new} {place}",
    "stell {new} {place}", "ersetze {known} durch {new}", "mach {known} {color}", "färbe {known} {color}",
    "tausche {known} gegen {new}", "lass sie lächeln", "ändere den Hintergrund zu einem Strand", "mach es Nacht",
    "lass es schneien", "gib ihr {new}", "nimm {known} weg"), (("mach es heller", "exposure", {"direction": "up"}), (
    "dunkler", "exposure", {"direction": "down"}), ("mach es schwarzweiß", "black_and_white", {}), ("schwarz-weiß",
    "black_and_white", {}), ("mehr Kontrast", "contrast", {"direction": "up"}), ("Hintergrund unscharf", "blur", {
    "where": "Hintergrund"}), ("drehe es um 90 Grad nach links", "rotate", {"degrees": 90, "direction":
    "counterclockwise"}), ("spiegle es", "flip", {}), ("eine halbe Blende heller", "exposure", {"stops": 0.5}), (
    "wärmer", "temperature", {"direction": "warmer"}), ("füge Filmkorn hinzu", "grain", {}), ("Sepia", "sepia", {}), (
    "Hintergrund weiß", "fill", {"where": "Hintergrund", "color": "white"}), ("mach den Hintergrund transparent",
    "fill", {"where": "Hintergrund", "color": "transparent"}), ("ein weißer Rahmen mit 20 px", "border", {"px": 20,
    "color": "white"}), ("Sättigung um 20% runter", "saturation", {"percent": -20}), ("richte den Horizont gerade",
    "straighten", {}), ("schärfe die Augen", "sharpen", {"where": "Augen"}), ("verpixle die Gesichter", "pixelate", {
    "where": "Gesichter"})), (" und ", ", dann ", " und danach ", ". ", ", "), ("bitte ", "", "", "kannst du ",
    "hey, "), ("schreib {q} oben|top", "setze {q} unten|bottom", "schreib {q} in die Mitte|center",
    "schreib {q} oben links|top left"), ("schneide auf {a} zu", "zuschneiden auf {a}", "beschneide es auf {a}"), ((
    "entferne", " und ", ""), ("lösche", " und ", "")),)
_FRENCH = Tongue((("le chien", "un chien"), ("la voiture", "une voiture rouge"), ("la table", "une table"), (
    "le chapeau", "un chapeau"), ("l'arbre", "un arbre"), ("la casquette", "une casquette verte"), ("les lunettes",
    "des lunettes"), ("le chat", "un chat noir"), ("la lampe", "une lampe"), ("le bateau", "un bateau"), ("la fleur",
    "une fleur"), ("le ballon", "un ballon"), ("le vélo", "un vélo"), ("l'oiseau", "un oiseau"), ("la chaise",
    "une chaise en bois")), (("rouge", "red"), ("bleu", "blue"), ("vert", "green"), ("noir", "black"), ("blanc",
    "white"), ("jaune", "yellow"), ("rose", "pink"), ("gris", "gray"), ("orange", "orange"), ("violet", "purple")), (
    "sur la plage", "à gauche", "à droite", "dans le ciel", "sur la table", "à côté de la voiture", "au fond"), (
    "enlève {known}", "supprime {known}", "efface {known}", "ajoute {new} {place}", "mets {new} {place}",
    "ajoute {new}", "remplace {known} par {new}", "change {known} en {color}", "peins {known} en {color}",
    "fais-la sourire", "change le fond en plage", "fais tomber la neige", "mets-lui {new}"), (("plus lumineux",
    "exposure", {"direction": "up"}), ("plus sombre", "exposure", {"direction": "down"}), ("en noir et blanc",
    "black_and_white", {}), ("plus de contraste", "contrast", {"direction": "up"}), ("floute le fond", "blur", {
    "where": "fond"}), ("tourne de 90 degrés à droite", "rotate", {"degrees": 90, "direction": "clockwise"}), (
    "retourne-la horizontalement", "flip", {}), ("plus chaud", "temperature", {"direction": "warmer"}), (
    "ajoute du grain", "grain", {}), ("fond blanc", "fill", {"where": "fond", "color": "white"}), ("fond transparent",
    "fill", {"where": "fond", "color": "transparent"}), ("bordure noire de 10 px", "border", {"px": 10, "color":
    "black"}), ("redresse l'horizon", "straighten", {})), (" et ", ", puis ", " et ensuite ", ". ", ", "), (
    "s'il te plaît ", "", "", "peux-tu "), ("écris {q} en haut|top", "mets {q} en bas|bottom",
    "écris {q} au centre|center"), ("recadre en {a}", "recadre au format {a}"), (("enlève", " et ", ""), ("supprime",
    " et ", "")),)
_HINDI = Tongue((("कुत्ता", "एक कुत्ता"), ("कार", "एक लाल कार"), ("टोपी", "एक टोपी"), ("पेड़", "एक पेड़"), ("चश्मा",
    "एक चश्मा"), ("बिल्ली", "एक बिल्ली"), ("नाव", "एक नाव"), ("फूल", "एक फूल"), ("गुब्बारा", "एक गुब्बारा"), (
    "कुर्सी", "एक कुर्सी"), ("छाता", "एक छाता")), (("लाल", "red"), ("नीला", "blue"), ("हरा", "green"), ("काला",
    "black"), ("सफेद", "white"), ("पीला", "yellow"), ("गुलाबी", "pink")), ("बाईं ओर", "दाईं ओर", "आसमान में",
    "मेज पर", "पीछे"), ("{known} हटा दो", "{known} हटाओ", "{new} जोड़ो", "{place} {new} जोड़ो",
    "{known} को {color} कर दो", "{known} की जगह {new} लगाओ", "रात कर दो", "उसे मुस्कुराओ", "उसे {new} पहनाओ",
    "आसमान को {color} कर दो", "पृष्ठभूमि में समुद्र दिखाओ"), (("तस्वीर को उजला करो", "exposure", {"direction": "up"}),
    ("थोड़ा अंधेरा करो", "exposure", {"direction": "down"}), ("ब्लैक एंड व्हाइट कर दो", "black_and_white", {}), (
    "कंट्रास्ट बढ़ाओ", "contrast", {"direction": "up"}), ("पृष्ठभूमि धुंधली करो", "blur", {"where": "पृष्ठभूमि"}), (
    "पृष्ठभूमि सफेद कर दो", "fill", {"where": "पृष्ठभूमि", "color": "white"}), ("90 डिग्री घुमाओ", "rotate", {
    "degrees": 90}), ("रंग और गहरे करो", "saturation", {"direction": "up"})), (" और ", ", फिर ", " और फिर ", "। ",
    ", "), ("कृपया ", "", ""), ("ऊपर {q} लिखो|top", "नीचे {q} लिखो|bottom", "बीच में {q} लिखो|center"), (
    "{a} में क्रॉप करो", "इसे {a} में काटो"),)
_CHINESE = Tongue((("狗", "一只狗"), ("汽车", "一辆红色的汽车"), ("桌子", "一张桌子"), ("帽子", "一顶帽子"), ("树",
    "一棵树"), ("眼镜", "一副眼镜"), ("猫", "一只黑猫"), ("灯", "一盏灯"), ("船", "一艘船"), ("花", "一朵花"), (
    "气球", "一个气球"), ("自行车", "一辆自行车"), ("鸟", "一只鸟"), ("椅子", "一把椅子"), ("电线杆", "一根电线杆")),
    (("红色", "red"), ("蓝色", "blue"), ("绿色", "green"), ("黑色", "black"), ("白色", "white"), ("黄色", "yellow"), (
    "粉色", "pink"), ("紫色", "purple")), ("左边", "右边", "天空中", "桌子上", "背景里", "窗户旁边"), ("去掉{known}",
    "删除{known}", "把{known}去掉", "加{new}", "在{place}加{new}", "添加{new}", "把{known}换成{new}",
    "把{known}变成{color}", "把天空变成{color}", "让她微笑", "把背景换成海滩", "变成晚上", "让天空下雪",
    "给她戴上{new}"), (("调亮一点", "exposure", {"direction": "up"}), ("调暗一点", "exposure", {"direction": "down"}),
    ("变成黑白", "black_and_white", {}), ("增加对比度", "contrast", {"direction": "up"}), ("模糊背景", "blur", {
    "where": "背景"}), ("背景改成白色", "fill", {"where": "背景", "color": "white"}), ("背景透明", "fill", {"where":
    "背景", "color": "transparent"}), ("顺时针旋转90度", "rotate", {"degrees": 90, "direction": "clockwise"}), (
    "水平翻转", "flip", {}), ("色调暖一点", "temperature", {"direction": "warmer"}), ("加胶片颗粒", "grain", {}), (
    "加20像素的白色边框", "border", {"px": 20, "color": "white"}), ("饱和度降低20%", "saturation", {"percent": -20})),
    ("，然后", "，", "。", "，再", "，并且"), ("请", "", "", "帮我"), ("在顶部写上{q}|top", "在底部写{q}|bottom",
    "在中间写上{q}|center"), ("裁剪成{a}", "裁成{a}"),)
TONGUES = (_SPANISH, _GERMAN, _FRENCH, _HINDI, _CHINESE)


def _one(dice: Dice, tongue: Tongue) -> tuple[str, tuple[AnyStep, ...]]:
    kind = dice.number(0, 11)
    if kind <= 5:
        known, new = dice.pick(tongue.things)[0], dice.pick(tongue.things)[1]
        said = dice.pick(tongue.wishes)
        for slot, words in (("{known}", known), ("{new}", new), ("{color}", dice.pick(tongue.colors)[0]), ("{place}",
            dice.pick(tongue.places))):
            said = said.replace(slot, words)
        return said, (edit(said),)
    if kind == 6 and tongue.shared:
        verb, link, new = dice.pick(tongue.shared)
        things = [thing[1 if new else 0] for thing in dice.some(tongue.things, 2)]
        return f"{verb} {link.join(things)}", tuple(edit(f"{verb} {thing}") for thing in things)
    if kind <= 9:
        said, op, fields = dice.pick(tongue.exact)
        return said, (exact(op, **fields),)
    if kind == 10:
        ratio = dice.pick(("4:5", "16:9", "1:1", "3:2", "9:16"))
        return dice.pick(tongue.crop).replace("{a}", ratio), (exact("crop", aspect=ratio),)
    pattern, where = dice.pick(tongue.write).split("|")
    words = quoted(dice)
    return pattern.replace("{q}", in_quotes(dice, words)), (exact("text", text=words, position=where),)


def foreign(dice: Dice) -> Piece:
    """One to three wishes in another language than English."""
    tongue = dice.pick(TONGUES)
    parts = [_one(dice, tongue) for _ in range(dice.weighted({1: 4, 2: 4, 3: 1.5}))]
    text = parts[0][0]
    for said, _ in parts[1:]:
        text += dice.pick(tongue.links) + said
    text = dice.pick(tongue.polite) + text
    if dice.chance(0.4):
        text = text[0].upper() + text[1:] + dice.pick((".", "", "!"))
    return Piece(text, tuple(step for _, steps in parts for step in steps))

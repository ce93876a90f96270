"""Photographs in and out: a large one through the chooser and by dropping, a place erased, a second picture."""

from __future__ import annotations

import base64
import io
import zipfile

import cv2
import numpy as np
from PIL import Image
from playwright.sync_api import expect

from assistant.pictures import encode_png
from tests.browser.studio import Studio, decoded

_DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name));
  }
  const over = (kind) => document.body.dispatchEvent(
    new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
  over('dragover');
  over('drop');
}"""
ORIENTATION = 0x0112
TURNED_LEFT = 6
"""What a camera writes that was held upright."""


def photograph() -> bytes:
    """12 megapixels as a phone saves them: 4000 × 3000, to be turned, with EXIF."""
    rng = np.random.default_rng(11)
    soft = cv2.resize(rng.integers(0, 256, (30, 40, 3)).astype(np.uint8), (4000, 3000), interpolation=cv2.INTER_CUBIC)
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_LEFT
    out = io.BytesIO()
    Image.fromarray(soft).save(out, "JPEG", quality=85, exif=exif)
    return out.getvalue()


def drop(studio: Studio, *files: tuple[str, bytes]) -> None:
    studio.page.evaluate(_DROP, [[name, base64.b64encode(data).decode()] for name, data in files])


def plain(color: tuple[int, int, int]) -> bytes:
    return encode_png(np.full((64, 96, 3), color, np.uint8))


def test_a_large_photograph_and_what_was_brushed_away(studio: Studio) -> None:
    with studio.page.expect_file_chooser() as chooser:
        studio.button("Open a picture…").click()
    chooser.value.set_files({"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": photograph()})
    studio.shown()
    assert studio.session().picture().size == (3000, 4000)
    for words in ("Improve light and colour", "Crop to 4:5", "Write Hello at the bottom"):
        studio.click(studio.button(words, ".pal-chips"))
        expect(studio.last.locator(".pal-card.done")).to_have_count(1)
    assert len(studio.script()) == 3
    assert studio.session().picture().size == (3000, 3750)
    studio.shown()
    _brush(studio)
    studio.click(studio.button("Erase", ".pal-region"))
    expect(studio.at(".pal-region")).to_be_hidden()
    assert len(studio.script()) == 4

    session = studio.session()
    erased, before = session.picture(), session.picture(session.history.current.parent)  # pyright: ignore[reportOptionalMemberAccess]
    saved = decoded(studio.download("png"))
    assert np.array_equal(saved, erased.pixels)
    mask = session.renderer.blobs.get(session.history.current.script.at(4).where.mask)  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    changed = (saved != before.pixels).any(axis=2)
    assert changed.any()
    assert not changed[mask == 0].any()
    assert 0.001 < (mask > 0).mean() < 0.2


def _brush(studio: Studio) -> None:
    """A stroke across the middle of the picture."""
    studio.button("Brush", ".pal-canvas").click()
    box = studio.at(".pc-sheets img").last.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = studio.page.mouse
    mouse.move(x - 40, y)
    mouse.down()
    for step in range(1, 9):
        mouse.move(x - 40 + 10 * step, y + step)
    mouse.up()
    expect(studio.at(".pal-region")).to_contain_text("Brushed")


def test_a_dropped_photograph(studio: Studio) -> None:
    drop(studio, ("IMG_0002.JPG", photograph()))
    studio.shown()
    assert studio.session().picture().size == (3000, 4000)
    expect(studio.at(".pal-drop")).to_be_hidden()


def test_a_second_picture_is_asked_about(studio: Studio) -> None:
    studio.sample()
    original = studio.shown()
    small = plain((200, 30, 30))
    drop(studio, ("second.png", small))
    expect(studio.at(".pal-dialog[open]")).to_contain_text("A second picture")
    studio.answer("Use as reference")
    studio.toast("It is picture 2 in your words.")
    assert studio.nodes() == [original]
    studio.say("put picture 2 in the corner")
    assert len(studio.script()) == 1
    assert (studio.session().picture().rgb == (200, 30, 30)).all(axis=2).mean() > 0.02
    drop(studio, ("third.png", small))
    studio.page.keyboard.press("Escape")
    expect(studio.at(".pal-dialog[open]")).to_have_count(0)
    assert len(studio.nodes()) == 2
    drop(studio, ("third.png", small))
    studio.answer("Edit this one")
    expect(studio.at(".pal-node")).to_have_count(3)
    assert studio.session().picture().size == (96, 64)
    first = studio.id
    drop(studio, ("fourth.png", small))
    studio.answer("Begin a new conversation with it")
    expect(studio.at(".pal-node")).to_have_count(1)
    studio.shown()
    assert studio.id != first
    expect(studio.at(".pal-session")).to_have_count(2)


def test_a_box_and_a_point_say_where(studio: Studio) -> None:
    studio.sample()
    before = studio.session().picture().rgb
    box = studio.at(".pc-sheets img").last.bounding_box()
    assert box is not None
    studio.button("Box", ".pal-canvas").click()
    studio.page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    studio.page.mouse.down()
    studio.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5, steps=4)
    studio.page.mouse.up()
    expect(studio.at(".pal-region")).to_contain_text("A box")
    studio.click(studio.button("Pixelate", ".pal-region"))
    changed = (studio.session().picture().rgb != before).any(axis=2)
    rows, columns = (np.flatnonzero(changed.any(axis=axis)) for axis in (1, 0))
    assert min(rows[0], columns[0]) >= 512 * 0.24
    assert max(rows[-1], columns[-1]) <= 512 * 0.51
    studio.button("Point", ".pal-canvas").click()
    studio.page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.1)
    expect(studio.at(".pal-region")).to_contain_text("A point")
    studio.button("Forget the place", ".pal-region").click()
    expect(studio.at(".pal-region")).to_be_hidden()
    # A step is given another place: its form first, then the pointing.
    studio.step(1).get_by_title("Change this step").click()
    expect(studio.button("Here")).to_be_hidden()
    studio.page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.1)
    studio.click(studio.button("Here"))
    assert "point" in studio.session().history.current.script.at(1).where.model_dump()  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]


def test_several_pictures_at_once(studio: Studio) -> None:
    three = [("one.png", plain((10, 20, 30))), ("two.png", plain((200, 30, 30))), ("three.png", plain((30, 200, 30)))]
    drop(studio, *three)
    expect(studio.at(".pal-dialog[open]")).to_contain_text("3 pictures")
    studio.answer("Edit the first, take from the others")
    studio.toast("It is picture 3 in your words.")
    studio.shown()
    assert (studio.session().picture().rgb == (10, 20, 30)).all()
    assert len(studio.session().references) == 2
    studio.say("brighter")
    drop(studio, ("four.png", plain((1, 2, 3))), ("five.png", plain((3, 2, 1))))
    studio.answer("Use all 2 as references")
    studio.toast("It is picture 5 in your words.")
    drop(studio, *three[1:])
    with studio.page.expect_download() as coming:
        studio.answer("Do this conversation's steps to all 2")
    with zipfile.ZipFile(coming.value.path()) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".png")]) == 2


def test_a_download_that_fails_is_said_on_the_page(studio: Studio) -> None:
    studio.sample()
    studio.watch.expected.append("404")
    studio.page.route("**/download.png", lambda route: route.fulfill(status=404, json={"error": "It is not there."}))
    studio.at(".pal-menu summary").click()
    studio.at("a[data-download=png]").click()
    studio.toast("It is not there.")
    studio.page.unroute("**/download.png")
    assert decoded(studio.download("png")).shape == studio.session().picture().pixels.shape


def test_a_run_that_takes_no_more_ends_with_what_was_done(studio: Studio) -> None:
    studio.sample()
    studio.say("brighter")
    studio.watch.expected.append("409")
    full = {"error": "This run takes no more."}
    studio.page.route("**/apply/*?name=two.png", lambda route: route.fulfill(status=409, json=full))
    drop(studio, *((f"{name}.png", plain((10, 20, 30))) for name in ("one", "two", "three")))
    with studio.page.expect_download() as coming:
        studio.answer("Do this conversation's steps to all 3")
    studio.toast("two.png: This run takes no more.")
    with zipfile.ZipFile(coming.value.path()) as archive:
        assert archive.namelist() == ["one.png"]
    assert not any("name=three.png" in address for address in studio.watch.requests)


def test_what_is_to_be_said_of_a_saved_conversation_is_said(studio: Studio) -> None:
    studio.sample()
    head = {"Content-Disposition": "attachment; filename*=UTF-8''one.zip", "Palimpsest-Notice": "It is too large."}
    studio.page.route("**/export.zip", lambda route: route.fulfill(body=b"PK", headers=head))
    studio.at(".pal-menu summary").click()
    with studio.page.expect_download() as coming:
        studio.at("a[data-download=session]").click()
    assert coming.value.suggested_filename == "one.zip"
    studio.toast("It is too large.")

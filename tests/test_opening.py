"""Opening files: upright 8-bit sRGB pixels and nothing else come in; the rest is refused in sentences."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin
from pillow_heif import register_heif_opener

from assistant.errors import DamagedPicture, PictureError, UnsafePicture, UnsupportedFormat
from assistant.opening import MAX_BYTES, open_mask, open_picture
from assistant.pictures import Picture, Pixels, encode, preview
from eval import icc

register_heif_opener()
ORIENTATION = 0x0112
LOSSLESS: dict[str, dict[str, Any]] = {"PNG": {}, "WEBP": {"lossless": True, "exact": True}, "TIFF": {}}


def saved(pixels: Pixels | Image.Image, image_format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    image.save(out, image_format, **options)
    return out.getvalue()


def scene(width: int = 48, height: int = 32, alpha: bool = False) -> Pixels:
    """Smooth, and different in every corner."""
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    channels = [x, y, 255 - (x + y) / 2] + ([255 - x / 2] if alpha else [])
    return np.stack(channels, axis=-1).astype(np.uint8)


@pytest.mark.parametrize("image_format", LOSSLESS)
@pytest.mark.parametrize("alpha", [False, True], ids=["rgb", "rgba"])
def test_lossless_formats_open_exactly(image_format: str, alpha: bool) -> None:
    pixels = scene(alpha=alpha)
    opened = open_picture(saved(pixels, image_format, **LOSSLESS[image_format]))
    np.testing.assert_array_equal(opened.picture.pixels, pixels)
    assert opened.notes == ()


@pytest.mark.parametrize(
    ("image_format", "options"), [("JPEG", {"quality": 95}), ("WEBP", {"quality": 95}), ("HEIF", {"quality": 90})]
)
def test_lossy_formats_open_nearly(image_format: str, options: dict[str, Any]) -> None:
    pixels = scene(64, 48)
    opened = open_picture(saved(pixels, image_format, **options))
    assert opened.picture.size == (64, 48)
    assert np.abs(opened.picture.pixels.astype(int) - pixels).mean() < 4


# Which transpose was applied on the way in, so that the orientation tag undoes it.
INTO = {
    1: lambda a: a, 2: lambda a: a[:, ::-1], 3: lambda a: a[::-1, ::-1], 4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1), 6: lambda a: np.rot90(a, 1), 7: lambda a: np.rot90(a, 2).swapaxes(0, 1),
    8: lambda a: np.rot90(a, -1),
}  # fmt: skip


@pytest.mark.parametrize("orientation", INTO)
@pytest.mark.parametrize(
    ("image_format", "alpha"),
    [("PNG", False), ("PNG", True), ("WEBP", False), ("WEBP", True), ("TIFF", False), ("TIFF", True), ("JPEG", False)],
    ids=["png", "png-alpha", "webp", "webp-alpha", "tiff", "tiff-alpha", "jpeg"],
)
def test_every_orientation_comes_upright(orientation: int, image_format: str, alpha: bool) -> None:
    upright = scene(alpha=alpha)
    stored = np.ascontiguousarray(INTO[orientation](upright))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    options = LOSSLESS.get(image_format, {"quality": 98, "subsampling": 0})
    data = saved(stored, image_format, exif=exif, **options)
    opened = open_picture(data).picture.pixels
    assert opened.shape == upright.shape
    assert np.abs(opened.astype(int) - upright).max() <= (8 if image_format == "JPEG" else 0)


def test_orientation_in_heic() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    upright = scene(64, 48)
    data = saved(np.ascontiguousarray(np.rot90(upright, 1)), "HEIF", quality=95, exif=exif.tobytes())
    opened = open_picture(data).picture
    assert opened.size == (64, 48)
    assert np.abs(opened.pixels.astype(int) - upright).mean() < 4


# -- colour and depth --------------------------------------------------------------------------------------------------


def patches(colors: list[tuple[int, int, int]], side: int = 32) -> Pixels:
    return np.repeat(np.repeat(np.array([colors], np.uint8), side, axis=0), side, axis=1).reshape(side, -1, 3)


IN_GAMUT = [
    (200, 90, 80),
    (110, 180, 110),
    (70, 90, 200),
    (128, 128, 128),
    (240, 230, 200),
    (20, 25, 30),
    (180, 120, 160),
]


def p3_to_srgb(pixels: Pixels) -> Pixels:
    way = np.linalg.inv(icc.to_xyz(icc.SRGB)) @ icc.to_xyz(icc.DISPLAY_P3)
    light = icc.decoded(pixels.astype(np.float64)) @ way.T
    assert light.min() > -1e-3
    assert light.max() < 1
    return np.round(icc.encoded(light)).astype(np.uint8)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_display_p3_is_converted(image_format: str) -> None:
    options = LOSSLESS.get(image_format, {"quality": 100, "subsampling": 0})
    data = saved(patches(IN_GAMUT), image_format, icc_profile=icc.profile("Display P3"), **options)
    with Image.open(io.BytesIO(data)) as image:
        before = np.array(image)
    opened = open_picture(data)
    difference = np.abs(opened.picture.pixels.astype(int) - p3_to_srgb(before))
    assert difference.max() <= 2
    assert np.abs(opened.picture.pixels.astype(int) - before).max() > 10
    assert len(opened.notes) == 1
    assert "Display P3" in opened.notes[0]
    assert "sRGB" in opened.notes[0]


def test_alpha_survives_the_conversion() -> None:
    pixels = np.dstack([patches(IN_GAMUT), np.full((32, 32 * len(IN_GAMUT)), 90, np.uint8)])
    opened = open_picture(saved(pixels, "PNG", icc_profile=icc.profile("Display P3"))).picture
    assert (opened.pixels[:, :, 3] == 90).all()
    assert np.abs(opened.rgb.astype(int) - p3_to_srgb(pixels[:, :, :3])).max() <= 2


def test_an_srgb_profile_changes_nothing_and_says_nothing() -> None:
    ours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data in (ours, icc.profile("anything", icc.SRGB)):
        opened = open_picture(saved(scene(), "PNG", icc_profile=data))
        np.testing.assert_array_equal(opened.picture.pixels, scene())
        assert opened.notes == ()


def test_linear_srgb_is_not_taken_for_srgb() -> None:
    gray = np.full((32, 32, 3), 55, np.uint8)  # 21.6 % light
    opened = open_picture(
        saved(gray, "PNG", icc_profile=icc.profile("GIMP built-in Linear sRGB", icc.SRGB, linear=True))
    )
    expected = round(float(icc.encoded(np.array(55 / 255))))
    assert abs(int(opened.picture.pixels[0, 0, 0]) - expected) <= 2
    assert opened.notes


def test_a_profile_name_is_shortened_in_the_note() -> None:
    data = saved(scene(), "PNG", icc_profile=icc.profile("evil\n" * 50))
    (note,) = open_picture(data).notes
    assert len(note) < 200
    assert "\n" not in note


@pytest.mark.parametrize("profile", [b"no profile", icc.profile("cut")[:200]], ids=["garbage", "cut"])
def test_a_broken_profile_is_left_aside(profile: bytes) -> None:
    opened = open_picture(saved(scene(), "PNG", icc_profile=profile))
    np.testing.assert_array_equal(opened.picture.pixels, scene())


def png_of(samples: np.ndarray[Any, Any], color_type: int) -> bytes:
    """A 16-bit PNG, which Pillow does not write in colour."""
    height, width = samples.shape[:2]
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 16, color_type, 0, 0, 0)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    ("color_type", "channels"), [(0, 1), (2, 3), (6, 4), (4, 2)], ids=["gray", "rgb", "rgba", "la"]
)
def test_sixteen_bits_become_eight(color_type: int, channels: int, rng: np.random.Generator) -> None:
    samples = rng.integers(0, 65536, (24, 32, channels))
    opened = open_picture(png_of(samples, color_type))
    wanted = samples / 257
    if channels < 3:
        wanted = np.concatenate([wanted[:, :, :1]] * 3 + ([wanted[:, :, 1:]] if channels == 2 else []), axis=2)
    assert np.abs(opened.picture.pixels - wanted).max() <= 1.01
    assert any("16 bits" in note for note in opened.notes)


@pytest.mark.parametrize("top", [4095, 65535], ids=["dark", "full"])
def test_a_dark_deep_picture_stays_dark(top: int) -> None:
    ramp = np.linspace(0, top, 32 * 32).reshape(32, 32).astype(np.uint16)
    opened = open_picture(saved(Image.fromarray(ramp), "TIFF")).picture
    assert np.abs(opened.pixels[:, :, 0] - ramp / 257).max() <= 1


def test_cmyk_jpeg() -> None:
    flat = Image.new("CMYK", (32, 32), (0, 255, 255, 0))
    opened = open_picture(saved(flat, "JPEG", quality=95))
    assert opened.picture.mode == "RGB"
    red, green, blue = opened.picture.pixels[16, 16]
    assert red > 200 > 80 > max(green, blue)
    assert any("CMYK" in note for note in opened.notes)


@pytest.mark.parametrize("mode", ["P", "LA", "PA", "1", "L", "LAB"])
def test_other_modes(mode: str) -> None:
    pixels = scene(alpha=mode in ("LA", "PA"))
    if mode == "LAB":
        data = saved(Image.new("LAB", (48, 32), (255, 0, 0)), "TIFF")
    elif mode == "P":
        image = Image.fromarray(scene()).quantize(16)
        data = saved(image, "PNG", transparency=3)
        expected = np.array(Image.open(io.BytesIO(data)).convert("RGBA"))
        np.testing.assert_array_equal(open_picture(data).picture.pixels, expected)
        return
    elif mode == "PA":
        image = Image.fromarray(pixels).convert("LA")
        data = saved(image, "TIFF")
    else:
        data = saved(Image.fromarray(pixels).convert(mode), "PNG")
    opened = open_picture(data).picture
    assert opened.mode == ("RGBA" if mode in ("LA", "PA") else "RGB")
    if mode in ("LA", "PA"):
        assert np.abs(opened.pixels[:, :, 3].astype(int) - pixels[:, :, 3]).max() == 0
    assert opened.size == (48, 32)


def test_an_opaque_alpha_channel_is_dropped() -> None:
    assert open_picture(saved(np.dstack([scene(), np.full((32, 48), 255, np.uint8)]), "PNG")).picture.mode == "RGB"


@pytest.mark.parametrize("image_format", ["WEBP", "PNG", "TIFF"])
def test_of_an_animation_the_first_frame_is_opened(image_format: str) -> None:
    frames = [Image.new("RGB", (32, 24), color) for color in ("#00ff00", "#ff0000", "#0000ff")]
    options: dict[str, Any] = {"lossless": True} if image_format == "WEBP" else {}
    opened = open_picture(saved(frames[0], image_format, save_all=True, append_images=frames[1:], **options))
    assert tuple(opened.picture.pixels[12, 16]) == (0, 255, 0)
    assert any("3 frames" in note for note in opened.notes)


@pytest.mark.parametrize("alpha", [False, True], ids=["brightness", "alpha"])
def test_masks(alpha: bool) -> None:
    mask = np.zeros((24, 32), np.uint8)
    mask[4:10, 6:20] = 255
    mask[12, 12] = 77
    pixels = np.dstack([np.zeros((24, 32, 3), np.uint8), mask]) if alpha else mask
    np.testing.assert_array_equal(open_mask(saved(pixels, "PNG")), mask)


# -- wrong input -------------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    """13,000 × 13,000 pixels in about 20 KB."""
    return saved(Image.new("1", (13_000, 13_000)), "PNG", optimize=True)


def cut(data: bytes, share: float = 0.5) -> bytes:
    return data[: int(len(data) * share)]


def noise() -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (80, 100, 3), np.uint8)


WRONG: dict[str, tuple[Any, type[PictureError], str]] = {
    "words": (lambda: b"hello, world " * 9, UnsupportedFormat, "not a picture"),
    "empty": (lambda: b"", DamagedPicture, "empty"),
    "cut JPEG": (lambda: cut(saved(noise(), "JPEG")), DamagedPicture, "cut off"),
    "cut PNG": (lambda: cut(saved(noise(), "PNG")), DamagedPicture, "cut off"),
    "cut WebP": (lambda: cut(saved(noise(), "WEBP")), DamagedPicture, "damaged"),
    "cut TIFF": (lambda: cut(saved(noise(), "TIFF")), DamagedPicture, "cut off|damaged"),
    "cut HEIC": (lambda: cut(saved(noise(), "HEIF")), PictureError, "damaged|cut off|not a picture"),
    "head of a PNG": (lambda: saved(noise(), "PNG")[:20], DamagedPicture, "damaged"),
    "bomb": (bomb, UnsafePicture, "million"),
    "flat 41 MP": (lambda: saved(Image.new("L", (6500, 6400)), "PNG"), UnsafePicture, "42 million"),
    "1 × 1": (lambda: saved(Image.new("RGB", (1, 1)), "PNG"), UnsafePicture, "1 × 1"),
    "30,000 × 20": (lambda: saved(Image.new("L", (30_000, 20)), "PNG"), UnsafePicture, "30000 × 20"),
    "GIF": (lambda: saved(Image.new("P", (32, 32)), "GIF"), UnsupportedFormat, "GIF"),
    "BMP": (lambda: saved(Image.new("RGB", (32, 32)), "BMP"), UnsupportedFormat, "BMP"),
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', UnsupportedFormat, "SVG"),
    "SVG with a head": (lambda: b'<?xml version="1.0"?><svg/>', UnsupportedFormat, "SVG"),
    "PSD": (lambda: b"8BPS\0\1" + b"\0" * 60, UnsupportedFormat, "Photoshop"),
    "PDF": (lambda: b"%PDF-1.7 ...", UnsupportedFormat, "PDF"),
    "too many bytes": (lambda: b"\xff\xd8\xff" + bytes(MAX_BYTES + 900_000), UnsafePicture, "50.9 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_refused_in_sentences(name: str) -> None:
    make, kind, words = WRONG[name]
    data = make()
    if name == "bomb":
        assert len(data) < 30_000
    with pytest.raises(kind, match=words) as caught:
        open_picture(data)
    error = caught.value
    assert error.received.endswith(".")
    assert error.allowed, "says what is allowed"
    assert error.remedy, "says what to do"


@pytest.mark.parametrize("name", ["gone\n[red]evil[/].png", "a\0b.png", "folder.png", "../../etc/nothing", "x" * 300])
def test_unreadable_paths_do_not_repeat_their_names(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(PictureError) as caught:
        open_picture(tmp_path / name)
    message = str(caught.value)
    assert not any(part in message for part in ("evil", "folder", "etc", "xxx", str(tmp_path)))
    assert caught.value.remedy


def test_a_large_file_is_measured_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "[red]\x1b[31mlarge.jpg"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(UnsafePicture, match=r"200\.0 MB") as caught:
        open_picture(path)
    assert "large" not in str(caught.value)


# -- metadata ----------------------------------------------------------------------------------------------------------

SECRETS = {
    "artist": b"Artist-Erika-Musterfrau-7731", "xmp": b"XMP-exif:GPSLatitude-52,31.2N-secret",
    "comment": b"Comment-Heidestrasse-17-Koeln", "iptc": b"IPTC-Photoshop-caption-9917-secret",
    "text": b"tEXt-PNG-softly-spoken-secret-551", "ztxt": b"iTXt-international-secret-88123",
}  # fmt: skip


def with_metadata(image_format: str) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x013B], exif[0x010E] = 3, SECRETS["artist"].decode(), "GPS " * 4
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 29: "2026:01:01"})
    iptc = b"\x1c\x02\x78" + struct.pack(">H", len(SECRETS["iptc"])) + SECRETS["iptc"]
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    options: dict[str, Any] = {"exif": exif}
    if image_format == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", SECRETS["text"].decode())
        info.add_itxt("XML:com.adobe.xmp", SECRETS["xmp"].decode())
        info.add_itxt("Title", SECRETS["ztxt"].decode(), zip=False)
        options["pnginfo"] = info
    elif image_format == "TIFF":
        options["tiffinfo"] = {700: SECRETS["xmp"], 33723: iptc, 34377: resource, 270: SECRETS["comment"].decode()}
        options["compression"] = "tiff_lzw"
    else:
        options |= {"xmp": SECRETS["xmp"], "quality": 90}
    data = saved(noise(), image_format, **options)
    if image_format == "JPEG":
        segments = {b"\xff\xed": b"Photoshop 3.0\0" + resource, b"\xff\xfe": SECRETS["comment"]}
        extra = b"".join(marker + struct.pack(">H", len(body) + 2) + body for marker, body in segments.items())
        data = data[:2] + extra + data[2:]
    return data


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_no_byte_of_the_metadata_comes_out(image_format: str) -> None:
    data = with_metadata(image_format)
    planted = [secret for secret in SECRETS.values() if secret in data]
    assert len(planted) >= (2 if image_format == "WEBP" else 3), "the metadata is really there"
    assert b"GPS" in data
    picture = open_picture(data).picture
    outputs = [encode(picture, cast(Any, name)) for name in ("png", "webp", "jpeg")]
    outputs += [preview(picture), preview(picture, 32), encode(Picture(picture.pixels[::2].copy()), "png")]
    for out in outputs:
        assert b"GPS" not in out
        assert b"Exif" not in out
        for secret in SECRETS.values():
            assert not any(secret[start : start + 12] in out for start in range(len(secret) - 11))


@pytest.mark.parametrize("size", [(1, 800), (800, 1), (4000, 3)])
def test_the_thinnest_pictures_have_a_preview(size: tuple[int, int]) -> None:
    width, height = size
    small = Image.open(io.BytesIO(preview(Picture(np.zeros((height, width, 3), np.uint8)), 192)))
    assert max(small.size) == 192


@pytest.mark.parametrize(
    ("largest", "white"),
    [(1.0, 1.0), (0.5, 1.0), (1.0000001, 1.0), (1.5, 1.0), (4.5, 255.0), (255.0, 255.0), (40_000.0, 65535.0)],
)
def test_numbers_with_a_point_open_by_their_own_white(largest: float, white: float) -> None:
    values = np.linspace(0, largest, 48 * 32, dtype=np.float32).reshape(32, 48)
    values[0, 1] = np.nan
    opened = open_picture(saved(Image.fromarray(values), "TIFF"))
    expected = np.round(255 * np.clip(np.nan_to_num(values) / white, 0, 1))
    assert np.abs(opened.picture.rgb - expected[:, :, None]).max() <= 1
    assert len(opened.notes) == 1
    assert "32 bits" in opened.notes[0]
    assert f"{white:,.0f} became white" in opened.notes[0]
    assert ("above it" in opened.notes[0]) == (largest > white)

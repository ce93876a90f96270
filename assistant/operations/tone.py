"""Light and colour, by tables and matrices: milliseconds at full resolution, sRGB in, sRGB out."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.alpha import resampled
from assistant.colors import parse_color
from assistant.operations.base import Context, measure, operation, signed_amount
from assistant.pictures import Picture, Pixels
from assistant.regions import Region
from assistant.steps.tone import (
    USUAL_PERCENT,
    USUAL_STOPS,
    Auto,
    BlackAndWhite,
    Contrast,
    Exposure,
    Highlights,
    Saturation,
    Sepia,
    Shadows,
    Temperature,
    Tint,
)

# IEC 61966-2-1 (sRGB), as light 0 to 1 per code 0 to 255.
_CODES = np.arange(256) / 255
LIGHT = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4)
LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Rec. 709 weights of linear red, green and blue."""

DEFAULT_AMOUNT = USUAL_PERCENT / 100
NEUTRAL_KELVIN = 6500
WARMEST_MIREDS = 90.0
"""Shift of the light at 100 percent, in micro reciprocal degrees."""
AUTO_CLIP = 0.002
"""Share of pixels that may become black or white."""
_MEASURE_SIDE = 512


def encode_light(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear light as sRGB codes 0 to 255, clipped, not rounded."""
    clipped = np.clip(light, 0, 1)
    return 255 * np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)


def _table(codes: NDArray[np.float64]) -> Pixels:
    """A look-up table of 256 (one for all channels) or (256, 3) entries from codes 0 to 255."""
    table = np.round(np.clip(codes, 0, 255)).astype(np.uint8)
    return table.reshape(1, 256, -1)


def _look_up(pixels: Pixels, codes: NDArray[np.float64]) -> Pixels:
    return np.asarray(cv2.LUT(pixels, _table(codes)), np.uint8)


def _mix(pixels: Pixels, matrix: NDArray[np.float64], strength: float) -> Pixels:
    """A colour matrix at a strength of 0 to 1."""
    blended = strength * matrix + (1 - strength) * np.eye(3)
    return np.asarray(cv2.transform(pixels, blended), np.uint8)


@operation(Exposure)
def exposure(pixels: Pixels, step: Exposure, context: Context) -> Pixels:
    if step.stops is not None:
        stops = step.stops
    elif step.percent is not None:
        stops = math.log2(1 + step.percent / 100)
    else:
        stops = USUAL_STOPS if step.direction == "up" else -USUAL_STOPS
    return _look_up(pixels, encode_light(LIGHT * 2.0**stops))


@operation(Contrast)
def contrast(pixels: Pixels, step: Contrast, context: Context) -> Pixels:
    amount = signed_amount(step.percent, step.direction == "up", DEFAULT_AMOUNT)
    if amount <= 0:
        curve = 0.5 + (_CODES - 0.5) * (1 + 0.9 * amount)
    else:
        # A logistic through both ends; 100 percent is steep but still a curve.
        steepness = 1e-6 + 9 * amount
        s_shape = 1 / (1 + np.exp(-steepness * (_CODES - 0.5)))
        curve = (s_shape - s_shape[0]) / (s_shape[-1] - s_shape[0])
    return _look_up(pixels, 255 * curve)


def _regained(pixels: Pixels, curve: NDArray[np.float64]) -> Pixels:
    """Brightness through `curve` (256 codes to codes) by one gain for all channels, so that hues stay."""
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    gain = (np.maximum(curve, 0) / np.maximum(np.arange(256), 1)).astype(np.float32)
    gains = cv2.LUT(luma, gain.reshape(1, 256))
    return np.asarray(cv2.multiply(pixels, cv2.merge([gains] * 3), dtype=cv2.CV_8U), np.uint8)


@operation(Highlights)
def highlights(pixels: Pixels, step: Highlights, context: Context) -> Pixels:
    amount = signed_amount(step.percent, step.direction == "up", DEFAULT_AMOUNT)
    weight = np.clip((_CODES - 0.4) / 0.6, 0, 1) ** 1.5
    return _regained(pixels, 255 * (_CODES + 0.35 * amount * weight * (1 if amount < 0 else _CODES)))


@operation(Shadows)
def shadows(pixels: Pixels, step: Shadows, context: Context) -> Pixels:
    amount = signed_amount(step.percent, step.direction == "up", DEFAULT_AMOUNT)
    # The lift is 0 at black and beyond the middle, largest in the dark quarter.
    weight = 6.75 * _CODES * np.clip(1 - _CODES / 0.75, 0, 1) ** 2
    return _regained(pixels, 255 * np.maximum(_CODES + 0.28 * amount * weight, 0))


@operation(Saturation)
def saturation(pixels: Pixels, step: Saturation, context: Context) -> Pixels:
    amount = signed_amount(step.percent, step.direction == "up", DEFAULT_AMOUNT)
    gray = np.tile(np.array(LUMINANCE), (3, 1))
    return _mix(pixels, gray, -amount)


def daylight(kelvin: float) -> NDArray[np.float64]:
    """Linear sRGB of a black body's white, green 1: Kim et al. 2002, cubic spline of the Planckian locus."""
    t = 1000 / kelvin
    if kelvin <= 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin <= 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin <= 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    to_rgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    rgb = np.maximum(to_rgb @ np.array([x / y, 1.0, (1 - x - y) / y]), 1e-3)
    return rgb / rgb[1]


def _gained(pixels: Pixels, gains: NDArray[np.float64]) -> Pixels:
    """Each channel's light times its gain, the brightness of grey kept."""
    balanced = gains / np.dot(gains, LUMINANCE)
    return _look_up(pixels, encode_light(LIGHT[:, None] * balanced[None, :]))


@operation(Temperature)
def temperature(pixels: Pixels, step: Temperature, context: Context) -> Pixels:
    if step.kelvin is not None:
        # As in raw editors: the number is the light that is taken for white, so a higher one warms the picture.
        mireds = 1e6 / NEUTRAL_KELVIN - 1e6 / step.kelvin
    else:
        amount = signed_amount(step.percent, step.direction == "warmer", DEFAULT_AMOUNT)
        mireds = WARMEST_MIREDS * amount
    target = 1e6 / float(np.clip(1e6 / NEUTRAL_KELVIN + mireds, 1e6 / 25000, 1e6 / 1800))
    return _gained(pixels, daylight(target) / daylight(NEUTRAL_KELVIN))


@operation(Tint)
def tint(pixels: Pixels, step: Tint, context: Context) -> Pixels:
    strength = step.percent / 100
    if step.color is not None:
        light = LIGHT[list(parse_color(step.color).rgb)]
        gains = (light + 0.05) / (light + 0.05).max()
        return _gained(pixels, strength * gains + (1 - strength))
    green = 1 + 0.5 * strength if step.direction == "green" else 1 / (1 + 0.5 * strength)
    return _gained(pixels, np.array([1.0, green, 1.0]))


@operation(BlackAndWhite)
def black_and_white(pixels: Pixels, step: BlackAndWhite, context: Context) -> Pixels:
    tables = np.round(65535 * LIGHT[:, None] * np.array(LUMINANCE)).astype(np.uint16)
    weighted = [cv2.LUT(channel, tables[:, place].reshape(1, 256)) for place, channel in enumerate(cv2.split(pixels))]
    luminance = np.asarray(cv2.add(cv2.add(weighted[0], weighted[1]), weighted[2]), np.uint16)
    gray = np.take(_GRAY_CODES, luminance)
    result = np.asarray(cv2.merge([gray] * 3), np.uint8)
    if step.percent < 100:
        result = np.asarray(cv2.addWeighted(result, step.percent / 100, pixels, 1 - step.percent / 100, 0), np.uint8)
    return result


_GRAY_CODES = np.round(encode_light(np.arange(65536) / 65535)).astype(np.uint8)
_SEPIA = np.array([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]])


@operation(Sepia)
def sepia(pixels: Pixels, step: Sepia, context: Context) -> Pixels:
    return _mix(pixels, _SEPIA, step.percent / 100)


@measure(Auto)
def measure_auto(picture: Picture, step: Auto, region: Region | None) -> dict[str, tuple[float, ...]]:
    """Black and white point of each channel, and a gamma that brings the middle near the middle."""
    pixels = picture.pixels if region is None else picture.pixels[region.box.slices]
    small = pixels if max(pixels.shape[:2]) <= _MEASURE_SIDE else _reduced(np.ascontiguousarray(pixels))
    samples = small[:, :, :3].reshape(-1, 3)
    if small.shape[2] == 4 and small[:, :, 3].any():
        samples = samples[small[:, :, 3].ravel() > 0]  # what is invisible has no say
    low, high = np.quantile(samples, [AUTO_CLIP, 1 - AUTO_CLIP], axis=0)
    # Half of each channel's own stretch (balances the white), half of the common one (keeps the mood).
    low, high = 0.5 * (low + low.min()), 0.5 * (high + high.max())
    low, high = np.minimum(low, 60), np.maximum(high, 160)
    stretched = np.clip((samples - low) / (high - low), 0, 1)
    middle = float(np.clip(np.median(stretched @ np.array(LUMINANCE)), 0.05, 0.95))
    gamma = float(np.clip(1 + 0.5 * (math.log(0.45) / math.log(middle) - 1), 0.7, 1.35))
    return {"low": tuple(low.tolist()), "high": tuple(high.tolist()), "gamma": (gamma,)}


def _reduced(pixels: Pixels) -> Pixels:
    scale = _MEASURE_SIDE / max(pixels.shape[:2])
    down, across = (max(scale, 1 / side) for side in pixels.shape[:2])
    return resampled(pixels, lambda part: cv2.resize(part, None, fx=across, fy=down, interpolation=cv2.INTER_AREA))


@operation(Auto)
def auto(pixels: Pixels, step: Auto, context: Context) -> Pixels:
    low, high = (np.array(context.numbers[name]) for name in ("low", "high"))
    stretched = np.clip((np.arange(256)[:, None] - low) / (high - low), 0, 1)
    curve = 255 * stretched ** context.numbers["gamma"][0]
    strength = step.percent / 100
    return _look_up(pixels, strength * curve + (1 - strength) * np.arange(256)[:, None])

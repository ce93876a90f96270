"""Sharpness, noise, and the look of a lens or a film."""

from __future__ import annotations

import cv2
import numpy as np

from assistant.alpha import resampled
from assistant.operations.base import Context, operation
from assistant.pictures import Pixels
from assistant.sizes import Size
from assistant.steps import Blur, Denoise, Grain, Sharpen, Vignette

FULL_BLUR_SHARE = 0.05
"""Standard deviation of a blur of 100 percent, of the long side."""
_EXACT_SIGMA = 4.0
"""Wider blurs run on a reduced copy, whose loss the blur hides."""
_SHARPEN_SHARE = 1 / 2500
_GRAIN_TILE = 1024


def blurred(pixels: Pixels, sigma: float) -> Pixels:
    """Gaussian of `sigma` px, fast at any width; (H, W) or (H, W, C) of 8 or 16 bits."""
    if sigma <= _EXACT_SIGMA:
        return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), pixels.dtype)
    height, width = pixels.shape[:2]
    factor = min(sigma / _EXACT_SIGMA * 2, max(1.0, min(height, width) / 2))
    small_size = (max(1, round(width / factor)), max(1, round(height / factor)))
    small = cv2.resize(pixels, small_size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), pixels.dtype)


def blurred_visible(pixels: Pixels, opacity: Pixels | None, sigma: float) -> Pixels:
    """`blurred` colours (H, W, 3), each counting by how visible it is; far from all that is, they stay as they are."""
    if opacity is None:
        return blurred(pixels, sigma)
    seen = np.asarray(cv2.merge([*cv2.split(pixels), opacity]), np.uint8)
    *colors, near = cv2.split(resampled(seen, lambda part: blurred(part, sigma)))
    return np.asarray(cv2.copyTo(cv2.merge(colors), near, pixels.copy()), np.uint8)


def blur_sigma(step: Blur, size: Size) -> float:
    return step.radius if step.radius is not None else max(0.3, step.percent / 100 * FULL_BLUR_SHARE * max(size))


@operation(Blur, version=2, margin=lambda step, size: round(3 * blur_sigma(step, size)) + 1)
def blur(pixels: Pixels, step: Blur, context: Context) -> Pixels:
    return blurred_visible(pixels, context.opacity, blur_sigma(step, context.size))


def _sharpen_sigma(size: Size) -> float:
    return max(0.8, max(size) * _SHARPEN_SHARE)


@operation(Sharpen, version=2, margin=lambda _step, size: round(3 * _sharpen_sigma(size)) + 1)
def sharpen(pixels: Pixels, step: Sharpen, context: Context) -> Pixels:
    soft = blurred_visible(pixels, context.opacity, _sharpen_sigma(context.size))
    amount = 1.6 * step.percent / 100
    return np.asarray(cv2.addWeighted(pixels, 1 + amount, soft, -amount, 0), np.uint8)


def _noise_level(luma: Pixels, opacity: Pixels | None) -> float:
    """Standard deviation of the noise in codes of what is visible: Immerkær 1996, on a corner of the picture."""
    part = luma[:1024, :1024]
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = np.abs(cv2.filter2D(part, cv2.CV_32F, kernel))
    if opacity is not None and opacity[:1024, :1024].any():
        response = response[opacity[:1024, :1024] > 0]
    return float(np.median(response)) / (6 * 0.6745)


def _self_guided(channel: Pixels, radius: int, epsilon: float) -> Pixels:
    """Edge-keeping smoothing: the guided filter with the picture as its own guide, its means at half the resolution.

    He, Sun, Tang 2010; the subsampling is He and Sun 2015, arXiv:1505.00996.
    """
    size = (channel.shape[1], channel.shape[0])
    half = (max(1, size[0] // 2), max(1, size[1] // 2))
    window = (2 * (radius // 2) + 1, 2 * (radius // 2) + 1)
    source = cv2.resize(channel, half, interpolation=cv2.INTER_AREA).astype(np.float32)
    # The variance is that of the full picture, so that fine edges are seen: mean of squares less square of the mean.
    squares = cv2.resize(cv2.multiply(channel, channel, dtype=cv2.CV_32F), half, interpolation=cv2.INTER_AREA)
    mean = cv2.blur(source, window)
    variance = np.maximum(cv2.blur(squares, window) - cv2.multiply(mean, mean), 0)
    slope = variance / (variance + np.float32(epsilon))
    offset = mean - slope * mean
    slope = cv2.resize(cv2.blur(slope, window), size, interpolation=cv2.INTER_LINEAR)
    offset = cv2.resize(cv2.blur(offset, window), size, interpolation=cv2.INTER_LINEAR)
    smooth = cv2.multiply(channel, slope, dtype=cv2.CV_32F)
    return np.asarray(cv2.add(smooth, offset, dtype=cv2.CV_8U), np.uint8)


@operation(Denoise, version=2, margin=lambda _step, _size: 16)
def denoise(pixels: Pixels, step: Denoise, context: Context) -> Pixels:
    if step.percent == 0:
        return pixels
    strength = step.percent / 50
    if context.opacity is not None:
        around = blurred_visible(pixels, context.opacity, _EXACT_SIGMA)  # reaches as far as the filter looks
        pixels = np.asarray(cv2.copyTo(pixels, context.opacity, around), np.uint8)
    luma, red, blue = cv2.split(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb), np.uint8))
    noise = max(1.0, _noise_level(np.asarray(luma, np.uint8), context.opacity))
    smooth = _self_guided(np.asarray(luma, np.uint8), 3, (1.5 * strength * noise) ** 2)
    # Colour noise is coarse and the eye is not sharp in colour: half the resolution is enough.
    across, down = (0.5 if side > 1 else 1.0 for side in (luma.shape[1], luma.shape[0]))
    half = [cv2.resize(channel, None, fx=across, fy=down, interpolation=cv2.INTER_AREA) for channel in (red, blue)]
    half = [_self_guided(np.asarray(channel, np.uint8), 4, (2.5 * strength * noise) ** 2) for channel in half]
    size = (luma.shape[1], luma.shape[0])
    colors = [cv2.resize(channel, size, interpolation=cv2.INTER_LINEAR) for channel in half]
    return np.asarray(cv2.cvtColor(cv2.merge([smooth, *colors]), cv2.COLOR_YCrCb2RGB), np.uint8)


@operation(Vignette)
def vignette(pixels: Pixels, step: Vignette, context: Context) -> Pixels:
    # The fall-off is smooth, so it is computed coarsely over the whole picture and enlarged.
    columns = np.linspace(-1, 1, 128, dtype=np.float32)[None, :]
    rows = np.linspace(-1, 1, 128, dtype=np.float32)[:, None]
    distance = np.sqrt((columns**2 + rows**2) / 2)
    edge = np.clip((distance - 0.35) / 0.65, 0, 1)
    gain = 1 - np.float32(0.9 * step.percent / 100) * edge**2 * (3 - 2 * edge)
    gain = cv2.resize(gain, context.size, interpolation=cv2.INTER_LINEAR)[context.box.slices]
    return np.asarray(cv2.multiply(pixels, cv2.merge([gain] * 3), dtype=cv2.CV_8U), np.uint8)


@operation(Grain)
def grain(pixels: Pixels, step: Grain, context: Context) -> Pixels:
    random = np.random.Generator(np.random.PCG64(step.seed))
    noise = random.standard_normal((_GRAIN_TILE, _GRAIN_TILE), dtype=np.float32)
    clump = max(context.size) / 4000
    if clump > 0.5:
        noise = cv2.GaussianBlur(noise, (0, 0), 0.6 * clump, borderType=cv2.BORDER_REFLECT)
        noise /= noise.std()
    height, width = context.size.height, context.size.width
    # Mirrored tiles carry no seam, and their order is drawn, so no pattern repeats.
    rows = [
        np.hstack(
            [noise[:: random.choice([-1, 1]), :: random.choice([-1, 1])] for _ in range(-(-width // _GRAIN_TILE))]
        )
        for _ in range(-(-height // _GRAIN_TILE))
    ]
    sheet = np.vstack(rows)[:height, :width][context.box.slices] * np.float32(0.28 * step.percent)
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    # Film shows its grain in the mid-tones.
    weight = cv2.LUT(luma, (0.35 + 0.65 * np.sin(np.pi * np.arange(256) / 255)).astype(np.float32).reshape(1, 256))
    change = cv2.multiply(sheet, weight)
    return np.asarray(cv2.add(pixels, cv2.merge([change] * 3), dtype=cv2.CV_8U), np.uint8)

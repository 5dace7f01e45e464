"""What may differ between scanners and days but must not matter: place, size, turn, palette, noise, compression."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageFilter
from pictures import Target

WHITE = (255, 255, 255)
LOOK_AT_TARGET = 0.7
# Of palettes, how many stay as they are, and how many lose all colour.
UNTOUCHED = 0.3
GREY = 0.07


def _quarter_turns(picture: np.ndarray, targets: list[Target], turns: int, mirror: bool) -> tuple[np.ndarray, list[Target]]:
    side = picture.shape[0]
    if mirror:
        picture = picture[:, ::-1]
        targets = [replace(t, left=side - t.right, right=side - t.left) for t in targets]
    for _ in range(turns):
        picture = np.rot90(picture)
        targets = [replace(t, left=t.top, right=t.bottom, top=side - t.right, bottom=side - t.left) for t in targets]
    return picture, targets


def _small_turn(picture: Image.Image, targets: list[Target], angle: float) -> tuple[Image.Image, list[Target]]:
    """Turned about its centre by a few degrees; boxes grow by less than their corners do, as drawn boxes would."""
    turned = picture.rotate(angle, Image.Resampling.BILINEAR, fillcolor=WHITE)
    centre, turn = picture.width / 2, np.deg2rad(-angle)
    cos, sin = np.cos(turn), np.sin(turn)
    moved = []
    for t in targets:
        x, y = (t.left + t.right) / 2 - centre, (t.top + t.bottom) / 2 - centre
        w, h = t.right - t.left, t.bottom - t.top
        grown_w, grown_h = w * abs(cos) + 0.6 * h * abs(sin), h * abs(cos) + 0.6 * w * abs(sin)
        cx, cy = x * cos - y * sin + centre, x * sin + y * cos + centre
        moved.append(Target(t.label, cx - grown_w / 2, cy - grown_h / 2, cx + grown_w / 2, cy + grown_h / 2))
    return turned, moved


def place(
    picture: np.ndarray,
    targets: list[Target],
    side: int,
    random: Generator,
    zooms: tuple[float, float] = (0.6, 1.8),
) -> tuple[np.ndarray, list[Target]]:
    """A random view of a square picture on a square of `side` pixels: mirrored, turned, zoomed, moved.

    Reduced by the triangle filter that the product reduces with. Targets whose centre leaves the view are dropped.
    """
    picture, targets = _quarter_turns(picture, targets, int(random.integers(4)), bool(random.integers(2)))
    image = Image.fromarray(np.ascontiguousarray(picture))
    if random.random() < 0.35:
        image, targets = _small_turn(image, targets, float(random.uniform(-12, 12)))
    source = image.width
    zoom = float(np.exp(random.uniform(np.log(zooms[0]), np.log(zooms[1]))))
    if random.random() < 0.3:
        zoom = 1.0
    view = source / zoom
    x0, y0 = (float(random.uniform(min(0, source - view), max(0, source - view))) for _ in range(2))
    if zoom > 1 and targets and random.random() < LOOK_AT_TARGET:
        t = targets[int(random.integers(len(targets)))]
        middles = ((t.left + t.right) / 2, (t.top + t.bottom) / 2)
        x0, y0 = (float(np.clip(m - view * random.uniform(0.25, 0.75), 0, source - view)) for m in middles)
    scale = side / view
    canvas = Image.new("RGB", (side, side), WHITE)
    left, top, right, bottom = max(0.0, x0), max(0.0, y0), min(source, x0 + view), min(source, y0 + view)
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    shown = image.resize(size, Image.Resampling.BILINEAR, box=(left, top, right, bottom))
    canvas.paste(shown, (round((left - x0) * scale), round((top - y0) * scale)))
    kept = []
    for t in targets:
        edges = [(t.left - x0) * scale, (t.top - y0) * scale, (t.right - x0) * scale, (t.bottom - y0) * scale]
        cx, cy = (edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2
        if 0 <= cx < side and 0 <= cy < side:
            kept.append(Target(t.label, *[float(np.clip(e, 0, side)) for e in edges]))
    return np.asarray(canvas), kept


def _recompressed(picture: np.ndarray, quality: int) -> np.ndarray:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"))


def palette(picture: np.ndarray, random: Generator) -> np.ndarray:
    """Another palette: channels of the attenuation mixed, its strength and curve changed. White stays white.

    Input uint8, output float32 [H, W, 3] in 0–1.
    """
    dark = 1.0 - picture.astype(np.float32) / 255.0
    if random.random() < UNTOUCHED:
        return 1.0 - dark
    mixing = np.eye(3, dtype=np.float32) + random.normal(0, 0.14, (3, 3)).astype(np.float32)
    saturation = 0.0 if random.random() < GREY else float(random.uniform(0.4, 1.4))
    grey = np.full((3, 3), 1 / 3, np.float32)
    mixing = saturation * mixing + (1 - saturation) * grey
    mixing *= float(np.exp(random.uniform(-0.25, 0.25)))
    dark = np.clip(dark @ mixing.T, 0, 1)
    curve = float(np.exp(random.uniform(-0.35, 0.35)))
    levels = np.linspace(0, 1, 1025, dtype=np.float32) ** curve
    return 1.0 - levels[(dark * 1024).astype(np.int32)]


def disturb(picture: np.ndarray, random: Generator) -> np.ndarray:
    """Compression and blur, uint8 to uint8: seams and noise of inserted things are levelled with all others."""
    if random.random() < 0.35:
        picture = _recompressed(picture, int(random.integers(45, 95)))
    if random.random() < 0.2:
        blurred = Image.fromarray(picture).filter(ImageFilter.GaussianBlur(float(random.uniform(0.3, 1.0))))
        picture = np.asarray(blurred)
    return picture

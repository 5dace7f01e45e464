"""Threat image projection on pseudo-colour pictures, and its counterweight: harmless things inserted the same way.

Log attenuations add, so transmissions multiply. A cut-out is the ratio of a region to what the region would look like
without the thing, `r = I / ground`, kept as uint8 (255 = nothing there). The ground inside is interpolated from the
region's border, so the ratio is 1 at its edge and the paste has no seam. Inserting is `host * r ** k`, k the thickness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from PIL import Image, ImageChops
from pictures import Crop, Target

MARGIN = 0.12  # of the longer side of a box, kept around it as border to interpolate from
LEAST_MARGIN = 3  # pixels
LEAST_SIDE = 12  # pixels; smaller regions hold nothing that can be told from noise
# Log attenuation below the first is the host's texture and is dropped, above the second it is kept whole.
BAG_CLUTTER = (0.06, 0.22)
WHITE = (255, 255, 255)
BAG_DARKNESS = 238  # a channel below this: inside the bag


@dataclass(frozen=True)
class Cutout:
    """Ratio picture (RGB, 255 = unchanged), class (−1 harmless) and the thing's box within it."""

    ratio: Image.Image
    label: int
    box: tuple[float, float, float, float]


def _smooth(line: np.ndarray) -> np.ndarray:
    """A border line [n, 3] blurred over about a tenth of its length: single wires at the border draw no streaks."""
    reach = max(1, len(line) // 10)
    padded = np.pad(line, ((reach, reach), (0, 0)), mode="edge")
    sums = np.cumsum(np.vstack([np.zeros((1, 3), np.float32), padded]), 0)
    width = 2 * reach + 1
    return (sums[width:] - sums[:-width]) / width


def interpolate_ground(region: np.ndarray) -> np.ndarray:
    """The region [h, w, 3] as if empty: a Coons patch spanned by its four blurred border lines."""
    h, w, _ = region.shape
    edge = max(1, min(h, w) // 16)
    pixels = region.astype(np.float32)
    top, bottom = _smooth(pixels[:edge].mean(0)), _smooth(pixels[-edge:].mean(0))
    left, right = _smooth(pixels[:, :edge].mean(1)), _smooth(pixels[:, -edge:].mean(1))
    u, v = np.linspace(0, 1, w, dtype=np.float32)[None, :, None], np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    rows = (1 - v) * top[None] + v * bottom[None]
    columns = (1 - u) * left[:, None] + u * right[:, None]
    corners = [(top[0] + left[0]) / 2, (top[-1] + right[0]) / 2, (bottom[0] + left[-1]) / 2, (bottom[-1] + right[-1]) / 2]
    twist = (1 - u) * (1 - v) * corners[0] + u * (1 - v) * corners[1] + (1 - u) * v * corners[2] + u * v * corners[3]
    return np.clip(rows + columns - twist, 1, 255)


def _region(target: Target, side: int) -> tuple[int, int, int, int]:
    margin = max(LEAST_MARGIN, MARGIN * max(target.right - target.left, target.bottom - target.top))
    return (
        int(max(0, target.left - margin)),
        int(max(0, target.top - margin)),
        int(min(side, target.right + margin + 1)),
        int(min(side, target.bottom + margin + 1)),
    )


def cut_out(picture: np.ndarray, target: Target, clutter: tuple[float, float] = BAG_CLUTTER) -> Cutout | None:
    """The thing in `target`, free of its surroundings; None if the region is too small or holds nothing."""
    x0, y0, x1, y1 = _region(target, picture.shape[0])
    if min(x1 - x0, y1 - y0) < LEAST_SIDE:
        return None
    region = picture[y0:y1, x0:x1]
    attenuation = -np.log(np.clip(region / interpolate_ground(region), 0.02, 1.0))
    t = np.clip((attenuation.max(2, keepdims=True) - clutter[0]) / (clutter[1] - clutter[0]), 0, 1)
    kept = attenuation * (t * t * (3 - 2 * t))
    if (kept.max(2) > clutter[1]).mean() < 0.03:
        return None
    ratio = Image.fromarray((np.exp(-kept) * 255).astype(np.uint8))
    return Cutout(ratio, target.label, (target.left - x0, target.top - y0, target.right - x0, target.bottom - y0))


def emptied(picture: np.ndarray, target: Target) -> np.ndarray:
    """The picture with the thing taken away: its region replaced by the interpolated ground, with the region's noise."""
    x0, y0, x1, y1 = _region(target, picture.shape[0])
    copy = picture.copy()
    copy[y0:y1, x0:x1] = interpolate_ground(picture[y0:y1, x0:x1]).astype(np.uint8)
    return copy


def random_region(crop: Crop, size: tuple[float, float], random: Generator, tries: int = 4) -> Target | None:
    """A harmless place of about `size` (w, h) pixels: of some inside the bag and off its boxes, the densest."""
    side = crop.picture.shape[0]
    best, most = None, 0.0
    for _ in range(tries):
        w, h = min(size[0], side - 2), min(size[1], side - 2)
        left, top = random.uniform(0, side - w), random.uniform(0, side - h)
        place = Target(-1, left, top, left + w, top + h)
        if any(_overlap(place, t) for t in crop.targets):
            continue
        density = 255.0 - crop.picture[int(top) : int(top + h) : 3, int(left) : int(left + w) : 3].mean()
        if density > most:
            best, most = place, density
    return best


def _overlap(a: Target, b: Target) -> bool:
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def turned(cutout: Cutout, random: Generator) -> Cutout:
    """The cut-out rotated, mirrored, scaled 0.8–1.25 and of another thickness (0.6–1.3)."""
    ratio, (x0, y0, x1, y1) = cutout.ratio, cutout.box
    marks = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    if random.random() < 0.5:
        ratio = ratio.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        marks[:, 0] = ratio.width - marks[:, 0]
    angle = float(random.integers(4) * 90 + random.uniform(-20, 20))
    scale = float(random.uniform(0.8, 1.25))
    centre = np.array([ratio.width / 2, ratio.height / 2])
    size = (max(4, round(ratio.width * scale)), max(4, round(ratio.height * scale)))
    ratio = ratio.resize(size, Image.Resampling.BILINEAR)
    ratio = ratio.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=WHITE)
    turn = np.deg2rad(-angle)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    placed = (marks - centre) * scale @ spin.T + np.array([ratio.width / 2, ratio.height / 2])
    thickness = float(random.uniform(0.6, 1.3))
    ratio = ratio.point([round(255 * (v / 255) ** thickness) for v in range(256)] * 3)
    return Cutout(ratio, cutout.label, _tight(ratio, placed))


def _tight(ratio: Image.Image, corners: np.ndarray) -> tuple[float, float, float, float]:
    """The box of what is visibly dark in the ratio, within the turned corners of the box that was drawn."""
    x0, y0 = np.maximum(corners.min(0), 0)
    x1, y1 = np.minimum(corners.max(0), [ratio.width, ratio.height])
    dark = np.asarray(ratio).min(2)[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1] < 205
    rows, columns = np.flatnonzero(dark.sum(1) > 1), np.flatnonzero(dark.sum(0) > 1)
    if len(rows) < 3 or len(columns) < 3:
        return (float(x0), float(y0), float(x1), float(y1))
    fx, fy = int(x0), int(y0)
    return (fx + float(columns[0]), fy + float(rows[0]), fx + float(columns[-1] + 1), fy + float(rows[-1] + 1))


def insert(
    picture: np.ndarray, cutout: Cutout, random: Generator, at: tuple[float, float] | None = None
) -> tuple[np.ndarray, Target] | None:
    """The picture with the cut-out multiplied in, at a centre inside the bag; None if it does not fit anywhere."""
    side = picture.shape[0]
    w, h = cutout.ratio.size
    if w >= side or h >= side:
        return None
    inside = picture[::4, ::4].min(2) < BAG_DARKNESS
    for _ in range(12):
        if at is None:
            left, top = int(random.integers(0, side - w)), int(random.integers(0, side - h))
        else:
            left, top = (int(np.clip(c - s / 2, 0, side - s)) for c, s in zip(at, (w, h), strict=True))
        covered = inside[top // 4 : (top + h) // 4 + 1, left // 4 : (left + w) // 4 + 1]
        if at is None and covered.mean() < 0.85:
            continue
        copy = picture.copy()
        host = Image.fromarray(copy[top : top + h, left : left + w])
        copy[top : top + h, left : left + w] = np.asarray(ImageChops.multiply(host, cutout.ratio))
        x0, y0, x1, y1 = cutout.box
        return copy, Target(cutout.label, left + x0, top + y0, left + x1, top + y1)
    return None

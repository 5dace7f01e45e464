"""CenterNet: what the maps should be (`maps`), how far they are from it (`loss`), and boxes out of them (`decode`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from pictures import Target
from torch import Tensor
from torch.nn import functional as F

SPREAD = 0.16  # standard deviation of a peak, in parts of the box's side
CLASS_WEIGHT = 0.3
SIZE_WEIGHT = 0.25
OFFSET_WEIGHT = 0.5
PEAK_WEIGHT = 0.5
CORE = 0.3  # heat above which a cell belongs to the middle of an object


@dataclass
class Maps:
    """Targets at stride: heat [C,h,w], box [4,h,w] (log size in cells, offset), hot [1,h,w] (where box counts),
    weight [1,h,w] (how sure we are that what is not boxed is harmless)."""

    heat: np.ndarray
    box: np.ndarray
    hot: np.ndarray
    weight: np.ndarray


def maps(targets: list[Target], side: int, stride: int, classes: int, elsewhere: float) -> Maps:
    """Maps of a square picture. `elsewhere`: weight of the heat loss outside boxes (1: certainly harmless). A target of
    class −1 marks a place that is known to be harmless."""
    cells = side // stride
    heat = np.zeros((classes, cells, cells), np.float32)
    box, hot = np.zeros((4, cells, cells), np.float32), np.zeros((1, cells, cells), np.float32)
    weight = np.full((1, cells, cells), elsewhere, np.float32)
    axis = np.arange(cells, dtype=np.float32)
    for t in targets:
        x0, y0 = int(max(0, t.left // stride)), int(max(0, t.top // stride))
        weight[0, y0 : int(t.bottom // stride) + 1, x0 : int(t.right // stride) + 1] = 1
        if t.label < 0:
            continue
        w, h = (t.right - t.left) / stride, (t.bottom - t.top) / stride
        cx, cy = (t.left + t.right) / 2 / stride, (t.top + t.bottom) / 2 / stride
        ix, iy = min(cells - 1, int(cx)), min(cells - 1, int(cy))
        across = np.exp(-((axis - ix) ** 2) / (2 * max(0.6, SPREAD * w) ** 2))
        down = np.exp(-((axis - iy) ** 2) / (2 * max(0.6, SPREAD * h) ** 2))
        np.maximum(heat[t.label], down[:, None] * across[None], out=heat[t.label])
        near = (slice(max(0, iy - 1), iy + 2), slice(max(0, ix - 1), ix + 2))
        hot[0][near] = 1
        box[0][near], box[1][near] = np.log(max(w, 0.5)), np.log(max(h, 0.5))
        box[2, iy, ix], box[3, iy, ix] = cx - ix, cy - iy
        hot[0, iy, ix] = 2  # the offset is only defined in the centre's own cell
    return Maps(heat, box, hot, weight)


def _peak_loss(presence: Tensor, aim: Tensor, weight: Tensor) -> Tensor:
    """Cross entropy of the one cell that decides a picture: the hottest of an object's middle, or, in a picture without
    objects, the hottest of where nothing can be. Only places are judged, so a scanner's palette is no short cut."""
    threat = aim.amax((1, 2, 3)).ge(0.999)
    judged = torch.where(threat[:, None, None, None], aim.gt(CORE), weight.ge(1))
    hottest = presence.masked_fill(~judged, -30.0).amax((1, 2, 3))
    counted = judged.flatten(1).any(1).float()
    entropy = torch.where(threat, F.softplus(-hottest), F.softplus(hottest))
    return (entropy * counted).sum() / counted.sum().clamp(min=1)


def loss(maps_: tuple[Tensor, ...], aim: Tensor, box: Tensor, hot: Tensor, weight: Tensor) -> tuple[Tensor, dict[str, float]]:
    """Penalty-reduced focal loss of presence, cross entropy of class and of the deciding cell, L1 of log size and offset.

    `maps_` are a network's (presence, classes, size, offset), the others batched `Maps`.
    """
    presence, classes, size, offset = (m.float() for m in maps_)
    any_aim = aim.amax(1, keepdim=True)
    p = torch.sigmoid(presence).clamp(1e-4, 1 - 1e-4)
    peak = any_aim.ge(0.999).float()
    found = -((1 - p) ** 2) * torch.log(p) * peak
    silent = -((1 - any_aim) ** 4) * p**2 * torch.log(1 - p) * (1 - peak) * weight
    near, centre = hot.ge(1).float(), hot.ge(2).float()
    around = near.sum().clamp(min=1)
    entropy = F.cross_entropy(classes, aim.argmax(1), reduction="none")[:, None]
    parts = {
        "heat": (found.sum() + silent.sum()) / peak.sum().clamp(min=1),
        "peak": _peak_loss(presence, any_aim, weight),
        "class": (entropy * near).sum() / around,
        "size": (F.smooth_l1_loss(size, box[:, :2], reduction="none", beta=0.1) * near).sum() / around,
        "offset": ((offset - box[:, 2:]).abs() * centre).sum() / centre.sum().clamp(min=1),
    }
    weights = {"peak": PEAK_WEIGHT, "class": CLASS_WEIGHT, "size": SIZE_WEIGHT, "offset": OFFSET_WEIGHT}
    total = sum((weights.get(name, 1.0) * part for name, part in parts.items()), torch.zeros(()))
    return total, {name: part.item() for name, part in parts.items()}


@dataclass(frozen=True)
class Peak:
    """A found object in pixels of the picture that the network saw."""

    label: int
    score: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)

    def scaled(self, by: float) -> Peak:
        return Peak(self.label, self.score, self.left * by, self.top * by, self.right * by, self.bottom * by)


def decode(heat: np.ndarray, size: np.ndarray, offset: np.ndarray, stride: int, most: int, least: float) -> list[Peak]:
    """Local maxima (3 × 3) of one picture's heat [C,h,w], best first; size in pixels, offset in cells."""
    maps_ = torch.from_numpy(heat)[None]
    top = (F.max_pool2d(maps_, 3, 1, 1) == maps_)[0].numpy()
    scores = np.where(top, heat, 0)
    order = np.argsort(-scores.reshape(-1), kind="stable")[:most]
    peaks = []
    for flat in order:
        label, y, x = np.unravel_index(flat, heat.shape)
        score = float(scores[label, y, x])
        if score < least:
            break
        cx, cy = (x + offset[0, y, x]) * stride, (y + offset[1, y, x]) * stride
        w, h = size[0, y, x], size[1, y, x]
        peaks.append(Peak(int(label), score, cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2))
    return peaks

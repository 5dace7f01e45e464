"""Carton pictures: reading, masking of black corners, and the stream of training views."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from augment import disturb, place
from heat import maps
from labels import read_boxes
from model import CARTON_STRIDE
from numpy.random import Generator
from pictures import Crop, Target, read_manifest
from PIL import Image
from tip import Cutout, cut_out, emptied, insert, turned
from torch import Tensor
from torch.utils.data import IterableDataset

SIDE = 640
BLACK = 24  # a rotated picture's corners are filled with black, which JPEG spreads a little
CARTON_CLUTTER = (0.02, 0.08)  # foreign bodies differ little from the goods they lie in
VIEW = 256
ZOOMS = (0.85, 1.2)
NEAR_OBJECT = 0.6
REMOVED = 0.25
INSERTED = 0.5


def mask_corners(grey: np.ndarray) -> np.ndarray:
    """White instead of the black that hangs together with a corner; uint8 [h, w]. As `image/corners.ts` does it."""
    dark = grey < BLACK
    filled = np.zeros_like(dark)
    for corner in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        filled[corner] = dark[corner]
    before = 0
    while filled.sum() > before:
        before = int(filled.sum())
        for view, wall in ((filled, dark), (filled.T, dark.T)):
            for line in range(1, len(view)):
                view[line] |= wall[line] & view[line - 1]
            for line in range(len(view) - 2, -1, -1):
                view[line] |= wall[line] & view[line + 1]
    return np.where(filled, np.uint8(255), grey)


def read_cartons(data: Path, split: str) -> list[Crop]:
    """Whole pictures of a split, grey in three channels, corners masked."""
    crops = []
    for item in read_manifest("cartons").values():
        if item["split"] != split:
            continue
        file = data / "cartons" / f"{item['id']}.jpg"
        with Image.open(file) as picture:
            grey = mask_corners(np.asarray(picture.convert("L")))
        boxes = read_boxes(file.with_suffix(".xml"))
        targets = tuple(Target(0, b.left, b.top, b.right, b.bottom) for b in boxes)
        kind = "threat" if targets else "clear"
        crops.append(Crop(np.repeat(grey[:, :, None], 3, 2), item["id"], item["group"], kind, targets))
    return crops


def window(crop: Crop, x: int, y: int, side: int) -> tuple[np.ndarray, list[Target]]:
    """A square part of a picture; targets whose centre lies outside are dropped."""
    kept = []
    for t in crop.targets:
        cx, cy = (t.left + t.right) / 2, (t.top + t.bottom) / 2
        if x <= cx < x + side and y <= cy < y + side:
            kept.append(Target(t.label, t.left - x, t.top - y, t.right - x, t.bottom - y))
    return crop.picture[y : y + side, x : x + side], kept


def tone(picture: np.ndarray, random: Generator) -> np.ndarray:
    """Another exposure: curve, strength and noise of the attenuation. uint8 in, float32 0–1 out."""
    levels = 1 - np.linspace(0, 1, 256, dtype=np.float32)
    curve, strength = (float(np.exp(random.uniform(-0.3, 0.3))) for _ in range(2))
    shown = (1 - np.clip(levels**curve * strength, 0, 1))[picture]
    grain = random.normal(0, random.uniform(0, 0.015), (*picture.shape[:2], 1)).astype(np.float32)
    return np.clip(shown + grain, 0, 1)


class Cartons(IterableDataset[dict[str, Tensor]]):
    """Views of 256 pixels for ever: real foreign bodies, some taken away, some of other training cartons put in."""

    def __init__(self, crops: list[Crop], seed: int) -> None:
        self._crops, self._seed = crops, seed
        cut = [cut_out(c.picture, t, CARTON_CLUTTER) for c in crops for t in c.targets]
        self._cutouts: list[Cutout] = [c for c in cut if c is not None]

    def _view(self, random: Generator) -> tuple[np.ndarray, list[Target]]:
        crop = self._crops[int(random.integers(len(self._crops)))]
        x, y = (int(random.integers(0, SIDE - VIEW + 1)) for _ in range(2))
        if crop.targets and random.random() < NEAR_OBJECT:
            t = crop.targets[int(random.integers(len(crop.targets)))]
            x, y = (
                int(np.clip(c - VIEW * random.uniform(0.1, 0.9), 0, SIDE - VIEW))
                for c in ((t.left + t.right) / 2, (t.top + t.bottom) / 2)
            )
        return window(crop, x, y, VIEW)

    def sample(self, random: Generator) -> dict[str, np.ndarray]:
        picture, targets = self._view(random)
        kept = []
        for t in targets:
            if random.random() < REMOVED:
                picture = emptied(picture, t)
            else:
                kept.append(t)
        for _ in range(int(random.integers(1, 4)) if random.random() < INSERTED else 0):
            cutout = turned(self._cutouts[int(random.integers(len(self._cutouts)))], random)
            done = insert(picture, cutout, random)
            if done is not None:
                picture, placed = done
                kept.append(placed)
        picture, kept = place(picture, kept, VIEW, random, ZOOMS)
        aim = maps(kept, VIEW, CARTON_STRIDE, 1, 1.0)
        shown = tone(disturb(picture, random), random).transpose(2, 0, 1)
        return {"image": shown, "heat": aim.heat, "box": aim.box, "hot": aim.hot, "weight": aim.weight}

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = torch.utils.data.get_worker_info()
        random = np.random.default_rng([self._seed, 0 if worker is None else worker.id])
        while True:
            yield {k: torch.from_numpy(np.ascontiguousarray(v, np.float32)) for k, v in self.sample(random).items()}

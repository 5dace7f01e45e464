"""The endless stream of training bags: real pictures, insertions, and pictures with the threat taken away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import torch
from augment import disturb, palette, place
from heat import Maps, maps
from model import BAG_CLASSES, BAG_STRIDE
from numpy.random import Generator
from pictures import Crop, Target
from PIL import Image, ImageChops
from tip import Cutout, cut_out, emptied, insert, random_region, turned
from torch import Tensor
from torch.utils.data import IterableDataset

# Outside the box of a threat picture there may be more threats that nobody boxed: silence there counts less.
UNBOXED_WEIGHT = 0.3

# What a training picture is, and how often. Half carry a threat; insertions are about twice as many as real ones on
# both sides, so neither a paste nor a scanner's palette tells the class.
KINDS = {
    "threat": 0.28,  # as it came
    "threat moved": 0.07,  # taken away and another put in: a threat scanner's palette with another scanner's threat
    "clear with threat": 0.18,
    "clear": 0.20,
    "clear with harmless": 0.13,
    "threat emptied": 0.14,  # taken away, sometimes a harmless thing put in its place: same scanner, no threat
}
SECOND_INSERTION = 0.4
MOST_HARMLESS = 3
# A clear bag laid over the whole picture, as if both lay on the belt one above the other: few clear bags become many,
# and threats are seen through the goods and palette of the other scanners.
LAID_OVER = 0.4
OVER_THICKNESS = (0.3, 0.8)
# Where simulated bags are given: how many hosts and how many whole threat pictures are theirs.
SIMULATED_HOSTS = 0.25
SIMULATED_THREATS = 0.12
WIDEST_EMPTIED = 0.5  # of the picture's side: a larger region cannot be emptied believably from its border


def _extent(target: Target) -> float:
    return max(target.right - target.left, target.bottom - target.top)


class Bags(IterableDataset[dict[str, Tensor]]):
    """Samples `image` [3,S,S], `heat`, `box`, `hot`, `weight` for ever; each worker draws its own."""

    def __init__(self, crops: list[Crop], side: int, seed: int, simulated: Sequence[Crop] = ()) -> None:
        self._threats = [c for c in crops if c.kind == "threat"]
        self._clear = [c for c in crops if c.kind == "clear"]
        cut = [cut_out(c.picture, t) for c in self._threats for t in c.targets]
        self._cutouts: list[list[Cutout]] = [
            [c for c in cut if c is not None and c.label == label] for label in range(len(BAG_CLASSES))
        ]
        self._sizes = [(t.right - t.left, t.bottom - t.top) for c in self._threats for t in c.targets]
        self._by_class = [[c for c in self._threats if c.targets[0].label == k] for k in range(len(BAG_CLASSES))]
        self._made_clear = [c for c in simulated if c.kind == "clear"]
        self._made_threats = [c for c in simulated if c.kind == "threat"]
        self._side, self._seed = side, seed

    def _pick(self, items: list[Crop], random: Generator) -> Crop:
        return items[int(random.integers(len(items)))]

    def _host(self, random: Generator) -> Crop:
        made = self._made_clear and random.random() < SIMULATED_HOSTS
        return self._pick(self._made_clear if made else self._clear, random)

    def _threat_crop(self, random: Generator) -> Crop:
        return self._pick(self._by_class[int(random.integers(len(BAG_CLASSES)))], random)

    def _threat_cutout(self, random: Generator) -> Cutout:
        same = self._cutouts[int(random.integers(len(BAG_CLASSES)))]
        return turned(same[int(random.integers(len(same)))], random)

    def _harmless_cutout(self, random: Generator) -> Cutout | None:
        """From a clear bag or from a threat bag outside its box, of a threat's size."""
        host = self._pick(self._clear if random.random() < 0.6 else self._threats, random)
        size = self._sizes[int(random.integers(len(self._sizes)))]
        region = random_region(host, size, random)
        cutout = None if region is None else cut_out(host.picture, region)
        return None if cutout is None else turned(cutout, random)

    def _with(
        self, picture: np.ndarray, cutout: Cutout | None, random: Generator, at: tuple[float, float] | None = None
    ) -> tuple[np.ndarray, list[Target]]:
        done = None if cutout is None else insert(picture, cutout, random, at)
        if done is None:
            return picture, []
        return done[0], ([done[1]] if done[1].label >= 0 else [])

    def _draw(self, kind: str, random: Generator) -> tuple[np.ndarray, list[Target], float]:
        """(picture, targets, weight outside the boxes) of one kind of KINDS."""
        if kind.startswith("threat"):
            crop = self._threat_crop(random)
            while kind != "threat" and _extent(crop.targets[0]) > WIDEST_EMPTIED * crop.picture.shape[0]:
                crop = self._threat_crop(random)
            if kind == "threat" and self._made_threats and random.random() < SIMULATED_THREATS:
                made = self._pick(self._made_threats, random)
                return made.picture, list(made.targets), 1.0
            if kind == "threat":
                return crop.picture, list(crop.targets), UNBOXED_WEIGHT
            gone = crop.targets[0]
            centre = ((gone.left + gone.right) / 2, (gone.top + gone.bottom) / 2)
            empty = emptied(crop.picture, gone)
            if kind == "threat moved":
                picture, targets = self._with(empty, self._threat_cutout(random), random, centre)
                return picture, targets, UNBOXED_WEIGHT
            if random.random() < 0.6:
                empty, _ = self._with(empty, self._harmless_cutout(random), random, centre)
            return empty, [replace(gone, label=-1)], UNBOXED_WEIGHT
        picture, targets = self._host(random).picture, []
        if kind == "clear with harmless" or (kind == "clear with threat" and random.random() < SECOND_INSERTION):
            for _ in range(int(random.integers(1, MOST_HARMLESS + 1))):
                picture, _ = self._with(picture, self._harmless_cutout(random), random)
        if kind == "clear with threat":
            picture, targets = self._with(picture, self._threat_cutout(random), random)
        return picture, targets, 1.0

    def _over(self, picture: np.ndarray, random: Generator) -> np.ndarray:
        other = Image.fromarray(self._pick(self._clear, random).picture)
        turn = (None, *Image.Transpose)[int(random.integers(len(Image.Transpose) + 1))]
        other = other if turn is None else other.transpose(turn)
        thickness = float(random.uniform(*OVER_THICKNESS))
        other = other.point([round(255 * (v / 255) ** thickness) for v in range(256)] * 3)
        return np.asarray(ImageChops.multiply(Image.fromarray(np.ascontiguousarray(picture)), other))

    def sample(self, random: Generator) -> tuple[np.ndarray, Maps]:
        """float32 picture [S,S,3] and its maps."""
        kind = str(random.choice(list(KINDS), p=list(KINDS.values())))
        picture, targets, elsewhere = self._draw(kind, random)
        if random.random() < LAID_OVER:
            picture = self._over(picture, random)
        picture, targets = place(picture, targets, self._side, random)
        shown = palette(disturb(picture, random), random)
        return shown, maps(targets, self._side, BAG_STRIDE, len(BAG_CLASSES), elsewhere)

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = torch.utils.data.get_worker_info()
        random = np.random.default_rng([self._seed, 0 if worker is None else worker.id])
        while True:
            picture, aim = self.sample(random)
            arrays = {"image": picture.transpose(2, 0, 1), "heat": aim.heat, "box": aim.box}
            arrays |= {"hot": aim.hot, "weight": aim.weight}
            yield {k: torch.from_numpy(np.ascontiguousarray(v, np.float32)) for k, v in arrays.items()}

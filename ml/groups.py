"""Which pictures show the same scene: union-find over near twins and neighbouring ids, and a split that keeps scenes whole."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

HASH_SIDE = 16
TWIN_BITS = 20  # pairs closer than this (of 256 bits) were seen to be the same scene
SHARES = {"train": 0.70, "validation": 0.15, "test": 0.15}


def difference_hash(picture: Image.Image) -> np.ndarray:
    """256 bits: is each of 16 × 16 cells darker than its right neighbour?"""
    grey = np.asarray(picture.convert("L").resize((HASH_SIDE + 1, HASH_SIDE), Image.Resampling.BOX), np.int16)
    return (grey[:, 1:] > grey[:, :-1]).reshape(-1)


def distances(hashes: np.ndarray) -> np.ndarray:
    """Differing bits between all pairs, [n, n], from [n, 256] booleans."""
    bits = hashes.astype(np.float32)
    same = bits @ bits.T + (1 - bits) @ (1 - bits).T
    return np.rint(hashes.shape[1] - same).astype(np.int32)


class Groups:
    """Union-find over items 0…n−1."""

    def __init__(self, n: int) -> None:
        self._parent = list(range(n))

    def root(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: int, b: int) -> None:
        self._parent[self.root(a)] = self.root(b)

    def join_equal(self, keys: Sequence[Hashable]) -> None:
        """Joins items with equal keys."""
        first: dict[Hashable, int] = {}
        for item, key in enumerate(keys):
            self.join(item, first.setdefault(key, item))

    def join_pairs(self, pairs: Iterable[tuple[int, int]]) -> None:
        for a, b in pairs:
            self.join(int(a), int(b))

    def labels(self) -> list[int]:
        """A number for each item, equal within a group, in the order of first appearance."""
        known: dict[int, int] = {}
        return [known.setdefault(self.root(item), len(known)) for item in range(len(self._parent))]


def split_groups(groups: Sequence[int], strata: Sequence[str], seed: int) -> dict[int, str]:
    """Assigns whole groups to splits, largest first, each where its strata lack most against 70/15/15."""
    content: dict[int, Counter[str]] = defaultdict(Counter)
    for group, stratum in zip(groups, strata, strict=True):
        content[group][stratum] += 1
    whole = Counter(strata)
    filled: dict[str, Counter[str]] = {name: Counter() for name in SHARES}
    order = sorted(content)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda group: -sum(content[group].values()))

    def lack(split: str, group: int) -> float:
        """How far the split stays behind its share in what this group holds, in parts of that share."""
        behind = 0.0
        for stratum, n in content[group].items():
            share = SHARES[split] * whole[stratum]
            behind += n * (share - filled[split][stratum] - n / 2) / share
        return behind

    chosen: dict[int, str] = {}
    for group in order:
        best = max(SHARES, key=lambda split: lack(split, group))
        chosen[group] = best
        filled[best].update(content[group])
    return chosen


def hash_file(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return difference_hash(picture)

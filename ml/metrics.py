"""Figures of a detector, per screened item, with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from heat import Peak
from pictures import Target


def auc(positives: np.ndarray, negatives: np.ndarray) -> float:
    """Chance that a positive item scores above a negative one, ties half."""
    both = np.concatenate([positives, negatives])
    _, inverse, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    n, m = len(positives), len(negatives)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def threshold_at(negatives: np.ndarray, rate: float) -> float:
    """The least threshold at which at most `rate` of the negatives alarm (score ≥ threshold)."""
    allowed = int(np.floor(rate * len(negatives)))
    ordered = np.sort(negatives)[::-1]
    return float(np.nextafter(ordered[allowed], 2)) if allowed < len(ordered) else 0.0


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a proportion."""
    if n == 0:
        return (0.0, 1.0)
    p = hits / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return (float(max(0, middle - half)), float(min(1, middle + half)))


def iou(a: Sequence[float], b: Sequence[float]) -> float:
    """Intersection over union of two (left, top, right, bottom)."""
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    both = w * h
    return both / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - both)


def matches(
    found: Sequence[Sequence[Peak]], wanted: Sequence[Sequence[Target]], rule: str
) -> tuple[list[tuple[float, bool]], int]:
    """All found boxes of all pictures as (score, is it a box that is wanted?), best first, and the number wanted.

    `rule` is `iou` (at least 0.5) or `centre` (the found centre lies in the box). Each wanted box counts once.
    """
    rows: list[tuple[float, bool]] = []
    for peaks, targets in zip(found, wanted, strict=True):
        free = list(targets)
        for peak in sorted(peaks, key=lambda p: -p.score):
            hit = next((t for t in _near(peak, free) if _fits(peak, t, rule)), None)
            if hit is not None:
                free.remove(hit)
            rows.append((peak.score, hit is not None))
    rows.sort(key=lambda row: -row[0])
    return rows, sum(len(t) for t in wanted)


def _edges(thing: Peak | Target) -> tuple[float, float, float, float]:
    return (thing.left, thing.top, thing.right, thing.bottom)


def _near(peak: Peak, targets: list[Target]) -> list[Target]:
    same = [t for t in targets if t.label == peak.label]
    return sorted(same, key=lambda t: -iou(_edges(peak), _edges(t)))


def _fits(peak: Peak, target: Target, rule: str) -> bool:
    if rule == "iou":
        return iou(_edges(peak), _edges(target)) >= 0.5
    x, y = peak.centre
    return target.left <= x <= target.right and target.top <= y <= target.bottom


def average_precision(rows: list[tuple[float, bool]], wanted: int) -> float:
    """Area under precision over recall, precision made monotone (as for COCO, every point)."""
    if not rows or wanted == 0:
        return 0.0
    hits = np.cumsum([hit for _, hit in rows])
    precision = hits / np.arange(1, len(rows) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    recall = np.concatenate([[0], hits / wanted])
    return float(((recall[1:] - recall[:-1]) * precision).sum())

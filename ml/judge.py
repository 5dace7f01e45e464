"""Scores of whole pictures as the product makes them: highest peak of heat over the bags, mean of picture and mirror."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from heat import decode
from metrics import auc, threshold_at
from model import BAG_STRIDE, BagDetector, probabilities
from pictures import Crop, Target
from PIL import Image
from torch import Tensor

CLAIMED_FAR = 0.0467  # of the customer's figure; TPR is told at this false alarm rate


@dataclass(frozen=True)
class Answer:
    """Of one bag: score, whether the best peak lies in the box (None without a box), and the embedding."""

    score: float
    hit: bool | None
    embedding: np.ndarray


def tensor(pictures: list[np.ndarray], side: int) -> Tensor:
    """[N,3,side,side] in 0–1, reduced by the product's triangle filter where the pictures are larger."""
    stack = []
    for picture in pictures:
        if picture.shape[0] != side:
            picture = np.asarray(Image.fromarray(picture).resize((side, side), Image.Resampling.BILINEAR))
        stack.append(picture)
    batch = torch.from_numpy(np.stack(stack).transpose(0, 3, 1, 2).astype(np.float32) / 255)
    return batch.to(memory_format=torch.channels_last)


def _inside(x: float, y: float, t: Target) -> bool:
    return t.left <= x <= t.right and t.top <= y <= t.bottom


@torch.no_grad()
def answers(
    network: BagDetector, pictures: list[np.ndarray], targets: list[Target | None], side: int, mirror: bool
) -> list[Answer]:
    """Answers for square pictures; targets are in the pictures' own pixels."""
    device = next(network.parameters()).device
    out: list[Answer] = []
    for at in range(0, len(pictures), 16):
        batch = tensor(pictures[at : at + 16], side).to(device)
        presence, classes, size, offset, embedding = network(batch)
        heat = probabilities(presence, classes)
        best = heat.amax((1, 2, 3))
        if mirror:
            best = (best + torch.sigmoid(network(batch.flip(3))[0]).amax((1, 2, 3))) / 2
        for i in range(len(batch)):
            target = targets[at + i]
            hit = None
            if target is not None:
                scale = pictures[at + i].shape[0] / side
                maps_ = (m[i].float().cpu().numpy() for m in (heat, torch.exp(size) * BAG_STRIDE, offset))
                peak = decode(*maps_, BAG_STRIDE, 1, 0.0)[0]
                hit = _inside((peak.left + peak.right) / 2 * scale, (peak.top + peak.bottom) / 2 * scale, target)
            out.append(Answer(float(best[i]), hit, embedding[i].float().cpu().numpy()))
    return out


def by_picture(crops: list[Crop], told: list[Answer]) -> dict[str, tuple[str, float]]:
    """Highest score over a picture's bags: id → (kind, score). Unlabelled bags count to their threat picture."""
    best: dict[str, tuple[str, float]] = {}
    scores: dict[str, list[float]] = defaultdict(list)
    for crop, answer in zip(crops, told, strict=True):
        scores[crop.source].append(answer.score)
        kind = "clear" if crop.kind == "clear" else "threat"
        best[crop.source] = (kind, max(scores[crop.source]))
    return best


def figures(positives: np.ndarray, negatives: np.ndarray) -> dict[str, float]:
    """AUC, and the detection rate at the claimed false alarm rate (threshold read off these negatives)."""
    line = threshold_at(negatives, CLAIMED_FAR)
    return {"auc": round(auc(positives, negatives), 4), "tpr": round(float((positives >= line).mean()), 4)}

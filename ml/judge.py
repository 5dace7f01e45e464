"""Scores of whole pictures as the product makes them: highest peak of heat over the bags, mean of both looks where there are two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from heat import Peak, decode
from metrics import auc, threshold_at
from model import Second, Shipped
from pictures import Crop, Target
from PIL import Image
from torch import Tensor

MOST = 40
LEAST = 0.02
CLAIMED_FAR = 0.0467  # of the customer's figure; TPR is told at this false alarm rate


@dataclass(frozen=True)
class Answer:
    """Of one bag: score, peaks in the picture's own pixels (best first), and the embedding (empty without one)."""

    score: float
    peaks: list[Peak]
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


def brought_back(heat: Tensor, size: Tensor, offset: Tensor, view: str) -> tuple[Tensor, Tensor, Tensor]:
    """Maps of the mirror image, or of the picture turned by a quarter against the clock, in the picture's own places."""
    if view == "mirror":
        heat, size, offset = (m.flip(3) for m in (heat, size, offset))
        return heat, size, torch.cat([1 - offset[:, :1], offset[:, 1:]], 1)
    heat, size, offset = (m.rot90(-1, (2, 3)) for m in (heat, size, offset))
    return heat, size.flip(1), torch.cat([1 - offset[:, 1:], offset[:, :1]], 1)


def look(network: Shipped, batch: Tensor, second: Second | None) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """(score [N], heat, size, offset, embedding [N,D]) as `detect/look.ts` makes them: the score is the mean of both
    highest peaks, the maps are the means of both views' maps, the embedding is the picture's own."""
    heat, size, offset, *rest = network(batch)
    embedding = rest[0] if rest else batch.new_zeros((len(batch), 0))
    score = heat.amax((1, 2, 3))
    if second is not None:
        seen = network(batch.flip(3) if second.view == "mirror" else batch.rot90(1, (2, 3)))[:3]
        doubtful = (score >= second.least) & (score <= second.most)
        score = torch.where(doubtful, (score + seen[0].amax((1, 2, 3))) / 2, score)
        pairs = zip((heat, size, offset), brought_back(*seen, second.view), strict=True)
        heat, size, offset = (torch.where(doubtful[:, None, None, None], (a + b) / 2, a) for a, b in pairs)
    return score, heat, size, offset, embedding


@torch.no_grad()
def answers(network: Shipped, pictures: list[np.ndarray], side: int, second: Second | None, least: float = LEAST) -> list[Answer]:
    """Answers for square pictures, which are shown to the network on `side` pixels."""
    device = next(network.parameters()).device
    out: list[Answer] = []
    for at in range(0, len(pictures), 16):
        part = pictures[at : at + 16]
        told = look(network, tensor(part, side).to(device), second)
        score, heat, size, offset, embedding = (m.float().cpu().numpy() for m in told)
        for i, picture in enumerate(part):
            peaks = decode(heat[i], size[i], offset[i], network.stride, MOST, least)
            out.append(Answer(float(score[i]), [p.scaled(picture.shape[0] / side) for p in peaks], embedding[i]))
    return out


def points_at(answer: Answer, target: Target) -> bool:
    """Whether the centre of the best peak lies in the target's box."""
    if not answer.peaks:
        return False
    x, y = answer.peaks[0].centre
    return target.left <= x <= target.right and target.top <= y <= target.bottom


def by_picture(crops: list[Crop], told: list[Answer]) -> dict[str, tuple[str, float]]:
    """Highest score over a picture's bags: id → (kind, score). Unlabelled bags count to their threat picture."""
    best: dict[str, tuple[str, float]] = {}
    for crop, answer in zip(crops, told, strict=True):
        kind = "clear" if crop.kind == "clear" else "threat"
        _, highest = best.get(crop.source, (kind, 0.0))
        best[crop.source] = (kind, max(highest, answer.score))
    return best


def figures(positives: np.ndarray, negatives: np.ndarray) -> dict[str, float]:
    """AUC, and the detection rate at the claimed false alarm rate (threshold read off these negatives)."""
    line = threshold_at(negatives, CLAIMED_FAR)
    return {"auc": round(auc(positives, negatives), 4), "tpr": round(float((positives >= line).mean()), 4)}

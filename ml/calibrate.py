"""Thresholds and familiarity of the bags detector, from training and validation pictures only.

    python3 ml/calibrate.py --data ../shared/data/xray --crops CROPS320 --checkpoint RUN/best.pt --out calibration.json

CROPS320 are of the network's own side, as the product shows them to it. A threshold is a quantile of the highest score
over a clear picture's bags; each picture counts in its four quarter turns, which steadies the quantile of few pictures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from familiarity import Familiarity, fit
from judge import Answer, answers, by_picture
from metrics import auc, threshold_at
from model import BagDetector
from pictures import Crop, read_crops
from PIL import Image

SIDE = 320
REVIEW_FAR = 0.04
DIVERT_FAR = 0.005
STRANGE_SHARE = 0.01  # of ordinary bags, that familiarity may send to a person


def ask(network: BagDetector, pictures: list[np.ndarray]) -> list[Answer]:
    return answers(network, pictures, [None] * len(pictures), SIDE, mirror=True)


def clear_scores(network: BagDetector, crops: list[Crop]) -> np.ndarray:
    """Scores of clear pictures in four quarter turns, [4 × pictures]."""
    clear = [c for c in crops if c.kind == "clear"]
    turns = []
    for turn in range(4):
        told = ask(network, [np.rot90(c.picture, turn) for c in clear])
        turns.append([score for _, score in by_picture(clear, told).values()])
    return np.array(turns).reshape(-1)


def strange_pictures(data: Path, random: np.random.Generator) -> dict[str, list[np.ndarray]]:
    """Pictures no bag scanner makes: cartons on white, noise, checked patterns, smooth colour fields."""
    cartons = sorted((data / "cartons").glob("*.jpg"))[::9]
    shown = {"cartons": [], "noise": [], "patterns": [], "colour fields": []}
    for file in cartons:
        with Image.open(file) as picture:
            shown["cartons"].append(np.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)))
    for _ in range(40):
        shown["noise"].append(random.integers(0, 256, (SIDE, SIDE, 3)).astype(np.uint8))
        cells = random.integers(0, 256, (random.integers(3, 40), random.integers(3, 40), 3)).astype(np.uint8)
        shown["patterns"].append(np.asarray(Image.fromarray(cells).resize((SIDE, SIDE), Image.Resampling.NEAREST)))
        shown["colour fields"].append(np.asarray(Image.fromarray(cells[:3, :3]).resize((SIDE, SIDE), Image.Resampling.BICUBIC)))
    return shown


def familiarity(network: BagDetector, train: list[Crop], held: list[Crop], data: Path) -> dict[str, Any]:
    """The card's `familiarity`: fitted on training bags, its threshold on validation bags."""
    known = np.stack([a.embedding for a in ask(network, [c.picture for c in train])])
    law: Familiarity = fit(known)
    ordinary = law.distance(np.stack([a.embedding for a in ask(network, [c.picture for c in held])]))
    line = float(np.quantile(ordinary, 1 - STRANGE_SHARE))
    told = {}
    for name, pictures in strange_pictures(data, np.random.default_rng(3)).items():
        far = law.distance(np.stack([a.embedding for a in ask(network, pictures)]))
        told[name] = round(auc(far, ordinary), 4)
    return {
        "mean": [round(float(v), 6) for v in law.mean],
        "components": [[round(float(v), 6) for v in row] for row in law.components],
        "inverseVariances": [float(f"{v:.6g}") for v in law.inverse_variances],
        "threshold": round(line, 3),
        "firesOnValidation": round(float((ordinary > line).mean()), 4),
        "auc": told,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--crops", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    network = BagDetector(None).eval()
    network.load_state_dict(torch.load(args.checkpoint, map_location="cpu")["state"])
    train, held = (read_crops(args.data, args.crops, split) for split in ("train", "validation"))
    scores = clear_scores(network, held)
    thresholds = {name: round(threshold_at(scores, far), 4) for name, far in (("review", REVIEW_FAR), ("divert", DIVERT_FAR))}
    told = {"thresholds": thresholds, "clearViews": len(scores), "familiarity": familiarity(network, train, held, args.data)}
    args.out.write_text(json.dumps(told))
    print(json.dumps(thresholds | {k: told["familiarity"][k] for k in ("threshold", "firesOnValidation", "auc")}))


if __name__ == "__main__":
    main()

"""Thresholds of a detector, and the familiarity of the bags detector, from training and validation pictures only.

    python3 ml/calibrate.py bags --data ../shared/data/xray --crops CROPS --checkpoint RUN/last.pt --out calibration.json
    python3 ml/calibrate.py cartons --data ../shared/data/xray --checkpoint RUN/last.pt --out calibration.json

CROPS are of the network's own side, as the product shows them to it. A threshold is a quantile of the highest score
over a harmless picture's bags. Few bags pictures are harmless, so each counts in its four quarter turns; of cartons next
to none are, so their foreign bodies are taken away by calculation.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from cartons import SIDE as CARTON_SIDE
from cartons import read_cartons
from export import load
from familiarity import fit
from heat import Peak
from judge import answers, by_picture
from metrics import auc, matches, threshold_at
from model import BAG_SECOND, BAG_SIDE, CARTON_SECOND, Shipped
from pictures import Crop, Target, read_crops
from PIL import Image
from tip import emptied

REVIEW_FAR = 0.04
DIVERT_FAR = 0.005
# Bottles and blocks that no ray passes: whoever screens has them opened, so an alarm there is none to be avoided.
OPAQUE = frozenset({"P0001", "P0041"})
STRANGE_SHARE = 0.005  # of ordinary bags, that familiarity may send to a person …
STRANGE_MARGIN = 1.15  # … with room for ordinary bags of other days
SHOWN = 0.6  # of the review threshold: boxes this hot are told, so that every alarm says where


def least_shown(found: list[list[Peak]], wanted: list[tuple[Target, ...]], review: float) -> float:
    """The least confidence that is told: best for F1 by centre, but never so high that an alarm has no box."""
    rows, boxes = matches(found, wanted, "centre")
    hits = np.cumsum([hit for _, hit in rows])
    f1 = 2 * hits / (np.arange(1, len(rows) + 1) + boxes)
    return float(min(rows[int(f1.argmax())][0], SHOWN * review))


def thresholds(harmless: np.ndarray) -> dict[str, float]:
    return {"review": round(threshold_at(harmless, REVIEW_FAR), 4), "divert": round(threshold_at(harmless, DIVERT_FAR), 4)}


def strange_pictures(data: Path, random: np.random.Generator) -> dict[str, list[np.ndarray]]:
    """Pictures no bag scanner makes: cartons on white, noise, checked patterns, smooth colour fields."""
    shown: dict[str, list[np.ndarray]] = {"cartons": [], "noise": [], "patterns": [], "colour fields": []}
    for file in sorted((data / "cartons").glob("*.jpg"))[::9]:
        with Image.open(file) as picture:
            shown["cartons"].append(np.asarray(picture.convert("RGB").resize((BAG_SIDE, BAG_SIDE), Image.Resampling.BILINEAR)))
    for _ in range(40):
        shown["noise"].append(random.integers(0, 256, (BAG_SIDE, BAG_SIDE, 3)).astype(np.uint8))
        cells = random.integers(0, 256, (random.integers(3, 40), random.integers(3, 40), 3)).astype(np.uint8)
        shown["patterns"].append(np.asarray(Image.fromarray(cells).resize((BAG_SIDE, BAG_SIDE), Image.Resampling.NEAREST)))
        shown["colour fields"].append(np.asarray(Image.fromarray(cells[:3, :3]).resize((BAG_SIDE, BAG_SIDE), Image.Resampling.BICUBIC)))
    return shown


def embeddings(network: Shipped, pictures: list[np.ndarray]) -> np.ndarray:
    return np.stack([a.embedding for a in answers(network, pictures, BAG_SIDE, second=None)])


def familiarity(network: Shipped, train: list[Crop], held: list[Crop], data: Path) -> dict[str, Any]:
    """The card's `familiarity`: fitted on training bags, its threshold on validation bags."""
    law = fit(embeddings(network, [c.picture for c in train]))
    ordinary = law.distance(embeddings(network, [c.picture for c in held]))
    line = float(np.quantile(ordinary, 1 - STRANGE_SHARE)) * STRANGE_MARGIN
    told, fires = {}, {}
    for name, pictures in strange_pictures(data, np.random.default_rng(3)).items():
        far = law.distance(embeddings(network, pictures))
        told[name], fires[name] = round(auc(far, ordinary), 4), round(float((far > line).mean()), 4)
    print(json.dumps({"familiarityFires": fires}))
    return {
        "mean": [round(float(v), 6) for v in law.mean],
        "components": [[round(float(v), 6) for v in row] for row in law.components],
        "inverseVariances": [float(f"{v:.6g}") for v in law.inverse_variances],
        "threshold": round(line, 3),
        "firesOnValidation": round(float((ordinary > line).mean()), 4),
        "auc": told,
    }


def bags(network: Shipped, data: Path, crops: Path) -> dict[str, Any]:
    train, held = (read_crops(data, crops, split) for split in ("train", "validation"))
    clear = [c for c in held if c.kind == "clear" and c.source not in OPAQUE]
    turned = [answers(network, [np.rot90(c.picture, turn) for c in clear], BAG_SIDE, second=BAG_SECOND) for turn in range(4)]
    scores = np.array([score for told in turned for _, score in by_picture(clear, told).values()])
    boxed = [c for c in held if c.targets]
    found = [a.peaks for a in answers(network, [c.picture for c in boxed], BAG_SIDE, second=BAG_SECOND)]
    chosen = thresholds(scores)
    pictures = len({c.source for c in clear})
    return {
        "thresholds": chosen,
        "least": round(least_shown(found, [c.targets for c in boxed], chosen["review"]), 3),
        "note": f"Quantiles 96 % and 99.5 % of the highest score over a picture's bags, {pictures} clear validation pictures in four"
        " quarter turns each; opaque loads, which are opened anyway, left out.",
        "familiarity": familiarity(network, train, held, data),
    }


def cartons(network: Shipped, data: Path) -> dict[str, Any]:
    held = read_cartons(data, "validation")
    harmless = []
    for crop in held:
        picture = crop.picture
        for target in crop.targets:
            picture = emptied(picture, target)
        harmless.append(picture)
    scores = np.array([a.score for a in answers(network, harmless, CARTON_SIDE, second=CARTON_SECOND)])
    whole = answers(network, [c.picture for c in held], CARTON_SIDE, second=CARTON_SECOND)
    chosen = thresholds(scores)
    boxed = np.array([a.score for a, c in zip(whole, held, strict=True) if c.targets])
    print(json.dumps({"aucAgainstEmptied": round(auc(boxed, scores), 4), "found": round(float((boxed >= chosen["review"]).mean()), 4)}))
    return {
        "thresholds": chosen,
        "least": round(least_shown([a.peaks for a in whole], [c.targets for c in held], chosen["review"]), 3),
        "note": f"Quantiles 96 % and 99.5 % of the score of {len(held)} validation cartons whose foreign bodies were taken away.",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("bags", "cartons"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--crops", type=Path)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    network, _, _ = load(args.kind, args.checkpoint)
    if args.kind == "bags" and args.crops is None:
        parser.error("bags need --crops")
    told = bags(network, args.data, args.crops) if args.kind == "bags" else cartons(network, args.data)
    args.out.write_text(json.dumps(told))
    print(json.dumps(told["thresholds"] | {"least": told["least"]}))


if __name__ == "__main__":
    main()

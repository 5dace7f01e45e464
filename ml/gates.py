"""Checks that must hold before a figure of the bags detector is believed. Fails (status 1) where one does not.

    python3 ml/gates.py --data ../shared/data/xray --bags CROPS448 --checkpoint RUN/best.pt --split validation

1. No file and no near twin crosses from training to the split.
2. Same scanner: threat pictures against the same pictures with the threat taken away. A network that knows the scanner
   instead of the threat scores near 0.5 here, however good its other figures are.
3. Seams: a classifier (logistic regression on the photo-trained features) of "inserted or original" on regions with a
   threat, learned on training groups. The nearer to 0.5, the less an insertion gives itself away; told beside every
   figure of inserted threats.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from export import load
from groups import TWIN_BITS, difference_hash, distances
from judge import answers, tensor
from metrics import auc
from model import BAG_SECOND, BAG_SIDE, BagDetector, Shipped
from pictures import Crop, Target, read_crops, read_manifest
from PIL import Image
from tip import Cutout, cut_out, emptied, insert, turned

LEAST_SAME_SCANNER = 0.75
REGION = 128  # pixels of the regions that the seam classifier sees
WIDEST = 0.5


def twins_across(data: Path, split: str) -> int:
    """Pairs of threat pictures within TWIN_BITS, or of equal bytes, of which one trains and one is in the split."""
    items = [i for i in read_manifest("bags").values() if i["split"] in ("train", split)]
    hashes = {}
    for item in items:
        if item["kind"] == "threat":
            with Image.open(data / "bags/threat" / f"{item['id']}.jpg") as picture:
                hashes[item["id"]] = difference_hash(picture)
    known = [i for i in items if i["kind"] == "threat"]
    apart = distances(np.stack([hashes[i["id"]] for i in known]))
    side = np.array([i["split"] == split for i in known])
    near = int((apart[side][:, ~side] <= TWIN_BITS).sum())
    equal = {i["sha256"] for i in items if i["split"] == "train"} & {i["sha256"] for i in items if i["split"] == split}
    return near + len(equal)


def _fits(crop: Crop) -> bool:
    t = crop.targets[0]
    return max(t.right - t.left, t.bottom - t.top) <= WIDEST * crop.picture.shape[0]


def same_scanner(network: Shipped, crops: list[Crop]) -> tuple[float, int]:
    """(AUC of threat pictures against themselves emptied, number of pictures)."""
    boxed = [c for c in crops if c.kind == "threat" and _fits(c)]
    whole = answers(network, [c.picture for c in boxed], BAG_SIDE, second=BAG_SECOND)
    empty = answers(network, [emptied(c.picture, c.targets[0]) for c in boxed], BAG_SIDE, second=BAG_SECOND)
    return auc(np.array([a.score for a in whole]), np.array([a.score for a in empty])), len(boxed)


def _region(picture: np.ndarray, t: Target) -> np.ndarray:
    """A square about the target, half as wide again, on REGION pixels."""
    half = 0.75 * max(t.right - t.left, t.bottom - t.top)
    x, y = (t.left + t.right) / 2, (t.top + t.bottom) / 2
    image = Image.fromarray(picture)
    corners = (int(x - half), int(y - half), int(x + half), int(y + half))
    grown = Image.new("RGB", (corners[2] - corners[0], corners[3] - corners[1]), (255, 255, 255))
    grown.paste(image, (-corners[0], -corners[1]))
    return np.asarray(grown.resize((REGION, REGION), Image.Resampling.BILINEAR))


def _pairs(crops: list[Crop], random: np.random.Generator) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """(regions of a picture's own threat, regions of another one that was inserted elsewhere in the same bag)."""
    boxed = [c for c in crops if c.kind == "threat" and _fits(c)]
    cut: list[Cutout] = [x for x in (cut_out(c.picture, c.targets[0]) for c in boxed) if x is not None]
    original, inserted = [], []
    for crop in boxed:
        t = crop.targets[0]
        original.append(_region(crop.picture, t))
        other = turned(cut[int(random.integers(len(cut)))], random)
        done = insert(crop.picture, other, random)
        if done is not None:
            inserted.append(_region(*done))
    return original, inserted


@torch.no_grad()
def _features(network: BagDetector, pictures: list[np.ndarray]) -> np.ndarray:
    parts = [network(tensor(pictures[i : i + 32], REGION))[4].numpy() for i in range(0, len(pictures), 32)]
    return np.concatenate(parts)


def seams(photo: BagDetector, learn: list[Crop], judge: list[Crop]) -> float:
    """AUC of the classifier "inserted or original" on crops it did not learn from."""
    random = np.random.default_rng(5)
    sets = [[_features(photo, part) for part in _pairs(crops, random)] for crops in (learn, judge)]
    x = torch.from_numpy(np.concatenate(sets[0]))
    y = torch.cat([torch.zeros(len(sets[0][0])), torch.ones(len(sets[0][1]))])
    mean, spread = x.mean(0), x.std(0) + 1e-3
    line = torch.nn.Linear(x.shape[1], 1)
    torch.nn.init.zeros_(line.weight)
    chosen = torch.optim.AdamW(line.parameters(), 0.01, weight_decay=1.0)
    for _ in range(300):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(line((x - mean) / spread)[:, 0], y)
        chosen.zero_grad()
        loss.backward()
        chosen.step()
    with torch.no_grad():
        told = [line((torch.from_numpy(part) - mean) / spread)[:, 0].numpy() for part in sets[1]]
    return auc(told[1], told[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bags", type=Path, required=True)
    parser.add_argument("--photo-weights", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--split", choices=("validation", "test"), default="validation")
    args = parser.parse_args()
    network, _, _ = load("bags", args.checkpoint)
    crops = read_crops(args.data, args.bags, args.split)
    crossing = twins_across(args.data, args.split)
    scanner, n = same_scanner(network, crops)
    photo = BagDetector(args.photo_weights).eval()
    seam = seams(photo, read_crops(args.data, args.bags, "train"), crops)
    ok = crossing == 0 and scanner >= LEAST_SAME_SCANNER
    told = {"split": args.split, "ok": ok, "twinsAcross": crossing, "sameScannerAuc": round(scanner, 4), "sameScannerPictures": n}
    print(json.dumps(told | {"insertedOrOriginalAuc": round(seam, 4)}))
    raise SystemExit(0 if ok else 1)


if __name__ == "__main__":
    main()

"""A fixed set of insertions for measuring: every clear bag of a split once with a threat and once with a harmless thing.

Threats are cut from the same split, so nothing of it was ever trained on.

    python3 ml/tipset.py --data ../shared/data/xray --bags CROPS --split test --out DIR

writes PNGs and `tip.jsonl` ({file, host, threat, threatGroup, hostGroup, label, box}); `bench detector` reads them.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from model import BAG_CLASSES
from pictures import Crop, Target, read_crops
from PIL import Image
from tip import Cutout, cut_out, insert, random_region, turned

SEED = 2911


@dataclass(frozen=True)
class Insertion:
    """A picture with something inserted; `target` is None where the thing is harmless."""

    picture: np.ndarray
    target: Target | None
    place: Target
    host: Crop
    source: Crop


def _harmless(host: Crop, clear: list[Crop], like: Target, random: np.random.Generator) -> tuple[Crop, Cutout] | None:
    for _ in range(20):
        source = clear[int(random.integers(len(clear)))]
        region = random_region(source, (like.right - like.left, like.bottom - like.top), random)
        cutout = None if region is None or source is host else cut_out(source.picture, region)
        if cutout is not None:
            return source, cutout
    return None


def _threat(threats: list[Crop], random: np.random.Generator) -> tuple[Crop, Cutout] | None:
    for _ in range(20):
        label = int(random.integers(len(BAG_CLASSES)))
        same = [c for c in threats if c.targets[0].label == label]
        source = same[int(random.integers(len(same)))]
        cutout = cut_out(source.picture, source.targets[0])
        if cutout is not None:
            return source, cutout
    return None


def insertions(crops: list[Crop], seed: int = SEED) -> list[Insertion]:
    """Pairs over the clear bags of `crops`: (with a threat, with a harmless thing of a threat's size)."""
    random = np.random.default_rng(seed)
    clear, threats = [c for c in crops if c.kind == "clear"], [c for c in crops if c.kind == "threat"]
    made: list[Insertion] = []
    for host in clear:
        pair: list[Insertion] = []
        threat = _threat(threats, random)
        harmless = None if threat is None else _harmless(host, clear, threat[0].targets[0], random)
        for drawn in (threat, harmless):
            done = None if drawn is None else insert(host.picture, turned(drawn[1], random), random)
            if drawn is None or done is None:
                break
            place = done[1]
            pair.append(Insertion(done[0], place if place.label >= 0 else None, place, host, drawn[0]))
        if len(pair) == 2:
            made.extend(pair)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bags", type=Path, required=True)
    parser.add_argument("--split", choices=("validation", "test"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with (args.out / "tip.jsonl").open("w") as listing:
        for number, item in enumerate(insertions(read_crops(args.data, args.bags, args.split))):
            file = f"{number:04d}.png"
            Image.fromarray(item.picture).save(args.out / file)
            p = item.place
            row = {"file": file, "host": item.host.source, "hostGroup": item.host.group, "threat": item.source.source}
            row |= {"threatGroup": item.source.group, "label": None if item.target is None else BAG_CLASSES[p.label]}
            row |= {"box": [round(v, 1) for v in (p.left, p.top, p.right - p.left, p.bottom - p.top)]}
            listing.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()

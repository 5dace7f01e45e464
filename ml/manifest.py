"""Freezes which picture trains, which chooses thresholds and which is only tested: ids, SHA-256 and split, no pictures.

    python3 ml/manifest.py --data ../shared/data/xray --bags CROPS [--seed 11]

CROPS is what `portcullis inspect --prepare CROPS` wrote; by its crops a bag that two belt frames show is recognised.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from groups import TWIN_BITS, Groups, distances, hash_file, split_groups
from labels import read_boxes

HERE = Path(__file__).parent
ID_BLOCK = 60  # threat pictures of neighbouring ids were staged together
CLEAR_BLOCK = 20
LAST_SINGLE_SHOT = 110  # P0000–P0110 are single shots on white, the later ones belt frames
SUSPECT = {"P0030"}  # shows a dense metal tangle: nobody would call it clear
WHITE_GROUND = 240


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _twins(hashes: np.ndarray, bits: int) -> np.ndarray:
    return np.argwhere(np.triu(distances(hashes) <= bits, 1))


def _read_crops(folder: Path) -> dict[str, list[dict[str, Any]]]:
    crops: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "bags.jsonl").read_text().splitlines():
        crop = json.loads(line)
        crops[crop["file"]].append(crop)
    return crops


def threat_items(data: Path, crops: dict[str, list[dict[str, Any]]], seed: int) -> list[dict[str, Any]]:
    """Threat pictures, grouped by id block and near twins, split by class and ground."""
    files = sorted((data / "bags/threat").glob("*.jpg"))
    source = [int(f.stem[1:].split("-")[0]) for f in files]
    groups = Groups(len(files))
    groups.join_equal([s // ID_BLOCK for s in source])
    groups.join_pairs(_twins(np.stack([hash_file(f) for f in files]), TWIN_BITS))
    strata = []
    for file in files:
        ground = "white" if min(crops[file.name][0]["ground"]) >= WHITE_GROUND else "grey"
        strata.append(f"{read_boxes(file.with_suffix('.xml'))[0].name} {ground}")
    return _items("threat", files, groups.labels(), strata, seed)


def clear_items(data: Path, crops: dict[str, list[dict[str, Any]]], folder: Path, seed: int) -> list[dict[str, Any]]:
    """Clear pictures, grouped by blocks of ids and by bags that are seen again in another block."""
    files = [f for f in sorted((data / "bags/clear").glob("*.jpg")) if f.stem not in SUSPECT]
    source = [int(f.stem[1:]) for f in files]
    groups = Groups(len(files))
    groups.join_equal([s // CLEAR_BLOCK for s in source])
    owner, hashes = [], []
    for item, file in enumerate(files):
        for crop in crops[file.name]:
            owner.append(item)
            hashes.append(hash_file(folder / crop["crop"]))
    groups.join_pairs((owner[a], owner[b]) for a, b in _twins(np.stack(hashes), TWIN_BITS))
    strata = ["single shot" if s <= LAST_SINGLE_SHOT else "belt" for s in source]
    return _items("clear", files, groups.labels(), strata, seed)


def carton_items(data: Path, seed: int) -> list[dict[str, Any]]:
    """Carton pictures: the augmented copies of one source and near twins stay together."""
    files = sorted((data / "cartons").glob("*.jpg"))
    groups = Groups(len(files))
    groups.join_equal([f.name.split("_jpg.rf.")[0] for f in files])
    strata = ["staged" if "-2023" in f.name else "named" for f in files]
    return _items("carton", files, groups.labels(), strata, seed)


def _items(kind: str, files: list[Path], groups: list[int], strata: list[str], seed: int) -> list[dict[str, Any]]:
    split = split_groups(groups, strata, seed)
    return [
        {"id": f.stem, "sha256": _sha256(f), "split": split[g], "group": f"{kind}-{g}", "kind": kind, "stratum": s}
        for f, g, s in zip(files, groups, strata, strict=True)
    ]


def write(name: str, seed: int, items: list[dict[str, Any]]) -> None:
    """One item a line, so that a difference of two manifests can be read."""
    lines = ",\n".join(json.dumps(item) for item in items)
    path = HERE / "manifests" / f"{name}.json"
    path.write_text(f'{{ "seed": {seed}, "items": [\n{lines}\n]}}\n')
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    count = Counter((i["split"], i["kind"], i["stratum"]) for i in items)
    for (split, kind, stratum), n in sorted(count.items()):
        print(f"  {split:10} {kind} {stratum}: {n}")
    for split in ("train", "validation", "test"):
        print(f"  {split}: {len({i['group'] for i in items if i['split'] == split})} groups")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bags", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    crops = _read_crops(args.bags)
    bags = threat_items(args.data, crops, args.seed) + clear_items(args.data, crops, args.bags, args.seed)
    write("bags", args.seed, bags)
    write("cartons", args.seed, carton_items(args.data, args.seed))


if __name__ == "__main__":
    main()

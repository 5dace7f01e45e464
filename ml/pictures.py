"""The prepared crops in memory, with their boxes in the crop's own pixels and their split."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from labels import Box, read_boxes
from model import BAG_CLASSES
from PIL import Image

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Target:
    """An object in a square picture: its class number and its edges in pixels."""

    label: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Crop:
    """One bag: uint8 [side, side, 3] on white, its picture's id, group and kind (`threat` or `clear`)."""

    picture: np.ndarray
    source: str
    group: str
    kind: str
    targets: tuple[Target, ...]


def read_manifest(name: str) -> dict[str, dict[str, Any]]:
    """Items of a manifest by id."""
    items = json.loads((HERE / "manifests" / f"{name}.json").read_text())["items"]
    return {item["id"]: item for item in items}


def _place(box: Box, crop: dict[str, Any], classes: tuple[str, ...]) -> Target | None:
    """The box in the crop's pixels; None if most of it lies in another bag of the picture."""
    x, y, w, h = crop["box"]
    inside = max(0.0, min(box.right, x + w) - max(box.left, x)) * max(0.0, min(box.bottom, y + h) - max(box.top, y))
    if inside < 0.5 * (box.right - box.left) * (box.bottom - box.top):
        return None
    scale = crop["scale"]
    left, right = ((v - x) * scale + crop["padX"] for v in (box.left, box.right))
    top, bottom = ((v - y) * scale + crop["padY"] for v in (box.top, box.bottom))
    return Target(classes.index(box.name), left, top, right, bottom)


def read_simulated(scans: Path, folder: Path) -> list[Crop]:
    """Bags that `portcullis simulate xray` made (`scans`: pictures with their truth beside them as JSON) and
    `inspect --prepare` cut (`folder`). Their truth is whole: what is not named is harmless."""
    names = {name.lower(): name for name in BAG_CLASSES}
    crops = []
    for line in (folder / "bags.jsonl").read_text().splitlines():
        row = json.loads(line)
        stem = Path(row["file"]).stem
        targets = []
        for thing in json.loads((scans / f"{stem}.json").read_text())["truth"]:
            if thing["threat"] and thing["cls"] in names:
                x, y, w, h = thing["box"]
                targets.append(_place(Box(names[thing["cls"]], x, y, x + w, y + h), row, BAG_CLASSES))
        with Image.open(folder / row["crop"]) as picture:
            pixels = np.asarray(picture.convert("RGB"))
        found = tuple(t for t in targets if t is not None)
        crops.append(Crop(pixels, stem, stem, "threat" if found else "clear", found))
    return crops


def read_crops(data: Path, folder: Path, split: str) -> list[Crop]:
    """All bags of a split, as `portcullis inspect --prepare` cut them. Bags of a threat picture that do not hold its
    box have no label (nobody looked whether they are clear): kind `unlabelled`."""
    manifest = read_manifest("bags")
    crops = []
    for line in (folder / "bags.jsonl").read_text().splitlines():
        row = json.loads(line)
        item = manifest.get(Path(row["file"]).stem)
        if item is None or item["split"] != split:
            continue
        targets: tuple[Target, ...] = ()
        kind = item["kind"]
        if kind == "threat":
            boxes = read_boxes(data / "bags/threat" / f"{item['id']}.xml")
            placed = [_place(box, row, BAG_CLASSES) for box in boxes]
            targets = tuple(t for t in placed if t is not None)
            kind = "threat" if targets else "unlabelled"
        with Image.open(folder / row["crop"]) as picture:
            pixels = np.asarray(picture.convert("RGB"))
        crops.append(Crop(pixels, item["id"], item["group"], kind, targets))
    return crops

"""Boxes out of Pascal-VOC files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree


class Box(NamedTuple):
    """A named rectangle in pixels of its picture: left, top, right, bottom."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


def read_boxes(path: Path) -> list[Box]:
    """All boxes of a file. Read by tag name: the sets order the four numbers differently."""
    boxes = []
    for thing in ElementTree.parse(path).getroot().iter("object"):
        box = thing.find("bndbox")
        name = thing.findtext("name")
        if box is None or name is None:
            raise ValueError(f"{path.name}: an object without name or box")
        sides = [float(box.findtext(tag, "nan")) for tag in ("xmin", "ymin", "xmax", "ymax")]
        boxes.append(Box(name, *sides))
    return boxes

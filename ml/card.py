"""Writes `card.json` beside an exported model: purpose, thresholds, familiarity, training, limits and measured figures.

    python3 ml/card.py bags --model data/models/bags --calibration calibration.json --run RUN.json [--bench BENCH.json]

`--bench` is what `portcullis bench detector` printed for the test split; without it the card carries no figures yet (the
benchmark needs a card to read the thresholds from). The shape of a card is `schema/model-card.ts`.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from model import BAG_CLASSES, BAG_SECOND, BAG_SIDE, BAG_STRIDE, CARTON_CLASSES, CARTON_SECOND, CARTON_STRIDE, Second
from pictures import read_manifest

HERE = Path(__file__).parent
LICENCE = (
    "Apache-2.0 (this repository). Demonstrator: trained on research pictures that are not distributed with it;"
    " retrain on the administration's own images before use."
)


def _second(second: Second | None) -> dict[str, Any] | None:
    return second and {"view": second.view, "from": second.least, "to": second.most}


SAID: dict[str, dict[str, Any]] = {
    "bags": {
        "title": "Weapons and tools in bags",
        "purpose": "First look at X-ray pictures of bags in pseudo-colour: guns, knives and wrenches, each with a box."
        " It sorts pictures into clear, review and divert; it never decides.",
        "item": "bag",
        "modalities": ["X-ray, dual energy, pseudo-colour, single view"],
        "input": {"name": "image", "fit": "square", "side": BAG_SIDE, "multiple": 32},
        "stride": BAG_STRIDE,
        "classes": [{"name": name, "learnedFrom": ["real", "tip", "simulated"]} for name in BAG_CLASSES],
        "second": _second(BAG_SECOND),
        "decode": {"most": 20, "nmsIou": 0.5},
        "limits": [
            "Three classes only. Explosives, drugs, cigarettes and currency were never shown to it.",
            "Class and scanner are confounded in the pictures: every gun came from one scanner, nearly every wrench from another.",
            "Threat pictures are staged with few weapons that recur; new kinds of guns and knives are not proven.",
            "The clear pictures are presumed clear: nobody opened those bags.",
            "Threat pictures carry one box each although more may be visible; findings elsewhere in them count as wrong in map50.",
            "Other scanners and palettes: untested. Watch the score distribution when a scanner is added.",
        ],
    },
    "cartons": {
        "title": "Foreign bodies in cartons of goods",
        "purpose": "Finds small dense foreign bodies in grey X-ray pictures of cartons with goods of one kind.",
        "item": "carton",
        "modalities": ["X-ray, grey, single view"],
        "input": {"name": "image", "fit": "native", "side": 2048, "multiple": 8},
        "stride": CARTON_STRIDE,
        "classes": [{"name": name, "learnedFrom": ["real", "tip"]} for name in CARTON_CLASSES],
        "second": _second(CARTON_SECOND),
        "decode": {"most": 40, "nmsIou": 0.5},
        "limits": [
            "One production line and one kind of goods in 197 source pictures; the others are turned copies of these.",
            "Six pictures of two sources have no foreign body: the false alarm rate on untouched real cartons is unknown."
            " Thresholds were set on cartons whose foreign bodies had been taken away by calculation.",
            "Foreign bodies under about 6 pixels are missed.",
        ],
    },
}


def _training(kind: str, run: dict[str, Any]) -> dict[str, Any]:
    items = [i for i in read_manifest(kind).values() if i["split"] == "train"]
    manifest = (HERE / "manifests" / f"{kind}.json").read_bytes()
    told = {"manifestSha256": hashlib.sha256(manifest).hexdigest(), "images": len(items)}
    return told | {"groups": len({i["group"] for i in items}), **run}


def _measured(column: dict[str, Any] | None, hardware: str, note: str) -> dict[str, Any] | None:
    if column is None:
        return None
    kept = ("n", "positives", "negatives", "groups", "truePositiveRate", "falseAlarmRate", "accuracy", "auc")
    told = {key: column[key] for key in (*kept, "truePositiveRateAtClaimedFar", "map50", "intervals")}
    if "msPerImage" in column:
        told |= {"msPerItem": column["msPerImage"]["mean"], "hardware": hardware}
    pointed = column["topOnBox"]
    more = f" Surest box on the object: IoU 0.5 {pointed['iou']}, centre in box {pointed['centre']}; mAP by centre {column['mapCentre']}."
    return told | {"note": note + more}


def card(kind: str, model: Path, version: str, calibration: dict[str, Any], run: dict[str, Any], bench: dict[str, Any] | None) -> dict[str, Any]:
    """The whole card; figures only where the benchmark has measured them."""
    said = SAID[kind]
    columns = bench[kind] if bench else {"real": None, "tip": None, "simulated": None}
    hardware = bench["hardware"] if bench else ""
    notes = calibration.get("notes", {})
    measured = {
        "real": _measured(columns["real"], hardware, "Whole pictures of groups never trained on; opened once for each version."),
        "tip": _measured(columns["tip"], hardware, notes.get("tip", "Insertions into clear bags of the test groups.")),
        "simulated": _measured(columns["simulated"], hardware, "Simulated bags of seeds never trained on; says nothing about real scanners."),
    }
    thresholds = calibration["thresholds"]
    return {
        "id": kind,
        "version": version,
        **{key: said[key] for key in ("title", "purpose", "item", "modalities")},
        "sha256": hashlib.sha256((model / "model.onnx").read_bytes()).hexdigest(),
        "date": datetime.date.today().isoformat(),
        "licence": LICENCE,
        **{key: said[key] for key in ("input", "stride", "classes", "second")},
        "decode": {**said["decode"], "least": calibration["least"]},
        "thresholds": {
            "set": f"{kind}-{version}",
            **thresholds,
            "chosenOn": "validation",
            "approvedBy": None,
            "note": calibration["note"],
        },
        "familiarity": calibration.get("familiarity"),
        "training": _training(kind, run),
        "measured": measured,
        "limits": said["limits"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=tuple(SAID))
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--version", default="1.0.0")
    parser.add_argument("--calibration", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="JSON of seed, hardware, minutes, note")
    parser.add_argument("--bench", type=Path)
    args = parser.parse_args()
    read = json.loads
    bench = read(args.bench.read_text()) if args.bench else None
    told = card(args.kind, args.model, args.version, read(args.calibration.read_text()), read(args.run.read_text()), bench)
    text = json.dumps(told, indent=1, ensure_ascii=False)
    # Rows of numbers on one line each: a card is read by people too.
    text = re.sub(r"\[\s+(-?[\d.e+-]+(?:,\s+-?[\d.e+-]+)*)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
    (args.model / "card.json").write_text(text + "\n")


if __name__ == "__main__":
    main()

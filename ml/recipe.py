"""How the shipped networks are trained: legs in order, each from the ends of those before. Data only; `repeat.py` runs it.

To train on: add one line to `LEGS` and name it in `RESULT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Leg:
    """One call of a training script. `start`: legs whose ends it begins with, their mean where there are several; none
    begins as the script does (photo-trained, or at random). `stop`: epochs after which it ends, where its learning
    rate was planned for more. `end`: the checkpoint that goes on, `last` or `best` on validation."""

    name: str
    options: Mapping[str, float] = field(default_factory=dict)
    start: tuple[str, ...] = ()
    stop: int | None = None
    simulated: bool = False
    end: str = "last"


# Taken from the plans that lie in the checkpoints of 1.0.0 (first … third), 1.1.0 (fourth) and 1.2.0 (the mean of fourth and fifth).
LEGS: Mapping[str, tuple[Leg, ...]] = {
    "bags": (
        Leg("first", {"seed": 1, "epochs": 14, "steps": 100, "side": 320, "early_side": 256, "decay": 0.02}, stop=8),
        Leg("second", {"seed": 2, "epochs": 16, "steps": 100, "side": 320, "early_side": 256}, ("first",), stop=10),
        Leg(
            "third",
            {"seed": 3, "epochs": 8, "steps": 100, "side": 320, "early_share": 0, "rate": 6e-4, "backbone_rate": 2e-4},
            ("second",),
            stop=1,
            simulated=True,
        ),
        Leg(
            "fourth",
            {"seed": 5, "epochs": 16, "steps": 100, "side": 416, "early_share": 0, "rate": 5e-4, "backbone_rate": 2e-4, "ema": 0.998},
            ("second", "third"),
            stop=14,
            simulated=True,
        ),
        Leg(
            "fifth",
            {"seed": 6, "epochs": 32, "steps": 100, "side": 320, "early_share": 0, "rate": 8e-4, "backbone_rate": 3e-4, "ema": 0.998},
            ("fourth",),
            stop=9,
            simulated=True,
        ),
    ),
    "cartons": (Leg("first", {"seed": 1, "epochs": 10, "steps": 110}, stop=9),),
}

# Whose ends, averaged, are exported.
RESULT: Mapping[str, tuple[str, ...]] = {"bags": ("fourth", "fifth"), "cartons": ("first",)}

# One epoch of two steps: shows that everything runs, and learns nothing.
SMOKE: Mapping[str, Mapping[str, float]] = {
    "bags": {"epochs": 1, "steps": 2, "batch": 4, "side": 224, "early_side": 224},
    "cartons": {"epochs": 1, "steps": 2, "batch": 4},
}

CROP_SIDE = 448  # of training crops: at least the side of every leg
SCAN_SEED = 500_000  # far from the seeds of the benchmark
SCANS = 340
SCAN_THREATS = ("gun", "knife", "wrench")


def scan_runs(count: int) -> list[tuple[int, int, str]]:
    """Simulated bags as runs of like ones: (first seed, how many, threat). Two of five carry one."""

    def threat(n: int) -> str:
        return "none" if n % 5 < 3 else SCAN_THREATS[(n >> 1) % len(SCAN_THREATS)]

    runs: list[tuple[int, int, str]] = []
    for n in range(count):
        if runs and runs[-1][2] == threat(n):
            first, length, same = runs[-1]
            runs[-1] = (first, length + 1, same)
        else:
            runs.append((SCAN_SEED + n, 1, threat(n)))
    return runs


# The photo-trained start of the bags network, as npm delivers it.
PHOTO_PACKAGE = "nsfwjs@4.4.0"
PHOTO_FOLDER = "package/dist/models/mobilenet_v2"
PHOTO_SHA256: Mapping[str, str] = {
    "group1-shard1of1.min.js": "ef2e0a63f7d2c4960b37b024b669313f65d3c45cd59e9042636c55b39de53517",
    "model.min.js": "c32f104fd562b08cdff5ed69dfe1209643afa47e792fb12751d2949aa61a397a",
}

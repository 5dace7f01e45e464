"""Trains the cartons detector. One line of JSON per epoch on standard output, checkpoints in --out.

    python3 ml/train_cartons.py --data ../shared/data/xray --out RUN
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from cartons import SIDE, Cartons, read_cartons
from heat import loss
from judge import answers
from learn import anneal, follow
from metrics import average_precision, matches
from model import CARTON_STRIDE, CartonDetector, Shipped
from pictures import Crop
from torch import nn
from torch.utils.data import DataLoader

LEAST_SCORE = 0.05


@dataclass(frozen=True)
class Plan:
    """What a run depends on; stored with its checkpoints."""

    seed: int = 1
    epochs: int = 12
    steps: int = 120
    batch: int = 16
    rate: float = 3e-3
    decay: float = 0.02
    ema: float = 0.995


def validate(network: nn.Module, crops: list[Crop]) -> dict[str, float]:
    """AP at IoU 0.5, at centre-in-box, and the share of boxes found with at most 0.5 false boxes per picture."""
    told = answers(Shipped(network, CARTON_STRIDE), [c.picture for c in crops], SIDE, second=None, least=LEAST_SCORE)
    found = [a.peaks for a in told]
    figures = {}
    for rule in ("iou", "centre"):
        rows, boxes = matches(found, [c.targets for c in crops], rule)
        figures[f"ap_{rule}"] = round(average_precision(rows, boxes), 4)
        false = np.cumsum([not hit for _, hit in rows])
        kept = int(np.searchsorted(false, 0.5 * len(crops), side="right"))
        figures[f"hits_{rule}"] = round(sum(hit for _, hit in rows[:kept]) / boxes, 4)
    return figures


def train(args: argparse.Namespace, plan: Plan) -> None:
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    crops, held = (read_cartons(args.data, split) for split in ("train", "validation"))
    network = CartonDetector().to(device).to(memory_format=torch.channels_last)
    mean = copy.deepcopy(network).eval()
    chosen = torch.optim.AdamW(network.parameters(), plan.rate, weight_decay=plan.decay)
    chosen.param_groups[0]["top"] = plan.rate
    feed = iter(DataLoader(Cartons(crops, plan.seed), plan.batch, num_workers=args.workers, prefetch_factor=3))
    args.out.mkdir(parents=True, exist_ok=True)
    best, began = -1.0, time.time()
    for number in range(args.stop_after or plan.epochs):
        network.train()
        total_heat = 0.0
        for step in range(number * plan.steps, (number + 1) * plan.steps):
            batch = {k: v.to(device) for k, v in next(feed).items()}
            anneal(chosen, step / (plan.epochs * plan.steps))
            maps = network(batch["image"].to(memory_format=torch.channels_last))
            total, parts = loss(maps, batch["heat"], batch["box"], batch["hot"], batch["weight"])
            chosen.zero_grad(set_to_none=True)
            total.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 10.0)
            chosen.step()
            follow(mean, network, min(plan.ema, (step + 1) / (step + 10)))
            total_heat += parts["heat"] / plan.steps
        told = validate(mean, held)
        state = {"state": mean.state_dict(), "plan": asdict(plan), "figures": told, "epoch": number}
        torch.save(state, args.out / "last.pt")
        if told["ap_centre"] + told["ap_iou"] > best:
            best = told["ap_centre"] + told["ap_iou"]
            torch.save(state, args.out / "best.pt")
        line = {"epoch": number, "seconds": round(time.time() - began), "heat": round(total_heat, 4), **told}
        print(json.dumps(line), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--stop-after", type=int, help="epochs of the plan after which it ends")
    for name, value in asdict(Plan()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args, Plan(**{name: getattr(args, name) for name in asdict(Plan())}))


if __name__ == "__main__":
    main()

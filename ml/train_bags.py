"""Trains the bags detector. One line of JSON per epoch on standard output, a checkpoint per epoch in --out.

    python3 ml/train_bags.py --data ../shared/data/xray --bags CROPS448 --photo-weights package/dist/models/mobilenet_v2 --out RUN
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from heat import loss
from judge import answers, by_picture, figures, points_at
from learn import anneal, follow
from model import BAG_STRIDE, BagDetector, Shipped
from pictures import Crop, read_crops, read_simulated
from stream import Bags
from tipset import Insertion, insertions
from torch import Tensor, nn
from torch.utils.data import DataLoader


@dataclass(frozen=True)
class Plan:
    """What a run depends on; stored with its checkpoints."""

    seed: int = 1
    epochs: int = 16
    steps: int = 80
    batch: int = 16
    side: int = 416
    early_side: int = 320  # cheaper; the filters are learned in this first part
    early_share: float = 0.5
    rate: float = 1.2e-3
    backbone_rate: float = 4e-4
    decay: float = 0.05
    ema: float = 0.995
    floor: float = 0.01  # of the learning rate at the end; higher, the average of weights does the settling
    frozen: int = 4  # blocks at strides 2 and 4: edges and blobs are the same in X-rays, and they cost most


def freeze(network: BagDetector, blocks: int) -> None:
    """Keeps the first blocks as photo-trained, their batch statistics too."""
    for block in network.low[:blocks]:
        block.eval()
        for weight in block.parameters():
            weight.requires_grad_(False)


def optimiser(network: BagDetector, plan: Plan) -> torch.optim.AdamW:
    """Slower for the photo-trained part; no decay of norms and biases."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            rate = plan.backbone_rate if name.split(".")[0] in ("low", "middle", "high") else plan.rate
            groups.setdefault((rate, plan.decay if weight.ndim > 1 else 0.0), []).append(weight)
    return torch.optim.AdamW([{"params": w, "lr": r, "top": r, "weight_decay": d} for (r, d), w in groups.items()])


def begin_with(network: BagDetector, state: dict[str, Tensor]) -> None:
    """Takes over whatever fits; layers of another shape stay as they are."""
    own = network.state_dict()
    network.load_state_dict(own | {k: v for k, v in state.items() if k in own and v.shape == own[k].shape})


def validate(network: BagDetector, crops: list[Crop], inserted: list[Insertion], side: int) -> dict[str, float]:
    """Figures on validation pictures and insertions. `auc`, `tpr` are of whole pictures."""
    shipped = Shipped(network, BAG_STRIDE)
    told = answers(shipped, [c.picture for c in crops], side, second=None)
    best = by_picture(crops, told)
    score = {k: np.array([s for kind, s in best.values() if kind == k]) for k in ("threat", "clear")}
    tip = answers(shipped, [i.picture for i in inserted], side, second=None)
    with_threat = np.array([a.score for a, i in zip(tip, inserted, strict=True) if i.target])
    harmless = np.array([a.score for a, i in zip(tip, inserted, strict=True) if not i.target])
    bags = np.array([a.score for a, c in zip(told, crops, strict=True) if c.kind == "clear"])
    boxed = [(a, c.targets[0]) for a, c in zip(told, crops, strict=True) if c.targets]
    return (
        figures(score["threat"], score["clear"])
        | {f"bag_{k}": v for k, v in figures(np.array([a.score for a, _ in boxed]), bags).items()}
        | {f"tip_{k}": v for k, v in figures(with_threat, harmless).items()}
        | {"in_box": round(float(np.mean([points_at(a, t) for a, t in boxed])), 4)}
    )


def epoch(
    network: BagDetector, mean: BagDetector, chosen: torch.optim.Optimizer, feed: Any, plan: Plan, first: int, device: str
) -> dict[str, float]:
    """One epoch of `plan.steps`; returns mean losses."""
    network.train()
    freeze(network, plan.frozen)
    sums: dict[str, float] = {}
    for step in range(plan.steps):
        batch: dict[str, Tensor] = {k: v.to(device, non_blocking=True) for k, v in next(feed).items()}
        image = batch["image"].to(memory_format=torch.channels_last)
        anneal(chosen, (first + step) / (plan.epochs * plan.steps), plan.floor)
        total, parts = loss(network(image)[:4], batch["heat"], batch["box"], batch["hot"], batch["weight"])
        chosen.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 10.0)
        chosen.step()
        follow(mean, network, min(plan.ema, (first + step + 1) / (first + step + 10)))
        for key, value in parts.items():
            sums[key] = sums.get(key, 0.0) + value / plan.steps
    return {k: round(v, 4) for k, v in sums.items()}


def feed_of(stream: Bags, plan: Plan, workers: int) -> Any:
    return iter(DataLoader(stream, plan.batch, num_workers=workers, prefetch_factor=3))


def train(args: argparse.Namespace, plan: Plan) -> None:
    torch.manual_seed(plan.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    crops, held = (read_crops(args.data, args.bags, split) for split in ("train", "validation"))
    made = read_simulated(args.simulated, args.simulated_bags) if args.simulated else []
    inserted = insertions(held)
    network = BagDetector(args.photo_weights)
    if args.start:
        begin_with(network, torch.load(args.start, map_location="cpu")["state"])
    network = network.to(device).to(memory_format=torch.channels_last)
    freeze(network, plan.frozen)
    mean = copy.deepcopy(network).eval()
    chosen = optimiser(network, plan)
    args.out.mkdir(parents=True, exist_ok=True)
    feed, side, best, began = None, 0, -1.0, time.time()
    for number in range(args.stop_after or plan.epochs):
        wanted = plan.early_side if number < plan.early_share * plan.epochs else plan.side
        if wanted != side:
            side = wanted
            feed = feed_of(Bags(crops, side, plan.seed * 1000 + number, made), plan, args.workers)
        parts = epoch(network, mean, chosen, feed, plan, number * plan.steps, device)
        told = validate(mean, held, inserted, plan.side)
        state = {"state": mean.state_dict(), "plan": asdict(plan), "figures": told, "epoch": number}
        torch.save(state, args.out / "last.pt")
        merit = told["auc"] + told["tpr"] + 0.5 * (told["tip_auc"] + told["tip_tpr"])
        if merit > best:
            best = merit
            torch.save(state, args.out / "best.pt")
        line = {"epoch": number, "side": side, "seconds": round(time.time() - began), "loss": parts, **told}
        print(json.dumps(line), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bags", type=Path, required=True, help="crops of at least the network's side; 448 was used")
    parser.add_argument("--simulated", type=Path, help="scans of `portcullis simulate xray`, with their truth")
    parser.add_argument("--simulated-bags", type=Path, help="their crops")
    parser.add_argument("--photo-weights", type=Path)
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--stop-after", type=int, help="epochs of the plan after which it ends")
    for name, value in asdict(Plan()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(args, Plan(**{name: getattr(args, name) for name in asdict(Plan())}))


if __name__ == "__main__":
    main()

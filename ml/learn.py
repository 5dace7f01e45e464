"""What both trainings share: the course of the learning rate and the moving average of weights."""

from __future__ import annotations

import math

import torch
from torch import nn


def anneal(chosen: torch.optim.Optimizer, done: float, floor: float = 0.01) -> None:
    """Warm-up over the first 4 % and a cosine down to `floor` of each group's `top`; `done` is 0…1."""
    share = min(1.0, done / 0.04) * (floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))
    for group in chosen.param_groups:
        group["lr"] = group["top"] * share


@torch.no_grad()
def follow(mean: nn.Module, network: nn.Module, keep: float) -> None:
    """Exponential moving average of weights and statistics."""
    for slow, fast in zip(mean.state_dict().values(), network.state_dict().values(), strict=True):
        if slow.dtype.is_floating_point:
            slow.mul_(keep).add_(fast, alpha=1 - keep)
        else:
            slow.copy_(fast)

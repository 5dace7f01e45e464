"""Writes a checkpoint as `model.onnx` (opset 13, dynamic batch) with the figures by which another runtime is checked.

    python3 ml/export.py bags --checkpoint RUN/best.pt --out data/models/bags

`parity.json` beside the network holds a formula for an input and what PyTorch answers to it, at scattered places.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from model import BAG_SIDE, BAG_STRIDE, CARTON_STRIDE, BagDetector, CartonDetector, Shipped
from torch import Tensor

OPSET = 13
PROBES = 40  # values of each output that are compared
GOLDEN = 2654435761  # Knuth's multiplicative hash: the same input from the same formula in any language


def formula_input(batch: int, side: int) -> Tensor:
    """[batch,3,side,side]: value i is ((i * GOLDEN) mod 2**32) / 2**32, mixed with a slow wave so that it has shapes."""
    i = np.arange(batch * 3 * side * side, dtype=np.uint64)
    grain = ((i * GOLDEN) % 2**32).astype(np.float64) / 2**32
    x, y = i % side, (i // side) % side
    wave = 0.5 + 0.5 * np.sin(x.astype(np.float64) / 9) * np.sin(y.astype(np.float64) / 13)
    return torch.from_numpy((0.2 * grain + 0.8 * wave).astype(np.float32).reshape(batch, 3, side, side))


def load(kind: str, checkpoint: Path) -> tuple[Shipped, int, list[str]]:
    """(network as exported, input side, names of its outputs)."""
    state = torch.load(checkpoint, map_location="cpu")["state"]
    network = BagDetector(None) if kind == "bags" else CartonDetector()
    network.load_state_dict(state)
    names = ["heat", "size", "offset"] + (["embedding"] if kind == "bags" else [])
    stride, side = (BAG_STRIDE, BAG_SIDE) if kind == "bags" else (CARTON_STRIDE, 640)
    return Shipped(network, stride).eval(), side, names


def write(kind: str, checkpoint: Path, out: Path) -> None:
    shipped, side, names = load(kind, checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    picture = formula_input(2, side)
    axes = {name: {0: "n"} for name in ["image", *names]}
    if kind == "cartons":
        for name in ["image", *names]:
            axes[name] |= {2: f"{name}_h", 3: f"{name}_w"}
    file = out / "model.onnx"
    torch.onnx.export(
        shipped, picture, str(file), opset_version=OPSET, input_names=["image"], output_names=names, dynamic_axes=axes
    )
    onnx.checker.check_model(onnx.load(str(file)), full_check=True)
    with torch.no_grad():
        answers = shipped(picture)
    probes = {}
    for name, answer in zip(names, answers, strict=True):
        flat = answer.reshape(-1).numpy()
        at = np.linspace(0, len(flat) - 1, PROBES).astype(int)
        probes[name] = {"shape": list(answer.shape), "at": at.tolist(), "is": [round(float(flat[i]), 6) for i in at]}
    (out / "parity.json").write_text(json.dumps({"side": side, "batch": 2, "outputs": probes}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("bags", "cartons"))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    write(args.kind, args.checkpoint, args.out)


if __name__ == "__main__":
    main()

"""The mean of several checkpoints of one network: flatter, and so steadier on new pictures, than each of them.

    python3 ml/average.py --out mean.pt A/last.pt B/best.pt
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    states = [torch.load(file, map_location="cpu")["state"] for file in args.checkpoints]
    mean = {name: (sum(s[name].float() for s in states) / len(states)).to(first.dtype) for name, first in states[0].items()}
    torch.save({"state": mean}, args.out)


if __name__ == "__main__":
    main()

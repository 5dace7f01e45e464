"""Photo-trained MobileNetV2 out of an npm package, as the start of the bags detector.

The machine that trains has no internet but npm and Debian. The package `nsfwjs` 4.4.0 (MIT) carries a whole Keras
MobileNetV2: 8-bit shards in base64, `weight = q * scale + min`. This module turns them into the state of
`torchvision.models.mobilenet_v2`. Keras pads its stride-2 layers on one side only, torchvision on both: after fine-tuning
that makes no difference, but the networks are not bit-identical.
"""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torchvision.models import mobilenet_v2

KERAS_BATCH_NORM_EPS = 1e-3  # torchvision's default of 1e-5 would be wrong for these statistics

_DUMP = """
const read = (file) => { const m = require(file); return m.default ?? m }
const model = read(process.argv[1] + '/model.min.js')
const weights = model.weightsManifest.flatMap((group) => group.weights)
const bytes = read(process.argv[1] + '/group1-shard1of1.min.js')
process.stdout.write(JSON.stringify({ weights, bytes }))
"""


def read_shards(folder: Path) -> dict[str, np.ndarray]:
    """Float32 arrays by Keras name, in Keras layout (HWIO). `folder` is `package/dist/models/mobilenet_v2`."""
    told = subprocess.run(["node", "-e", _DUMP, str(folder.resolve())], capture_output=True, check=True)
    package = json.loads(told.stdout)
    raw = np.frombuffer(base64.b64decode(package["bytes"]), np.uint8)
    arrays: dict[str, np.ndarray] = {}
    at = 0
    for weight in package["weights"]:
        count = int(np.prod(weight["shape"]))
        law = weight["quantization"]
        if law["dtype"] != "uint8":
            raise ValueError(f"{weight['name']}: {law['dtype']} is not the 8-bit form this reader knows")
        values = raw[at : at + count].astype(np.float32) * law["scale"] + law["min"]
        arrays[weight["name"]] = values.astype(np.float32).reshape(weight["shape"])
        at += count
    if at != raw.size:
        raise ValueError(f"{raw.size - at} bytes are left over: the shards are not the ones described")
    return arrays


def _kernel(target: nn.Conv2d, source: np.ndarray, depthwise: bool) -> None:
    order = (2, 3, 0, 1) if depthwise else (3, 2, 0, 1)
    with torch.no_grad():
        target.weight.copy_(torch.from_numpy(source.transpose(order).copy()))


def _batch_norm(target: nn.BatchNorm2d, arrays: dict[str, np.ndarray], name: str) -> None:
    with torch.no_grad():
        target.weight.copy_(torch.from_numpy(arrays[f"{name}/gamma"]))
        target.bias.copy_(torch.from_numpy(arrays[f"{name}/beta"]))
        target.running_mean.copy_(torch.from_numpy(arrays[f"{name}/moving_mean"]))
        target.running_var.copy_(torch.from_numpy(arrays[f"{name}/moving_variance"]))


def _steps(index: int) -> list[tuple[str, str, bool]]:
    """Keras' names of the convolutions in torchvision's `features[index]`: (kernel, batch norm, depthwise?) each."""
    prefix = "expanded_conv" if index == 1 else f"block_{index - 1}"
    steps = [] if index == 1 else [(f"{prefix}_expand/kernel", f"{prefix}_expand_BN", False)]
    steps.append((f"{prefix}_depthwise/depthwise_kernel", f"{prefix}_depthwise_BN", True))
    steps.append((f"{prefix}_project/kernel", f"{prefix}_project_BN", False))
    return steps


def load_mobilenet(folder: Path | None) -> nn.Sequential:
    """`mobilenet_v2().features[:18]` (strides 2–32, 320 channels at the end), photo-trained if `folder` is given."""
    features = mobilenet_v2().features[:18]
    for module in features.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = KERAS_BATCH_NORM_EPS
    if folder is None:
        return features
    arrays = read_shards(folder)
    _kernel(features[0][0], arrays["Conv1/kernel"], depthwise=False)
    _batch_norm(features[0][1], arrays, "bn_Conv1")
    for index in range(1, 18):
        convolutions = [m for m in features[index].modules() if isinstance(m, nn.Conv2d)]
        norms = [m for m in features[index].modules() if isinstance(m, nn.BatchNorm2d)]
        for convolution, norm, (kernel, norm_name, depthwise) in zip(convolutions, norms, _steps(index), strict=True):
            _kernel(convolution, arrays[kernel], depthwise)
            _batch_norm(norm, arrays, norm_name)
    return features

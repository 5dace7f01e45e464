"""The two networks. Both answer in the shapes of docs/decisions/0011: heat, size, offset (and an embedding for bags)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from weights import load_mobilenet


@dataclass(frozen=True)
class Second:
    """Where the first look leaves a score from `least` to `most`, the picture is looked at once more, as its mirror image (`mirror`) or
    turned by a quarter (`turn`), and the mean of both looks counts."""

    view: str
    least: float
    most: float


BAG_CLASSES = ("Gun", "Knife", "Wrench")
BAG_STRIDE = 8
BAG_SIDE = 320  # pixels of the square that a bag is shown on; trained on 416 it is still surest here, and sees twice as many bags
BAG_SECOND: Second | None = Second("turn", 0.15, 0.7)  # on validation worth as much as a second look at every bag; one clear bag in six gets it
CARTON_CLASSES = ("foreign-body",)
CARTON_SECOND = Second("mirror", 0.0, 1.0)
CARTON_STRIDE = 4
DROPPED = 0.1  # of the last map's channels, in training: few bags are clear, and they are soon known by heart
HEAT_PRIOR = 0.02  # how much of the map is hot before anything is learned; keeps the first focal losses small


def _separable(channels_in: int, channels_out: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_in, 3, padding=1, groups=channels_in, bias=False),
        nn.BatchNorm2d(channels_in),
        nn.ReLU6(inplace=True),
        nn.Conv2d(channels_in, channels_out, 1, bias=False),
        nn.BatchNorm2d(channels_out),
        nn.ReLU6(inplace=True),
    )


def _lateral(channels_in: int, channels_out: int) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(channels_in, channels_out, 1, bias=False), nn.BatchNorm2d(channels_out))


class Head(nn.Module):
    """From one feature map: logits of "a threat's centre" [N,1,h,w], class logits [N,C,h,w], log sizes [N,2,h,w] (of
    pixels / stride) and offsets [N,2,h,w]. Whether and what are told apart, so that a knife that might be a wrench is
    still surely a threat."""

    def __init__(self, channels: int, classes: int) -> None:
        super().__init__()
        self.heat = nn.Sequential(_separable(channels, channels), nn.Conv2d(channels, 1 + classes, 1))
        self.box = nn.Sequential(_separable(channels, channels), nn.Conv2d(channels, 4, 1))
        nn.init.normal_(self.heat[-1].weight, std=0.01)
        nn.init.zeros_(self.heat[-1].bias)
        with torch.no_grad():
            self.heat[-1].bias[0] = torch.logit(torch.tensor(HEAT_PRIOR))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        heat, box = self.heat(x), self.box(x)
        return heat[:, :1], heat[:, 1:], box[:, :2], torch.sigmoid(box[:, 2:])


def probabilities(presence: Tensor, classes: Tensor) -> Tensor:
    """Heat [N,C,h,w] as it is shipped: the likeliest class has the probability that anything is there, the others less."""
    return torch.sigmoid(presence) * torch.exp(classes - classes.amax(1, keepdim=True))


class BagDetector(nn.Module):
    """MobileNetV2 to stride 32, a feature pyramid back to stride 8, a CenterNet head.

    Input [N,3,H,W], RGB/255 on white, H and W multiples of 32. Output: those of Head and an embedding [N,416]: the
    means of the stride-16 and stride-32 maps, by which a picture unlike the training pictures is known.
    """

    def __init__(self, photo_weights: Path | None, width: int = 96, classes: int = len(BAG_CLASSES)) -> None:
        super().__init__()
        features = load_mobilenet(photo_weights)
        self.low, self.middle, self.high = features[:7], features[7:14], features[14:18]
        self.lateral8, self.lateral16, self.lateral32 = _lateral(32, width), _lateral(96, width), _lateral(320, width)
        self.smooth16, self.smooth8 = _separable(width, width), _separable(width, width)
        self.drop = nn.Dropout2d(DROPPED)
        self.head = Head(width, classes)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        at8 = self.low(x)
        at16 = self.middle(at8)
        at32 = self.high(at16)
        down = F.interpolate(self.lateral32(at32), scale_factor=2.0, mode="nearest")
        down = self.smooth16(F.relu6(self.lateral16(at16) + down))
        down = F.interpolate(down, scale_factor=2.0, mode="nearest")
        down = self.smooth8(F.relu6(self.lateral8(at8) + down))
        embedding = torch.cat([at16.mean((2, 3)), at32.mean((2, 3))], 1)
        return (*self.head(self.drop(down)), embedding)


class _Residual(nn.Module):
    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, 2 * channels, 1, bias=False),
            nn.BatchNorm2d(2 * channels),
            nn.ReLU6(inplace=True),
            nn.Conv2d(2 * channels, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


def _stem(channels_in: int, channels_out: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(channels_out),
        nn.ReLU6(inplace=True),
    )


class CartonDetector(nn.Module):
    """A small network from scratch for foreign bodies of about 11 × 13 pixels: stride 4, with context from stride 8.

    Input [N,3,H,W] grey in RGB/255 (the contract of every detector; one channel is read), H and W multiples of 8.
    """

    def __init__(self, width: int = 48, blocks: int = 3) -> None:
        super().__init__()
        self.stem = nn.Sequential(_stem(1, 16, 2), _stem(16, width, 2))
        self.fine = nn.Sequential(*[_Residual(width, 1) for _ in range(blocks)])
        self.down = _stem(width, width, 2)
        self.coarse = nn.Sequential(*[_Residual(width, d) for d in (1, 2, 4, 1)])
        self.fuse = nn.Sequential(_Residual(width, 1), _Residual(width, 1))
        self.head = Head(width, len(CARTON_CLASSES))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        fine = self.fine(self.stem(x[:, 1:2]))
        coarse = F.interpolate(self.coarse(self.down(fine)), scale_factor=2.0, mode="nearest")
        return self.head(self.fuse(fine + coarse))


class Shipped(nn.Module):
    """What is exported: heat as probabilities and sizes in input pixels, so that the product needs no constants."""

    def __init__(self, network: nn.Module, stride: int) -> None:
        super().__init__()
        self.network, self.stride = network, stride

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        presence, classes, size, offset, *rest = self.network(x)
        return (probabilities(presence, classes), torch.exp(size) * self.stride, offset, *rest)

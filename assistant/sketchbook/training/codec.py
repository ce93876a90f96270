"""The painter's codec: a stock AutoencoderTiny whose latents have mean 0 and variance 1.

The class clamps latents smoothly at ±3 inside its decoder (3·tanh(z/3)), so a scale cannot be folded into the decoder
afterwards. In training, therefore, latents are normalised between encoder and decoder by statistics that slowly follow
those of whole pictures; at the end this normalisation is folded, exactly, into the encoder's last convolution.
"""

import copy
import math
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import torch
from diffusers.models.autoencoders.autoencoder_tiny import AutoencoderTiny
from diffusers.models.unets.unet_2d_blocks import AutoencoderTinyBlock
from torch import nn

from assistant.sketchbook.training.shards import Pictures, face_box

STAGES = 5  # 16 px to a latent
LATENTS = 32  # channels
EXPORT_TYPE = torch.float16
_STATISTICS_DECAY = 0.97
_LEAST_DEVIATION = 1e-4
_PEAK_TO_PEAK = 2.0  # pixels are -1..1
_BATCH = 8  # whole pictures at a time


@dataclass(frozen=True)
class CodecShape:
    """The size of the codec: one width in all stages of each half, as the class wants it."""

    encoder_width: int = 48
    decoder_width: int = 48
    encoder_blocks: tuple[int, ...] = (0, 0, 1, 4, 6)
    decoder_blocks: tuple[int, ...] = (6, 4, 1, 0, 0)

    def build(self) -> AutoencoderTiny:
        """The untrained stock model; from here on weights come from torch's own generator."""
        return AutoencoderTiny(
            encoder_block_out_channels=(self.encoder_width,) * STAGES,
            decoder_block_out_channels=(self.decoder_width,) * STAGES,
            num_encoder_blocks=self.encoder_blocks,
            num_decoder_blocks=self.decoder_blocks,
            latent_channels=LATENTS,
            scaling_factor=1.0,
        )


def _initialise(vae: AutoencoderTiny) -> None:
    """Weights that keep the variance of what passes; torch's own shrink it with every stage."""
    for module in vae.modules():
        if isinstance(module, nn.Conv2d):
            nn.init.kaiming_normal_(module.weight, nonlinearity="linear")
            if module.bias is not None:
                nn.init.zeros_(module.bias)


class Codec(nn.Module):
    """Encoder, normalisation and decoder; pictures are (B, 3, H, W) in -1..1, latents (B, 32, H/16, W/16)."""

    mean: torch.Tensor
    deviation: torch.Tensor

    def __init__(self, shape: CodecShape) -> None:
        super().__init__()
        self.vae = shape.build()
        _initialise(self.vae)
        self.register_buffer("mean", torch.zeros(LATENTS))
        self.register_buffer("deviation", torch.ones(LATENTS))

    def encode(self, pictures: torch.Tensor) -> torch.Tensor:
        """Pictures to normalised latents, float32."""
        raw = self.vae.encoder(pictures).float()
        return (raw - self.mean[:, None, None]) / self.deviation[:, None, None]

    def decode(self, latents: torch.Tensor) -> torch.Tensor:
        """Normalised latents to pictures, float32, not clamped."""
        return self.vae.decoder(latents).float()

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """There and back."""
        return self.decode(self.encode(pictures))

    @torch.no_grad()
    def measure(self, pictures: torch.Tensor, times: int) -> None:
        """Lets the statistics follow those of some whole pictures, after having done so `times` times."""
        raw = self.vae.encoder(pictures).float()
        weight = 1 - min(_STATISTICS_DECAY, times / (10 + times))
        self.mean.lerp_(raw.mean(dim=(0, 2, 3)), weight)
        self.deviation.lerp_(raw.std(dim=(0, 2, 3)).clamp_min(_LEAST_DEVIATION), weight)

    @torch.no_grad()
    def folded(self) -> AutoencoderTiny:
        """A stock model, float32 on the CPU, that does the same: the normalisation is in the last convolution."""
        vae = copy.deepcopy(self.vae).cpu().eval()
        last = vae.encoder.layers[-1]
        assert isinstance(last, nn.Conv2d)
        assert last.bias is not None
        mean, deviation = self.mean.cpu(), self.deviation.cpu()
        last.weight.div_(deviation[:, None, None, None])
        last.bias.sub_(mean).div_(deviation)
        return vae


def take_over(codec: Codec, exported: Path) -> None:
    """Starts from an export of the same widths and no more blocks; a block it does not have begins by changing nothing.

    Nothing is changed only where blocks were before: in a stage that had none, a new block cuts what is negative.
    """
    given = AutoencoderTiny.from_pretrained(exported, torch_dtype=torch.float32)
    halves = ((codec.vae.encoder.layers, given.encoder.layers), (codec.vae.decoder.layers, given.decoder.layers))
    for ours, theirs in ((_stages(ours), _stages(theirs)) for ours, theirs in halves):
        for stage, known in zip(ours, theirs, strict=True):
            _take_over_stage(stage, known)


@dataclass
class _Stage:
    """The blocks at one size, and the layers around them."""

    blocks: list[AutoencoderTinyBlock] = field(default_factory=list)
    layers: list[nn.Module] = field(default_factory=list)


def _stages(layers: nn.Sequential) -> list[_Stage]:
    stages = [_Stage()]
    for layer in layers:
        if isinstance(layer, nn.Upsample) or (isinstance(layer, nn.Conv2d) and layer.stride != (1, 1)):
            stages.append(_Stage())
        if isinstance(layer, AutoencoderTinyBlock):
            stages[-1].blocks.append(layer)
        else:
            stages[-1].layers.append(layer)
    return stages


def _take_over_stage(stage: _Stage, known: _Stage) -> None:
    for ours, theirs in (*zip(stage.layers, known.layers, strict=True), *zip(stage.blocks, known.blocks, strict=False)):
        ours.load_state_dict(theirs.state_dict())
    for block in stage.blocks[len(known.blocks) :]:
        last = block.conv[-1]
        assert isinstance(last, nn.Conv2d)
        nn.init.zeros_(last.weight)


def as_tensor(pictures: Pictures, place: torch.device) -> torch.Tensor:
    """(B, H, W, 3) bytes to (B, 3, H, W) in -1..1, channels last."""
    return torch.from_numpy(pictures).to(place).permute(0, 3, 1, 2).float().div_(127.5).sub_(1.0)


@dataclass(frozen=True)
class Fidelity:
    """How well a codec keeps pictures: PSNR in dB, the mean over pictures of each one's own."""

    whole: tuple[float, ...]  # of each picture
    face: tuple[float, ...]  # of each picture's face alone

    @property
    def psnr(self) -> float:
        return sum(self.whole) / len(self.whole)

    @property
    def face_psnr(self) -> float:
        return sum(self.face) / len(self.face)


def _psnr(error: torch.Tensor) -> list[float]:
    """Of each picture's error (B, 3, H, W), in dB; a perfect one counts as 100."""
    squares = error.square().mean(dim=(1, 2, 3)).clamp_min(_PEAK_TO_PEAK**2 * 1e-10)
    return [10 * math.log10(_PEAK_TO_PEAK**2 / float(square)) for square in squares]


@torch.inference_mode()
def fidelity(codec: Codec | AutoencoderTiny, pictures: Pictures) -> Fidelity:
    """Measures a codec on whole pictures, which it gives back rounded to bytes as the product does."""
    weight = next(codec.parameters())
    whole: list[float] = []
    face: list[float] = []
    left, top, right, bottom = face_box()
    for start in range(0, len(pictures), _BATCH):
        wanted = as_tensor(pictures[start : start + _BATCH], weight.device)
        given = wanted.to(weight.dtype)
        made = codec.decode(codec.encode(given)) if isinstance(codec, Codec) else there_and_back(codec, given)
        error = made.float().clamp(-1, 1).add(1).mul(127.5).round().div(127.5).sub(1) - wanted
        whole += _psnr(error)
        face += _psnr(error[:, :, top:bottom, left:right])
    return Fidelity(tuple(whole), tuple(face))


def there_and_back(vae: AutoencoderTiny, pictures: torch.Tensor) -> torch.Tensor:
    """Encodes and decodes without the rounding of latents to bytes that the class's own forward does."""
    return vae.decoder(vae.encoder(pictures))


@torch.inference_mode()
def latent_statistics(vae: AutoencoderTiny, pictures: Pictures) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean and standard deviation of each latent channel over whole pictures, both (32,)."""
    weight = next(vae.parameters())
    latents = torch.cat(
        [
            vae.encoder(as_tensor(pictures[start : start + _BATCH], weight.device).to(weight.dtype)).float()
            for start in range(0, len(pictures), _BATCH)
        ]
    )
    return latents.mean(dim=(0, 2, 3)), latents.std(dim=(0, 2, 3))


def export(codec: Codec, folder: Path) -> AutoencoderTiny:
    """Writes the folded codec for `AutoencoderTiny.from_pretrained`, whole or not at all, and gives it back."""
    vae = codec.folded()
    nn.Module.to(vae, dtype=EXPORT_TYPE)  # the class's own method warns of a list that is empty here
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    vae.save_pretrained(partial)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
    return vae

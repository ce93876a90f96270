"""The table of profiles: named choices of models with everything needed to run them.

Sizes are computed from parameter counts, not measured; docs/PERFORMANCE.md has what was measured. Licences and
revisions are those of the model cards as of November 2026; who uses a model reads its licence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.errors import UnknownProfile
from assistant.sizes import Size

FLOATING = "floating"
"""Of a revision: whatever the repository's main branch holds when it is fetched."""
Precision = Literal["bf16", "8bit", "4bit"]
PRECISIONS: tuple[Precision, ...] = ("bf16", "8bit", "4bit")
_BYTES: dict[Precision, float] = {"bf16": 2.0, "8bit": 1.06, "4bit": 0.58}
"""Of a weight, scales and the layers that stay as they are included."""
PipelineName = Literal[
    "StableDiffusionInstructPix2PixPipeline", "Flux2KleinPipeline", "Flux2KleinKVPipeline", "FluxKontextPipeline",
    "QwenImageEditPlusPipeline", "LongCatImageEditPipeline", "DreamLiteMobilePipeline", "QwenImage21Pipeline",
    "Flux3DistilledModularPipeline",
]  # fmt: skip


@dataclass(frozen=True)
class Repo:
    """A repository of weights on the Hugging Face hub."""

    id: str
    revision: str = FLOATING
    """A commit, a branch of the repository's, or FLOATING."""


@dataclass(frozen=True)
class Adapter:
    """A LoRA that peft puts on the editor's transformer."""

    repo: Repo
    weight_name: str
    billions: float


@dataclass(frozen=True)
class SizeRule:
    """What sizes a pipeline paints; the keeper's framing depends on it."""

    multiple: int
    """Both sides are multiples of this, in px."""
    pixels: int
    """Most pixels that it paints at once."""
    least: int = 512 * 512
    """Fewest pixels that it paints well: a smaller view is enlarged."""
    references: int = 0
    """Most further pictures that it can be shown."""
    fills: bool = False
    """It always paints about `pixels`, however small the view is."""
    fills_up: bool = False
    """It then rounds sides up to multiples, not to the nearest."""
    sizes: tuple[Size, ...] = ()
    """The only sizes it paints; none for any within the rule."""


@dataclass(frozen=True)
class Parts:
    """Billions of parameters. A shared planner is its text encoder and counts once."""

    transformer: float
    text_encoder: float = 0.0
    vae: float = 0.0
    planner: float = 0.0


@dataclass(frozen=True)
class Profile:
    """One choice of models."""

    name: str
    words: str
    """What it is good at, in a sentence for people."""
    pipeline: PipelineName
    num_inference_steps: int
    sizes: SizeRule
    parts: Parts
    license: str
    commercial_use: bool
    editor: Repo = Repo("")
    """Without an id: the weights come with the package."""
    planner: Repo | None = None
    """None: the editor's text encoder."""
    guidance: Mapping[str, float] = field(default_factory=dict)
    """Arguments of the pipeline's call."""
    scheduler: Mapping[str, float | bool | str | None] = field(default_factory=dict)
    """Settings of the scheduler that differ from the repository's."""
    adapters: tuple[Adapter, ...] = ()
    working_gb: float = 2.0
    """Beside the weights, while one picture of the most pixels is painted."""
    sees: bool = True
    """Its planner is shown the picture."""
    transformer_gb: float | None = None
    """Size of a file that holds the transformer as it is used; None: it is made as small as a precision says."""

    @property
    def is_embedded(self) -> bool:
        """Nothing has to be fetched."""
        return not self.editor.id

    @property
    def repos(self) -> tuple[Repo, ...]:
        """Everything that has to be fetched."""
        several = [self.editor, *(adapter.repo for adapter in self.adapters), *([self.planner] if self.planner else [])]
        return tuple(repo for repo in several if repo.id)

    @property
    def download_gb(self) -> float:
        """Size of all that has to be fetched, in GB; 0 where nothing has to be."""
        if self.is_embedded:
            return 0.0
        return round(2 * (self._large + self.parts.vae + sum(each.billions for each in self.adapters)), 1)

    @property
    def _large(self) -> float:
        return self.parts.transformer + self.parts.text_encoder + self.parts.planner

    def memory_gb(self, precision: Precision) -> float:
        """What a device needs to hold everything and to paint, in GB."""
        kept = 2 * (self.parts.vae + sum(each.billions for each in self.adapters))
        small = self._large
        if self.transformer_gb is not None:
            small, kept = small - self.parts.transformer, kept + self.transformer_gb
        return round(_BYTES[precision] * small + kept + self.working_gb, 1)


_MEGAPIXEL = 1024 * 1024
_QWEN3_VL_4B = Repo("Qwen/Qwen3-VL-4B-Instruct")
_KONTEXT_SIZES = tuple(
    Size(width, height)
    for width, height in (
        (672, 1568), (688, 1504), (720, 1456), (752, 1392), (800, 1328), (832, 1248), (880, 1184), (944, 1104),
        (1024, 1024), (1104, 944), (1184, 880), (1248, 832), (1328, 800), (1392, 752), (1456, 720), (1504, 688),
        (1568, 672),
    )
)  # fmt: skip
_QWEN_SIZES = SizeRule(multiple=32, pixels=_MEGAPIXEL, references=2, fills=True)
_LIGHTNING: Mapping[str, float | bool | str | None] = {
    "use_dynamic_shifting": True, "time_shift_type": "exponential", "shift": 1.0, "shift_terminal": None,
    "base_shift": math.log(3), "max_shift": math.log(3), "base_image_seq_len": 256, "max_image_seq_len": 8192,
}  # fmt: skip
"""What Lightning was distilled with (its authors' generate_with_diffusers.py): a shift of 3 at any size."""
_QWEN_PARTS = Parts(transformer=20.43, text_encoder=8.29, vae=0.13)

_TABLE = (
    Profile(
        name="sketchbook",
        words="Draws and edits illustrated portraits of its own small world, and plans every exact step on any "
        "picture; built in, no download, no GPU.",
        pipeline="StableDiffusionInstructPix2PixPipeline",
        num_inference_steps=4,
        sizes=SizeRule(multiple=32, pixels=256 * 256, least=256 * 256),
        parts=Parts(transformer=0.0073, text_encoder=0.0065, vae=0.0016),
        license="Apache-2.0",
        commercial_use=True,
        guidance={"guidance_scale": 1.0, "image_guidance_scale": 1.0},
        working_gb=0.4,
    ),
    Profile(
        name="klein",
        words="The fastest that may be used for anything: four steps, takes from several pictures, redraws little.",
        editor=Repo("black-forest-labs/FLUX.2-klein-4B"),
        pipeline="Flux2KleinPipeline",
        planner=_QWEN3_VL_4B,
        num_inference_steps=4,
        guidance={"guidance_scale": 1.0},
        sizes=SizeRule(multiple=16, pixels=_MEGAPIXEL, references=4),
        parts=Parts(transformer=3.88, text_encoder=4.02, vae=0.08, planner=4.44),
        license="Apache-2.0",
        commercial_use=True,
        working_gb=3.0,
    ),
    Profile(
        name="klein-kv",
        words="Larger than klein, and quick with several pictures to take from: it reads each of them once.",
        editor=Repo("black-forest-labs/FLUX.2-klein-9b-kv"),
        pipeline="Flux2KleinKVPipeline",
        planner=_QWEN3_VL_4B,
        num_inference_steps=4,
        sizes=SizeRule(multiple=16, pixels=_MEGAPIXEL, references=4),
        parts=Parts(transformer=9.08, text_encoder=8.19, vae=0.08, planner=4.44),
        license="FLUX Non-Commercial",
        commercial_use=False,
        working_gb=6.0,
    ),
    Profile(
        name="longcat",
        words="One model plans and reads for the painter; follows long and exact wishes in eight steps.",
        editor=Repo("meituan-longcat/LongCat-Image-Edit-Turbo"),
        pipeline="LongCatImageEditPipeline",
        num_inference_steps=8,
        guidance={"guidance_scale": 1.0},
        sizes=SizeRule(multiple=16, pixels=_MEGAPIXEL, fills=True, fills_up=True),
        parts=Parts(transformer=6.27, text_encoder=8.29, vae=0.08),
        license="Apache-2.0",
        commercial_use=True,
        working_gb=3.0,
    ),
    Profile(
        name="qwen",
        words="The strongest that may be used for anything; writes well, keeps people; four steps with Lightning.",
        editor=Repo("Qwen/Qwen-Image-Edit-2511"),
        pipeline="QwenImageEditPlusPipeline",
        num_inference_steps=4,
        guidance={"true_cfg_scale": 1.0},
        scheduler=_LIGHTNING,
        sizes=_QWEN_SIZES,
        parts=_QWEN_PARTS,
        adapters=(
            Adapter(
                Repo("lightx2v/Qwen-Image-Edit-2511-Lightning"),
                "Qwen-Image-Edit-2511-Lightning-4steps-V1.0-bf16.safetensors",
                0.42,
            ),
        ),
        license="Apache-2.0",
        commercial_use=True,
        working_gb=4.0,
    ),
    Profile(
        name="firered",
        words="Portraits: keeps who somebody is through many changes; forty steps, so it takes its time.",
        editor=Repo("FireRedTeam/FireRed-Image-Edit-1.1"),
        pipeline="QwenImageEditPlusPipeline",
        num_inference_steps=40,
        guidance={"true_cfg_scale": 4.0},
        sizes=_QWEN_SIZES,
        parts=_QWEN_PARTS,
        license="Apache-2.0",
        commercial_use=True,
        working_gb=4.0,
    ),
    Profile(
        name="dreamlite",
        words="Small enough for a laptop without a graphics card, where a picture takes minutes.",
        editor=Repo("carlofkl/DreamLite-mobile", "diffusers"),
        pipeline="DreamLiteMobilePipeline",
        num_inference_steps=4,
        sizes=SizeRule(multiple=16, pixels=_MEGAPIXEL),
        parts=Parts(transformer=0.39, text_encoder=2.13, vae=0.003),
        license="CC-BY-NC-4.0",
        commercial_use=False,
        working_gb=1.5,
    ),
    Profile(
        name="flux3-klein",
        words="The strongest small one: one model plans and reads for the painter, takes from nine other pictures; "
        "sixteen steps.",
        editor=Repo("black-forest-labs/flux-3-image-klein"),
        pipeline="Flux3DistilledModularPipeline",
        num_inference_steps=16,
        sizes=SizeRule(multiple=16, pixels=_MEGAPIXEL, references=9),
        parts=Parts(transformer=5.54, text_encoder=4.44, vae=0.08),
        license="FLUX Kommunity",
        commercial_use=False,
        working_gb=3.5,
    ),
    Profile(
        name="qwen21",
        words="Strong and small: takes from many pictures and reads marks drawn on them.",
        editor=Repo("Qwen/Qwen-Image-2.1"),
        pipeline="QwenImage21Pipeline",
        num_inference_steps=40,
        sizes=SizeRule(multiple=32, pixels=_MEGAPIXEL, references=4, fills=True),
        parts=Parts(transformer=7.12, text_encoder=8.77, vae=0.34),
        license="Qwen Research",
        commercial_use=False,
        working_gb=4.0,
    ),
    Profile(
        name="kontext",
        words="FLUX.1 Kontext: the known open baseline, 28 steps.",
        editor=Repo("black-forest-labs/FLUX.1-Kontext-dev"),
        pipeline="FluxKontextPipeline",
        planner=_QWEN3_VL_4B,
        num_inference_steps=28,
        guidance={"guidance_scale": 2.5},
        sizes=SizeRule(multiple=16, pixels=_MEGAPIXEL, fills=True, sizes=_KONTEXT_SIZES),
        parts=Parts(transformer=11.9, text_encoder=4.89, vae=0.08, planner=4.44),
        license="FLUX.1 Non-Commercial",
        commercial_use=False,
        working_gb=3.0,
    ),
    Profile(
        name="pix2pix",
        words="InstructPix2Pix of 2022: the first of its kind, light, for comparison.",
        editor=Repo("timbrooks/instruct-pix2pix"),
        pipeline="StableDiffusionInstructPix2PixPipeline",
        planner=_QWEN3_VL_4B,
        num_inference_steps=20,
        guidance={"guidance_scale": 7.5, "image_guidance_scale": 1.5},
        sizes=SizeRule(multiple=8, pixels=512 * 512),
        parts=Parts(transformer=0.86, text_encoder=0.12, vae=0.08, planner=4.44),
        license="MIT",
        commercial_use=True,
        working_gb=2.0,
    ),
)  # fmt: skip

PROFILES: dict[str, Profile] = {profile.name: profile for profile in _TABLE}
DEFAULT_PROFILE = "sketchbook"
AUTO = "auto"


def profile_named(name: str) -> Profile:
    """The profile of that name. Raises UnknownProfile."""
    if name not in PROFILES:
        raise UnknownProfile(
            f"There is no profile “{name[:40]}”.",
            allowed=f"There are: {', '.join(PROFILES)}, and {AUTO}, which chooses.",
            remedy="Choose one of them.",
        )
    return PROFILES[name]

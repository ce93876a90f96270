"""How well an editor paints single edits of Sketchbook's world: every kind alike, on scenes that no training saw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.editor import Editor, EditRequest
from assistant.pictures import Picture, Pixels
from assistant.sketchbook.draw import draw
from assistant.sketchbook.edits import Edit, EditKind, change, possible_edits
from assistant.sketchbook.language.sentences import instruction
from assistant.sketchbook.scene import Scene, random_scene

SIDE = 256  # px
_STREAM = 71  # of random numbers; training draws from others
_VISIBLE = 8  # codes: where no channel differs by more, truth did not change


@dataclass(frozen=True, eq=False)
class Case:
    """One wish: the picture before, what is asked, and the picture that would be right."""

    scene: Scene
    edit: Edit
    before: Pixels
    after: Pixels

    @property
    def words(self) -> str:
        return instruction(self.edit)

    @property
    def changed(self) -> NDArray[np.bool_]:
        """(H, W): where the right picture differs from the one before."""
        return np.abs(self.before.astype(np.int16) - self.after).max(axis=2) > _VISIBLE


@dataclass(frozen=True, eq=False)
class Painted:
    """What an editor made of a case."""

    case: Case
    pixels: Pixels

    @property
    def errors(self) -> tuple[float, float]:
        """Mean squared error in the changed region: to the right picture, and to the one before."""
        there = self.case.changed
        made = self.pixels[there].astype(np.float64)
        return float(np.square(made - self.case.after[there]).mean()), float(
            np.square(made - self.case.before[there]).mean()
        )

    @property
    def right(self) -> bool:
        """Nearer to the right picture than to the one before."""
        to_after, to_before = self.errors
        return to_after < to_before


def cases(count: int, seed: int) -> Iterator[Case]:
    """Cases of every kind in turn; a kind that a scene does not allow is tried on the next scene."""
    kinds = list(EditKind)
    for number in range(count):
        rng = np.random.default_rng((_STREAM, seed, number))
        kind = kinds[number % len(kinds)]
        fitting: Sequence[Edit] = ()
        scene = Scene()
        while not fitting:
            scene = random_scene(rng)
            fitting = [edit for edit in possible_edits(scene) if edit.kind is kind]
        edit = fitting[int(rng.integers(len(fitting)))]
        case = Case(scene, edit, draw(scene, SIDE), draw(change(scene, edit), SIDE))
        if case.changed.any():
            yield case


def paint(editor: Editor, case: Case, seed: int) -> Painted:
    """The case given to an editor, whole picture, one candidate."""
    request = EditRequest(case.words, Picture(case.before), None, (), (seed,), editor.num_inference_steps)
    (made,) = editor.edit(request, lambda done, total: None)
    return Painted(case, made.rgb)


def psnr(made: Pixels, wanted: Pixels) -> float:
    """Peak signal-to-noise ratio of 8-bit pictures, in dB; 100 for equal ones."""
    error = float(np.square(made.astype(np.float64) - wanted).mean())
    return min(100.0, 10 * np.log10(255**2 / max(error, 1e-9)))


def kept(editor: Editor, count: int, seed: int) -> list[tuple[Scene, float]]:
    """PSNR of pictures there and back through the editor's codec: scenes as the world makes them, in its own shares."""
    figures = []
    for number in range(count):
        scene = random_scene(np.random.default_rng((_STREAM, 1 + seed, 10**6 + number)))
        picture = draw(scene, SIDE)
        echo = editor.echo(Picture(picture))
        if echo is not None:
            figures.append((scene, psnr(echo.rgb, picture)))
    return figures

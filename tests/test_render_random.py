"""Random scripts, edits and undos against a naive re-render of everything, pixel for pixel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.alpha import laid
from assistant.blobs import MemoryBlobs
from assistant.errors import PalimpsestError
from assistant.finding import Finder
from assistant.frames import Frame
from assistant.operations import Exact, measure
from assistant.pictures import Picture
from assistant.playing import Interrupted
from assistant.records import Measurement, Patch, Records
from assistant.regions import blend, place
from assistant.render import Renderer
from assistant.script import Script, dependants, joins_pass, seed_from
from assistant.script_files import step_from_data
from assistant.sizes import Box, Size
from assistant.steps import Edit, Step
from tests.doubles import ScriptedPainter, bits

SIZE = Size(72, 56)


def picture() -> Picture:
    return Picture(np.random.default_rng(7).integers(0, 256, (SIZE.height, SIZE.width, 3)).astype(np.uint8))


# -- the naive renderer: plays every step, every time, on the whole picture --------------------------------------------


@dataclass
class Naive:
    """Keeps nothing but measurements, which are part of what was said (rule 8)."""

    blobs: MemoryBlobs
    known: dict[tuple[str, int], Measurement] = field(default_factory=dict)

    def play(self, script: Script) -> Picture:
        assert script.original is not None
        picture = Picture(self.blobs.get(script.original))
        frame = Frame.of_original(picture.size)
        finder = Finder(self.blobs)
        steps = list(script.enabled)
        while steps:
            step = steps.pop(0)
            measurement = self._measured(step, picture, frame, finder)
            if isinstance(step, Edit):
                members = [(step, measurement)]
                while steps and isinstance(steps[0], Edit):
                    following = self._measured(steps[0], picture, frame, finder)
                    boxes = [(edit, self._box(found, frame)) for edit, found in members]
                    if not joins_pass(boxes, steps[0], self._box(following, frame)):
                        break
                    members.append((steps[0], following))
                    steps.pop(0)
                picture = self._paint(members, picture, frame)
            else:
                exact = Exact(step, frame, measurement, self.blobs)
                picture, frame = exact.play(picture), exact.behind()
        return picture

    def _measured(self, step: Step, picture: Picture, frame: Frame, finder: Finder) -> Measurement:
        key = (step.id, step.revision)
        if key not in self.known:
            # Rule 8: a revision that asks for the same place keeps it as it was found.
            earlier = next((known for (name, _), known in self.known.items() if name == step.id), None)
            self.known[key] = measure(step, picture, frame, finder, earlier)
        return self.known[key]

    def _box(self, measurement: Measurement, frame: Frame) -> Box:
        region = measurement.region and place(measurement.region, frame, self.blobs)
        return region.box if region else frame.size.box

    def _paint(self, members: list[tuple[Edit, Measurement]], picture: Picture, frame: Frame) -> Picture:
        wish = ". ".join(edit.modify for edit, _ in members)
        alpha = np.zeros((frame.size.height, frame.size.width), np.uint8)
        for _, measurement in members:
            region = measurement.region and place(measurement.region, frame, self.blobs)
            if measurement.region is None:
                alpha[:] = 255
            elif region:
                alpha = np.maximum(alpha, region.mask(frame.size))
        seeds = [edit.seed for edit, _ in members]
        painted = picture.flattened() ^ bits(wish, seeds[0] if len(seeds) == 1 else seed_from(*seeds))
        if picture.mode == "RGB":
            return Picture(blend(picture.pixels, painted, alpha))
        if members[0][0].scope == "local":
            return Picture(laid(picture.pixels, np.dstack([painted, np.full(alpha.shape, 255, np.uint8)]), alpha))
        change = painted.astype(int) - picture.flattened()
        colors = np.clip(picture.rgb + change, 0, 255).astype(np.uint8)
        return Picture(np.dstack([colors, picture.pixels[:, :, 3]]))


# -- random people -----------------------------------------------------------------------------------------------------

boxes = st.tuples(st.integers(0, 50), st.integers(0, 40), st.integers(6, 40), st.integers(6, 30)).map(
    lambda box: [box[0], box[1], box[0] + box[2], box[1] + box[3]]
)
places = st.builds(lambda box, feather: {"box": box, "feather": feather}, boxes, st.sampled_from([0, 0, 3]))
painted: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda words, where, scope: {"op": "edit", "modify": words, "where": where, "scope": scope},
    st.sampled_from(["a hat", "a cup", "a cat"]),
    st.one_of(st.none(), places, places, places),
    st.just("local"),
)
globally = st.sampled_from([{"op": "edit", "modify": word, "scope": "global"} for word in ("night", "snow")])
whole_pixel = st.one_of(
    st.sampled_from(
        [
            {"op": "flip"}, {"op": "flip", "direction": "vertical"}, {"op": "rotate", "degrees": 90},
            {"op": "rotate", "degrees": 180}, {"op": "rotate", "degrees": 270}, {"op": "border", "px": 3},
            {"op": "pad", "px": 5, "color": "transparent"}, {"op": "crop", "aspect": "1:1"},
        ]
    ),
    boxes.map(lambda box: {"op": "crop", "box": box}),
)  # fmt: skip
resampled = st.sampled_from(
    [{"op": "resize", "percent": 80}, {"op": "resize", "width": 60}, {"op": "rotate", "degrees": 8}]
)
exact = st.one_of(
    st.sampled_from([{"op": "exposure", "stops": 0.4}, {"op": "sepia"}, {"op": "grain"}, {"op": "auto"}]),
    places.map(lambda where: {"op": "blur", "radius": 2, "where": where}),
    places.map(lambda where: {"op": "fill", "color": "teal", "where": where}),
    places.map(lambda where: {"op": "exposure", "stops": -1, "where": {**where, "invert": True}}),
    boxes.map(lambda box: {"op": "copy", "where": {"box": box}, "direction": "right", "px": 9}),
)
wishes = st.one_of(painted, painted, whole_pixel, whole_pixel, exact, exact, globally, resampled)
actions = st.lists(
    st.tuples(
        st.sampled_from(["append", "append", "insert", "insert", "revise", "drop", "switch", "move", "goto"]),
        st.integers(0, 50),
        st.integers(0, 50),
        wishes,
    ),
    min_size=3,
    max_size=14,
)


@dataclass
class Node:
    script: Script
    records: Records
    known: dict[tuple[str, int], Measurement]


def changed(action: tuple[str, int, int, dict[str, Any]], node: Node, number: int) -> Script:
    kind, one, other, wish = action
    script = node.script
    step = step_from_data({**wish, "id": f"n{number}", "seed": number * 7919})
    if kind == "append" or not script.steps:
        return script.append(step)
    if kind == "insert":
        return script.append(step).move(step.id, one % len(script.steps) + 1)
    target = script.at(one % len(script.steps) + 1)
    match kind:
        case "revise":
            return script.revise(target.id, step)
        case "drop":
            return script.drop([target.id, *dependants(script, [target.id], node.records)])
        case "switch":
            return script.switch([target.id], not target.enabled)
    return script.move(target.id, other % len(script.steps) + 1)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actions)
def test_any_way_of_working_shows_what_a_full_render_shows(
    actions: list[tuple[str, int, int, dict[str, Any]]],
) -> None:
    blobs = MemoryBlobs()
    original = blobs.put(picture().pixels)
    painter = ScriptedPainter(margin=6)
    renderer = Renderer(blobs, painter)
    nodes = [Node(Script(original=original), Records(), {})]
    patches: dict[str, Patch] = {}
    current = nodes[0]
    for number, action in enumerate(actions):
        if action[0] == "goto":
            current = nodes[action[1] % len(nodes)]
            continue
        try:
            script = changed(action, current, number)
            naive = Naive(blobs, dict(current.known))
            expected = naive.play(script)
        except PalimpsestError:
            continue  # a box that lies outside, a crop to nothing: refused, the session goes on
        try:
            rendered = renderer.play(script, current.records, tuple(patches.values()))
            while True:
                next(rendered)
        except StopIteration as end:
            result = end.value
        except Interrupted as error:
            raise AssertionError(f"only the clever renderer failed: {error}") from error
        assert result.picture == expected
        assert renderer.replay(script, result.records) == expected
        patches.update({patch.key: patch for patch in result.records.patches})
        held = {(step.id, step.revision) for step in script.steps}
        current = Node(script, result.records, {key: value for key, value in naive.known.items() if key in held})
        nodes.append(current)

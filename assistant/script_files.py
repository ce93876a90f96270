"""Scripts as JSON, from our own hand or anybody's: read with care, refused in sentences."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from assistant.errors import InvalidScript
from assistant.script import Script, seed_from
from assistant.steps import STEP_CLASSES, AnyStep, Step
from assistant.where import MaskWhere

FORMAT = 1
"""Version of the file format; a file without the number counts as this one."""
MAX_SCRIPT_BYTES = 1_000_000
PLACES = ("where", "subject", "without")
"""Fields of steps that say where."""
_KEYS = {"palimpsest", "original", "references", "steps"}


def dump_script(script: Script) -> str:
    """The script as JSON that `load_script` reads back to an equal script."""
    data = script.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    dumped = [_dumped(step) for step in script.steps]
    return json.dumps({"palimpsest": FORMAT, **data, "steps": dumped}, indent=2, ensure_ascii=False)


def _dumped(step: Step) -> dict[str, Any]:
    return {"op": step.op, **step.model_dump(mode="json", by_alias=True, exclude_defaults=True)}


def load_script(text: str | bytes) -> Script:
    """Read a script file: {"steps": [{"op": "exposure", "stops": 0.5}, …]} or the bare list.

    Steps without an id are named s1, s2 … and get a seed that follows from place and operation, so that a file played
    twice gives the same pixels. Raises InvalidScript.
    """
    if len(text) > MAX_SCRIPT_BYTES:
        raise InvalidScript(
            f"The script has {len(text):,} bytes.",
            allowed=f"At most {MAX_SCRIPT_BYTES:,} are read.",
            remedy="Split it, or check that it is a script at all.",
        )
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else "garbled"
        raise InvalidScript(
            f"The script is not JSON ({reason}).",
            allowed='A script looks like {"steps": [{"op": "exposure", "stops": 0.5}]}.',
            remedy="Mend the file there.",
        ) from error
    return script_from_data({"steps": data} if isinstance(data, list) else data)


def script_from_data(data: object) -> Script:
    """Check decoded JSON and make it a Script. Raises InvalidScript."""
    if not isinstance(data, dict) or not isinstance(data.get("steps", []), list):
        raise InvalidScript(
            f"The script is a {type(data).__name__}, or its steps are no list.",
            allowed='A script looks like {"steps": [{"op": "exposure", "stops": 0.5}]}.',
            remedy="Put the steps into such a list.",
        )
    if spare := sorted(str(key)[:40] for key in data.keys() - _KEYS):
        raise InvalidScript(
            f"The script has the unknown field “{spare[0]}”.",
            allowed=f"Its fields are {', '.join(sorted(_KEYS))}.",
            remedy="Take it out.",
        )
    if data.get("palimpsest", FORMAT) != FORMAT:
        raise InvalidScript(
            f"The script says format {str(data['palimpsest'])[:20]}.",
            allowed=f"This Palimpsest reads format {FORMAT}.",
            remedy="Update Palimpsest, or save the script with this one.",
        )
    steps = [_named(step, place) for place, step in enumerate(data.get("steps", []), start=1)]
    try:
        return Script.model_validate({**{key: data[key] for key in data.keys() - {"palimpsest"}}, "steps": steps})
    except ValidationError as error:
        raise _explained(error, steps) from error


def step_from_data(data: object) -> AnyStep:
    """One step from decoded JSON; without an id in it, the script it is appended to gives one. Raises InvalidScript."""
    needs: tuple[str, ...] = ()
    if isinstance(data, dict) and isinstance(data.get("depends_on"), list | tuple):
        needs = tuple(str(name) for name in data["depends_on"])
        data = {key: value for key, value in data.items() if key != "depends_on"}
    update: dict[str, Any] = {"depends_on": needs}
    if not (isinstance(data, dict) and data.get("id")):
        update |= {"id": "", "seed": 0}
    return script_from_data({"steps": [data]}).steps[0].model_copy(update=update)


def _named(step: object, place: int) -> object:
    if not isinstance(step, dict):
        raise InvalidScript(
            f"Step {place} is {str(step)[:40]}.",
            allowed='A step looks like {"op": "exposure", "stops": 0.5}.',
            remedy="Write it so.",
        )
    defaults = {} if step.get("id") else {"id": f"s{place}", "seed": seed_from("script file", place, step.get("op"))}
    return {**defaults, **{key: value for key, value in step.items() if value != ""}}


def _explained(error: ValidationError, steps: list[Any]) -> InvalidScript:
    """The first thing that is wrong, in a sentence: where, what was received, what is allowed."""
    first = error.errors(include_url=False)[0]
    location = [part for part in first["loc"] if part not in STEP_CLASSES and part != "steps"]
    place = next((part for part in location if isinstance(part, int)), None)
    fields = ".".join(str(part) for part in location if part != place)
    message = first["msg"].removeprefix("Value error, ").replace("Input should be", "it should be")
    if first["type"] == "too_long":
        return InvalidScript(f"The script has {len(steps)} steps.", allowed=message + ".", remedy="Split it.")
    if place is None:
        return InvalidScript(f"The script does not hold: {message}.", remedy="Mend it there.")
    operation = str(steps[place].get("op"))
    named = (f"Step {place + 1}" if len(steps) > 1 else "This step") + (
        f" ({str(operation)[:30]})" if operation in STEP_CLASSES else ""
    )
    if first["type"].startswith("union_tag"):
        return InvalidScript(
            f"{named} has no known operation: “{str(operation)[:30]}”.",
            allowed=f"Operations are {', '.join(STEP_CLASSES)}.",
            remedy="See `palimpsest ops`.",
        )
    if first["type"] == "extra_forbidden":
        cls = STEP_CLASSES.get(str(operation), Step)
        known = [info.alias or name for name, info in cls.model_fields.items() if name not in Step.model_fields]
        return InvalidScript(
            f"{named} has the unknown field “{fields[:40]}”.",
            allowed=f"Its fields are {', '.join(known) or '(none)'}.",
            remedy="See `palimpsest ops`.",
        )
    if message.endswith("."):  # a sentence of our own says it all
        return InvalidScript(f"{named}: {message}")
    received = str(first["input"])[:40]
    what = f"{named}: “{fields}” is {received}" if fields else f"{named} does not hold"
    return InvalidScript(f"{what}.", allowed=f"Allowed: {message}.", remedy="Mend it there.")


def mapped_masks(script: Script, change: Callable[[str], str]) -> Script:
    """The script with the name of every brushed mask replaced by `change` of it."""
    steps = []
    for step in script.steps:
        places = {name: getattr(step, name, None) for name in PLACES}
        update = {
            name: place.model_copy(update={"mask": change(place.mask)})
            for name, place in places.items()
            if isinstance(place, MaskWhere)
        }
        steps.append(step.model_copy(update=update))
    return script.model_copy(update={"steps": tuple(steps)})


def masks_of(script: Script) -> set[str]:
    """Ids of the brushed masks that the script's steps name."""
    places = (getattr(step, name, None) for step in script.steps for name in PLACES)
    return {place.mask for place in places if isinstance(place, MaskWhere)}

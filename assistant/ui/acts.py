"""Clicks become plans: what the script list, the history and the buttons ask for, by hand and without a model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.errors import PlanError
from assistant.plan import Plan, Revision, Shift, Switch
from assistant.script_files import step_from_data
from assistant.session import Session
from assistant.steps import AnyStep
from assistant.ui.pointing import placed
from assistant.where import Where
from assistant.wording import in_words

Asked = dict[str, Any]


def plan_of(session: Session, asked: Asked, where: Where | None = None) -> Plan:
    """The plan of a click, at the place that was pointed at with it.

    Raises PlanError, UnknownStep or InvalidScript for one that makes no sense.
    """
    make = _PLANS.get(str(asked.get("act")))
    if make is None:
        received = str(asked.get("act"))[:40]
        raise PlanError(f"“{received}” is nothing to click.", allowed=f"There are {', '.join(_PLANS)}.")
    try:
        return make(session, placed(asked, where))
    except KeyError as error:
        raise PlanError(f"The click does not say {error.args[0]}.", remedy="Load the page again.") from error
    except (TypeError, AttributeError) as error:
        raise PlanError("The click says something that makes no sense.", remedy="Load the page again.") from error


def _step(session: Session, asked: Asked) -> AnyStep:
    current = session.history.current
    if current is None:
        raise PlanError("There is no picture yet.", remedy="Open one, or say what to draw.")
    return current.script.step(str(asked["step"]))  # pyright: ignore[reportReturnType]


def _words(session: Session, asked: Asked, verb: str) -> str:
    return f"{verb}: {in_words(_step(session, asked))}"


def _goto(session: Session, asked: Asked) -> Plan:
    number = session.history.number(str(asked["version"]))
    return Plan(act="goto", target=str(asked["version"]), summary=f"go to version {number}")


def _drop(session: Session, asked: Asked) -> Plan:
    return Plan(act="drop", drops=(_step(session, asked).id,), summary=_words(session, asked, "take out"))


def _switch(session: Session, asked: Asked) -> Plan:
    on = bool(asked["on"])
    summary = _words(session, asked, "switch on" if on else "switch off")
    return Plan(act="edit", switches=(Switch(step_id=_step(session, asked).id, on=on),), summary=summary)


def _move(session: Session, asked: Asked) -> Plan:
    shift = Shift(step_id=_step(session, asked).id, position=int(asked["position"]))
    return Plan(act="edit", shifts=(shift,), summary=_words(session, asked, f"move to place {shift.position}"))


def _reseed(session: Session, asked: Asked) -> Plan:
    step = _step(session, asked)
    return Plan(act="revise", reseeds=(step.id,), summary=_words(session, asked, "another one of"))


def _revise(session: Session, asked: Asked) -> Plan:
    """The step with some of its fields said anew; None takes a field back to its default.

    Of fields that exclude one another, the one that is said anew counts.
    """
    old = _step(session, asked)
    fields = {**old.wish(), **asked["fields"]}
    said = {name for name in old.one_of if fields.get(name) is not None and fields[name] != old.wish().get(name)}
    fields |= {name: None for name in old.one_of if said and name not in said}
    new = step_from_data({name: value for name, value in fields.items() if value is not None})
    return Plan(act="revise", revisions=(Revision(step_id=old.id, step=new),), summary=f"change to: {in_words(new)}")


def _steps(session: Session, asked: Asked) -> Plan:
    steps = tuple(step_from_data(step) for step in asked["steps"])
    if not steps:
        raise PlanError("There is no step.", remedy="Choose something to do.")
    act = "generate" if steps[0].op == "generate" else "edit"
    return Plan(act=act, steps=steps, summary=str(asked.get("words") or ", ".join(map(in_words, steps)))[:200])


_PLANS: dict[str, Callable[[Session, Asked], Plan]] = {
    "undo": lambda _session, _asked: Plan(act="undo", summary="undo"),
    "redo": lambda _session, _asked: Plan(act="redo", summary="redo"),
    "goto": _goto,
    "drop": _drop,
    "switch": _switch,
    "move": _move,
    "reseed": _reseed,
    "revise": _revise,
    "steps": _steps,
}

"""The planner's language for a small model: a state as a short prompt, a draft as a few short lines.

The first line is the act with what it aims at: `edit`, `generate`, `revise 2`, `drop 1 3`, `undo`, `redo`,
`goto step 2`, `ask which 1 2`, `answer history`, `refuse video`. Each step is a line after it:
`edit make the hat green`, `draw a woman on the beach`, `crop aspect 4:5`, `exposure stops -0.5 ~ sky`,
`text color white @ top = Hello`.
"""

from __future__ import annotations

from assistant.drafts import Draft, State
from assistant.sketchbook.language.plan_codes import parse_code, write_code
from assistant.sketchbook.language.plan_grammar import grammar_of
from assistant.sketchbook.language.plan_lines import parse_line, write_line
from assistant.sketchbook.language.plan_spans import HERE, shown_message, spoken, step_words

_SAID = {"user": ">", "assistant": "<-"}


def plan_prompt(state: State) -> str:
    """The picture and what stands beside it, the steps, the last turns, and the message in the last line."""
    facts: list[str] = [state.picture]
    if state.pointed:
        facts.append("pointed")
    if state.references:
        facts.append(f"pictures {state.references + 1}")
    if state.versions > 1:
        facts.append(f"version {state.version} of {state.versions}")
    if state.variants > 1:
        facts.append(f"variants {state.variants}")
    steps = (
        f"{step.number}{'' if step.enabled else ' off'} {words}"
        for step, words in zip(state.steps, step_words(state), strict=True)
    )
    turns = (f"{_SAID[turn.role]} {words}" for turn, words in zip(state.turns, spoken(state), strict=True))
    return "\n".join((" ".join(facts), *steps, *turns, f": {shown_message(state)}"))


def plan_grammar(state: State) -> str:
    """Lark for llguidance: the drafts that fit the state, in words that it shows."""
    return grammar_of(state)


def write_draft(draft: Draft) -> str:
    """The draft in lines. Raises ValueError for what the notation cannot say."""
    if draft.act in ("ask", "answer", "refuse"):
        return write_code(draft)
    head = " ".join((draft.act, *map(str, draft.targets)))
    if draft.target is not None:
        head += f" {draft.target.removeprefix('after ')}"
    return "\n".join((head, *(write_line(step) for step in draft.steps)))


def parse_draft(text: str, state: State) -> Draft:
    """The draft that the lines say. Raises ValueError for what is unknown, out of range or does not fit its act."""
    head, *lines = text.strip("\n").split("\n")
    act, _, aim = head.partition(" ")
    if act in ("ask", "answer", "refuse"):
        return parse_code(head, state)
    steps = tuple(parse_line(line, state) for line in lines)
    fields: dict[str, object] = {"act": act, "steps": steps}
    if act in ("revise", "drop"):
        fields["targets"] = _targets(aim, state)
    elif act == "goto":
        fields["target"] = f"after {aim}" if aim.startswith("step ") else aim
    elif aim:
        raise ValueError(f"{act[:20]} aims at nothing, not at “{aim[:40]}”")
    return Draft.model_validate(fields)


def _targets(aim: str, state: State) -> tuple[int, ...]:
    numbers = tuple(int(word) for word in aim.split())
    known = {step.number for step in state.steps}
    if missing := [number for number in numbers if number not in known]:
        raise ValueError(f"there is no step {missing[0]}")
    return numbers


__all__ = ["HERE", "parse_draft", "plan_grammar", "plan_prompt", "write_draft"]

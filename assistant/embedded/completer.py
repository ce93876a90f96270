"""What the embedded painter can paint of a plan: wishes grounded in its world, what is open drawn from the seed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.drafts import State
from assistant.embedded import refusing
from assistant.embedded.tasks import Tasks
from assistant.pictures import Picture
from assistant.planner import Completion
from assistant.planning.resolving import Slot
from assistant.script import new_id, new_seed, seed_from, variant_seed
from assistant.sketchbook.edits import RULES
from assistant.sketchbook.language.completing import Completed, Unpaintable, complete, complete_scene
from assistant.sketchbook.language.evidence import grounded
from assistant.sketchbook.language.locating import TEXT_AREA
from assistant.sketchbook.language.looking import NAMES
from assistant.sketchbook.language.sentences import describe
from assistant.sketchbook.language.wishes import COLORED, NONE, REMOVABLE, SAME, Assignment, Wishes
from assistant.steps import AnyStep, Edit, Generate, Text
from assistant.vlm import Stop
from assistant.where import PhraseWhere, Where

_LOOKED_AT = tuple(name for name in NAMES if name != "kind")
_MOST_OFFERS = 4
_TRIES = 6
_SAYING = r"\b(?:says?|saying|reads?|reading|(?:with|to|of) the (?:words?|text|letters|writing)|labell?ed)\b\s*:?\s*"
_SIGN_WORDS = re.compile(
    _SAYING + r"(?:[“\"'‘«]([^”\"’»]+)[”\"’»]|'([^']+)'|([A-Z0-9][A-Z0-9 !?.&'-]*[A-Z0-9!?])(?![a-z]))"
)
"""Words for a sign: quoted, or in capitals."""
_BARE_WORDS = re.compile(_SAYING + r"([^,.;]+?)(?=\s+(?:on|in|at|beside|next|near|behind|and|with)\b|[,.;]|$)")
"""The same without either, up to where the sentence goes on."""
_REFERS = re.compile(r"\b(?:it|its|them|that|those|one)\b", re.IGNORECASE)
_BOARDS = re.compile(r"\b(?:sign|signpost|board|chalkboard|blackboard|banner|bubble)\b", re.IGNORECASE)


@dataclass
class _Work:
    """One plan being completed, once for each variant: the same wishes, other choices."""

    state: State
    picture: Picture | None
    stop: Stop
    variants: int
    seen: list[dict[str, str]] | None = None
    """What the picture of each variant shows, as far as it was looked at, with the changes of the plan so far."""
    chosen: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    alternatives: list[list[AnyStep]] = field(default_factory=list)

    def refused(self, why: Unpaintable) -> tuple[AnyStep, ...]:
        self.notes.append(why.sentence)
        self.offers += why.offers
        return ()

    def seeds(self, seed: int) -> list[int]:
        return [variant_seed(seed, number) for number in range(self.variants)]


class SketchbookCompleter:
    """Grounds painted wishes in the sketchbook's world; refuses what is outside it, with what can be had instead."""

    def __init__(self, tasks: Tasks) -> None:
        self.tasks = tasks

    def complete(
        self, slots: Sequence[Slot], state: State, picture: Picture | None, stop: Stop, variants: int = 1
    ) -> Completion:
        """As Completer.complete."""
        work = _Work(state, picture, stop, variants, alternatives=[[] for _ in range(variants - 1)])
        done = tuple(self._done(slot, work) for slot in slots)
        chosen = (f"I chose {_listed(work.chosen)}.",) if work.chosen else ()
        offers = tuple(dict.fromkeys(work.offers))[:_MOST_OFFERS]
        alternatives = tuple(tuple(steps) for steps in work.alternatives)
        return Completion(done, chosen, tuple(dict.fromkeys(work.notes)), offers, alternatives)

    def _done(self, slot: Slot, work: _Work) -> tuple[AnyStep, ...]:
        if isinstance(slot.step, Generate):
            return self._drawn(slot.step, work)
        if not isinstance(slot.step, Edit):
            return (slot.step,)
        if slot.replaces is not None and slot.step.wish() == slot.replaces.wish():
            return (slot.step,)
        if work.state.picture == "photo":
            exact = refusing.nearest_exact(slot.step)
            said = _said(slot.step.modify, work)
            return (exact,) if exact is not None else work.refused(refusing.on_a_photograph(slot.step, said))
        if slot.step.references:
            return work.refused(refusing.of_references())
        return self._painted(slot.step, slot.replaces, work)

    # -- a new picture -------------------------------------------------------------------------------------------------

    def _drawn(self, step: Generate, work: _Work) -> tuple[AnyStep, ...]:
        words, sentence = sign_words(step.prompt)
        wishes = self._grounded(sentence, work)
        if wishes is None:
            return work.refused(refusing.of_a_drawing(_said(step.prompt, work)))
        made, *others = (complete_scene(wishes, seed) for seed in work.seeds(step.seed))
        if isinstance(made, Unpaintable):
            return work.refused(made)
        scene, chosen = made
        work.chosen += chosen
        drawn = step.model_copy(update={"prompt": describe(scene)})
        for alternatives, other in zip(work.alternatives, others, strict=True):
            if not isinstance(other, Unpaintable):
                alternatives.append(drawn.model_copy(update={"prompt": describe(other[0])}))
        return (drawn, *(_lettered(words, drawn) if words and scene.sign != NONE else ()))

    # -- changes -------------------------------------------------------------------------------------------------------

    def _painted(self, step: Edit, old: AnyStep | None, work: _Work) -> tuple[AnyStep, ...]:
        words, sentence = sign_words(step.modify)
        wishes = self._grounded(sentence, work, old.modify if isinstance(old, Edit) else "")
        if wishes is None:
            return work.refused(refusing.of_a_change(_said(step.modify, work)))
        seen = self._seen(work)
        if isinstance(old, Edit):
            wishes = self._corrected(wishes, old, seen, work)
        if words and seen[0].get("sign", NONE) != NONE and all(wish.attribute == "sign" for wish in wishes):
            return tuple(_lettered(words, None, step))
        found, *others = _completed(wishes, work.seeds(step.seed), seen, old)
        if isinstance(found, Unpaintable):
            return work.refused(found)
        if not found:
            return work.refused(refusing.of_nothing(_said(step.modify, work)))
        work.chosen += [word for each in found for word in each.chosen]
        edits = [_as_step(each, step, number) for number, each in enumerate(found)]
        _take_over(seen[0], found)
        for number, other in enumerate(others):
            alike = other if not isinstance(other, Unpaintable) and len(other) == len(found) else found
            work.alternatives[number] += [_said_by(*pair) for pair in zip(edits, alike, strict=True)]
            _take_over(seen[number + 1], alike)
        on_sign = next((edit for edit, each in zip(edits, found, strict=True) if _puts_up_a_sign(each)), None)
        return (*edits, *(_lettered(words, on_sign) if words and on_sign is not None else ()))

    def _grounded(self, sentence: str, work: _Work, corrected: str = "") -> Wishes | None:
        """What words of the sentence, or of what it refers to, ask for; None where that is nothing."""
        read = self.tasks.ground(sentence, work.stop) or ()
        about = work.state.message if _REFERS.search(sentence) else ""
        meant = grounded(f"{sentence} {corrected} {about}", read)
        if meant and len(meant) < len(read):
            work.notes.append(refusing.of_a_part(_said(sentence, work)))
        return meant or None

    def _seen(self, work: _Work) -> list[dict[str, str]]:
        if work.seen is None:
            looked = self.tasks.look(work.picture, _LOOKED_AT, work.stop) if work.picture is not None else {}
            work.seen = [dict(looked) for _ in range(work.variants)]
        return work.seen

    def _corrected(self, wishes: Wishes, old: Edit, seen: list[dict[str, str]], work: _Work) -> Wishes:
        """A correction keeps what was said before of the same thing, and what the old step put there was not there."""
        before = {wish.attribute: wish for wish in self.tasks.ground(old.modify, work.stop) or ()}
        for shown in seen:
            for name in before:
                shown.pop(name, None)
            shown.update({name: NONE for name in before if name in REMOVABLE})
        return tuple(_filled(wish, before.get(wish.attribute)) for wish in wishes)


def _said(sentence: str, work: _Work) -> str:
    """The sentence where the person said it so, else their message: nobody is quoted with words of the model's."""
    words = set(re.findall(r"\w+", work.state.message.lower()))
    return sentence if words.issuperset(re.findall(r"\w+", sentence.lower())) else work.state.message


def _completed(
    wishes: Wishes, seeds: Sequence[int], seen: Sequence[dict[str, str]], old: AnyStep | None
) -> list[tuple[Completed, ...] | Unpaintable]:
    """A completion for each seed; where something is open, other than `old` and than one another in a few tries."""
    before = (old.modify,) if isinstance(old, Edit) else ()
    results: list[tuple[Completed, ...] | Unpaintable] = []
    for seed, shown in zip(seeds, seen, strict=True):
        tries = [complete(wishes, seed if number == 0 else seed_from(seed, number), shown) for number in range(_TRIES)]
        taken = [before, *(_sentences(result) for result in results)]
        results.append(next((result for result in tries if _sentences(result) not in taken), tries[0]))
    return results


def _sentences(found: tuple[Completed, ...] | Unpaintable) -> tuple[str, ...]:
    return () if isinstance(found, Unpaintable) else tuple(each.sentence for each in found)


def _filled(wish: Assignment, before: Assignment | None) -> Assignment:
    """“Make it green” about a red beret is a green beret."""
    if before is None or before.value in (None, NONE, SAME):
        return wish
    recolored = wish.value is None and wish.color is not None
    if wish.value == SAME or recolored:
        return wish.model_copy(update={"value": before.value, "near": before.near})
    if wish.value == before.value and wish.attribute in COLORED and wish.color is None:
        return wish.model_copy(update={"color": before.color})
    return wish


def _take_over(seen: dict[str, str], found: Sequence[Completed]) -> None:
    """What the picture will show after the edits."""
    for each in found:
        rule, edit = RULES[each.edit.kind], each.edit
        name = rule.attribute if rule.verb == "recolor" else rule.field
        if rule.verb == "remove":
            seen[name] = NONE
        elif rule.verb == "recolor" and name in COLORED:
            seen[name] = f"{edit.color} {seen.get(name, '').split(' ', 1)[-1] or NONE}"
        elif rule.verb == "recolor":
            seen[name] = str(edit.color)
        else:
            seen[name] = f"{edit.color} {edit.value}" if edit.color and name in COLORED else str(edit.value)


def _as_step(each: Completed, wished: Edit, number: int) -> Edit:
    """The painter's step; the first one keeps the wish's id and seed, and where somebody pointed."""
    named = {"id": wished.id, "seed": wished.seed}
    if number:
        named = {"id": new_id(), "seed": seed_from(wished.seed, number)}
    return _said_by(wished.model_copy(update={"preserve": "", **named}), each)


def _said_by(step: Edit, each: Completed) -> Edit:
    """The step in the words of a completion; where somebody pointed stays the place."""
    where: Where | None = PhraseWhere(phrase=each.where) if each.where and each.scope == "local" else None
    if step.where is not None and not isinstance(step.where, PhraseWhere):
        where = step.where
    return step.model_copy(update={"modify": each.sentence, "scope": each.scope, "where": where})


def _puts_up_a_sign(each: Completed) -> bool:
    rule = RULES[each.edit.kind]
    return rule.attribute == "sign" and rule.verb in ("add", "replace")


def sign_words(sentence: str) -> tuple[str, str]:
    """The words for a sign, and the sentence without them; no words where it does not speak of a sign."""
    found = _SIGN_WORDS.search(sentence)
    if found is None and _BOARDS.search(sentence):
        found = _BARE_WORDS.search(sentence)
    if found is None:
        return "", sentence
    words = next(group for group in found.groups() if group)
    rest = f"{sentence[: found.start()].rstrip(' ,')}{sentence[found.end() :]}".replace(" that ", " ").strip()
    return words.strip(), re.sub(r"\s+(?:that|which|and)$", "", rest) or sentence


def _lettered(words: str, sign: AnyStep | None, wished: Edit | None = None) -> Iterator[AnyStep]:
    """Signs are painted blank; the words are set exactly, fitted to the board."""
    depends = (sign.id,) if sign is not None else ()
    named = {"id": wished.id, "seed": wished.seed} if wished is not None else {"id": new_id(), "seed": new_seed()}
    yield Text.model_validate({"text": words, "where": PhraseWhere(phrase=TEXT_AREA), "depends_on": depends, **named})


def _listed(words: Sequence[str]) -> str:
    several = list(dict.fromkeys(words))
    return " and ".join([", ".join(several[:-1]), several[-1]]) if len(several) > 1 else several[0]

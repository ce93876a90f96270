"""A session: where planner, renderer and store meet. One turn at a time; it belongs to the session, not to a page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

from assistant.errors import NotFound, PalimpsestError, PlanError, SessionBusy, Stopped
from assistant.events import (
    Event,
    Moved,
    Planned,
    Saved,
    TurnFailed,
    TurnStopped,
    Waiting,
)  # fmt: skip
from assistant.history import History, Version
from assistant.pictures import THUMBNAIL_SIDE, Picture, Pixels, preview
from assistant.plan import Plan, Planner, Wish
from assistant.playing import Interrupted, Rendered
from assistant.records import Patch, Records
from assistant.render import Renderer
from assistant.revising import apply_plan
from assistant.script import Script, new_id, variant_of
from assistant.store import Store
from assistant.telling import failure, recorded, spoken, told
from assistant.turns import Turn

MAX_VARIANTS = 8
MAX_MESSAGE = 4000
Turning = Generator[Event, None, Turn]


@dataclass(frozen=True)
class _Result:
    """What a plan's rendering led to: new versions, or why not."""

    versions: tuple[Version, ...] = ()
    failed: bool = False
    stopped: TurnStopped | None = None
    kept: Script | None = None
    """Of a stopped turn: the script of its finished steps."""
    kept_records: Records = field(default_factory=Records)


class Session:
    """One owner's picture with its tree of versions. All changes go through turns, one at a time."""

    def __init__(self, store: Store, renderer: Renderer, owner: str, session_id: str) -> None:
        """Load it. Raises NotFound."""
        self.id = session_id
        self.owner = owner
        self.store = store
        self.renderer = renderer
        self.title, self.history, self.references, self.turns = store.load(owner, session_id)
        self._writer = threading.Lock()
        self._waiting = threading.Semaphore(1)
        self._stop = threading.Event()
        self._state = threading.RLock()

    # -- looking -------------------------------------------------------------------------------------------------------

    @property
    def patches(self) -> tuple[Patch, ...]:
        """Every patch of every version, each once: what was painted here may fit again."""
        known = {patch.key: patch for version in self.history.versions for patch in version.records.patches}
        return tuple(known.values())

    def picture(self, version_id: str | None = None) -> Picture:
        """The picture of a version, the current one when left out; from the cache or played from its record."""
        version = self.history.version(version_id) if version_id else self.history.current
        if version is None:
            raise NotFound("There is no picture yet.", remedy="Upload one, or say what to draw.")
        picture = self.renderer.cache.get(version.picture_id)
        if picture is None:
            picture = self.renderer.replay(version.script, version.records)
            self.renderer.cache.put(version.picture_id, picture)
        return picture

    def thumbnail(self, version_id: str) -> bytes:
        """JPEG bytes of a version, small; made again when they are gone."""
        version = self.history.version(version_id)
        data = self.store.thumbnail(self.owner, version.picture_id)
        if data is None:
            data = preview(self.picture(version_id), THUMBNAIL_SIDE)
            self.store.put_thumbnail(self.owner, version.picture_id, data)
        return data

    def repaints(self, plan: Plan) -> list[tuple[str, ...]]:
        """What a plan would paint anew of what was painted before; to be said before it is done."""
        base = self._base(plan)
        script, records = apply_plan(plan, base, self.references)[:2]
        return self.renderer.repaints(script, records, self.patches)

    # -- pictures coming in --------------------------------------------------------------------------------------------

    def add_picture(self, picture: Picture, label: str = "Original") -> Version:
        """A new root of the tree; durable when this returns."""
        with self._writer:
            original = self._blobs.put(picture.pixels)
            version = Version(
                id=new_id(), script=Script(original=original, references=self.references), picture_id=picture.id,
                label=label, created=time.time(),
            )  # fmt: skip
            self.renderer.cache.put(original, picture)
            self._acknowledge(self.history.add(version), (version,), None)
            return version

    def add_reference(self, picture: Picture) -> int:
        """Another picture to take from; the number that people call it by, 2 for the first."""
        with self._writer:
            reference = self._blobs.put(picture.pixels)
            if reference not in self.references:
                references = (*self.references, reference)
                self.store.commit(self.owner, self.id, self.history, references)
                self.references = references
            return self.references.index(reference) + 2

    def add_mask(self, mask: Pixels) -> str:
        """A brushed (H, W) mask; the id that a `where` names it by."""
        return self._blobs.put(mask)

    @property
    def _blobs(self):
        return self.store.blobs(self.owner)

    # -- turns ---------------------------------------------------------------------------------------------------------

    def run_turn(self, wish: Wish, planner: Planner, base: str | None = None) -> Turning:
        """Plan and carry out one message, yielding what happens; returns the recorded turn.

        `base` is the version the message was written for, the current one when left out. What fails in here ends in
        an event, and the session goes on. Raises SessionBusy only when another message waits already.
        """
        base = base or self.history.pointer
        yield from self._wait_for_writer()
        try:
            self._stop.clear()
            turn = self._begun(wish, base)
            return (yield from self._turn(turn, wish, lambda: self._planned(planner, wish, base)))
        finally:
            self._writer.release()

    def run_plan(self, plan: Plan, wish: Wish | None = None, base: str | None = None) -> Turning:
        """Carry out a plan that was made by hand (a click in the script list), as a turn of its own."""
        wish = wish or Wish(message=plan.summary or plan.act)
        base = base or self.history.pointer
        yield from self._wait_for_writer()
        try:
            self._stop.clear()
            turn = self._begun(wish, base)
            return (yield from self._turn(turn, wish, lambda: plan))
        finally:
            self._writer.release()

    def stop(self) -> None:
        """Stop the running turn as soon as it looks; the tree stays as it was."""
        self._stop.set()

    @property
    def is_busy(self) -> bool:
        return self._writer.locked()

    def _wait_for_writer(self) -> Iterator[Event]:
        """Become the one writer; one message may wait, visibly. Raises SessionBusy for a third."""
        if self._writer.acquire(blocking=False):
            return
        if not self._waiting.acquire(blocking=False):
            raise SessionBusy(
                "One message is being worked on and another one waits.",
                allowed="One may wait.",
                remedy="Wait for the first, or stop it.",
            )
        try:
            yield Waiting()
            self._writer.acquire()
        finally:
            self._waiting.release()

    def _begun(self, wish: Wish, base: str | None) -> Turn:
        message = wish.message[:MAX_MESSAGE]
        turn = Turn(id=new_id(), number=len(self.turns) + 1, message=message, where=wish.where, base_version=base)
        self.store.begin_turn(self.owner, self.id, turn)
        self.turns = (*self.turns, turn)
        return turn

    def _planned(self, planner: Planner, wish: Wish, base: str | None) -> Plan:
        if not wish.message.strip() and wish.where is None:
            return Plan(act="ask", text="What shall I do with the picture?")
        if len(wish.message) > MAX_MESSAGE:
            raise PlanError(
                f"The message has {len(wish.message):,} characters.",
                allowed=f"At most {MAX_MESSAGE:,} are read.",
                remedy="Say it shorter, or in several messages.",
            )
        history = self.history if base is None else self.history.go(base)
        return planner.plan(wish, history, self.picture(base) if base else None)

    def _turn(self, turn: Turn, wish: Wish, make_plan: Callable[[], Plan]) -> Turning:
        """Everything between the begun and the recorded turn."""
        events: list[Event] = []
        result = _Result()
        status = "done"
        try:
            plan = make_plan()
            turn = turn.model_copy(update={"plan": plan})
            if plan.act in ("ask", "answer", "refuse"):
                status = "asked" if plan.act == "ask" else "done"
                yield from told(events, spoken(plan))
            elif plan.act in ("undo", "redo") or (plan.act == "goto" and not plan.steps and plan.first is None):
                yield from told(events, self._move(plan))
            else:
                result = yield from recorded(events, self._carried_out(plan, wish, turn))
        except Stopped:
            status = "stopped"
            yield from told(events, TurnStopped())
        except PalimpsestError as error:
            status = "failed"
            yield from told(events, TurnFailed(message=str(error)))
        if result.stopped is not None:
            status = "stopped"
            turn = turn.model_copy(update={"kept": result.kept, "kept_records": result.kept_records})
            yield from told(events, result.stopped)
        elif result.failed and not result.versions:
            status = "failed"
        turn = turn.model_copy(update={"status": status, "version_ids": tuple(item.id for item in result.versions)})
        return (yield from self._end(turn, events, result.versions))

    def _end(self, turn: Turn, events: list[Event], versions: tuple[Version, ...]) -> Turning:
        """Make it durable, then say so."""
        history = self.history
        branch = bool(versions) and turn.base_version is not None and history.pointer != turn.base_version
        for version in versions:
            history = history.add(version, move=False)
        if versions and not branch:
            history = history.go(versions[0].id)
        saved = [
            Saved(version_id=item.id, version_number=history.number(item.id), partial=item.partial, branch=branch)
            for item in versions
        ]
        turn = turn.model_copy(update={"events": (*events, *saved)})
        try:
            self._acknowledge(history, versions, turn)
        except PalimpsestError as error:
            failed = TurnFailed(message=str(error))
            turn = turn.model_copy(update={"status": "failed", "events": (*events, failed), "version_ids": ()})
            self._remember(turn)
            yield failed
            return turn
        yield from saved
        return turn

    # -- carrying out --------------------------------------------------------------------------------------------------

    def _base(self, plan: Plan, base: str | None = None) -> Version | None:
        if plan.act == "generate":
            return None
        version_id = plan.target if plan.act == "goto" else base or self.history.pointer
        return self.history.version(version_id) if version_id else None

    def _move(self, plan: Plan) -> Moved:
        with self._state:
            if plan.act == "goto":
                history, note = self.history.go(plan.target or ""), ""
            else:
                history = self.history.undo() if plan.act == "undo" else self.history.redo()
                note = f"There is nothing to {plan.act}." if history.pointer == self.history.pointer else ""
            current = history.current
            if current is None:
                raise NotFound("There is no picture yet.", remedy="Upload one, or say what to draw.")
            self._acknowledge(history, (), None)
            return Moved(version_id=current.id, version_number=history.number(current.id), note=note)

    def _carried_out(self, plan: Plan, wish: Wish, turn: Turn) -> Generator[Event, None, _Result]:
        base = self._base(plan, turn.base_version)
        script, records, new_ids, dropped = apply_plan(plan, base, self.references)
        if not 1 <= wish.variants <= MAX_VARIANTS:
            raise PlanError(
                f"{wish.variants} variants were asked for.", allowed=f"1 to {MAX_VARIANTS} are made at a time.",
                remedy="Ask for fewer.",
            )  # fmt: skip
        repaints = self.renderer.repaints(script, records, self.patches) if plan.act != "generate" and base else []
        yield Planned(act=plan.act, summary=plan.summary, step_ids=new_ids, dropped_ids=dropped, repaints=len(repaints))
        painted = any(script.step(name).is_generative for name in new_ids)
        scripts = [variant_of(script, new_ids, number) for number in range(wish.variants if painted else 1)]
        siblings = [{step.id: step.seed for step in other.steps} for other in scripts[1:]]
        versions: list[Version] = []
        label = plan.summary or wish.message
        for number, variant in enumerate(scripts):
            playing = self.renderer.play(
                variant, records, self.patches, self._stop.is_set, wish.keep_painted, siblings if number == 0 else ()
            )
            try:
                rendered = yield from playing
            except Interrupted as end:
                finished = _finished(end, variant, new_ids)
                if isinstance(end.cause, Stopped):
                    ran = len(set(end.done) & set(new_ids)) if finished else 0
                    return _Result((), False, TurnStopped(kept_steps=ran), finished, end.rendered.records)
                yield failure(end)
                if finished is not None and not versions:
                    versions.append(self._version(finished, end.rendered, base, turn, label, partial=True))
                return _Result(tuple(versions), failed=True)
            versions.append(self._version(variant, rendered, base, turn, label, variant=number))
        return _Result(tuple(versions))

    def _version(
        self, script: Script, rendered: Rendered, base: Version | None, turn: Turn, label: str,
        variant: int = 0, partial: bool = False,
    ) -> Version:  # fmt: skip
        """The version of a rendering, with its thumbnail on disk."""
        picture = rendered.picture
        self.renderer.cache.put(picture.id, picture)
        self.store.put_thumbnail(self.owner, picture.id, preview(picture, THUMBNAIL_SIDE))
        return Version(
            id=new_id(), parent=base.id if base else None, turn_id=turn.id, script=script, records=rendered.records,
            picture_id=picture.id, label=label[:200], variant=variant, partial=partial, created=time.time(),
        )  # fmt: skip

    def keep_finished(self, turn_id: str) -> Version:
        """ "Keep the first two": the finished steps of a stopped turn become a version. Raises NotFound."""
        with self._writer:
            turn = next((item for item in self.turns if item.id == turn_id), None)
            if turn is None or turn.kept is None:
                raise NotFound("There is nothing to keep of that turn.", remedy="Send the message again.")
            base = self.history.version(turn.base_version) if turn.base_version else None
            rendered = self.renderer.render(turn.kept, turn.kept_records)
            version = self._version(turn.kept, rendered, base, turn, turn.message, partial=True)
            kept = turn.model_copy(update={"kept": None, "kept_records": Records(), "version_ids": (version.id,)})
            self._acknowledge(self.history.add(version), (version,), kept)
            return version

    # -- the one place where a turn becomes durable --------------------------------------------------------------------

    def _acknowledge(self, history: History, versions: tuple[Version, ...], turn: Turn | None) -> None:
        title = self.title or (turn.message[:80] if turn else "")
        self.store.commit(self.owner, self.id, history, self.references, versions, turn, title)
        with self._state:
            self.history, self.title = history, title
            if turn is not None:
                self._remember(turn)

    def _remember(self, turn: Turn) -> None:
        self.turns = tuple(turn if item.id == turn.id else item for item in self.turns)


def _finished(end: Interrupted, script: Script, new_ids: tuple[str, ...]) -> Script | None:
    """The script without the new steps that did not run; None when an old step failed, or no new one ran through."""
    missing = [step.id for step in script.enabled if step.id not in end.done]
    if any(step_id not in new_ids for step_id in missing) or not set(end.done) & set(new_ids):
        return None
    return script.drop(missing)

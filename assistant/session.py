"""A session: where planner, renderer and store meet. One turn at a time; it belongs to the session, not to a page."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Generator
from functools import partial

from assistant.choosing import chosen
from assistant.dialogue import spoken_turns
from assistant.errors import DamagedStore, NotFound, PalimpsestError, SessionBusy, Stopped
from assistant.events import Event, Loading, Moved, Saved, TurnFailed, TurnStopped, Waiting
from assistant.history import History, Version
from assistant.line import Line, Ticket
from assistant.pictures import THUMBNAIL_SIDE, Picture, Pixels, preview
from assistant.plan import Context, Plan, Planner, Wish
from assistant.playing import Interrupted, Rendered, drain
from assistant.records import Patch, Records
from assistant.render import Renderer
from assistant.revising import Revised, apply_plan, finished_script, may_repaint, sibling_seeds, variant_scripts
from assistant.script import Script, new_id
from assistant.store import Store
from assistant.telling import MAX_MESSAGE, another, check, failure, label_of, planned, recorded, spoken, told
from assistant.turns import Outcome, Turn
from assistant.vantage import seen_from
from assistant.verifier import Verifier, checks
from assistant.where import Where

Turning = Generator[Event, None, Turn]
_LOG = logging.getLogger(__name__)


class Session:
    """One owner's picture with its tree of versions. All changes go through turns, one at a time."""

    def __init__(
        self, store: Store, renderer: Renderer, owner: str, session_id: str, verifier: Verifier | None = None
    ) -> None:
        """Load it. Raises NotFound."""
        self.verifier = verifier
        self.id = session_id
        self.owner = owner
        self.store = store
        self.renderer = renderer
        self.line = Line()
        self._load()

    def _load(self) -> None:
        loaded = self.store.load(self.owner, self.id)
        self.title, self.history, self.references = loaded.title, loaded.history, loaded.references
        self.turns, self._revision = loaded.turns, loaded.revision

    def _refresh(self) -> None:
        """Take over what another program wrote to this session meanwhile."""
        elsewhere = any(turn.status == "running" for turn in self.turns)  # here, nothing runs while this looks
        if elsewhere or self.store.state(self.owner, self.id) != (self._revision, len(self.turns)):
            self._load()

    # -- looking -------------------------------------------------------------------------------------------------------

    @property
    def patches(self) -> tuple[Patch, ...]:
        """Every patch of every version, each once: what was painted here may fit again."""
        known = {patch.key: patch for version in self.history.versions for patch in version.records.patches}
        return tuple(known.values())

    def picture(self, version_id: str | None = None) -> Picture:
        """The picture of a version, the current one when left out; from the cache or played from its record.

        Raises DamagedStore when it does not play to the pixels that were acknowledged.
        """
        version = self.history.version(version_id) if version_id else self.history.current
        if version is None:
            raise NotFound("There is no picture yet.", remedy="Upload one, or say what to draw.")
        picture = self.renderer.cache.get(version.id)
        if picture is None:
            picture = self.renderer.replay(version.script, version.records)
            if picture.id != version.picture_id:
                raise DamagedStore(
                    f"Version {self.history.number(version.id)} does not play to the same pixels here.",
                    remedy="It was made by other versions of the operations, or with a font that is not here.",
                )
            self.renderer.cache.put(version.id, picture)
        return picture

    def thumbnail(self, version_id: str) -> bytes:
        """JPEG bytes of a version, small; made again when they are gone."""
        version = self.history.version(version_id)
        data = self.store.thumbnail(self.owner, version.picture_id)
        if data is None:
            data = preview(self.picture(version_id), THUMBNAIL_SIDE)
            self.store.put_thumbnail(self.owner, version.picture_id, data)
        return data

    def repaints(self, plan: Plan, where: Where | None = None) -> list[tuple[str, ...]]:
        """What a plan would paint anew of what was painted before; to be said before it is done.

        `where` was pointed at in the picture on show.
        """
        base = self._base(plan)
        return self._repaints(self._seen(plan, where, self.history.pointer, base), base, lambda: False)

    def _repaints(self, plan: Plan, base: Version | None, stop: Callable[[], bool]) -> list[tuple[str, ...]]:
        if base is None or not may_repaint(plan, base):
            return []
        revised = apply_plan(plan, base, self.references)
        return self.renderer.repaints(revised.script, revised.records, self.patches, stop)

    # -- pictures coming in --------------------------------------------------------------------------------------------

    def add_picture(self, picture: Picture, label: str = "Original") -> Version:
        """A new root of the tree; durable when this returns. Raises SessionBusy."""
        with self.line.writer():
            self._refresh()
            original = self.renderer.blobs.put(picture.pixels)
            version = Version(
                id=new_id(), script=Script(original=original, references=self.references), picture_id=picture.id,
                came_from=self.history.pointer, label=label, created=time.time(),
            )  # fmt: skip
            self.renderer.cache.put(version.id, picture)
            self._acknowledge(self.history.add(version), (version,), None)
            return version

    def add_reference(self, picture: Picture) -> int:
        """Another picture to take from; the number that people call it by, 2 for the first. Raises SessionBusy."""
        with self.line.writer():
            self._refresh()
            reference = self.renderer.blobs.put(picture.pixels)
            if reference not in self.references:
                references = (*self.references, reference)
                self._revision = self.store.commit(self.owner, self.id, self._revision, self.history, references)
                self.references = references
            return self.references.index(reference) + 2

    def add_mask(self, mask: Pixels) -> str:
        """A brushed (H, W) mask; the id that a `where` names it by."""
        return self.renderer.blobs.put(mask)

    # -- turns ---------------------------------------------------------------------------------------------------------

    def ticket(self, base: str | None = None) -> Ticket:
        """A place in the line for a message written for `base`, the version on show when left out.

        Raises SessionBusy when one message is worked on and another one waits.
        """
        return self.line.take(base or self.history.pointer)

    def run_turn(self, wish: Wish, planner: Planner, ticket: Ticket | None = None) -> Turning:
        """Plan and carry out one message, yielding what happens; returns the recorded turn.

        Whatever fails in here ends in an event, and the session goes on. Raises SessionBusy when there is no place,
        Stopped when it is taken back while it waits.
        """
        place = ticket or self.ticket()
        return (yield from self._in_line(wish, place, planner))

    def run_plan(self, plan: Plan, wish: Wish | None = None, ticket: Ticket | None = None) -> Turning:
        """Carry out a plan that was made by hand (a click in the script list), as a turn of its own."""
        wish = wish or Wish(message=plan.summary or plan.act)
        return (yield from self._in_line(wish, ticket or self.ticket(), plan))

    def stop(self, waiting: bool = False) -> None:
        """Stop the running turn as soon as it looks; the tree stays as it was. With `waiting`, the next one too."""
        self.line.stop(waiting)

    def _in_line(self, wish: Wish, ticket: Ticket, source: Planner | Plan) -> Turning:
        try:
            if not self.line.is_first(ticket):
                shown = self.history.pointer
                yield Waiting()
                self.line.wait(ticket)
                ticket.base = self.history.pointer if ticket.base == shown else ticket.base
            turn = Turn(
                id=new_id(), number=0, message=wish.message[:MAX_MESSAGE], where=wish.where, base_version=ticket.base
            )
            try:
                self._refresh()
                turn = self.store.begin_turn(self.owner, self.id, turn)
            except PalimpsestError as error:
                failed = TurnFailed(message=str(error))
                yield failed
                return turn.model_copy(update={"status": "failed", "events": (failed,)})
            self.turns = (*self.turns, turn)
            return (yield from self._turn(turn, wish, ticket, source))
        finally:
            self.line.leave(ticket)

    def _planned(self, planner: Planner, wish: Wish, ticket: Ticket) -> Generator[Event, None, Plan]:
        if not wish.message.strip() and wish.where is None:
            return Plan(act="ask", text="What shall I do with the picture?")
        history = self.history if ticket.base is None else self.history.go(ticket.base)
        picture = self.picture(ticket.base) if ticket.base else None
        context = Context(spoken=spoken_turns(self.turns), references=len(self.references))
        if not planner.is_ready:
            yield Loading()
        return planner.plan(chosen(wish, self.turns), history, picture, ticket.stop.is_set, context)

    def _turn(self, turn: Turn, wish: Wish, ticket: Ticket, source: Planner | Plan) -> Turning:
        """Everything between the begun and the recorded turn."""
        events: list[Event] = []
        result = Outcome()
        recorded_turn: Turn | None = None
        status = "done"
        try:
            try:
                check(wish)
                plan = source if isinstance(source, Plan) else (yield from self._planned(source, wish, ticket))
                turn = turn.model_copy(update={"plan": plan})
                if ticket.stop.is_set():
                    raise Stopped
                if plan.act in ("ask", "answer", "refuse"):
                    status = "asked" if plan.act == "ask" else "done"
                    yield from told(events, spoken(plan))
                elif plan.act in ("undo", "redo") or (plan.act == "goto" and not plan.steps and plan.first is None):
                    yield from told(events, self._move(plan))
                else:
                    result = yield from recorded(events, self._carried_out(plan, wish, turn, ticket))
            except Stopped:
                result = Outcome(stopped=TurnStopped())
            except PalimpsestError as error:
                status = "failed"
                yield from told(events, TurnFailed(message=str(error)))
            except Exception as error:  # noqa: BLE001 - the edge: a fault of ours must not take the session along
                _LOG.exception("turn %s of session %s failed", turn.number, self.id)
                status = "failed"
                words = f"Something went wrong inside Palimpsest ({type(error).__name__}); nothing was changed."
                yield from told(events, TurnFailed(message=words))
            if result.stopped is not None:
                status = "stopped"
                turn = turn.model_copy(update={"kept": result.kept, "kept_records": result.kept_records})
                yield from told(events, result.stopped)
            elif result.failed and not result.versions:
                status = "failed"
            turn = turn.model_copy(update={"status": status, "version_ids": tuple(item.id for item in result.versions)})
            recorded_turn = yield from self._end(turn, events, result.versions)
            return recorded_turn
        finally:
            if recorded_turn is None and self._of(turn.id).status == "running":
                self._abandon(turn, events)

    def _of(self, turn_id: str) -> Turn:
        return next(item for item in self.turns if item.id == turn_id)

    def _abandon(self, turn: Turn, events: list[Event]) -> None:
        """Whoever listened went away in the middle: the turn is recorded as failed."""
        failed = TurnFailed(message="This was broken off; nothing was changed.")
        turn = turn.model_copy(update={"status": "failed", "events": (*events, failed), "version_ids": ()})
        self._remember(turn)
        with contextlib.suppress(PalimpsestError):
            self._acknowledge(self.history, (), turn)

    def _end(self, turn: Turn, events: list[Event], versions: tuple[Version, ...]) -> Turning:
        """Make it durable, then say so."""
        branch = bool(versions) and turn.base_version is not None and self.history.pointer != turn.base_version
        history = self.history.grown(versions, follow=not branch)
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
            if isinstance(error, SessionBusy):
                self._load()
                with contextlib.suppress(PalimpsestError):
                    self._acknowledge(self.history, (), turn)
            yield failed
            return turn
        yield from saved
        return turn

    # -- carrying out --------------------------------------------------------------------------------------------------

    def _base(self, plan: Plan, base: str | None = None) -> Version | None:
        """The version that a plan changes; None for a drawing."""
        if plan.act == "generate":
            return None
        version_id = plan.target if plan.act == "goto" else base or self.history.pointer
        return self.history.version(version_id) if version_id else None

    def _seen(self, plan: Plan, where: Where | None, shown: str | None, base: Version | None) -> Plan:
        """The plan for `base`, with what was pointed at in the version `shown`."""
        if where is None or shown is None or base is None:
            return plan
        pointed = self.history.version(shown)
        frame_of = partial(self.renderer.frame_of, pointed.script, pointed.records)
        return seen_from(plan, where, base.script, base.id != shown, frame_of)

    def _move(self, plan: Plan) -> Moved:
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

    def _carried_out(self, plan: Plan, wish: Wish, turn: Turn, ticket: Ticket) -> Generator[Event, None, Outcome]:
        base, stop = self._base(plan, turn.base_version), ticket.stop.is_set
        plan = self._seen(plan, wish.where, ticket.shown, base)
        revised = apply_plan(plan, base, self.references)
        repaints = len(self._repaints(plan, base, stop))
        yield planned(plan, revised, repaints)
        painted = any(revised.script.step(name).is_generative for name in revised.new_ids)
        count = wish.variants if painted else 1
        scripts = variant_scripts(plan, revised, count)
        siblings = sibling_seeds(scripts)
        versions: list[Version] = []
        label = plan.summary or wish.message
        for number, script in enumerate(scripts):
            yield from another(number, script, revised)
            seeds = siblings if number == 0 else ()
            playing = self.renderer.play(script, revised.records, self.patches, stop, wish.keep_painted, seeds)
            try:
                rendered = yield from playing
            except Interrupted as end:
                return (yield from self._broken_off(end, revised, base, turn, versions, label))
            called = label_of(script, revised, label)
            versions.append(self._version(script, rendered, base, turn, called, variant=number))
            if number == 0 and painted and self.verifier is not None:
                before = self.picture(base.id) if base else None
                yield from checks(self.verifier, script, revised.new_ids, before, rendered.picture, stop)
        return Outcome(tuple(versions))

    def _broken_off(
        self, end: Interrupted, revised: Revised, base: Version | None, turn: Turn, versions: list[Version], label: str
    ) -> Generator[Event, None, Outcome]:
        """What is left of a plan that was stopped or failed: something to keep, or a partial version."""
        finished = finished_script(revised, base, end.done)
        known = end.rendered.records
        records = revised.records.joined(known.measurements, known.patches)
        if isinstance(end.cause, Stopped):
            if versions:
                return Outcome(
                    (), False, TurnStopped(kept_steps=len(revised.new_ids)), versions[0].script, versions[0].records
                )
            ran = len(set(end.done) & set(revised.new_ids)) if finished else 0
            return Outcome((), False, TurnStopped(kept_steps=ran), finished, records)
        yield failure(end)
        if finished is not None and not versions:
            with contextlib.suppress(Interrupted):
                rendered = drain(self.renderer.play(finished, records, self.patches))
                versions.append(self._version(finished, rendered, base, turn, label, partial=True))
        return Outcome(tuple(versions), failed=True)

    def _version(
        self, script: Script, rendered: Rendered, base: Version | None, turn: Turn, label: str,
        variant: int = 0, partial: bool = False,
    ) -> Version:  # fmt: skip
        """The version of a rendering, with its thumbnail on disk."""
        picture = rendered.picture
        version_id = new_id()
        self.renderer.cache.put(version_id, picture)
        self.store.put_thumbnail(self.owner, picture.id, preview(picture, THUMBNAIL_SIDE))
        return Version(
            id=version_id, parent=base.id if base else None, came_from=None if base else turn.base_version,
            turn_id=turn.id, script=script, records=rendered.records,
            picture_id=picture.id, label=label[:200], variant=variant, partial=partial, created=time.time(),
        )  # fmt: skip

    def keep_finished(self, turn_id: str) -> Version:
        """ "Keep the first two": finished steps of a stopped turn become a version. Raises NotFound, SessionBusy."""
        with self.line.writer():
            self._refresh()
            turn = next((item for item in self.turns if item.id == turn_id), None)
            if turn is None or turn.kept is None or turn.plan is None:
                raise NotFound("There is nothing to keep of that turn.", remedy="Send the message again.")
            base = self._base(turn.plan, turn.base_version)
            rendered = drain(self.renderer.play(turn.kept, turn.kept_records, self.patches))
            version = self._version(turn.kept, rendered, base, turn, turn.message, partial=True)
            kept = turn.model_copy(update={"kept": None, "kept_records": Records(), "version_ids": (version.id,)})
            history = self.history.grown((version,), follow=self.history.pointer == turn.base_version)
            self._acknowledge(history, (version,), kept)
            return version

    # -- the one place where a turn becomes durable --------------------------------------------------------------------

    def _acknowledge(self, history: History, versions: tuple[Version, ...], turn: Turn | None) -> None:
        title = self.title or (turn.message.strip()[:80] if turn else "")
        self._revision = self.store.commit(
            self.owner, self.id, self._revision, history, self.references, versions, turn, title
        )
        self.history, self.title = history, title
        if turn is not None:
            self._remember(turn)

    def _remember(self, turn: Turn) -> None:
        self.turns = tuple(turn if item.id == turn.id else item for item in self.turns)

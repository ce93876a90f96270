"""The routes of the page: sessions, messages, clicks and the feed. Every one asks the store whose session it is."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from assistant.errors import ModelUnavailable
from assistant.plan import Wish
from assistant.steps import STEP_CLASSES
from assistant.telling import MAX_VARIANTS
from assistant.ui.acts import plan_of
from assistant.ui.asking import AtDesk, Opened, Owner, Said, how_far
from assistant.ui.batches import AtBatches
from assistant.ui.feed import Feed, stream
from assistant.ui.pointing import pointed_at
from assistant.ui.starters import ON_A_REGION, SAMPLES, sample_picture, starters
from assistant.ui.views import Data

routes = APIRouter()


@routes.get("/about")
def about(desk: AtDesk) -> Data:
    """What does not change while the program runs."""
    samples = {name: {"words": item.words, "source": item.source} for name, item in SAMPLES.items()}
    schemas = {op: cls.model_json_schema() for op, cls in STEP_CLASSES.items()}
    return {
        "starters": starters(), "samples": samples, "on_a_region": ON_A_REGION, "schemas": schemas,
        "variants": MAX_VARIANTS, "max_bytes": desk.max_bytes,
    }  # fmt: skip


@routes.get("/models")
def models(desk: AtDesk) -> Data:
    """How far the models are, for a page that follows no session yet."""
    return how_far(desk.models)


@routes.get("/sessions")
def listed(desk: AtDesk, owner: Owner) -> list[Data]:
    """The owner's sessions with anything in them, the latest first."""
    return [row for row in desk.sessions.list(owner) if row["versions"] or row["turns"]]


@routes.post("/sessions")
def created(desk: AtDesk, owner: Owner) -> Data:
    return {"id": desk.sessions.create(owner).id}


@routes.delete("/sessions/{session_id}")
def deleted(desk: AtDesk, owner: Owner, batches: AtBatches, session_id: str) -> Data:
    desk.sessions.delete(owner, session_id)
    batches.forget(session_id)
    return {}


@routes.get("/s/{session_id}/feed")
async def feed(desk: AtDesk, session: Opened) -> StreamingResponse:
    """Server-sent events: everything, then what is new."""
    news = stream(Feed(desk.sessions, session, desk.models))
    unheld = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(news, media_type="text/event-stream", headers=unheld)


@routes.post("/s/{session_id}/say")
def say(desk: AtDesk, session: Opened, said: Said) -> Data:
    """A message; what comes of it is told by the feed."""
    planner = desk.sessions.planner
    if planner is None:
        raise ModelUnavailable("No planner is loaded.", remedy="Start the program with a profile.")
    wish = Wish(
        message=str(said.get("message", "")), where=pointed_at(session, said.get("region")),
        variants=said.get("variants") or 1, seed=said.get("seed"), about=said.get("about"),
        keep_painted=bool(said.get("keep_painted")),
    )  # fmt: skip
    desk.sessions.start(session, wish, planner)
    return {}


@routes.post("/s/{session_id}/act")
def act(desk: AtDesk, session: Opened, asked: Said) -> Data:
    """A click. Answers `repaints`, and does nothing, when other steps would be painted anew and `sure` was not said."""
    where = pointed_at(session, asked.get("region"))
    plan = plan_of(session, asked, where)
    meant = {*plan.reseeds, *(revision.step_id for revision in plan.revisions)}
    again = [] if asked.get("sure") else [ids for ids in session.repaints(plan, where) if not meant & set(ids)]
    if again:
        return {"repaints": len(again)}
    wish = Wish(
        message=str(asked.get("words") or plan.summary), where=where, variants=asked.get("variants") or 1,
        keep_painted=bool(asked.get("keep_painted")),
    )  # fmt: skip
    desk.sessions.start_plan(session, plan, wish)
    return {}


@routes.post("/s/{session_id}/stop")
def stop(session: Opened, asked: Said) -> Data:
    """Stops what runs; with `waiting`, what waits too; with `back`, what waits and nothing else."""
    if asked.get("back"):
        return {"taken": session.line.take_back()}
    session.stop(waiting=bool(asked.get("waiting")))
    return {}


@routes.post("/s/{session_id}/keep/{turn_id}")
def keep(session: Opened, turn_id: str) -> Data:
    """Keeps the finished steps of a stopped turn."""
    return {"version": session.keep_finished(turn_id).id}


@routes.post("/s/{session_id}/sample/{name}")
def sample(session: Opened, name: str) -> Data:
    """Begins with one of the pictures that come along."""
    return {"version": session.add_picture(sample_picture(name), SAMPLES[name].words).id}

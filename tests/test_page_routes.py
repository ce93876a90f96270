"""The page's own routes, asked without a browser: who sees what, and what is refused in a sentence."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from assistant.errors import Stopped
from assistant.plan import Plan
from assistant.script_files import step_from_data
from assistant.ui.door import OWNER_COOKIE, PASS_COOKIE
from assistant.ui.login import login_page
from assistant.ui.serving import GUEST, PORTS_TRIED, Serving, free_port, guarded, warnings_of
from tests.page import HAT, SIDE, House, P, act, ann, begun, decoded, file_of, house, opened, pixels, refused, told

__all__ = ["ann", "house"]


# -- who sees what -----------------------------------------------------------------------------------------------------


def test_two_browsers_never_see_each_other(house: House, ann: TestClient) -> None:
    address, version = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "sepia"}])
    job = ann.post(f"{address}/apply").json()["job"]
    assert ann.post(f"{address}/apply/{job}?name=a.png", content=file_of(pixels())).status_code == 200
    step = told(house, ann, address)["steps"][0]["id"]
    newest = told(house, ann, address)["pointer"]
    reads = [
        "feed", "export.zip", f"v/{version}/preview.jpg", f"v/{version}/thumbnail.jpg",
        f"v/{version}/download.png", f"v/{newest}/before/{step}.jpg",
    ]  # fmt: skip
    writes = ["say", "act", "stop", "upload", "apply", f"apply/{job}", "sample/cat", "keep/none"]
    with house.visitor() as bob:
        assert bob.get(f"{P}/sessions").json() == []
        for path in reads:
            assert bob.get(f"{address}/{path}").status_code == 404, path
        for path in writes:
            assert bob.post(f"{address}/{path}", json={}).status_code == 404, path
        assert bob.get(f"{P}/apply/{job}.zip").status_code == 404
        assert bob.delete(f"{P}/sessions/{address.rsplit('/', 1)[-1]}").status_code == 404
        mine, _ = begun(bob)
        assert bob.post(f"{mine}/apply/{job}", content=b"").status_code == 404
    assert [row["id"] for row in ann.get(f"{P}/sessions").json()] == [address.rsplit("/", 1)[-1]]
    for path in reads[1:]:
        assert ann.get(f"{address}/{path}").status_code == 200, path


def test_a_conversation_without_a_picture_has_none_to_show_in_the_list(house: House, ann: TestClient) -> None:
    address = f"{P}/s/{ann.post(f'{P}/sessions').json()['id']}"
    assert ann.post(f"{address}/say", json={"text": "hello"}).status_code == 200
    house.settle()
    assert [row["shown"] for row in ann.get(f"{P}/sessions").json()] == [None]
    version = ann.post(f"{address}/upload", content=file_of(pixels())).json()["version"]
    assert [row["shown"] for row in ann.get(f"{P}/sessions").json()] == [version]


def test_the_cookie_is_for_this_server_and_no_script(house: House) -> None:
    with house.visitor() as client:
        cookie = client.get(f"{P}/about").headers["set-cookie"]
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        assert "set-cookie" not in client.get(f"{P}/about").headers
    with house.visitor(base_url="https://testserver") as client:
        assert "Secure" in client.get(f"{P}/about").headers["set-cookie"]


def test_the_cookie_is_renewed_with_every_visit(house: House) -> None:
    with house.visitor(base_url="https://testserver") as client:
        first, again = (client.get("/").headers["set-cookie"] for _ in range(2))
        assert first == again
        assert "Max-Age=" in again
        assert {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"} <= set(again.split("; "))
        for path in (f"{P}/about", "/gradio_api/info"):
            assert "set-cookie" not in client.get(path).headers
        assert "set-cookie" not in client.head("/").headers


@pytest.mark.parametrize(
    "key", ["", "short", "a=b; c", '"', "ü" * 43, "x" * 4000, '"' + "\\015\\012" * 5 + "x" * 33 + '"']
)
def test_a_made_up_cookie_is_replaced_or_owns_nothing(house: House, key: str) -> None:
    with house.visitor() as client:
        renewed = client.get("/", headers=[(b"cookie", f"{OWNER_COOKIE}={key}".encode())]).headers["set-cookie"]
        assert re.match(rf"{OWNER_COOKIE}=[\w-]{{43}}; Path=/; ", renewed, re.ASCII)
        client.cookies.clear()
        answer = client.get(f"{P}/sessions", headers=[(b"cookie", f"{OWNER_COOKIE}={key}".encode())])
        assert answer.status_code == 200
        assert answer.json() == []


def test_every_answer_keeps_the_page_at_home(house: House, ann: TestClient) -> None:
    address, version = begun(ann)
    paths = [
        "/", f"{P}/about", f"{P}/static/main.js", f"{P}/static/none.js", f"{P}/nowhere",
        f"{address}/v/{version}/preview.jpg", f"{address}/v/{version}/download.png", f"{P}/s/none/feed",
    ]  # fmt: skip
    for path in paths:
        policy = ann.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy, path
        assert "http" not in policy
    assert "content-security-policy" in ann.post(f"{address}/act", content=b"{").headers


def test_cookies_of_other_programs_on_this_machine_do_no_harm(house: House, ann: TestClient) -> None:
    begun(ann)
    mine = f"{OWNER_COOKIE}={ann.cookies[OWNER_COOKIE]}"
    for theirs in ('prefs={"a": [1, 2]}', "a@b=c", "=", ";;", "née=ü"):
        for header in (f"{theirs}; {mine}", f"{mine}; {theirs}"):
            with house.visitor() as client:
                answer = client.get(f"{P}/sessions", headers=[(b"cookie", header.encode())])
                assert len(answer.json()) == 1, header


def test_only_our_own_page_may_send_something_and_only_to_us(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    for site in ("cross-site", "same-site"):
        header = {"sec-fetch-site": site}
        for path in (f"{P}/sessions", f"{P}/import", f"{address}/say", f"{address}/upload"):
            refused(ann.post(path, headers=header, json={}), 403)
        refused(ann.delete(f"{P}/sessions/{address.rsplit('/', 1)[-1]}", headers=header), 403)
        assert ann.get("/", headers=header).status_code == 200
    for site in ("same-origin", "none"):
        assert ann.post(f"{P}/sessions", headers={"sec-fetch-site": site}).status_code == 200
    for path in ("/", "/gradio_api/info", "/gradio_api/upload", "/palimpsestic"):
        refused(ann.post(path, content=b"x"), 403)


# -- passwords ---------------------------------------------------------------------------------------------------------


def test_nobody_comes_in_without_the_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.ui.door._WRONG_SECONDS", 0.0)
    house = House(tmp_path, {"ann": "sésame <&>", "bob": "other"})
    with house.visitor() as client:
        for path in ("/", f"{P}/about", f"{P}/static/main.js", "/gradio_api/info", f"{P}/sessions", f"{P}/login"):
            answer = client.get(path)
            assert answer.status_code == 401, path
            assert 'type="password"' in answer.text
        for path in (f"{P}/sessions", f"{P}/import", "/gradio_api/info", "/"):
            refused(client.post(path, content=b"x"), 401)
        refused(client.delete(f"{P}/sessions/x"), 401)
        wrong = {"name": "ann", "password": "other"}
        assert "do not belong together" in client.post(f"{P}/login", data=wrong).text
        assert client.post(f"{P}/login", content=b"x" * 9000).status_code == 401
        assert PASS_COOKIE not in client.cookies
        right = client.post(f"{P}/login", data={"name": "ann", "password": "sésame <&>"})
        assert (right.status_code, right.headers["location"]) == (303, "/")
        assert {"HttpOnly", "SameSite=Lax"} <= set(right.headers["set-cookie"].split("; "))
        assert client.get("/").text == "the page"
        address, version = begun(client)
    with house.visitor() as elsewhere:
        elsewhere.post(f"{P}/login", data={"name": "ann", "password": "sésame <&>"})
        assert elsewhere.get(f"{address}/v/{version}/thumbnail.jpg").status_code == 200
    with house.visitor() as bob:
        bob.post(f"{P}/login", data={"name": "bob", "password": "other"})
        assert bob.get(f"{P}/sessions").json() == []
        assert bob.get(f"{address}/v/{version}/thumbnail.jpg").status_code == 404


def test_a_pass_of_another_password_is_worth_nothing(tmp_path: Path) -> None:
    with House(tmp_path, {"ann": "old"}).visitor() as client:
        client.post(f"{P}/login", data={"name": "ann", "password": "old"})
        shown = client.cookies[PASS_COOKIE]
    with House(tmp_path, {"ann": "new"}).visitor(cookies={PASS_COOKIE: shown}) as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers=[(b"cookie", f"{PASS_COOKIE}=ü".encode())]).status_code == 401
    assert "<script>" not in login_page("/<script>")


def test_a_browser_asks_after_every_file_of_the_page(ann: TestClient) -> None:
    first = ann.get(f"{P}/static/main.js")
    assert first.headers["cache-control"] == "no-cache"
    again = ann.get(f"{P}/static/main.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"


# -- pictures in and out -----------------------------------------------------------------------------------------------


def test_wrong_files_are_refused_in_a_sentence_and_the_session_goes_on(tmp_path: Path) -> None:
    house = House(tmp_path, max_bytes=20_000)
    large = file_of(np.random.default_rng(1).integers(0, 256, (200, 200, 3)).astype(np.uint8))
    jpeg = file_of(pixels(), "JPEG")
    wrong = {
        "not a picture": b"just some words", "cut off": jpeg[: len(jpeg) // 2], "empty": b"", "MB": large,
        "a GIF": file_of(pixels(), "GIF"), "16 to": file_of(pixels()[:4, :4]),
    }  # fmt: skip
    with house.visitor() as client:
        address, version = begun(client)
        for words, data in wrong.items():
            for use in ("picture", "reference"):
                answer = client.post(f"{address}/upload?use={use}", content=data)
                assert words in refused(answer, 413 if words == "MB" else 422), words
        refused(client.post(f"{address}/upload?use=nonsense", content=jpeg))
        refused(client.post(f"{P}/import", content=b"PK no session"))
        assert client.post(f"{address}/upload?use=reference", content=jpeg).json()["reference"] == 2
        patch = told(house, client, address)
        assert (patch["pointer"], len(patch["versions"]), patch["references"]) == (version, 1, 1)
        act(house, client, address, act="steps", steps=[{"op": "sepia"}])
        assert len(told(house, client, address)["versions"]) == 2


def test_pictures_of_a_version(house: House, ann: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address, original = begun(ann)
    session = opened(house, ann, address)
    act(house, ann, address, act="steps", steps=[{"op": "flip"}, {"op": "exposure", "stops": 0.5}])
    patch = told(house, ann, address)
    version, steps = patch["pointer"], patch["steps"]
    for path in (f"v/{original}/preview.jpg", f"v/{version}/thumbnail.jpg"):
        answer = ann.get(f"{address}/{path}")
        assert answer.headers["content-type"] == "image/jpeg"
        assert decoded(answer.content).shape == (*SIDE, 3)
    around = [ann.get(f"{address}/v/{version}/{side}/{steps[0]['id']}.jpg").content for side in ("before", "after")]
    before, after = (decoded(data).astype(int) for data in around)
    assert np.abs(before[:, ::-1] - after).mean() < np.abs(before - after).mean() / 4
    with monkeypatch.context() as patched:
        patched.setattr(session.renderer, "replay", None)
        places = (("before", steps[0]), ("after", steps[1]))
        ends = [ann.get(f"{address}/v/{version}/{side}/{step['id']}.jpg") for side, step in places]
    thumbnails = [ann.get(f"{address}/v/{each}/thumbnail.jpg").content for each in (original, version)]
    assert [answer.content for answer in ends] == thumbnails
    lossless = {kind: ann.get(f"{address}/v/{version}/download.{kind}") for kind in ("png", "webp")}
    for answer in lossless.values():
        assert "attachment" in answer.headers["content-disposition"]
    shown = opened(house, ann, address).picture().pixels
    assert all(np.array_equal(decoded(answer.content), shown) for answer in lossless.values())
    assert np.array_equal(decoded(ann.get(f"{address}/v/{original}/download.png").content), pixels())
    assert decoded(ann.get(f"{address}/v/{version}/download.jpg").content).shape == (*SIDE, 3)
    for path in (f"v/{version}/download.exe", "v/none/preview.jpg", f"v/{version}/before/none.jpg"):
        refused(ann.get(f"{address}/{path}"), 422 if "before" in path else 404)
    assert ann.get(f"{P}/samples/cat.jpg").status_code == 200
    refused(ann.get(f"{P}/samples/none.jpg"), 404)


def test_a_session_goes_out_as_a_file_and_comes_in_again(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    act(house, ann, address, act="steps", steps=[HAT, {"op": "sepia"}], words="a red hat, <b>old</b>")
    exported = ann.get(f"{address}/export.zip")
    assert exported.headers["content-disposition"].startswith("attachment")
    with house.visitor() as bob:
        theirs = f"{P}/s/{bob.post(f'{P}/import', content=exported.content).json()['id']}"
        again, first = told(house, bob, theirs), told(house, ann, address)
        assert [step["words"] for step in again["steps"]] == [step["words"] for step in first["steps"]]
        assert [turn["message"] for turn in again["turns"]] == ["a red hat, <b>old</b>"]
        pictures = [
            client.get(f"{where}/v/{patch['pointer']}/download.png").content
            for client, where, patch in ((ann, address, first), (bob, theirs, again))
        ]
        assert np.array_equal(decoded(pictures[0]), decoded(pictures[1]))


# -- clicks and messages that make no sense ----------------------------------------------------------------------------


NONSENSE: list[dict[str, Any]] = [
    {}, {"act": "explode"}, {"act": None}, {"act": "drop"}, {"act": "drop", "step": "none"}, {"act": "goto"},
    {"act": "goto", "version": "none"}, {"act": "move", "step": "STEP", "position": "x"},
    {"act": "move", "step": "STEP", "position": 9}, {"act": "move", "step": "STEP", "position": [1]},
    {"act": "steps", "steps": []}, {"act": "steps", "steps": 5}, {"act": "steps", "steps": ["sepia"]},
    {"act": "steps", "steps": [{"op": "magic"}]}, {"act": "steps", "steps": [{"op": "exposure", "stops": 99}]},
    {"act": "revise", "step": "STEP", "fields": {"stops": "much"}}, {"act": "revise", "step": "STEP", "fields": [1]},
    {"act": "revise", "step": "STEP", "fields": {"unknown": 1}}, {"act": "revise", "step": "STEP"},
    {"act": "steps", "steps": [{"op": "sepia"}], "variants": "many"},
    {"act": "steps", "steps": [{"op": "sepia"}], "region": "there"},
    {"act": "steps", "steps": [{"op": "sepia"}], "region": {"box": [5, 5, 1, 1]}},
    {"act": "steps", "steps": ["sepia"], "region": {"box": [1, 1, 5, 5]}},
    {"act": "steps", "steps": [None], "region": {"click": [5, 5]}},
    {"act": "steps", "steps": 5, "region": {"click": [5, 5]}},
    {"act": "revise", "step": "STEP", "fields": [1], "region": {"box": [1, 1, 5, 5]}},
    {"act": "explode", "region": {"click": [5, 5]}}, {"act": "revise", "step": "none", "region": {"click": [5, 5]}},
    {"act": "steps", "steps": [{"op": "sepia"}], "region": {"click": None}},
    {"act": "steps", "steps": [{"op": "sepia"}], "region": {"mask": "data:image/png;base64,???"}},
]  # fmt: skip


def test_clicks_that_make_no_sense_are_answered_in_a_sentence(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "exposure", "stops": 0.5}])
    patch = told(house, ann, address)
    for asked in NONSENSE:
        asked = {**asked, "step": patch["steps"][0]["id"]} if asked.get("step") == "STEP" else asked
        answer = ann.post(f"{address}/act", json=asked)
        assert answer.status_code in (404, 422), (asked, answer.text)
        refused(answer, answer.status_code)
    for route in ("act", "say", "stop"):
        for body in (b"{", b"[1]", b"", b"\xff\xfe", b'"words"'):
            refused(ann.post(f"{address}/{route}", content=body, headers={"content-type": "application/json"}))
    for said in ({"variants": "many"}, {"variants": [2]}, {"region": 7}, {"seed": "x"}, {"about": [1]}):
        refused(ann.post(f"{address}/say", json={"message": "hello", **said}))
    after = told(house, ann, address)
    assert (after["pointer"], after["turns"], after["busy"]) == (patch["pointer"], patch["turns"], False)


@pytest.mark.parametrize("shown", [{}, {"direction": "up"}])
def test_of_fields_that_exclude_one_another_the_new_one_counts(
    house: House, ann: TestClient, shown: dict[str, str]
) -> None:
    address, _ = begun(ann)
    act(house, ann, address, act="steps", steps=[{"op": "exposure", "direction": "up"}])
    step = told(house, ann, address)["steps"][0]["id"]
    act(house, ann, address, act="revise", step=step, fields={**shown, "stops": 0.5})
    assert told(house, ann, address)["steps"][0]["wish"] == {"op": "exposure", "stops": 0.5}


def test_a_fault_of_ours_is_a_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(tmp_path)
    with house.visitor(raise_server_exceptions=False) as client:
        begun(client)

        def broken(_owner: str) -> list[dict[str, Any]]:
            raise RuntimeError("/secret/path")

        monkeypatch.setattr(house.sessions, "list", broken)
        assert "secret" not in refused(client.get(f"{P}/sessions"), 500)


def test_messages_without_a_planner_and_too_many_variants(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    house.planner.plans.extend([Plan(act="edit", steps=(step_from_data(HAT),))] * 2)
    assert ann.post(f"{address}/say", json={"message": "a hat", "variants": 9}).json() == {}
    house.settle()
    (turn,) = told(house, ann, address)["turns"]
    assert "1 to 8" in turn["failed"]
    ann.post(f"{address}/say", json={"message": "a hat", "variants": 2})
    house.settle()
    assert len(told(house, ann, address)["turns"][-1]["versions"]) == 2
    house.sessions.planner = None
    assert "profile" in refused(ann.post(f"{address}/say", json={"message": "hello"}))


def test_one_works_one_waits_the_third_is_told_to_come_back(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    go = threading.Event()

    def during(_step: int) -> None:
        go.wait(30)

    house.painter.during = during
    try:
        for words in ("first", "second"):
            asked = {"act": "steps", "steps": [HAT], "words": words}
            assert ann.post(f"{address}/act", json=asked).status_code == 200
        patch = told(house, ann, address)
        assert patch["busy"]
        assert [(turn["message"], turn["status"]) for turn in patch["turns"]][-1] == ("second", "waiting")
        for path in ("act", "sample/cat"):
            third = ann.post(f"{address}/{path}", json={"act": "steps", "steps": [HAT]})
            assert "waits" in refused(third, 409)
        assert ann.post(f"{address}/stop", json={"waiting": True}).status_code == 200
    finally:
        go.set()
    house.settle()
    assert [turn["status"] for turn in told(house, ann, address)["turns"]] == ["stopped", "stopped"]


def test_what_waits_is_taken_back_and_what_runs_goes_on(house: House, ann: TestClient) -> None:
    address, _ = begun(ann)
    go, paints = threading.Event(), threading.Event()

    def during(_step: int) -> None:
        paints.set()
        go.wait(120)

    house.painter.during = during
    try:
        assert ann.post(f"{address}/stop", json={"back": True}).json() == {"taken": False}
        for words in ("first", "second"):
            ann.post(f"{address}/act", json={"act": "steps", "steps": [HAT], "words": words})
            assert paints.wait(60)
        assert ann.post(f"{address}/stop", json={"back": True}).json() == {"taken": True}
        second = house.sessions.runs(opened(house, ann, address))[-1]
        with pytest.raises(Stopped):
            list(second.follow())
        patch = told(house, ann, address)
        assert patch["busy"]
        assert [turn["message"] for turn in patch["turns"]] == ["first"]
        ann.post(f"{address}/act", json={"act": "steps", "steps": [HAT], "words": "third"})
    finally:
        go.set()
    house.settle()
    turns = told(house, ann, address)["turns"]
    assert [(turn["message"], turn["status"]) for turn in turns] == [("first", "done"), ("third", "done")]


def test_visitors_with_one_password_for_all_never_see_each_other(tmp_path: Path) -> None:
    house = House(tmp_path, {GUEST: "for all"}, shared=GUEST)
    with House(tmp_path).visitor() as ann:  # before she shared the page
        own, _ = begun(ann)
        key = ann.cookies[OWNER_COOKIE]
    with house.visitor(cookies={OWNER_COOKIE: key}) as ann, house.visitor() as bob:
        for client in (ann, bob):
            assert client.get(f"{P}/sessions").status_code == 401
            client.post(f"{P}/login", data={"name": GUEST, "password": "for all"})
            client.get("/")
        theirs, version = begun(bob)
        assert [row["id"] for row in ann.get(f"{P}/sessions").json()] == [own.rsplit("/", 1)[-1]]
        assert [row["id"] for row in bob.get(f"{P}/sessions").json()] == [theirs.rsplit("/", 1)[-1]]
        assert ann.get(f"{theirs}/v/{version}/download.png").status_code == 404
        assert ann.delete(f"{P}/sessions/{theirs.rsplit('/', 1)[-1]}").status_code == 404


# -- how the page is offered -------------------------------------------------------------------------------------------


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        if port + PORTS_TRIED < 65536:
            assert port < free_port("127.0.0.1", port) < port + PORTS_TRIED


def test_a_shared_page_has_a_password() -> None:
    shared = guarded(Serving(share=True))
    assert len(shared.users[GUEST]) >= 10
    assert shared.users != guarded(Serving(share=True)).users
    assert any(shared.users[GUEST] in said for said in warnings_of(shared))
    assert any("relay" in said for said in warnings_of(shared))
    assert shared.shared_name == GUEST
    own = Serving(share=True, users={"ann": "x"})
    assert guarded(own) is own
    assert guarded(Serving()).users == {}
    assert warnings_of(Serving()) == []
    assert any("password" in said for said in warnings_of(Serving(host="0.0.0.0")))
    assert warnings_of(Serving(host="0.0.0.0", users={"ann": "x"})) == []

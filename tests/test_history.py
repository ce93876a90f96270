"""The tree of versions against a plain model, and its rules one by one."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assistant.errors import NotFound
from assistant.history import History, Version
from assistant.script import Script


def version(name: str, parent: str | None = None, turn: str | None = None, variant: int = 0) -> Version:
    return Version(id=name, parent=parent, turn_id=turn, script=Script(), picture_id=name, variant=variant)


def tree(*edges: tuple[str, str | None]) -> History:
    history = History()
    for name, parent in edges:
        history = history.add(version(name, parent))
    return history


def test_undo_is_the_parent_and_redo_the_child_last_on_show() -> None:
    history = tree(("root", None), ("a", "root"))
    history = history.undo().add(version("b", "root"))
    assert history.undo().redo().pointer == "b"
    assert history.go("a").undo().redo().pointer == "a"
    assert history.go("root").redo().pointer == "b" or history.go("root").redo().pointer == "a"


def test_going_to_a_grandchild_remembers_the_whole_way() -> None:
    history = tree(("root", None), ("a", "root"), ("a1", "a"), ("b", "root"))
    history = history.go("a1").undo().undo()
    assert history.pointer == "root"
    assert history.redo().redo().pointer == "a1"


def test_at_the_ends_nothing_moves() -> None:
    history = tree(("root", None))
    assert history.undo() == history
    assert history.redo() == history
    assert not history.can_undo
    assert not history.can_redo
    assert History().undo().redo().current is None


def test_undo_at_a_later_root_goes_where_one_was_before() -> None:
    history = tree(("root", None), ("a", "root"))
    later = Version(id="later", came_from="a", script=Script(), picture_id="later")
    history = history.add(later).add(version("b", "later")).undo()
    assert (history.pointer, history.can_undo) == ("later", True)
    assert history.undo().pointer == "a"
    assert history.undo().redo().redo().pointer == "b"
    assert history.path("later") == (later,)
    with pytest.raises(NotFound):
        tree(("root", None)).add(later)


def test_numbers_follow_time_not_the_tree() -> None:
    history = tree(("root", None), ("a", "root"), ("b", "root"), ("a1", "a"))
    assert [history.number(name) for name in ("root", "a", "b", "a1")] == [1, 2, 3, 4]
    assert history.numbered(3).id == "b"
    for number in (0, 5, -1):
        with pytest.raises(NotFound, match="4 versions"):
            history.numbered(number)


def test_variants_are_siblings_of_one_turn() -> None:
    history = tree(("root", None))
    for number in (0, 2, 1):
        history = history.add(version(f"v{number}", "root", "turn", number), move=number == 0)
    history = history.add(version("other", "root", "later"), move=False)
    assert history.pointer == "v0"
    assert [item.id for item in history.variants("v1")] == ["v0", "v1", "v2"]
    assert [item.id for item in history.variants("other")] == ["other"]


def test_a_version_of_nothing_is_not_found() -> None:
    with pytest.raises(NotFound):
        tree(("root", None)).add(version("a", "nobody"))
    with pytest.raises(NotFound):
        tree(("root", None)).go("nobody")


def test_several_roots() -> None:
    history = tree(("one", None), ("two", None))
    assert [item.id for item in history.children(None)] == ["one", "two"]
    assert history.path("two") == (history.version("two"),)


class HistoryMachine(RuleBasedStateMachine):
    """The same moves on the value and on dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.parents: dict[str, str | None] = {}
        self.last_child: dict[str, str] = {}
        self.pointer: str | None = None

    @rule(root=st.booleans())
    def add(self, root: bool) -> None:
        name, parent = f"v{len(self.parents)}", None if root else self.pointer
        self.history = self.history.add(version(name, parent))
        self.parents[name] = parent
        self._show(name)

    def _show(self, name: str) -> None:
        self.pointer = name
        while (parent := self.parents[name]) is not None:
            self.last_child[parent] = name
            name = parent

    @precondition(lambda self: self.pointer is not None)
    @rule()
    def undo(self) -> None:
        self.history = self.history.undo()
        parent = self.parents[self.pointer or ""]
        if parent is not None:
            self.last_child[parent] = self.pointer or ""
            self.pointer = parent

    @rule()
    def redo(self) -> None:
        self.history = self.history.redo()
        if self.pointer in self.last_child:
            self._show(self.last_child[self.pointer])

    @precondition(lambda self: bool(self.parents))
    @rule(number=st.integers(0, 1000))
    def go(self, number: int) -> None:
        name = list(self.parents)[number % len(self.parents)]
        self.history = self.history.go(name)
        self._show(name)

    @invariant()
    def agrees(self) -> None:
        assert self.history.pointer == self.pointer
        assert {item.id: item.parent for item in self.history.versions} == self.parents
        assert History.model_validate_json(self.history.model_dump_json()) == self.history


TestHistoryMachine = HistoryMachine.TestCase
TestHistoryMachine.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)

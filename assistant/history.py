"""The tree of versions of a session: an edge is time, undo moves a pointer, nothing is overwritten."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pydantic import Field

from assistant.errors import NotFound
from assistant.records import Records
from assistant.script import Script
from assistant.where import Value


class Version(Value):
    """One state of the picture: its parent, its script, the records it plays from, and the turn that made it."""

    id: str
    parent: str | None = None
    came_from: str | None = None
    """Of a root made later, by another drawing or upload: the version on show before, to which undo leads."""
    turn_id: str | None = None
    script: Script
    records: Records = Field(default_factory=Records)
    picture_id: str
    label: str = ""
    variant: int = Field(default=0, ge=0)
    """0 for the first of its turn; siblings of one turn differ by it."""
    partial: bool = False
    """Whether a later step of the turn failed or was stopped."""
    created: float = 0.0
    """Seconds since the epoch."""


class History(Value):
    """All versions in the order they were made; a version's number is its place, 1 for the first."""

    versions: tuple[Version, ...] = ()
    pointer: str | None = None
    visited: dict[str, str] = Field(default_factory=dict)
    """Version to the child that was last on show: where redo leads."""

    @property
    def current(self) -> Version | None:
        return self.version(self.pointer) if self.pointer else None

    def version(self, version_id: str) -> Version:
        """Raises NotFound."""
        for version in self.versions:
            if version.id == version_id:
                return version
        raise NotFound(
            f"There is no version “{version_id}” in this session.",
            allowed=f"It has {len(self.versions)} versions.",
            remedy="Choose one in the history.",
        )

    def number(self, version_id: str) -> int:
        return self.versions.index(self.version(version_id)) + 1

    def numbered(self, number: int) -> Version:
        """The version that people call `number`. Raises NotFound."""
        if not 1 <= number <= len(self.versions):
            raise NotFound(
                f"There is no version {number}.",
                allowed=f"This session has {len(self.versions)} versions.",
                remedy="Choose one in the history.",
            )
        return self.versions[number - 1]

    def children(self, version_id: str | None) -> tuple[Version, ...]:
        return tuple(version for version in self.versions if version.parent == version_id)

    def path(self, version_id: str) -> tuple[Version, ...]:
        """From the root to this version."""
        path = [self.version(version_id)]
        while path[-1].parent is not None:
            path.append(self.version(path[-1].parent))
        return tuple(reversed(path))

    def variants(self, version_id: str) -> tuple[Version, ...]:
        """The sibling versions of one turn, this one among them, in order."""
        own = self.version(version_id)
        if own.turn_id is None:
            return (own,)
        siblings = (item for item in self.children(own.parent) if item.turn_id == own.turn_id)
        return tuple(sorted(siblings, key=lambda item: item.variant))

    # -- changing: each returns a new history ----------------------------------------------------------------------

    def add(self, version: Version, move: bool = True) -> History:
        """With one more version; the pointer follows unless `move` is False."""
        for before in (version.parent, version.came_from):
            if before is not None:
                self.version(before)
        grown = History(versions=(*self.versions, version), pointer=self.pointer, visited=self.visited)
        return grown.go(version.id) if move else grown

    def grown(self, versions: Sequence[Version], follow: bool) -> History:
        """With more versions; the pointer goes to the first of them when `follow` says so."""
        grown = self
        for version in versions:
            grown = grown.add(version, move=False)
        return grown.go(versions[0].id) if versions and follow else grown

    def go(self, version_id: str) -> History:
        """With the pointer on this version, remembering the way there for redo. Raises NotFound."""
        path = self.path(version_id)
        visited = self.visited | {parent.id: child.id for parent, child in itertools.pairwise(path)}
        return History(versions=self.versions, pointer=version_id, visited=visited)

    def undo(self) -> History:
        """The pointer on the parent, at a later root on what was on show before it; unchanged at the first."""
        before = self._before
        if before is None or self.pointer is None:
            return self
        return History(versions=self.versions, pointer=before, visited=self.visited | {before: self.pointer})

    def redo(self) -> History:
        """The pointer on the child that was last on show; unchanged where there is none."""
        child = self.visited.get(self.pointer or "")
        return self.go(child) if child else self

    @property
    def can_undo(self) -> bool:
        return self._before is not None

    @property
    def _before(self) -> str | None:
        current = self.current
        return (current.parent or current.came_from) if current else None

    @property
    def can_redo(self) -> bool:
        return (self.pointer or "") in self.visited

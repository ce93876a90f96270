"""The tables of the store."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables of schema 1."""


class MetaRow(Base):
    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class SessionRow(Base):
    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80), index=True)
    title: Mapped[str] = mapped_column(Text)
    created: Mapped[float]
    updated: Mapped[float]
    revision: Mapped[int] = mapped_column(default=0)
    """Raised with every commit: a writer that knows another number has missed something."""
    pointer: Mapped[str | None] = mapped_column(String(40))
    visited: Mapped[str] = mapped_column(Text, default="{}")
    references: Mapped[str] = mapped_column(Text, default="[]")


class VersionRow(Base):
    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("session_id", "number"),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    number: Mapped[int]
    picture_id: Mapped[str] = mapped_column(String(64))
    records: Mapped[str] = mapped_column(Text)
    """Ids of the records it plays from, as JSON."""
    body: Mapped[str] = mapped_column(Text)
    """Everything else of the Version, as JSON."""


class TurnRow(Base):
    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("session_id", "number"),)
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), index=True)
    number: Mapped[int]
    body: Mapped[str] = mapped_column(Text)


class RecordRow(Base):
    """A measurement or patch, kept once however many versions play from it."""

    __tablename__ = "records"
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class BlobRow(Base):
    """Which session needs which file."""

    __tablename__ = "blobs"
    __table_args__ = (Index("blobs_of_owner", "owner", "blob_id"),)
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id"), primary_key=True)
    blob_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))

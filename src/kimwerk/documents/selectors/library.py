"""The library, a template with all that hangs on it, and two versions side by side."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Adoption, Received, Review, Template, TemplateVersion
from kimwerk.documents.types import TemplateKind, VersionState


class Change(StrEnum):
    """What became of a line from one version to the next."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a comparison."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class TemplateWish:
    """Which templates are asked for."""

    kind: TemplateKind | None = None
    state: VersionState | None = None


def templates_for(actor: Actor, wish: TemplateWish) -> QuerySet[Template]:
    """The templates asked for, in no order and without their versions: a list is cut before more is read."""
    found = Template.objects.visible_to(actor)
    if wish.kind is not None:
        found = found.filter(kind=wish.kind.value)
    if wish.state is not None:
        found = found.filter(Exists(TemplateVersion.objects.filter(template=OuterRef("pk"), state=wish.state.value)))
    return found


def templates_of(actor: Actor, keys: Collection[int]) -> list[Template]:
    """These templates with their versions, but without the texts, by title. Two queries."""
    versions = Prefetch("versions", TemplateVersion.objects.defer("text").order_by("language", "-number"))
    found = Template.objects.visible_to(actor).filter(pk__in=keys)
    return list(found.prefetch_related(versions).order_by("title", "pk"))


def received_for(actor: Actor) -> QuerySet[Received]:
    """What came with packages beside templates, in no order and without its content."""
    return Received.objects.visible_to(actor).defer("content")


def versions_of(template: Template) -> list[TemplateVersion]:
    """All versions by language, newest first, with their reviews and adopters. Three queries."""
    reviews = Prefetch("reviews", Review.objects.select_related("reviewed_by").order_by("-pk"))
    adoptions = Prefetch("adoptions", Adoption.objects.order_by("is_outside", "adopter"))
    found = template.versions.defer("text").select_related("written_by").prefetch_related(reviews, adoptions)
    return list(found.order_by("language", "-number"))


def compared(old: str, new: str) -> list[DiffLine]:
    """The lines of both texts in their order, each with what became of it."""
    signs = {"  ": Change.SAME, "+ ": Change.ADDED, "- ": Change.REMOVED}
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [DiffLine(signs[line[:2]], line[2:]) for line in lines if line[:2] in signs]

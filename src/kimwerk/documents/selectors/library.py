"""The library, a template with all that hangs on it, and two versions side by side."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from kimwerk.access.actors import Actor
from kimwerk.documents.models import Adoption, Review, Template, TemplateVersion
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
    """The templates asked for with their versions, by title."""
    found = Template.objects.visible_to(actor)
    if wish.kind is not None:
        found = found.filter(kind=wish.kind.value)
    if wish.state is not None:
        found = found.filter(versions__state=wish.state.value).distinct()
    versions = Prefetch("versions", TemplateVersion.objects.order_by("language", "-number"))
    return found.prefetch_related(versions).order_by("title", "pk")


def versions_of(template: Template) -> list[TemplateVersion]:
    """All versions by language, newest first, with their reviews and adopters. Three queries."""
    reviews = Prefetch("reviews", Review.objects.select_related("reviewed_by").order_by("-pk"))
    adoptions = Prefetch("adoptions", Adoption.objects.order_by("is_outside", "adopter"))
    found = template.versions.select_related("written_by").prefetch_related(reviews, adoptions)
    return list(found.order_by("language", "-number"))


def compared(old: str, new: str) -> list[DiffLine]:
    """The lines of both texts in their order, each with what became of it."""
    signs = {"  ": Change.SAME, "+ ": Change.ADDED, "- ": Change.REMOVED}
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return [DiffLine(signs[line[:2]], line[2:]) for line in lines if line[:2] in signs]

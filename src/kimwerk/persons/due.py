"""What of the files waits for somebody: titles and papers that run out, and unusual reading to look into."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem
from kimwerk.persons.models import IdentityDocument, Person, ResidenceStatus, in_care_of
from kimwerk.persons.policies import may_review_reading
from kimwerk.persons.selectors.facts import title_name
from kimwerk.persons.selectors.reading import unusual_days
from kimwerk.persons.types import DocumentKind
from kimwerk.persons.wording import DOCUMENT_KINDS

DAYS_AHEAD = 42
DAYS_BACK = 90
"""What ran out longer ago than this is no longer pressed."""


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """Titles and papers of people in the actor's care, by the day they end; for reviewers, reading to look into."""
    items = _expiring(actor) if actor.can(Permission.PERSON_KEEP) else ()
    return (*items, *(_reading(actor) if may_review_reading(actor) else ()))


@kept
def _titles(actor: Actor, first: date, last: date) -> QuerySet[ResidenceStatus]:
    """The latest title of each person, if it ends between these days."""
    later = ResidenceStatus.objects.filter(
        person=OuterRef("person"), withdrawn_at=None, valid_from__gt=OuterRef("valid_from")
    )
    ending = ResidenceStatus.objects.filter(in_care_of(actor, "person"), valid_until__gte=first, valid_until__lte=last)
    return ending.filter(~Exists(later), withdrawn_at=None).select_related("person")


@kept
def _papers(actor: Actor, first: date, last: date) -> QuerySet[IdentityDocument]:
    ending = IdentityDocument.objects.filter(in_care_of(actor, "person"), valid_until__gte=first, valid_until__lte=last)
    return ending.select_related("person")


def _expiring(actor: Actor) -> tuple[DueItem, ...]:
    today = timezone.localdate()
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    found = [(each.valid_until, each.person, title_name(each.title_key)) for each in _titles(actor, first, last)]
    found += [
        (each.valid_until, each.person, str(DOCUMENT_KINDS[DocumentKind(each.kind)]))
        for each in _papers(actor, first, last)
    ]
    if found:
        record_read(actor=actor, subject_type=Person._meta.db_table, amount=len(found))
    return tuple(_item(day, person, what, today) for day, person, what in sorted(found, key=_order) if day)


def _order(found: tuple[date | None, Person, str]) -> tuple[date, int]:
    return found[0] or date.max, found[1].pk


def _item(day: date, person: Person, what: str, today: date) -> DueItem:
    said = _("%(name)s: ended on %(day)s") if day < today else _("%(name)s: ends on %(day)s")
    return DueItem(
        title=said % {"name": person.display_name, "day": german.day(day)},
        detail=what,
        url=reverse("persons:person", args=[person.pk]),
        due_on=day,
        is_urgent=day <= today + timedelta(days=7),
    )


def _reading(actor: Actor) -> tuple[DueItem, ...]:
    return tuple(
        DueItem(
            title=_("%(name)s opened %(opened)s files on %(day)s")
            % {"name": each.name, "opened": each.opened, "day": german.day(each.day)},
            detail=_("Far more than usual. Look into it and write down what came of it."),
            url=reverse("persons:reading"),
            due_on=each.day,
            is_urgent=True,
        )
        for each in unusual_days(actor)
        if each.review is None
    )

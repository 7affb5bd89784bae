"""What of consent waits for somebody: permissions that end soon, and what has to be deleted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.audit.services import record_read
from kimwerk.consent.models import Disclosure, Grant
from kimwerk.consent.models.disclosure import RECEIVING
from kimwerk.consent.selectors import to_be_deleted_by
from kimwerk.kernel import german
from kimwerk.kernel.due import DueItem
from kimwerk.persons.models import Person

DAYS_AHEAD = 30
URGENT_DAYS = 7


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """Consent to ask for anew, by the day it ends; for recipients, what they read and may not keep any more."""
    ending = _ending(actor) if actor.can(Permission.PERSON_KEEP) else ()
    kept = to_be_deleted_by(actor) if any(actor.can(right) for right in RECEIVING) else ()
    return (*ending, *(_to_delete(each) for each in kept))


def _ending(actor: Actor) -> tuple[DueItem, ...]:
    """One thing for each person and day; what was renewed already is not asked for again."""
    today = timezone.localdate()
    together: dict[tuple[date, int], list[Grant]] = defaultdict(list)
    for grant in _ending_grants(actor, today, today + timedelta(days=DAYS_AHEAD)):
        together[grant.valid_until, grant.person_id].append(grant)
    if together:
        record_read(actor=actor, subject_type=Person._meta.db_table, amount=len({person for _day, person in together}))
    return tuple(_item(day, grants, today) for (day, _person), grants in together.items())


@kept
def _ending_grants(actor: Actor, today: date, last: date) -> QuerySet[Grant]:
    """Grants in force that end until then and were not renewed."""
    renewed = Grant.objects.filter(
        person=OuterRef("person"),
        purpose=OuterRef("purpose"),
        declaration__kind=OuterRef("declaration__kind"),
        withdrawn_at__isnull=True,
        valid_until__gt=OuterRef("valid_until"),
        categories__contains=OuterRef("categories"),
    )
    same = renewed.filter(recipient=OuterRef("recipient")) | renewed.filter(group=OuterRef("group"))
    soon = Grant.objects.visible_to(actor).in_force(today).filter(valid_until__lte=last).filter(~Exists(same))
    return soon.select_related("person", "recipient", "group").order_by("valid_until", "person__sort_key", "pk")


def _item(day: date, grants: list[Grant], today: date) -> DueItem:
    person = grants[0].person
    named = dict.fromkeys(str(grant.recipient or grant.group) for grant in grants)
    return DueItem(
        title=_("%(name)s: consent ends on %(day)s") % {"name": person.display_name, "day": german.day(day)},
        detail=_("Towards: %(recipients)s. Ask again whether it should go on.") % {"recipients": ", ".join(named)},
        url=reverse("consent:person", args=[person.pk]),
        due_on=day,
        is_urgent=day <= today + timedelta(days=URGENT_DAYS),
    )


def _to_delete(disclosure: Disclosure) -> DueItem:
    return DueItem(
        title=_("Delete what %(organisation)s passed on") % {"organisation": disclosure.organisation.name},
        detail=_("Number %(number)s: the consent behind it has ended. Delete what you took over, and say so.")
        % {"number": disclosure.pk},
        url=reverse("consent:inbox"),
        is_urgent=True,
    )

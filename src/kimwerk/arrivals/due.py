"""What of the lists waits for the coordination, and what for the offices."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.selectors.numbers import awaiting_by_occasion
from kimwerk.arrivals.selectors.offices import deliveries_of, owed_to
from kimwerk.kernel.due import DueItem


def due_items(actor: Actor) -> tuple[DueItem, ...]:
    """What waits to be checked, to be erased, and to be fetched; one item an occasion."""
    return (*_of_coordination(actor), *_of_offices(actor))


def _of_offices(actor: Actor) -> Iterator[DueItem]:
    """Released rows that an office has not fetched yet as they are now."""
    if not actor.can(Permission.REGISTRATION_RECEIVE):
        return
    for delivery in deliveries_of(actor):
        if count := owed_to(delivery):
            said = ngettext("%(count)s row to fetch", "%(count)s rows to fetch", count)
            yield DueItem(
                title=said % {"count": count},
                detail=_("%(occasion)s: new or changed since your last fetch.") % {"occasion": delivery.occasion.name},
                url=reverse("arrivals:held", args=[delivery.contract.pk, delivery.occasion.pk]),
            )


def _of_coordination(actor: Actor) -> tuple[DueItem, ...]:
    if not actor.can(Permission.REGISTRATION_CHECK):
        return ()
    counts = awaiting_by_occasion(actor)
    occasions = Occasion.objects.checked_by(actor).filter(pk__in=counts).order_by("begins_on")
    over = Occasion.objects.checked_by(actor).to_be_erased(timezone.localdate()).order_by("ends_on")
    return (*(_item(each, counts[each.pk]) for each in occasions), *(_erasing(each) for each in over))


def _erasing(occasion: Occasion) -> DueItem:
    return DueItem(
        title=_("Lists to be erased"),
        detail=_("%(occasion)s: the time for which they are kept is over.") % {"occasion": occasion.name},
        url=reverse("arrivals:erase", args=[occasion.pk]),
    )


def _item(occasion: Occasion, count: int) -> DueItem:
    return DueItem(
        title=ngettext("%(count)s registration to check", "%(count)s registrations to check", count) % {"count": count},
        detail=_("%(occasion)s: nobody has checked them yet.") % {"occasion": occasion.name},
        url=reverse("arrivals:rows", args=[occasion.pk]) + "?state=registered",
    )

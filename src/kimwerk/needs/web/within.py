"""What the views of needs and gaps share: the way to them, and how a form page is shown."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.directory.models import Municipality
from kimwerk.directory.selectors import municipalities_around
from kimwerk.needs.models import Gap, Need
from kimwerk.needs.types import NeedsProblem, NeedsRefused
from kimwerk.ui.components import Crumb
from kimwerk.ui.pages import asking


def places_of(actor: Actor) -> QuerySet[Municipality]:
    """The municipalities of the districts whose needs the actor reads."""
    return municipalities_around(actor.scope(Permission.NEED_REPORT).touched_organisations)


ask = asking("needs/form.html")
"""Show a form of this room; the way back is the last step of the way here."""


def say(form: forms.Form, refused: NeedsRefused) -> None:
    """Tell at the form why something is refused."""
    texts = {
        NeedsProblem.REASON_MISSING: ("reason", _("Say why: whoever reported the need reads it.")),
        NeedsProblem.WAY_CLOSED: (None, _("This step does not follow on the one before. Load the page again.")),
        NeedsProblem.NAMES_SOMEBODY: (
            "text",
            _("This reads like a name, an address or a birthday. Write what is missing, and name nobody."),
        ),
    }
    field, text = texts[refused.problem]
    form.add_error(field, str(text))


def to_needs() -> tuple[Crumb, ...]:
    """The way to the register of needs."""
    return (Crumb(_("Needs named"), reverse("needs:needs")),)


def to_need(need: Need) -> tuple[Crumb, ...]:
    """The way to a need."""
    return (*to_needs(), Crumb(need.title, reverse("needs:need", args=[need.pk])))


def to_gaps() -> tuple[Crumb, ...]:
    """The way to the register of gaps."""
    return (Crumb(_("Gaps"), reverse("needs:gaps")),)


def to_gap(gap: Gap) -> tuple[Crumb, ...]:
    """The way to a gap."""
    return (*to_gaps(), Crumb(gap.title, reverse("needs:gap", args=[gap.pk])))

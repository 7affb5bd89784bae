"""What steering puts on the page of a template."""

from __future__ import annotations

from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.documents.models import Template
from kimwerk.kernel import german
from kimwerk.steering.selectors.goals import rules_of_template
from kimwerk.ui.components import Fact


def where_it_holds(actor: Actor, template: Template) -> tuple[Fact, ...]:
    """The municipalities in which resolutions have put a template into force, for whoever reads what holds there."""
    if not actor.can(Permission.STEERING_ATTEND):
        return ()
    rules = rules_of_template(actor, template, timezone.localdate())
    return tuple(
        Fact(
            _("In force from %(day)s in") % {"day": german.day(from_day)},
            ", ".join(rule.municipality.name for rule in held),
            url=reverse("steering:in_force"),
            note=ground,
        )
        for (from_day, ground), together in groupby(rules, lambda rule: (rule.from_day, rule.ground))
        if (held := list(together))
    )

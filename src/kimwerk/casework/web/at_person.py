"""A person's cases, on the person's page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Case
from kimwerk.casework.policies import may_open_case
from kimwerk.casework.types import CaseKind, CaseState
from kimwerk.casework.web.wording import STATES
from kimwerk.casework.words import KINDS
from kimwerk.kernel import german
from kimwerk.persons.models import Person
from kimwerk.persons.offers import PersonLink, PersonPart


def cases_of(actor: Actor, person: Person) -> PersonPart | None:
    """The cases of the person that the actor may open, and the way to a new one."""
    if not (actor.can(Permission.CASE_WORK) or actor.can(Permission.CASE_OVERSEE)):
        return None
    cases = Case.objects.visible_to(actor).of_person(person.pk).order_by("-opened_on", "-pk")
    new = PersonLink(_("Open a case"), reverse("casework:new", args=[person.pk]))
    return PersonPart(
        key="cases",
        heading=_("Cases"),
        lines=tuple(_line(case) for case in cases),
        actions=(new,) if may_open_case(actor, person.organisation_id) else (),
        empty=_("None of your cases is about this person."),
    )


def _line(case: Case) -> PersonLink:
    since = _("%(kind)s, opened on %(day)s") % {
        "kind": KINDS[CaseKind(case.kind)], "day": german.day(case.opened_on)
    }  # fmt: skip
    return PersonLink(case.number, reverse("casework:case", args=[case.pk]), since, STATES[CaseState(case.state)])

"""Filling a template of the library with what a case and its person say."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.casework.models import Case
from kimwerk.casework.policies import may_work_on
from kimwerk.casework.web.filing import crumbs_to, file_of
from kimwerk.directory.models import Organisation
from kimwerk.documents.services.filling import Known, known_to
from kimwerk.documents.types import Placeholder
from kimwerk.documents.web.filling_from import Source, fill_from
from kimwerk.kernel import german
from kimwerk.persons.reference import language_name
from kimwerk.persons.selectors import card_of
from kimwerk.ui.components import NavItem


@require_http_methods(["GET", "POST"])
@needs(Permission.CASE_WORK)
def fill_template(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose a template in force, and get it filled with what the case says. Nobody but who counsels here does that."""
    case = file_of(request, pk)
    if not may_work_on(request.actor, case) or case.person.erased_at is not None:
        raise Http404
    source = Source(
        subject=case,
        about=f"{case.person.display_name} · {case.number}",
        crumbs=crumbs_to(request.actor, case),
        copies=(_known(request, case),),
        notice=_(
            "The paper is for you and the person you counsel; nothing of it is kept here. Handing it to somebody else"
            " is a disclosure: that needs a consent or a law, and is written down there."
        ),
        links=(NavItem(_("What the person allowed"), reverse("consent:person", args=[case.person_id])),),
    )
    return fill_from(request, source)


def _known(request: ActorRequest, case: Case) -> Known:
    person, card = case.person, card_of(case.person)
    place = case.site.name if case.site else case.municipality.name
    office = Organisation.objects.get(pk=case.organisation_id).name
    town = f"{person.postcode} {card.municipality}".strip()
    return known_to(request.actor, office, case.municipality.name) | {
        Placeholder.NAME: card.name,
        Placeholder.GIVEN_NAMES: person.given_names,
        Placeholder.FAMILY_NAME: f"{person.prefix} {person.family_name}".strip(),
        Placeholder.BIRTH_DATE: card.birth,
        Placeholder.NATIONALITY: card.nationalities,
        Placeholder.LANGUAGE: language_name(card.mother_tongue_key) if card.mother_tongue_key else "",
        Placeholder.INTERPRETER: card.interpreter,
        Placeholder.ADDRESS: ", ".join(filter(None, (person.street, town))),
        Placeholder.STREET: person.street,
        Placeholder.POSTCODE: person.postcode,
        Placeholder.PLACE: card.municipality,
        Placeholder.MUNICIPALITY: case.municipality.name,
        Placeholder.ORGANISATION: place,
        Placeholder.TELEPHONE: card.phone,
        Placeholder.MAIL: card.email,
        Placeholder.CASE_NUMBER: case.number,
        Placeholder.COUNSELLED_SINCE: german.day(case.opened_on),
    }

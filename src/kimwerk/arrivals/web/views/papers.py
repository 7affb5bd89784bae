"""Filling a template of the library for the rows of a registration list."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.arrivals.models import Registration
from kimwerk.arrivals.selectors.rows import rows_of
from kimwerk.arrivals.web.forms import RowFilterForm
from kimwerk.arrivals.web.within import places_of, seen_occasion, to_rows
from kimwerk.audit.services import record_read
from kimwerk.directory.models import Organisation
from kimwerk.documents.services.filling import known_to
from kimwerk.documents.types import Placeholder
from kimwerk.documents.web.filling_from import MOST_COPIES, Source, fill_from
from kimwerk.kernel import german
from kimwerk.persons.reference import nationalities

KEEP, CHECK = Permission.REGISTRATION_KEEP, Permission.REGISTRATION_CHECK


@require_http_methods(["GET", "POST"])
@needs(KEEP, CHECK)
def fill_template(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose a template in force, and get one copy for each row that the list shows."""
    occasion = seen_occasion(request, pk)
    form = RowFilterForm(request.GET, places=places_of(request, occasion, KEEP, CHECK))
    found = rows_of(request.actor, occasion, form.wanted()).found
    rows = list(found.order_by("-registered_at", "family", "pk")[: MOST_COPIES + 1])
    if rows:
        record_read(actor=request.actor, subject_type=Registration._meta.db_table, amount=len(rows))
    office = Organisation.objects.get(pk=occasion.organisation_id).name
    source = Source(
        subject=occasion,
        about=occasion.name,
        crumbs=to_rows(occasion),
        copies=tuple(known_to(request.actor, office, row.municipality.name) | _known(row) for row in rows),
        notice=_(
            "One copy for each row of the list as it is filtered; nothing of the papers is kept here. Papers about"
            " people that go to somebody else are a disclosure: offices get lists only by their contract."
        ),
    )
    return fill_from(request, source)


def _known(row: Registration) -> dict[Placeholder, str]:
    town = f"{row.postcode} {row.town or row.municipality.name}".strip()
    nationality = nationalities().get(row.nationality)
    return {
        Placeholder.NAME: f"{row.given_names} {row.family_name}".strip(),
        Placeholder.GIVEN_NAMES: row.given_names,
        Placeholder.FAMILY_NAME: row.family_name,
        Placeholder.BIRTH_DATE: german.day(row.birth_date) if row.birth_date else "",
        Placeholder.NATIONALITY: nationality.label if nationality else "",
        Placeholder.ADDRESS: ", ".join(filter(None, (row.street, town))),
        Placeholder.STREET: row.street,
        Placeholder.POSTCODE: row.postcode,
        Placeholder.PLACE: row.town,
        Placeholder.MUNICIPALITY: row.municipality.name,
        Placeholder.TELEPHONE: row.phone,
        Placeholder.ARRIVED_ON: german.day(row.arrived_on),
    }

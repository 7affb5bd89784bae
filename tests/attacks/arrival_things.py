"""Registration lists in the world of the attacks: Frieda's family, its double set aside, and an earlier version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.arrivals.appointments import Hours
from kimwerk.arrivals.models import ListContract, Registration
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.selectors.offices import deliveries_of
from kimwerk.arrivals.services import (
    OfferFacts,
    SeriesFacts,
    correct_registration,
    fetch_rows,
    give_place,
    invite,
    keep_offer,
    merge,
    publish_contract,
    register_family,
    take_into_care,
)
from kimwerk.arrivals.types import OfficeKind
from tests.arrivals.families import OKSANA, family, surge
from tests.arrivals.importing import MOTHER, checked, listed
from tests.arrivals.offices import needs, officer
from tests.cast import Cast, as_owner

OF_ARRIVALS = {
    **dict.fromkeys(
        (
            *(
                "arrivals:rows",
                "arrivals:fill_template",
                "arrivals:curve",
                "arrivals:close",
                "arrivals:periods",
                "arrivals:family",
                "arrivals:doubles",
            ),
            *("arrivals:check", "arrivals:release", "arrivals:erase", "arrivals:imports", "arrivals:import_upload"),
        ),
        "occasion",
    ),
    **dict.fromkeys(
        (
            *("arrivals:row", "arrivals:correct", "arrivals:accept", "arrivals:take_into_care"),
            "arrivals:take_release_back",
        ),
        "registration",
    ),
    "arrivals:unmerge": "set_aside",
    **dict.fromkeys(
        (
            *("arrivals:import", "arrivals:import_progress", "arrivals:import_mapping", "arrivals:import_sheet"),
            *("arrivals:import_check", "arrivals:import_apply", "arrivals:import_undo", "arrivals:import_cancel"),
        ),
        "list_import",
    ),
    **dict.fromkeys(("arrivals:contract", "arrivals:end_contract", "arrivals:table_schema"), "list_contract"),
    "arrivals:accept_contract": "waiting_contract",
    "arrivals:receipt": "receipt",
    **dict.fromkeys(("arrivals:invitation", "arrivals:note_registered", "arrivals:appoint_anew"), "invitation"),
}
OF_LISTS = (
    *("arrivals:held", "arrivals:fetch", "arrivals:invitations", "arrivals:invite", "arrivals:letters"),
    *("arrivals:places", "arrivals:keep_places"),
)
OF_OFFICES = (
    *("arrivals:contract", "arrivals:table_schema", "arrivals:receipt", "arrivals:take_out", "arrivals:invitation"),
    "arrivals:appoint_anew",
    *("arrivals:give_place", "arrivals:erase", *OF_LISTS),
)
"""Doors that a role passes in general, but not to this thing: another office has it, or it is not its time."""


def build_arrivals(cast: Cast) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    karin, frieda = cast.actor("karin"), cast.actor("frieda")
    set_actor(karin.account_id)
    occasion = surge(cast, karin)
    set_actor(frieda.account_id)
    named = replace(OKSANA, given_names="Frieda", guardian="Frieda")
    rows = [register_family(actor=frieda, occasion=occasion, facts=family(cast, named))[0] for _ in range(3)]
    first = correct_registration(
        actor=frieda,
        registration=rows[0],
        version=1,
        member=replace(member_facts(rows[0]), family_name="Frieda"),
        shared=shared_facts(rows[0]),
    )
    brought = checked(frieda, occasion, cast, listed(MOTHER.replace("Oksana", "Frieda")))
    take_into_care(actor=frieda, registration=first, agreed_on=timezone.localdate())
    set_actor(karin.account_id)
    merge(actor=karin, kept=rows[1], double=rows[2])
    school = officer(OfficeKind.SCHOOL_OFFICE)
    set_actor(school.account_id)
    waiting = publish_contract(actor=school, facts=needs(cast, OfficeKind.SCHOOL_OFFICE))
    running = ListContract.objects.received_by(school).in_force(timezone.localdate()).get()
    receipt = _deliver(cast, first, running, school)
    return {
        "list_contract": running.pk,
        "waiting_contract": waiting.pk,
        "receipt": receipt,
        "list_import": brought.pk,
        "invitation": _work(cast, first, school),
        "occasion": occasion.pk,
        "registration": first.pk,
        "double": rows[1].pk,
        "set_aside": rows[2].pk,
    }


def _deliver(cast: Cast, row: Registration, contract: ListContract, office: Actor) -> int:
    """Let the office have the row, and return the receipt."""
    with as_owner():
        day = timezone.now()
        Registration.objects.filter(pk=row.pk).update(
            state="released", needs_school=True, birth_date=date(2012, 9, 1), findings=[], checked_at=day,
            checked_by_id=cast.accounts["karin"], released_at=day, released_by_id=cast.accounts["karin"],
        )  # fmt: skip
    set_actor(office.account_id)
    receipt = fetch_rows(actor=office, contract=contract, occasion=row.occasion)
    assert receipt is not None
    return receipt.pk


def _work(cast: Cast, row: Registration, office: Actor) -> int:
    """A place that the row's child has, and an appointment of its family, whose number is returned."""
    (delivery,) = deliveries_of(office)
    facts = OfferFacts(2022, "Schule Beispiel", cast.municipalities["Siegburg"], 6, 16, 1)
    offer = keep_offer(actor=office, delivery=delivery, facts=facts)
    give_place(actor=office, offer=offer, registration_id=row.pk)
    hours = Hours(date(2027, 4, 2), time(9), time(10), 30)
    return invite(actor=office, delivery=delivery, facts=SeriesFacts(hours, "Kreishaus", 1))[0].pk

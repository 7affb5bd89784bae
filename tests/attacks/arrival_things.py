"""Registration lists in the world of the attacks: Frieda's family, its double set aside, and an earlier version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import set_actor
from kimwerk.arrivals.models import ListContract, Registration
from kimwerk.arrivals.selectors.lists import member_facts, shared_facts
from kimwerk.arrivals.services import correct_registration, fetch_rows, merge, publish_contract, register_family
from kimwerk.arrivals.types import OfficeKind
from tests.arrivals.families import OKSANA, family, surge
from tests.arrivals.offices import needs, officer
from tests.cast import Cast, as_owner

OF_ARRIVALS = {
    **dict.fromkeys(
        (
            *("arrivals:rows", "arrivals:curve", "arrivals:close", "arrivals:family", "arrivals:doubles"),
            *("arrivals:check", "arrivals:release"),
        ),
        "occasion",
    ),
    **dict.fromkeys(("arrivals:row", "arrivals:correct", "arrivals:accept"), "registration"),
    "arrivals:unmerge": "set_aside",
    **dict.fromkeys(("arrivals:contract", "arrivals:end_contract"), "list_contract"),
    "arrivals:accept_contract": "waiting_contract",
    "arrivals:receipt": "receipt",
}
OF_LISTS = ("arrivals:held", "arrivals:fetch")
OF_OFFICES = ("arrivals:contract", "arrivals:receipt", *OF_LISTS)
"""Doors that an office passes in general, but not to what another office has."""


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
    set_actor(karin.account_id)
    merge(actor=karin, kept=rows[1], double=rows[2])
    school = officer(OfficeKind.SCHOOL_OFFICE)
    set_actor(school.account_id)
    waiting = publish_contract(actor=school, facts=needs(cast, OfficeKind.SCHOOL_OFFICE))
    running = ListContract.objects.received_by(school).in_force(timezone.localdate()).get()
    return {
        "list_contract": running.pk,
        "waiting_contract": waiting.pk,
        "receipt": _deliver(cast, first, running, school),
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

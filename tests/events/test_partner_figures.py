"""What is counted of partners: who came to events that were held, and agreements on the day from which they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from kimwerk.access.actors import Actor
from kimwerk.directory.models import Organisation
from kimwerk.events.models import Event, Invitation, Participant
from kimwerk.events.services.agreeing import agree
from kimwerk.events.types import AgreementFacts
from kimwerk.kernel.figures import MISSING, FigureQuery
from kimwerk.kernel.periods import Period
from kimwerk.reporting.catalogue import figure
from tests.cast import Cast

COUNTY = "Rhein-Sieg-Kreis"
YEAR = Period.year(2022)


def test_whoever_came_counts_by_the_organisation_that_was_invited(cast: Cast, act_as: Callable[[Actor], Actor]) -> None:
    kim = act_as(cast.actor("kim"))
    jobcenter = Organisation.objects.get(pk=cast.organisations["Jobcenter Rhein-Sieg"])
    held = {
        "organisation_id": cast.organisations[COUNTY],
        "kind": "workshop",
        "title": "Werkstatt",
        "planned_by_id": kim.account_id,
    }
    event = Event.objects.create(starts_at=datetime(2022, 5, 4, 14, tzinfo=UTC), state="held", **held)
    invited = Invitation.objects.create(
        event=event, organisation_id=event.organisation_id, body=jobcenter, name="Jana", email="jana@example.org",
        token_hash="0" * 64, expires_at=event.starts_at,
    )  # fmt: skip
    for invitation, is_present in ((invited, True), (invited, False), (None, True)):
        Participant.objects.create(event=event, invitation=invitation, name="Gast", via="office", is_present=is_present)
    planned = Event.objects.create(starts_at=datetime(2022, 6, 4, 14, tzinfo=UTC), state="planned", **held)
    Participant.objects.create(event=planned, invitation=None, name="Gast", via="office", is_present=True)
    counted = figure("partners_at_events").compute(kim, FigureQuery(YEAR, ("partner_kind",)))
    assert counted.cells == {(jobcenter.kind,): 1, (MISSING,): 1}
    nobody = act_as(cast.actor("klara"))
    assert figure("partners_at_events").compute(nobody, FigureQuery(YEAR)).total == 0


def test_an_agreement_counts_on_the_day_from_which_it_holds(cast: Cast, act_as: Callable[[Actor], Actor]) -> None:
    kim, siegburg = act_as(cast.actor("kim")), cast.municipalities["Siegburg"]
    for day in (date(2021, 12, 31), date(2022, 2, 1)):
        facts = AgreementFacts(day, "Neuzugewanderte", "Ab drei Lebensbereichen.")
        agree(actor=kim, organisation_id=cast.organisations[COUNTY], municipality_id=siegburg, facts=facts)
    counted = figure("agreements_made").compute(kim, FigureQuery(YEAR, ("agreement_municipality",)))
    assert (counted.cells, counted.total) == ({("05382060",): 1}, 1)

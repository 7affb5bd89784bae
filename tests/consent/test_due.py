"""What of consent waits on "My day"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.consent.due import DAYS_AHEAD, due_items
from kimwerk.consent.models import Grant
from kimwerk.consent.services import confirm_deletion, disclose, read_disclosure, withdraw
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import Person
from tests.casework.referring import agent
from tests.cast import Cast
from tests.consent.consents import JOBCENTER, allow, grant_facts
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
TROISDORF = "Stadt Troisdorf"


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs) -> Actor:
    return act_as(cast.actor("frieda"))


@pytest.fixture
def person(cast: Cast, frieda: Actor) -> Person:
    return register(cast, frieda)


def ends_in(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_consent_that_ends_soon_is_due_once_for_each_day(cast: Cast, frieda: Actor, person: Person) -> None:
    allow(
        cast,
        frieda,
        person.pk,
        grant_facts(cast, valid_until=ends_in(7)),
        grant_facts(cast, TROISDORF, valid_until=ends_in(7)),
        grant_facts(cast, TROISDORF, purpose="case_conference", valid_until=ends_in(DAYS_AHEAD)),
        grant_facts(cast, valid_until=ends_in(DAYS_AHEAD + 1)),
    )
    allow(cast, frieda, person.pk, grant_facts(cast, TROISDORF, valid_until=ends_in(7)))
    items = due_items(frieda)
    assert [item.due_on for item in items] == [ends_in(7), ends_in(DAYS_AHEAD)]
    assert [item.is_urgent for item in items] == [True, False]
    assert TROISDORF in str(items[0].detail)
    assert JOBCENTER not in str(items[0].detail)  # a longer one towards it stands in the same declaration


def test_what_was_renewed_or_withdrawn_or_is_somebody_elses_is_not_due(
    cast: Cast, frieda: Actor, person: Person, act_as: ActAs
) -> None:
    allow(cast, frieda, person.pk, grant_facts(cast, valid_until=ends_in(5)))
    assert len(due_items(frieda)) == 1
    assert due_items(act_as(cast.actor("mehmet"))) == ()
    act_as(frieda)
    allow(cast, frieda, person.pk, grant_facts(cast, valid_until=ends_in(200)))
    assert due_items(frieda) == ()
    for grant in Grant.objects.filter(person=person):
        withdraw(actor=frieda, grant=grant)
    allow(cast, frieda, person.pk, grant_facts(cast, valid_until=ends_in(5)))
    withdraw(actor=frieda, declaration=Grant.objects.latest("pk").declaration)
    assert due_items(frieda) == ()


def test_the_recipient_is_told_to_delete_until_it_says_it_did(cast: Cast, frieda: Actor, person: Person) -> None:
    grant = allow(cast, frieda, person.pk).grants.get()
    told = {DataCategory.IDENTITY: {"Familienname": "Musterenko"}}
    made = disclose(
        actor=frieda,
        person_id=person.pk,
        recipient_id=cast.organisations[JOBCENTER],
        purpose="referral",
        content=told,
        grant=grant,
    )
    jana = agent(cast, role=Role.PARTNER_OFFICE)
    set_actor(jana.account_id)
    assert due_items(jana) == ()
    read_disclosure(actor=jana, disclosure=made)
    set_actor(frieda.account_id)
    withdraw(actor=frieda, grant=grant)
    set_actor(jana.account_id)
    (item,) = due_items(jana)
    assert item.is_urgent
    confirm_deletion(actor=jana, disclosure=made)
    assert due_items(jana) == ()

"""What offices need of the lists, and that nothing else is collected: by the errand, the form and the database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Account
from kimwerk.arrivals.models import ListContract, Registration
from kimwerk.arrivals.selectors.contracts import collected_columns, contracts_seen
from kimwerk.arrivals.services import (
    ContractRefused,
    NotCollected,
    accept_contract,
    end_contract,
    publish_contract,
)
from kimwerk.arrivals.types import ContractFacts, OfficeKind
from kimwerk.arrivals.types import RegistrationField as F
from tests.arrivals.families import COUNTY, OKSANA, arrive, surge
from tests.arrivals.offices import contract, needs, officer
from tests.cast import Cast
from tests.conftest import BACKEND

ActAs = Callable[[Actor], Actor]
ABH, SCHOOL = OfficeKind.FOREIGNERS_AUTHORITY, OfficeKind.SCHOOL_OFFICE


@pytest.fixture
def karin(cast: Cast, act_as: ActAs) -> Actor:
    return act_as(cast.actor("karin"))


def test_nothing_is_collected_before_an_office_has_said_that_it_needs_it(
    cast: Cast, karin: Actor, act_as: ActAs
) -> None:
    contract(cast, karin, SCHOOL, "family_name birth_date street postcode town host phone")
    collected = collected_columns(cast.organisations[COUNTY])
    assert {F.FAMILY_NAME, F.BIRTH_DATE, F.MUNICIPALITY, F.ARRIVED_ON} <= collected
    assert F.SEX not in collected
    occasion = surge(cast, karin)
    frieda = act_as(cast.actor("frieda"))
    bare = replace(OKSANA, given_names="", original_family="", original_given="", nationality="")
    with pytest.raises(NotCollected) as refused:
        arrive(frieda, occasion, cast, replace(bare, is_health_urgent=True))
    assert refused.value.fields == (F.SEX, F.IS_HEALTH_URGENT)
    with pytest.raises(NotCollected), transaction.atomic():
        arrive(frieda, occasion, cast, OKSANA)


def test_the_database_refuses_what_no_office_may_have_whoever_writes(cast: Cast, karin: Actor, act_as: ActAs) -> None:
    occasion = surge(cast, karin)
    row = arrive(act_as(cast.actor("frieda")), occasion, cast)[0]
    Registration.objects.filter(pk=row.pk).update(phone="02241 1")
    with pytest.raises(IntegrityError, match="no office may have is_health_urgent"), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(is_health_urgent=True)


def test_what_was_collected_stays_when_an_office_needs_it_no_longer(cast: Cast, karin: Actor, act_as: ActAs) -> None:
    occasion = surge(cast, karin)
    row = arrive(act_as(cast.actor("frieda")), occasion, cast)[0]
    act_as(karin)
    end_contract(actor=karin, contract=ListContract.objects.accepted_by(karin).get(kind=ABH.value))
    assert F.PHONE not in collected_columns(cast.organisations[COUNTY])
    Registration.objects.filter(pk=row.pk).update(given_names="Oksana Maria", phone=row.phone)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(phone="02241 2")


def test_a_version_is_published_by_the_office_and_accepted_by_whoever_keeps_the_lists(
    cast: Cast, karin: Actor, act_as: ActAs
) -> None:
    first = contract(cast, karin, SCHOOL)
    with pytest.raises(PermissionDenied):
        publish_contract(actor=karin, facts=needs(cast, SCHOOL))
    sabine = act_as(officer(SCHOOL))
    publish_contract(actor=sabine, facts=needs(cast, SCHOOL, "family_name phone"))
    second = publish_contract(actor=sabine, facts=needs(cast, SCHOOL, "family_name birth_date"))
    assert [each.number for each in contracts_seen(sabine)] == [2, 1]
    with pytest.raises(PermissionDenied):
        accept_contract(actor=sabine, contract=second, valid_from=timezone.localdate())
    act_as(karin)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ContractRefused):
        accept_contract(actor=karin, contract=second, valid_from=tomorrow - timedelta(days=2))
    accept_contract(actor=karin, contract=second, valid_from=tomorrow)
    running = ListContract.objects.visible_to(karin)
    assert running.in_force(timezone.localdate()).get() == first
    assert running.in_force(tomorrow).get() == second
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ListContract.objects.filter(pk=first.pk).update(columns=["phone"])


def test_an_office_reads_its_own_contracts_only(cast: Cast, karin: Actor, act_as: ActAs) -> None:
    contract(cast, karin, ABH)
    sabine = act_as(officer(SCHOOL))
    assert not ListContract.objects.visible_to(sabine).exists()
    assert not ListContract.objects.all().exists()


def test_a_contract_names_a_law_in_use_and_the_name(cast: Cast, act_as: ActAs) -> None:
    sabine = act_as(officer(SCHOOL))
    facts: ContractFacts = needs(cast, SCHOOL)
    for wrong in ({"statutory_basis_id": 0}, {"purpose_id": 0}, {"columns": frozenset({"phone"})}):
        with pytest.raises(ContractRefused):
            publish_contract(actor=sabine, facts=replace(facts, **wrong))  # type: ignore[arg-type]  # each names one


def test_the_pages_publish_accept_and_leave_out_of_the_form_what_nobody_needs(
    cast: Cast, karin: Actor, sign_in: Callable[[str], Client]
) -> None:
    occasion = surge(cast, karin)
    office, coordination, frieda = Client(), sign_in("karin"), sign_in("frieda")
    office.force_login(Account.objects.get(pk=officer(ABH).account_id), backend=BACKEND)
    facts = needs(cast, ABH, "family_name given_names birth_date nationality")
    sent = {
        **{name: str(getattr(facts, f"{name}_id")) for name in ("recipient", "organisation", "purpose")},
        **{"statutory_basis": str(facts.statutory_basis_id), "kind": ABH.value, "reason": "Ladung"},
    }
    form = reverse("arrivals:publish_contract")
    assert "Kreuzen Sie ihn an" in office.post(form, sent | {"columns": ["phone"]}).content.decode()
    published = office.post(form, sent | {"columns": sorted(facts.columns)})
    page = coordination.get(published["Location"]).content.decode()
    assert "wartet auf Inkraftsetzung" in page
    accepting = published["Location"] + "in-kraft-setzen/"
    assert coordination.get(accepting).status_code == 200
    assert coordination.post(accepting, {"valid_from": "01.01.2022"}).status_code == 422
    today = timezone.localdate().isoformat()
    assert "in Kraft seit" in coordination.post(accepting, {"valid_from": today}, follow=True).content.decode()
    entry = frieda.get(reverse("arrivals:family", args=[occasion.pk])).content.decode()
    assert 'name="phone"' not in entry
    assert "weil keine Stelle es braucht" in entry
    assert "Telefon" in entry
    ended = coordination.post(published["Location"] + "beenden/", follow=True)
    assert "ruft nichts mehr ab" in ended.content.decode()
    with CaptureQueriesContext(connection) as queries:
        assert "Fassung 2" in coordination.get(reverse("arrivals:contracts")).content.decode()
    assert len(queries) < 25

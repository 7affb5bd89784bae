"""What remains of disclosures when a person is erased: the proof, and nothing that could be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.accounts.sealing import CannotUnseal
from kimwerk.audit.models import Event
from kimwerk.casework.services import close_case, open_case
from kimwerk.consent.keys import open_content
from kimwerk.consent.models import Declaration, Disclosure, DisclosureContent, DisclosureKey, Grant, StatutoryBasis
from kimwerk.consent.selectors import disclosed_by_law, received_by, to_be_deleted_by
from kimwerk.consent.services import confirm_deletion, disclose, read_disclosure, recall
from kimwerk.consent.services.disclosing import hash_of
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import Person
from kimwerk.persons.services import ErasureRefused, entrust, erase_person
from kimwerk.persons.types import CareReason, ErasureReason
from tests.casework.cases import facts as case_facts
from tests.casework.referring import agent
from tests.casework.test_closing import ending
from tests.cast import Cast, as_owner
from tests.consent.consents import JOBCENTER, allow
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
TOLD = {DataCategory.IDENTITY: {"Familienname": "Musterenko"}, DataCategory.CONCERN: {"Anliegen": "Praktikum"}}


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs) -> Actor:
    return act_as(cast.actor("frieda"))


@pytest.fixture
def person(cast: Cast, frieda: Actor) -> Person:
    return register(cast, frieda)


def told(cast: Cast, frieda: Actor, person: Person) -> tuple[Disclosure, Disclosure]:
    """One disclosure by consent, one by law, both to the Jobcenter."""
    grant = allow(cast, frieda, person.pk).grants.get()
    recipient = cast.organisations[JOBCENTER]

    def tell(grant: Grant | None = None, law: StatutoryBasis | None = None) -> Disclosure:
        return disclose(
            actor=frieda, person_id=person.pk, recipient_id=recipient, purpose="referral", content=TOLD,
            grant=grant, statutory_basis=law, reason="Gefahr für ein Kind." if law else "",
        )  # fmt: skip

    return tell(grant), tell(law=StatutoryBasis.objects.filter(is_active=True).first())


def test_after_erasure_nobody_reads_what_was_sent_and_the_proof_remains(
    cast: Cast, frieda: Actor, person: Person
) -> None:
    by_consent, by_law = told(cast, frieda, person)
    jana = agent(cast, role=Role.PARTNER_OFFICE)
    set_actor(jana.account_id)
    read_disclosure(actor=jana, disclosure=by_consent)
    set_actor(frieda.account_id)
    with as_owner():
        old_keys = tuple(DisclosureKey.objects.filter(person=person).values_list("wrapped", flat=True))
    erase_person(actor=frieda, person_id=person.pk, reason=ErasureReason.ASKED)

    with as_owner():  # whoever owns the database and everything in it
        assert len(old_keys) == 2
        assert not DisclosureKey.objects.filter(person=person).exists()
        for made in (by_consent, by_law):
            left = Disclosure.objects.get(pk=made.pk)
            assert left.content_hash == hash_of(TOLD)  # whoever shows what was sent can prove it
            assert left.recipient_id == cast.organisations[JOBCENTER]
            assert left.recalled_at is not None
            assert DisclosureContent.objects.filter(disclosure=left).exists()
            with pytest.raises(CannotUnseal):
                open_content(left)
        assert Declaration.objects.filter(person=person).count() == 1
        assert Grant.objects.get(person=person).withdrawn_at is None  # nobody took it back
        assert Person.objects.get(pk=person.pk).family_name == ""
    set_actor(jana.account_id)
    assert received_by(jana) == ()
    assert [each.pk for each in to_be_deleted_by(jana)] == [by_consent.pk]  # told to delete, as Art. 19 wants it
    confirm_deletion(actor=jana, disclosure=by_consent)
    doris = cast.actor("doris")
    set_actor(doris.account_id)
    assert [each.pk for each in disclosed_by_law(doris, by_law.disclosed_at.date())] == [by_law.pk]


def test_an_open_case_or_a_colleagues_work_speaks_against_erasing(cast: Cast, frieda: Actor, person: Person) -> None:
    told(cast, frieda, person)
    entrust(actor=frieda, person_id=person.pk, account_id=cast.accounts["mehmet"], reason=CareReason.DEPUTY)
    case = open_case(actor=frieda, person_id=person.pk, facts=case_facts(cast))
    with pytest.raises(ErasureRefused) as refused:
        erase_person(actor=frieda, person_id=person.pk, reason=ErasureReason.ASKED)
    assert [str(said) for said in refused.value.objections] == [
        "Auch Mehmet Muster ist für die Person zuständig. Klären Sie das zuerst.",
        f"Fall {case.number} ist offen. Schließen Sie ihn zuerst ab.",
    ]
    for made in Disclosure.objects.filter(person=person):
        assert open_content(made) == TOLD
        assert made.recalled_at is None


def test_the_page_says_what_goes_and_what_stays_and_wants_the_name_typed(
    cast: Cast, frieda: Actor, person: Person, sign_in: Callable[[str], Client]
) -> None:
    by_consent, _by_law = told(cast, frieda, person)
    case = open_case(actor=frieda, person_id=person.pk, facts=case_facts(cast))
    url, browser = reverse("persons:erase", args=[person.pk]), sign_in("frieda")
    page = browser.get(url).content.decode()
    assert f"Fall {case.number} ist offen. Schließen Sie ihn zuerst ab." in page
    assert "family_name" not in page
    sent = {"reason": ErasureReason.ASKED.value, "family_name": "musterenko"}
    assert browser.post(url, sent).status_code == 409  # whoever knows the address is refused as well

    set_actor(frieda.account_id)
    recall(actor=frieda, disclosure=by_consent)
    close_case(actor=frieda, case=case, facts=ending())
    page = browser.get(url).content.decode()
    for said in ("Der Inhalt von 2 Weitergaben", "1 laufende Freigabe:", "1 Erklärung:", "Rahmen von 1 Fall"):
        assert said in page
    assert "Das ist nicht der Familienname" in browser.post(url, sent | {"family_name": "Muster"}).content.decode()
    assert browser.post(url, {"family_name": "Musterenko"}).status_code == 422  # without a reason
    assert browser.get(reverse("persons:person", args=[person.pk])).status_code == 200

    assert browser.post(url, sent).headers["Location"] == reverse("persons:list")
    assert browser.get(url).status_code == 404
    with as_owner():
        assert Person.objects.get(pk=person.pk).erasure_reason == ErasureReason.ASKED.value
        assert Event.objects.filter(action="person.erased", subject_id=str(person.pk)).count() == 1

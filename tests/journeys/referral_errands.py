"""What a journey of referrals finds prepared: a person with a case, and a consent, made by the errands themselves."""

from __future__ import annotations

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import actor_of
from kimwerk.casework.models import Case, Choice
from kimwerk.casework.selectors.choices import admission_rules
from kimwerk.casework.services import clarify, open_case
from kimwerk.casework.types import CaseFacts, CaseKind, ChoiceList, ClarificationFacts, Decision
from kimwerk.consent.models import ConsentText, Grant
from kimwerk.consent.services import approve_version, begin_version, declare, withdraw
from kimwerk.consent.types import (
    DeclarationFacts,
    DeclarationKind,
    Evidence,
    GrantFacts,
    Proof,
    TextLanguage,
)
from kimwerk.directory.models import Municipality, Organisation
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.services import register_person
from kimwerk.persons.types import LanguageFacts, PersonFacts

CATEGORIES = frozenset({DataCategory.IDENTITY, DataCategory.CONTACT, DataCategory.CONCERN})
PARTICULARS = {"controller": "Rhein-Sieg-Kreis", "officer": "datenschutz@rsk.example", "authority": "LDI NRW"}


def actor(character: str) -> Actor:
    """Somebody of the cast."""
    return actor_of(Account.objects.get(email=f"{character}@kimwerk.example"))


def prepare(name: str) -> int:
    """A person of Frieda's with a case; gives the case."""
    frieda = actor("frieda")
    county = frieda.grants[0].organisation_id
    with acting(frieda):
        town = Municipality.objects.get(name="Siegburg").pk
        facts = PersonFacts(county, name, "Olena", birth_year=1990, interpreter_language="ukr", municipality_id=town,
                            languages=(LanguageFacts("ukr", None, is_mother_tongue=True),))  # fmt: skip
        person = register_person(actor=frieda, facts=facts)
        path = Choice.objects.of(ChoiceList.ACCESS_PATH)[0].pk
        frame = CaseFacts(CaseKind.CASE_MANAGEMENT, town, path, timezone.localdate())
        case = open_case(actor=frieda, person_id=person.pk, facts=frame)
        met = tuple(rule.pk for rule in admission_rules(case.organisation_id))
        facts = ClarificationFacts(Decision.CASE_MANAGEMENT, "Viele Stellen.", criteria=met)
        clarify(actor=frieda, case=case, facts=facts)
        return case.pk


def consent(case_id: int, recipient: str, purpose: str) -> int:
    """The person lets the recipient have identity, contact and the matter; gives the grant."""
    frieda, text_id = actor("frieda"), text()
    with acting(frieda):
        case = Case.objects.get(pk=case_id)
        assert case.person_id
        today = timezone.localdate()
        grant = GrantFacts(
            purpose=purpose,
            categories=CATEGORIES,
            valid_from=today,
            valid_until=today.replace(year=today.year + 1, day=1),
            recipient_id=Organisation.objects.get(name=recipient).pk,
        )
        proof = Proof(Evidence.PAPER, mark="Akte 1")
        facts = DeclarationFacts(case.person_id, text_id, today, "Siegburg", (grant,), proof=proof)
        return declare(actor=frieda, facts=facts).grants.get().pk


def text() -> int:
    """The county's German text in force, made and approved if need be."""
    karin, doris, kind = actor("karin"), actor("doris"), DeclarationKind.DATA_CONSENT
    county = actor("frieda").grants[0].organisation_id
    with acting(karin):
        texts = ConsentText.objects.of(county, kind)
        if not texts.in_force().exists():
            begin_version(actor=karin, organisation_id=county, kind=kind, particulars=PARTICULARS)
            with acting(doris):
                draft = ConsentText.objects.of(county, kind).first()
                assert draft is not None
                approve_version(actor=doris, text=draft)
    with acting(karin):
        return ConsentText.objects.of(county, kind).in_force().get(language=TextLanguage.GERMAN.value).pk


def withdraw_grant(grant_id: int) -> int:
    """The person changes their mind."""
    frieda = actor("frieda")
    with acting(frieda):
        return len(withdraw(actor=frieda, grant=Grant.objects.get(pk=grant_id)))

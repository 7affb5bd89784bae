"""Declaring, disclosing, withdrawing and recalling, and what the database does in the same breath."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.accounts.models import Membership
from kimwerk.accounts.sealing import CannotUnseal
from kimwerk.consent.events import ConsentWithdrawn
from kimwerk.consent.files import problem_of_file
from kimwerk.consent.keys import open_content, seal_content
from kimwerk.consent.models import ConsentText, Declaration, Disclosure, DisclosureContent, Grant, StatutoryBasis
from kimwerk.consent.selectors import disclosed_about
from kimwerk.consent.services import DeclarationRefused, NotCovered, declare, disclose, recall, withdraw
from kimwerk.consent.types import ConsentProblem, DeclarationField, DeclarationKind, TextLanguage
from kimwerk.consent.wording import samples, words_of
from kimwerk.directory.models import Organisation
from kimwerk.kernel import events
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import Person
from tests.cast import Cast, as_owner
from tests.consent.consents import JOBCENTER, allow, declaration_facts, grant_facts, text_in_force
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
CONTENT = {DataCategory.IDENTITY: {"Name": "Oleksandr Musterenko"}, DataCategory.CONCERN: {"Anliegen": "Praktikum"}}
P, F = ConsentProblem, DeclarationField


@pytest.fixture
def frieda(cast: Cast, act_as: ActAs) -> Actor:
    return act_as(cast.actor("frieda"))


@pytest.fixture
def person(cast: Cast, frieda: Actor) -> Person:
    return register(cast, frieda)


def tell(cast: Cast, actor: Actor, person: Person, grant: Grant | None, **changes: object) -> Disclosure:
    values: dict[str, object] = {
        "person_id": person.pk,
        "recipient_id": cast.organisations[JOBCENTER],
        "purpose": "referral",
        "content": CONTENT,
        "grant": grant,
    } | changes
    return disclose(actor=actor, **values)  # type: ignore[arg-type]  # each test names what it changes


def test_what_was_sent_can_be_told_word_by_word(cast: Cast, frieda: Actor, person: Person) -> None:
    grant = allow(cast, frieda, person.pk).grants.get()
    disclosure = tell(cast, frieda, person, grant)
    withdraw(actor=frieda, grant=grant)
    assert open_content(disclosure) == CONTENT
    assert b"Musterenko" not in bytes(DisclosureContent.objects.get().sealed)
    assert [each.pk for each in disclosed_about(frieda, person.pk)] == [disclosure.pk]


def test_without_cover_nothing_is_told_and_the_caller_can_go_on(cast: Cast, frieda: Actor, person: Person) -> None:
    with pytest.raises(NotCovered):
        tell(cast, frieda, person, allow(cast, frieda, person.pk).grants.get(), purpose="work")
    assert not Disclosure.objects.exists()
    law = StatutoryBasis.objects.get(code="danger_to_life")
    assert tell(cast, frieda, person, None, statutory_basis=law, reason="Akute Gefahr").grant is None


def test_nobody_else_tells_or_withdraws(cast: Cast, frieda: Actor, person: Person, act_as: ActAs) -> None:
    declaration = allow(cast, frieda, person.pk)
    grant = declaration.grants.get()
    for character in ("mehmet", "karin", "klaus", "doris"):
        other = act_as(cast.actor(character))
        for attempt in (
            lambda other=other: tell(cast, other, person, grant),
            lambda other=other: withdraw(actor=other, grant=grant),
            lambda other=other: declare(actor=other, facts=declaration_facts(cast, person.pk, grant_facts(cast))),
        ):
            with pytest.raises(PermissionDenied):
                attempt()


def test_a_withdrawal_is_announced_with_everything_recalled_already(
    cast: Cast, frieda: Actor, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[ConsentWithdrawn, bool]] = []

    def listen(event: events.Event) -> None:
        assert isinstance(event, ConsentWithdrawn)
        heard.append((event, Disclosure.objects.get().recalled_at is not None))

    monkeypatch.setattr(events, "_handlers", {ConsentWithdrawn: [listen]})
    declaration = allow(cast, frieda, person.pk)
    grant = declaration.grants.get()
    tell(cast, frieda, person, grant)
    assert [each.pk for each in withdraw(actor=frieda, declaration=declaration)] == [grant.pk]
    assert withdraw(actor=frieda, declaration=declaration) == ()
    assert [(event.person_id, event.grant_ids, recalled) for event, recalled in heard] == [
        (person.pk, (grant.pk,), True)
    ]


def test_a_withdrawal_in_sql_recalls_as_well(cast: Cast, frieda: Actor, person: Person) -> None:
    grant = allow(cast, frieda, person.pk).grants.get()
    tell(cast, frieda, person, grant)
    Declaration.objects.update(withdrawn_at=timezone.now(), withdrawn_by_id=frieda.account_id)
    assert Grant.objects.get().withdrawn_at is not None
    assert Disclosure.objects.get().recalled_at is not None


def test_a_single_grant_is_withdrawn_and_the_others_stay(cast: Cast, frieda: Actor, person: Person) -> None:
    declaration = allow(cast, frieda, person.pk, grant_facts(cast), grant_facts(cast, purpose="work"))
    first, second = declaration.grants.order_by("pk")
    withdraw(actor=frieda, grant=first)
    second.refresh_from_db()
    assert second.withdrawn_at is None


def test_a_recall_is_done_once(cast: Cast, frieda: Actor, person: Person) -> None:
    disclosure = tell(cast, frieda, person, allow(cast, frieda, person.pk).grants.get())
    first = recall(actor=frieda, disclosure=disclosure).recalled_at
    assert recall(actor=frieda, disclosure=disclosure).recalled_at == first


def test_an_ended_share_is_closed_to_the_recipient_without_any_job(
    cast: Cast, frieda: Actor, person: Person, act_as: ActAs
) -> None:
    today = timezone.localdate()
    ended = grant_facts(cast, valid_from=today - timedelta(9), valid_until=today - timedelta(1))
    grant = allow(cast, frieda, person.pk, ended).grants.get()
    with as_owner():  # as the past is loaded
        disclosure = Disclosure.objects.create(
            person=person,
            organisation=person.organisation,
            recipient_id=cast.organisations[JOBCENTER],
            purpose=grant.purpose,
            categories=["concern", "identity"],
            grant=grant,
            content_hash="x",
            disclosed_at=timezone.now() - timedelta(5),
            disclosed_by_id=frieda.account_id,
        )
        seal_content(disclosure, CONTENT)
        Membership.objects.filter(account=cast.accounts["arno"]).update(organisation=cast.organisations[JOBCENTER])
    assert open_content(disclosure) == CONTENT
    recipient = act_as(cast.actor("arno"))
    assert Disclosure.objects.received_by(recipient).count() == 1
    assert not Disclosure.objects.received_by(recipient).shared(today).exists()
    with pytest.raises(CannotUnseal):
        open_content(disclosure)


def refused(cast: Cast, actor: Actor, person: Person, **changes: object) -> dict[DeclarationField, ConsentProblem]:
    facts = declaration_facts(cast, person.pk, grant_facts(cast), **changes)
    with pytest.raises(DeclarationRefused) as caught:
        declare(actor=actor, facts=facts)
    return caught.value.problems


def test_what_is_wrong_with_a_declaration_is_said_at_its_field(cast: Cast, frieda: Actor, person: Person) -> None:
    tomorrow = timezone.localdate() + timedelta(1)
    assert refused(cast, frieda, person, declared_on=tomorrow) == {F.DECLARED_ON: P.IN_THE_FUTURE}
    assert refused(cast, frieda, person, place=" ") == {F.PLACE: P.MISSING}
    assert refused(cast, frieda, person, proof=None) == {F.PROOF: P.MISSING}
    assert refused(cast, frieda, person, text_id=0) == {F.TEXT: P.MISSING}
    assert refused(cast, frieda, person, interpreter="x" * 161) == {F.INTERPRETER: P.TOO_LONG}
    text_in_force(cast)  # before the office closes
    with as_owner():
        Organisation.objects.filter(pk=cast.organisations[JOBCENTER]).update(closed_on=timezone.localdate())
    assert refused(cast, frieda, person) == {F.GRANTS: P.RECIPIENT_CLOSED}


def test_the_database_refuses_the_future_and_a_closed_office_too(cast: Cast, frieda: Actor, person: Person) -> None:
    declaration = allow(cast, frieda, person.pk)
    copy = {field.attname: getattr(declaration, field.attname) for field in Declaration._meta.concrete_fields}
    later = copy | {"id": None, "declared_on": timezone.localdate() + timedelta(2)}
    with pytest.raises(DatabaseError, match="declaration_is_not_of_the_future"), transaction.atomic():
        Declaration.objects.create(**later)
    with pytest.raises(DatabaseError, match="not in force"), transaction.atomic():
        Declaration.objects.create(**copy | {"id": None, "text_hash": "x"})
    with as_owner():
        Organisation.objects.filter(pk=cast.organisations[JOBCENTER]).update(closed_on=timezone.localdate())
    row = Grant.objects.values().get() | {"id": None}
    with pytest.raises(DatabaseError, match="recipient is closed"), transaction.atomic():
        Grant.objects.create(**row)


def test_an_approved_text_is_never_changed(cast: Cast, act_as: ActAs) -> None:
    text = text_in_force(cast)
    act_as(cast.actor("karin"))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).update(body="Alles ist erlaubt.")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).delete()


@pytest.mark.parametrize("kind", DeclarationKind)
def test_every_sample_has_the_same_parts_in_every_language(kind: DeclarationKind) -> None:
    found = samples(kind, {})
    headings = {language: wording.body.count("## ") for language, wording in found.items()}
    assert set(found) == set(TextLanguage)
    assert len(set(headings.values())) == 1
    assert all(each.body.count("[[") == 3 and each.title and each.summary for each in found.values())


def test_the_words_of_the_form_are_complete_in_every_language() -> None:
    german = words_of(TextLanguage.GERMAN)
    assert set(german["categories"]) == {each.value for each in DataCategory}
    for language in TextLanguage:
        words = words_of(language)
        assert {group: set(entries) for group, entries in words.items()} == {
            group: set(entries) for group, entries in german.items()
        }


@pytest.mark.parametrize(
    ("answer", "problem"),
    [(b"stream: OK\0", None), (b"stream: Eicar FOUND\0", P.FILE_INFECTED), (b"", P.FILE_UNCHECKED)],
)
def test_a_scanner_that_is_set_up_has_the_last_word(
    tmp_path: Path, settings: LazySettings, answer: bytes, problem: ConsentProblem | None
) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "clamd")
    received = bytearray()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(settings.CLAMD_SOCKET)
        server.listen(1)

        def serve() -> None:
            with server.accept()[0] as client:
                while not received.endswith(b"\0\0\0\0"):
                    received.extend(client.recv(65536))
                client.sendall(answer)

        clamd = threading.Thread(target=serve)
        clamd.start()
        assert problem_of_file(b"%PDF-1.7 paper") is problem
        clamd.join()
    assert received.startswith(b"zINSTREAM\0\0\0\0\x0e%PDF-1.7 paper")


def test_a_scanner_that_does_not_answer_lets_nothing_in(tmp_path: Path, settings: LazySettings) -> None:
    settings.CLAMD_SOCKET = str(tmp_path / "nothing")
    assert problem_of_file(b"%PDF-1.7 paper") is P.FILE_UNCHECKED

"""The pages of consent, as Frieda, Karin, Doris and somebody of the Jobcenter use them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.audit.models import Event
from kimwerk.consent.models import ConsentText, Declaration, DeclarationProof, Disclosure, Grant
from kimwerk.consent.services import disclose
from kimwerk.consent.types import DeclarationKind, TextLanguage
from kimwerk.directory.models import Organisation
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.models import Person
from tests.cast import Cast, as_owner
from tests.consent.consents import COUNTY, JOBCENTER, PARTICULARS, allow, grant_facts, text_in_force
from tests.persons.people import register
from tests.reporting.pdf_reading import read_text
from tests.reporting.verapdf import broken_rules

BACKEND = "kimwerk.accounts.backends.AccountBackend"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
ActAs = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]


@pytest.fixture
def person(cast: Cast, act_as: ActAs) -> Person:
    """Somebody in Frieda's care whose interpreter speaks Ukrainian; the texts are in force."""
    frieda = act_as(cast.actor("frieda"))
    text_in_force(cast)
    return register(cast, frieda)


@pytest.fixture
def jobcenter(cast: Cast) -> Client:
    """Somebody who reads what reaches the Jobcenter."""
    with as_owner():
        account = Account.objects.create(
            email="jo@jobcenter.example", given_name="Jo", family_name="Center", password="!"
        )
        Membership.objects.create(
            account=account,
            role=Role.PARTNER_OFFICE.value,
            organisation_id=cast.organisations[JOBCENTER],
            valid=DateRange(date(2020, 1, 1), None),
        )
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def filled(cast: Cast, **changes: object) -> dict[str, object]:
    """The form as it is sent when one office may learn two things."""
    text = text_in_force(cast, language=TextLanguage.UKRAINIAN)
    return {
        "text": text.pk,
        "lines": "1",
        "g0-recipient": f"o{cast.organisations[JOBCENTER]}",
        "g0-purpose": "referral",
        "g0-categories": ["identity", "concern"],
        "g0-direction": "to",
        "g0-valid_until": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "declared_on": timezone.localdate().isoformat(),
        "place": "Siegburg",
        "declared_by": "person",
        "interpreter": "Iryna Beispiel",
        "evidence": "drawn",
        "drawn": "data:image/png;base64," + base64.b64encode(PIXEL).decode(),
        "answer": "given",
    } | changes


def send(cast: Cast, sign_in: SignIn, person: Person, **changes: object) -> tuple[int, str]:
    answer = sign_in("frieda").post(reverse("consent:declare", args=[person.pk]), filled(cast, **changes))
    return answer.status_code, answer.content.decode()


def as_frieda(cast: Cast) -> Actor:
    frieda = cast.actor("frieda")
    set_actor(frieda.account_id)
    return frieda


def test_the_text_is_offered_in_the_language_of_the_person(cast: Cast, sign_in: SignIn, person: Person) -> None:
    page = sign_in("frieda").get(reverse("consent:declare", args=[person.pk])).content.decode()
    assert 'lang="uk" dir="ltr"' in page
    assert 'lang="de" dir="ltr"' in page
    arabic = text_in_force(cast, language=TextLanguage.ARABIC)
    page = sign_in("frieda").get(f"{reverse('consent:declare', args=[person.pk])}?text={arabic.pk}").content.decode()
    assert 'lang="ar" dir="rtl"' in page


def test_consent_is_given_with_a_drawn_signature(cast: Cast, sign_in: SignIn, person: Person) -> None:
    assert send(cast, sign_in, person)[0] == 302
    as_frieda(cast)
    declared, grant = Declaration.objects.get(), Grant.objects.get()
    assert (declared.consent_text.language, declared.text_hash) == ("uk", declared.consent_text.content_hash)
    assert grant.categories == ["concern", "identity"]
    assert bytes(DeclarationProof.objects.get().content) != PIXEL
    client = sign_in("frieda")
    assert client.get(reverse("consent:proof", args=[declared.pk])).content == PIXEL
    page = client.get(reverse("consent:declaration", args=[declared.pk])).content.decode()
    assert "Iryna Beispiel" in page
    assert JOBCENTER in page
    assert b"Iryna" not in bytes(declared.interpreter or b"")


def test_a_refusal_takes_one_press_and_no_signature(cast: Cast, sign_in: SignIn, person: Person) -> None:
    status, _ = send(cast, sign_in, person, answer="refused", evidence="", drawn="")
    as_frieda(cast)
    assert (status, Declaration.objects.get().answer, Grant.objects.count()) == (302, "refused", 0)


def test_both_answers_look_alike(sign_in: SignIn, person: Person) -> None:
    page = sign_in("frieda").get(reverse("consent:declare", args=[person.pk])).content.decode()
    yes, no = (page.split(f'value="{answer}"')[0].rpartition("<button")[2] for answer in ("given", "refused"))
    assert yes == no


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"declared_on": "2999-01-01"}, "Das Datum liegt in der Zukunft."),
        ({"g0-recipient": "", "g0-purpose": "", "g0-categories": []}, "Noch ist nichts erlaubt."),
        ({"g0-purpose": ""}, "Wählen Sie den Zweck."),
        ({"g0-categories": []}, "Kreuzen Sie an"),
        ({"g0-valid_until": "2020-01-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"g0-valid_until": "2998-01-01"}, "Höchstens drei Jahre."),
        ({"evidence": ""}, "Bitte ausfüllen."),
        ({"drawn": ""}, "Bitte ausfüllen."),
        ({"drawn": "data:image/png;base64,%%%"}, "Bitte ausfüllen."),
        ({"evidence": "paper", "mark": ""}, "Bitte ausfüllen."),
        ({"declared_by": "guardian", "guardian": ""}, "Bitte ausfüllen."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    cast: Cast, sign_in: SignIn, person: Person, changes: dict[str, object], said: str
) -> None:
    status, page = send(cast, sign_in, person, **changes)
    assert status == 422
    assert said in page
    assert "Iryna Beispiel" in page
    as_frieda(cast)
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n" + b"0" * 30 * 1024 * 1024, "größer als 10 MB"),
        (EICAR, "enthält einen Virus"),
        (b"%PDF-1.7\n" + EICAR, "enthält einen Virus"),
        (b"MZ\x90 not a picture", "weder ein PDF noch ein Bild"),
    ],
)
def test_a_bad_file_is_refused_and_not_kept(
    cast: Cast, sign_in: SignIn, person: Person, content: bytes, said: str
) -> None:
    scan = SimpleUploadedFile("scan.pdf", content, "application/pdf")
    status, page = send(cast, sign_in, person, evidence="scan", scan=scan)
    assert status == 422
    assert said in page
    as_frieda(cast)
    assert not DeclarationProof.objects.exists()


def test_a_closed_office_is_not_offered_and_not_taken(cast: Cast, sign_in: SignIn, person: Person) -> None:
    with as_owner():
        Organisation.objects.filter(pk=cast.organisations[JOBCENTER]).update(closed_on=timezone.localdate())
    status, _ = send(cast, sign_in, person)
    as_frieda(cast)
    assert (status, Declaration.objects.count()) == (422, 0)


def test_more_lines_keep_what_was_ticked(cast: Cast, sign_in: SignIn, person: Person) -> None:
    changes = filled(cast, more="1")
    page = sign_in("frieda").post(reverse("consent:declare", args=[person.pk]), changes)
    assert page.status_code == 200
    assert 'name="g1-recipient"' in page.content.decode()
    assert "Iryna Beispiel" in page.content.decode()


def told(cast: Cast, person: Person) -> Disclosure:
    frieda = as_frieda(cast)
    grant = allow(cast, frieda, person.pk).grants.get()
    return disclose(
        actor=frieda,
        person_id=person.pk,
        recipient_id=cast.organisations[JOBCENTER],
        purpose="referral",
        content={DataCategory.IDENTITY: {"Name": "Oleksandr Musterenko"}},
        grant=grant,
    )


def test_the_recipient_opens_it_and_is_noted(cast: Cast, person: Person, jobcenter: Client) -> None:
    disclosure = told(cast, person)
    address = reverse("consent:received", args=[disclosure.pk])
    closed = jobcenter.get(address).content.decode()
    assert "Musterenko" not in closed
    assert "Musterenko" in jobcenter.post(address).content.decode()
    as_frieda(cast)
    disclosure.refresh_from_db()
    assert disclosure.first_read_at is not None
    assert disclosure.reads.count() == 1


def test_a_withdrawal_says_what_follows_and_takes_the_unread_away(
    cast: Cast, sign_in: SignIn, person: Person, jobcenter: Client
) -> None:
    disclosure = told(cast, person)
    address = reverse("consent:withdraw", args=[Declaration.objects.get().pk])
    frieda = sign_in("frieda")
    before = frieda.get(address).content.decode()
    assert "lässt sich nicht rückgängig machen" in before
    assert "1 Weitergabe endet" in before
    assert frieda.post(address).status_code == 302
    assert jobcenter.get(reverse("consent:received", args=[disclosure.pk])).status_code == 404
    inbox = jobcenter.get(reverse("consent:inbox")).content.decode()
    assert f"Nummer {disclosure.pk}" not in inbox


def test_what_was_read_is_to_be_deleted_and_the_sender_sees_that_it_was(
    cast: Cast, sign_in: SignIn, person: Person, jobcenter: Client
) -> None:
    disclosure = told(cast, person)
    jobcenter.post(reverse("consent:received", args=[disclosure.pk]))
    as_frieda(cast)
    frieda = sign_in("frieda")
    frieda.post(reverse("consent:withdraw_grant", args=[Grant.objects.get().pk]))
    inbox = jobcenter.get(reverse("consent:inbox")).content.decode()
    assert "Bitte löschen" in inbox
    assert f"Nummer {disclosure.pk}" in inbox
    assert jobcenter.post(reverse("consent:received", args=[disclosure.pk])).status_code == 404
    assert jobcenter.post(reverse("consent:deleted", args=[disclosure.pk])).status_code == 302
    assert "dort gelöscht" in frieda.get(reverse("consent:person", args=[person.pk])).content.decode()
    assert "Musterenko" in frieda.get(reverse("consent:disclosure", args=[disclosure.pk])).content.decode()


def test_a_recall_ends_one_disclosure_and_not_the_consent(
    cast: Cast, sign_in: SignIn, person: Person, jobcenter: Client
) -> None:
    disclosure = told(cast, person)
    sign_in("frieda").post(reverse("consent:recall", args=[disclosure.pk]))
    assert jobcenter.get(reverse("consent:received", args=[disclosure.pk])).status_code == 404
    as_frieda(cast)
    assert Grant.objects.get().withdrawn_at is None


def test_telling_without_consent_is_refused_and_by_law_appears_in_the_list(
    cast: Cast, sign_in: SignIn, person: Person
) -> None:
    address = reverse("consent:disclose", args=[person.pk])
    sent = {
        "recipient": f"o{cast.organisations[JOBCENTER]}",
        "purpose": "referral",
        "categories": ["identity"],
        "basis": "consent",
    }
    frieda = sign_in("frieda")
    refused = frieda.post(address, sent)
    assert refused.status_code == 422
    assert "Keine gültige Einwilligung" in refused.content.decode()
    law = sent | {"basis": "danger_to_life"}
    assert frieda.post(address, law).status_code == 422
    assert frieda.post(address, law | {"reason": "Akute Gefahr am Telefon geschildert"}).status_code == 302
    doris = sign_in("doris")
    listed = doris.get(reverse("consent:by_law")).content.decode()
    table = doris.get(reverse("consent:by_law_csv")).content.decode("utf-8-sig")
    assert table.startswith("Nummer;Tag;")
    paper = doris.get(reverse("consent:by_law_pdf"))
    assert paper.content.startswith(b"%PDF")
    for told in (listed, table, read_text(pikepdf.open(BytesIO(paper.content)))):
        assert "Akute Gefahr" in told
        assert "Musterenko" not in told
    with as_owner():
        assert Event.objects.filter(action="disclosure.list_exported", amount=1).count() == 2
    assert "Akute Gefahr" not in doris.get(f"{reverse('consent:by_law_csv')}?monat=2001-01").content.decode()
    assert doris.get(f"{reverse('consent:by_law')}?monat=Mai").status_code == 404


def test_a_text_goes_from_sample_to_force_and_is_compared(cast: Cast, sign_in: SignIn) -> None:
    karin, doris = sign_in("karin"), sign_in("doris")
    begin = reverse("consent:begin_text", args=[DeclarationKind.SECRECY_RELEASE.value])
    assert karin.post(begin, {"controller": ""}).status_code == 422
    assert karin.post(begin, PARTICULARS).status_code == 302
    set_actor(cast.accounts["karin"])
    first = ConsentText.objects.get(kind="secrecy_release", language="de")
    assert "[[" not in first.body
    assert doris.post(reverse("consent:approve_text", args=[first.pk])).status_code == 302
    assert karin.get(reverse("consent:edit_text", args=[first.pk])).status_code == 404
    assert karin.post(begin).status_code == 302
    set_actor(cast.accounts["karin"])
    second = ConsentText.objects.get(kind="secrecy_release", language="de", version=2)
    wording = {"title": second.title, "summary": "Ganz neu.", "body": second.body, "revision": "1"}
    edit = reverse("consent:edit_text", args=[second.pk])
    assert karin.post(edit, wording).status_code == 302
    assert karin.post(edit, wording).status_code == 422  # somebody else was faster
    compared = karin.get(reverse("consent:compare_text", args=[second.pk])).content.decode()
    assert "<ins>Ganz neu.</ins>" in compared
    assert "<del>" in compared
    doris.post(reverse("consent:approve_text", args=[second.pk]))
    set_actor(cast.accounts["karin"])
    states = ConsentText.objects.filter(kind="secrecy_release", language="uk").order_by("version")
    assert list(states.values_list("state", flat=True)) == ["withdrawn", "in_force"]


def test_a_blank_left_in_a_text_stops_the_approval(cast: Cast, act_as: ActAs) -> None:
    from kimwerk.consent.services import TextRefused, approve_version, begin_version

    karin, doris = act_as(cast.actor("karin")), cast.actor("doris")
    begin_version(actor=karin, organisation_id=cast.organisations[COUNTY], kind=DeclarationKind.DATA_CONSENT)
    act_as(doris)
    with pytest.raises(TextRefused, match="blanks_left"):
        approve_version(actor=doris, text=ConsentText.objects.latest("pk"))


@pytest.mark.java
@pytest.mark.parametrize("language", [TextLanguage.GERMAN, TextLanguage.UKRAINIAN, TextLanguage.ARABIC])
def test_the_form_is_an_accessible_paper_in_both_languages(
    cast: Cast, sign_in: SignIn, person: Person, tmp_path: Path, language: TextLanguage
) -> None:
    text = text_in_force(cast, language=language)
    send(cast, sign_in, person, text=text.pk)
    as_frieda(cast)
    pdf = sign_in("frieda").get(reverse("consent:copy", args=[Declaration.objects.get().pk])).content
    file = tmp_path / "copy.pdf"
    file.write_bytes(pdf)
    assert broken_rules(file, "PDFUA-1", "PDFA-3A") == {"PDFUA-1": [], "PDFA-3A": []}
    with pikepdf.open(file) as paper:
        assert "Jobcenter" in read_text(paper)
    assert f"/Lang({language.value}-DE)".encode() in pdf


@pytest.mark.java
def test_the_letter_lists_everything_and_is_accessible(
    cast: Cast, sign_in: SignIn, person: Person, tmp_path: Path
) -> None:
    told(cast, person)
    pdf = sign_in("frieda").get(reverse("consent:letter", args=[person.pk])).content
    file = tmp_path / "letter.pdf"
    file.write_bytes(pdf)
    assert broken_rules(file, "PDFUA-1", "PDFA-3A") == {"PDFUA-1": [], "PDFA-3A": []}
    with pikepdf.open(file) as paper:
        text = read_text(paper)
    assert "Was über Sie weitergegeben wurde" in text
    assert "Jobcenter" in text


def test_the_form_can_be_printed_before_it_is_signed(cast: Cast, sign_in: SignIn, person: Person) -> None:
    client = sign_in("frieda")
    for changes in (filled(cast, evidence=""), {"text": text_in_force(cast).pk, "lines": "1"}):
        answer = client.post(reverse("consent:blank", args=[person.pk]), changes)
        with pikepdf.open(BytesIO(answer.content)) as paper:
            assert "Unterschrift einer Zeugin" in read_text(paper)  # for whoever cannot write
    as_frieda(cast)
    assert not Declaration.objects.exists()


def test_the_list_of_persons_says_what_is_in_force(cast: Cast, sign_in: SignIn, person: Person) -> None:
    allow(cast, as_frieda(cast), person.pk, grant_facts(cast))
    page = sign_in("frieda").get(reverse("consent:list")).content.decode()
    assert "Musterenko" in page
    assert "1 gültig" in page
    assert "Musterenko" not in sign_in("mehmet").get(reverse("consent:list")).content.decode()

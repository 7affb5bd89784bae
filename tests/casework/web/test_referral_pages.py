"""The pages of referrals, from both sides and through a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.casework.link_secrets import LinkSecrets
from kimwerk.casework.models import Referral
from kimwerk.casework.referral_states import ReferralState
from kimwerk.casework.services.links import make_link
from kimwerk.consent.services import withdraw
from tests.casework.cases import running
from tests.casework.referring import CONCERN, JOBCENTER, NEED, Sent, agent, consent_for, sent, sent_by_link
from tests.cast import Cast, as_owner
from tests.conftest import BACKEND

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
NAME = "Musterenko"


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def made(cast: Cast, act_as: Act) -> Sent:
    """A referral of Frieda's to the Jobcenter."""
    return sent(cast, act_as(cast.actor("frieda")))


@pytest.fixture
def jana(cast: Cast, act_as: Act) -> Client:
    """A browser signed in at the Jobcenter."""
    from allauth.mfa.models import Authenticator

    from kimwerk.accounts.models import Account

    account = Account.objects.get(pk=agent(cast).account_id)
    with as_owner():
        Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def state(referral: Referral) -> ReferralState:
    with as_owner():
        return Referral.objects.get(pk=referral.pk).stage


def test_a_referral_is_sent_from_the_file_of_a_case(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    case = running(cast, act_as(cast.actor("frieda")))
    consent_for(cast, case)
    frieda = sign_in("frieda")
    assert frieda.get(f"/faelle/verweise/neu/{case.pk}/").status_code == 200
    sent_form = {
        "recipient": cast.organisations[JOBCENTER],
        "target": cast.categories["behoerden"],
        "need": NEED,
        "channel": "queue",
        "categories": ["identity", "contact"],
        "concern": CONCERN,
    }
    answer = frieda.post(f"/faelle/verweise/neu/{case.pk}/", sent_form, follow=True)
    assert NEED in text(answer)
    assert "liest die Stelle nur die Anfrage" in text(answer)
    assert "wartet auf Antwort" in text(answer)
    refused = frieda.post(f"/faelle/verweise/neu/{case.pk}/", sent_form | {"need": f"{NAME} braucht Hilfe"})
    assert refused.status_code == 422
    assert "Der Text verrät, um wen es geht" in text(refused)
    assert f"{NAME} braucht Hilfe" in text(refused)


def test_the_list_shows_whom_it_is_about_only_to_the_sender(made: Sent, sign_in: SignIn, jana: Client) -> None:
    assert NAME in text(sign_in("frieda").get("/faelle/verweise/"))
    assert NAME not in text(sign_in("mehmet").get("/faelle/verweise/"))
    queue = text(jana.get("/faelle/eingang/verweise/"))
    assert NEED[:40] in queue
    assert NAME not in queue


def test_before_accepting_the_page_tells_four_things(made: Sent, jana: Client) -> None:
    page = text(jana.get(f"/faelle/eingang/verweise/{made.referral.pk}/"))
    for told in (NEED, "Ukrainisch", "Siegburg", "28–39 Jahre"):
        assert told in page
    for hidden in (NAME, made.case.number, CONCERN):
        assert hidden not in page


def test_opening_a_request_is_noted_once(made: Sent, jana: Client, act_as: Act) -> None:
    act_as(made.sender)
    assert made.asking.first_read_at is None
    for _ in range(2):
        jana.get(f"/faelle/eingang/verweise/{made.referral.pk}/")
    act_as(made.sender)
    assert made.asking.first_read_at
    assert made.asking.reads.count() == 1


def test_accepting_leads_to_what_was_disclosed(made: Sent, jana: Client) -> None:
    url = f"/faelle/eingang/verweise/{made.referral.pk}/"
    missing = jana.post(f"{url}antwort/", {"version": 1})
    assert missing.status_code == 422
    answered = jana.post(f"{url}antwort/", {"version": 1, "answer": "accept", "note": "Termin folgt"}, follow=True)
    assert "Angaben lesen" in text(answered)
    assert NAME not in text(answered)
    told = text(jana.post(f"{url}angaben/"))
    for shown in (NAME, CONCERN):
        assert shown in told
    assert state(made.referral) is ReferralState.ACCEPTED


def test_declining_needs_a_reason(made: Sent, jana: Client) -> None:
    url = f"/faelle/eingang/verweise/{made.referral.pk}/antwort/"
    refused = jana.post(url, {"version": 1, "answer": "decline"})
    assert "Wählen Sie einen Grund" in text(refused)
    jana.post(url, {"version": 1, "answer": "decline", "reason": "language"})
    assert state(made.referral) is ReferralState.DECLINED


def test_an_answer_to_what_was_taken_back_meanwhile_shows_how_it_stands(
    made: Sent, jana: Client, sign_in: SignIn
) -> None:
    sign_in("frieda").post(f"/faelle/verweise/{made.referral.pk}/zuruecknehmen/", {"version": 1})
    page = jana.post(
        f"/faelle/eingang/verweise/{made.referral.pk}/antwort/", {"version": 1, "answer": "accept"}, follow=True
    )
    assert "hat sich inzwischen geändert" in text(page)
    assert "zurückgenommen" in text(page)
    assert NEED not in text(page)


def test_after_a_withdrawal_the_recipient_is_told_to_delete_and_sees_nothing_else(
    made: Sent, jana: Client, act_as: Act
) -> None:
    jana.post(f"/faelle/eingang/verweise/{made.referral.pk}/antwort/", {"version": 1, "answer": "accept"})
    act_as(made.sender)
    withdraw(actor=made.sender, grant=made.grant)
    page = text(jana.get(f"/faelle/eingang/verweise/{made.referral.pk}/"))
    assert "Die Person hat ihre Einwilligung widerrufen" in page
    assert "Löschen Sie" in page
    for hidden in (NEED, NAME, CONCERN):
        assert hidden not in page


def test_the_loop_is_closed_by_the_recipient(made: Sent, jana: Client, sign_in: SignIn) -> None:
    url = f"/faelle/eingang/verweise/{made.referral.pk}/"
    jana.post(f"{url}antwort/", {"version": 1, "answer": "accept"})
    jana.post(f"{url}angekommen/", {"version": 2})
    jana.post(f"{url}ergebnis/", {"version": 3, "result-outcome": "settled"})
    assert state(made.referral) is ReferralState.FINISHED
    assert "Das Anliegen ist erledigt" in text(sign_in("frieda").get(f"/faelle/verweise/{made.referral.pk}/"))


def test_the_sender_stops_waiting_and_notes_what_happened(made: Sent, sign_in: SignIn) -> None:
    frieda, url = sign_in("frieda"), f"/faelle/verweise/{made.referral.pk}/"
    assert frieda.get(f"{url}aufgeben/").status_code == 200
    future = {"on": (timezone.localdate() + timedelta(days=1)).isoformat()}
    assert frieda.post(f"{url}angekommen/", future).status_code == 422
    frieda.post(f"{url}angekommen/", {"on": timezone.localdate().isoformat()})
    frieda.post(f"{url}ergebnis/", {"outcome": "admitted"})
    assert state(made.referral) is ReferralState.FINISHED
    late = frieda.post(f"{url}aufgeben/", follow=True)
    assert "hat sich inzwischen geändert" in text(late)


def test_the_slip_is_a_pdf_without_a_name(made: Sent, sign_in: SignIn) -> None:
    answer = sign_in("frieda").get(f"/faelle/verweise/{made.referral.pk}/zettel.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"


def main_of(response: HttpResponse) -> str:
    """The part of the page that says something."""
    return text(response).split("<main", 1)[1].split("</main>", 1)[0]


def secrets_on(page: str) -> tuple[str, str]:
    """The link's path and the PIN, as the page shows them once."""
    address = re.search(r'id="ref-link">[^<]*?(/faelle/eingang/brief/[^<]+)<', page)
    pin = re.search(r'id="ref-pin">([\d ]+)<', page)
    assert address
    assert pin
    return address[1], pin[1]


@pytest.fixture
def linked(cast: Cast, act_as: Act) -> tuple[Sent, LinkSecrets]:
    """A referral by link, with its secrets."""
    made = sent_by_link(cast, act_as(cast.actor("frieda")))
    return made, make_link(actor=made.sender, referral=made.referral)


def test_link_and_pin_are_shown_once(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    made = sent_by_link(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/verweise/{made.referral.pk}/"
    path, pin = secrets_on(text(frieda.post(f"{url}link/")))
    assert len(pin.replace(" ", "")) == 6
    assert path not in text(frieda.get(url))
    assert frieda.get(f"{url}link/").status_code == 405
    stranger = Client()
    assert "PIN" in text(stranger.get(path))


def test_a_link_is_mailed_without_its_pin_and_without_a_name(
    cast: Cast, act_as: Act, sign_in: SignIn, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sent_by_link(cast, act_as(cast.actor("frieda")))
    frieda, url = sign_in("frieda"), f"/faelle/verweise/{made.referral.pk}/link/"
    for wrong in ("kein@", ""):
        assert frieda.post(url, {"email": wrong, "mail": "1"}).status_code == 422
    secrets_on(text(frieda.post(url, {"email": "eingang@jobcenter.example"})))
    assert mailoutbox == []
    path, pin = secrets_on(text(frieda.post(url, {"email": "eingang@jobcenter.example", "mail": "1"})))
    (mail,) = mailoutbox
    assert mail.to == ["eingang@jobcenter.example"]
    said = f"{mail.subject} {mail.body}"
    assert path in said
    for secret in (pin, pin.replace(" ", ""), NAME, "Oleksandr", made.case.number, NEED, CONCERN, "Siegburg"):
        assert secret not in said
    monkeypatch.setattr("kimwerk.casework.services.links.send_mail", Mock(side_effect=OSError))
    answer = text(frieda.post(url, {"email": "eingang@jobcenter.example", "mail": "1"}))
    assert "Die Mail konnte nicht gesendet werden" in answer
    assert secrets_on(answer)[0] != path


def test_a_link_is_answered_without_an_account(linked: tuple[Sent, LinkSecrets]) -> None:
    made, secrets = linked
    path, browser = f"/faelle/eingang/brief/{secrets.token}/", Client()
    door = text(browser.get(path))
    assert "Rhein-Sieg-Kreis" in door
    assert NEED not in door
    opened = text(browser.post(path, {"pin": secrets.pin}, follow=True))
    assert NEED in opened
    assert NAME not in opened
    told = text(browser.post(f"{path}antwort/", {"answer": "accept"}, follow=True))
    assert NAME in told
    assert CONCERN in told
    assert NAME in text(browser.get(path))
    done = text(browser.post(f"{path}ergebnis/", {"result-outcome": "admitted"}))
    assert "Danke" in done
    assert state(made.referral) is ReferralState.FINISHED
    assert browser.get(path).status_code == 410


def test_looking_at_a_link_uses_nothing_up(linked: tuple[Sent, LinkSecrets]) -> None:
    _made, secrets = linked
    path = f"/faelle/eingang/brief/{secrets.token}/"
    for _ in range(8):
        assert Client().get(path).status_code == 200
    assert Client().post(path, {"pin": secrets.pin}).status_code == 302


def test_a_link_opened_twice_says_so_and_shows_nothing(linked: tuple[Sent, LinkSecrets]) -> None:
    _made, secrets = linked
    path = f"/faelle/eingang/brief/{secrets.token}/"
    Client().post(path, {"pin": secrets.pin})
    second = Client()
    page = second.get(path)
    assert page.status_code == 410
    assert "wurde schon geöffnet" in text(page)
    assert NEED not in text(page)
    assert second.post(path, {"pin": secrets.pin}).status_code == 410
    assert second.post(f"{path}antwort/", {"answer": "accept"}).status_code == 302


def test_wrong_pins_are_counted_down_and_lock(linked: tuple[Sent, LinkSecrets]) -> None:
    _made, secrets = linked
    path, browser = f"/faelle/eingang/brief/{secrets.token}/", Client()
    wrong = "000000" if secrets.pin != "000000" else "000001"
    assert "noch 4 Versuche" in text(browser.post(path, {"pin": wrong}))
    for _ in range(3):
        browser.post(path, {"pin": wrong})
    assert "gesperrt" in text(browser.post(path, {"pin": wrong}))
    locked = Client().post(path, {"pin": secrets.pin})
    assert locked.status_code == 410
    assert NEED not in text(locked)


def test_unknown_and_ended_links_look_the_same(linked: tuple[Sent, LinkSecrets], act_as: Act) -> None:
    made, secrets = linked
    act_as(made.sender)
    withdraw(actor=made.sender, grant=made.grant)
    ended = Client().get(f"/faelle/eingang/brief/{secrets.token}/")
    unknown = Client().get("/faelle/eingang/brief/no-such-token/")
    assert (ended.status_code, unknown.status_code) == (410, 410)
    assert "gilt nicht mehr" in text(ended)
    assert main_of(ended) == main_of(unknown)


def test_a_case_is_not_closed_over_an_open_referral(cast: Cast, made: Sent) -> None:
    from kimwerk.casework.open_parts import open_parts
    from kimwerk.casework.types import PartKind

    assert [(part.kind, part.amount) for part in open_parts(made.sender, made.case)] == [(PartKind.REFERRAL, 1)]

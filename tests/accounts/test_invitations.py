"""Invitations: who may, how long, once, and what the mail does not say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from smtplib import SMTPException

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.roles import Role
from kimwerk.accounts.models import Account, Invitation, Membership
from kimwerk.accounts.services import (
    AccountIsClosed,
    NotAController,
    RoleHeldAlready,
    accept_invitation,
    invite,
    invite_again,
    withdraw_invitation,
)
from kimwerk.accounts.services.invitations import INVITATION_LIFETIME, Invited, Person, Post
from kimwerk.directory.models import Municipality, Organisation
from tests.accounts.conftest import PASSWORD, invitation
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
NORA = Person("nora.neu@beispiel.example", "Nora", "Neubeispiel", "NEU")
HOME = "Rhein-Sieg-Kreis"


def post(cast: Cast, role: Role = Role.CASE_MANAGER, organisation: str = HOME) -> Post:
    return Post(role, Organisation.objects.get(name=organisation), None, date(2022, 1, 1))


def link_of(token: str) -> str:
    return f"https://kimwerk.example/konto/einladung/{token}/"


def invite_nora(cast: Cast, act_as: Act, character: str = "lena", role: Role = Role.CASE_MANAGER) -> Invited:
    return invite(actor=act_as(cast.actor(character)), person=NORA, post=post(cast, role), link_of=link_of)


def test_an_invited_account_has_a_role_and_no_password(cast: Cast, act_as: Act) -> None:
    invited = invite_nora(cast, act_as)
    assert not invited.account.has_usable_password()
    assert [m.role for m in Membership.objects.filter(account=invited.account)] == [Role.CASE_MANAGER.value]


def test_only_a_hash_of_the_token_is_kept(cast: Cast, act_as: Act) -> None:
    invited = invite_nora(cast, act_as)
    kept = Invitation.objects.get(account=invited.account)
    assert invited.token
    assert invited.token not in (kept.token_hash, str(kept))


@pytest.mark.parametrize(
    "character", ["frieda", "karin", "kim", "anton", "doris", "stefan", "klaus", "klara", "tomasz"]
)
def test_who_does_not_manage_accounts_there_cannot_invite(character: str, cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        invite_nora(cast, act_as, character)
    assert not Account.objects.filter(email=NORA.email).exists()


@pytest.mark.parametrize(
    ("character", "role"),
    [
        ("lena", Role.SYSTEM_ADMINISTRATOR),
        ("lena", Role.DATA_PROTECTION_OFFICER),
        ("sam", Role.DATA_PROTECTION_OFFICER),
    ],
)
def test_reserved_rights_are_handed_on_by_their_holders_only(
    character: str, role: Role, cast: Cast, act_as: Act
) -> None:
    with pytest.raises(PermissionDenied):
        invite_nora(cast, act_as, character, role)


@pytest.mark.parametrize(
    ("character", "role"),
    [
        ("lena", Role.KI_LEADERSHIP),
        ("sam", Role.KI_LEADERSHIP),
        ("sam", Role.SYSTEM_ADMINISTRATOR),
        ("sam", Role.FINANCE_OFFICER),
    ],
)
def test_roles_that_one_may_give(character: str, role: Role, cast: Cast, act_as: Act) -> None:
    assert invite_nora(cast, act_as, character, role).token


def test_nobody_invites_to_a_foreign_organisation(cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        invite(
            actor=act_as(cast.actor("lena")), person=NORA, post=post(cast, organisation="Kreis Kleve"), link_of=link_of
        )


def test_roles_are_held_where_data_are_kept(cast: Cast, act_as: Act) -> None:
    with as_owner():
        jobcenter = Organisation.objects.get(name="Jobcenter Rhein-Sieg")
        Membership.objects.filter(account=cast.accounts["lena"]).update(organisation=jobcenter)
    with pytest.raises(NotAController):
        invite(
            actor=act_as(cast.actor("lena")), person=NORA, post=post(cast, organisation=jobcenter.name), link_of=link_of
        )


def test_a_person_with_an_account_gets_the_role_and_no_second_account(cast: Cast, act_as: Act) -> None:
    tomasz = Person("TOMASZ@kimwerk.example", "Anders", "Getippt")
    invited = invite(actor=act_as(cast.actor("lena")), person=tomasz, post=post(cast), link_of=link_of)
    assert (invited.account.pk, invited.token) == (cast.accounts["tomasz"], None)
    assert invited.account.family_name == "Troisdorf"


def test_a_role_is_not_held_twice_at_a_time(cast: Cast, act_as: Act) -> None:
    frieda = Person("frieda@kimwerk.example", "Frieda", "Fallbeispiel")
    with pytest.raises(RoleHeldAlready):
        invite(actor=act_as(cast.actor("lena")), person=frieda, post=post(cast), link_of=link_of)


def test_a_closed_account_is_not_brought_back_by_inviting(cast: Cast, act_as: Act) -> None:
    with as_owner():
        Account.objects.filter(pk=cast.accounts["frieda"]).update(
            is_active=False, closed_at=timezone.now(), closed_reason="left"
        )
    frieda = Person("frieda@kimwerk.example", "Frieda", "Fallbeispiel")
    with pytest.raises(AccountIsClosed):
        invite(actor=act_as(cast.actor("lena")), person=frieda, post=post(cast, Role.FINANCE_OFFICER), link_of=link_of)


def test_addresses_are_kept_in_lower_case(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="account_email_is_lower_case"), transaction.atomic():
        Account.objects.create(email="Gross@beispiel.example", family_name="Beispiel")


def test_the_mail_holds_the_link_and_nothing_about_the_person(
    sign_in: SignIn, cast: Cast, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        assert sign_in("lena").post("/konto/konten/einladen/", invitation(cast)).status_code == 302
    [sent] = mail.outbox
    assert sent.to == ["nora.neu@beispiel.example"]
    assert "http://testserver/konto/einladung/" in sent.body
    words = f"{sent.subject} {sent.body}"
    assert not any(word in words for word in ("Nora", "Neubeispiel", "Case", "Rhein-Sieg", "Leitung"))
    assert Invitation.objects.get(account__email="nora.neu@beispiel.example").sent_at


def test_a_mail_that_fails_is_seen_at_the_account(
    sign_in: SignIn,
    cast: Cast,
    django_capture_on_commit_callbacks: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise SMTPException

    monkeypatch.setattr("kimwerk.accounts.services.invitations.send_mail", fail)
    lena = sign_in("lena")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        answer = lena.post("/konto/konten/einladen/", invitation(cast))
    assert "noch nicht hinausgegangen" in lena.get(answer["Location"]).content.decode()


def test_outside_the_demo_nobody_sees_the_link(sign_in: SignIn, cast: Cast) -> None:
    answer = sign_in("lena").post("/konto/konten/einladen/", invitation(cast), follow=True)
    assert "/konto/einladung/" not in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "kein-at"}, "E-Mail"),
        ({"family_name": "Neu<script>"}, "ein Zeichen, das in Namen nicht vorkommt"),
        ({"last_day": "2021-12-31"}, "Der letzte Tag liegt vor dem ersten"),
        ({"role": "data_protection_officer"}, "gültige Auswahl"),
        ({"organisation": "999999"}, "gültige Auswahl"),
        ({"email": "frieda@kimwerk.example"}, "hat diese Rolle dort an einigen dieser Tage schon"),
    ],
)
def test_a_faulty_form_says_what_to_do_and_saves_nothing(
    changes: dict[str, object], words: str, sign_in: SignIn, cast: Cast
) -> None:
    before = (Account.objects.count(), Membership.objects.count(), Invitation.objects.count())
    page = sign_in("lena").post("/konto/konten/einladen/", invitation(cast, **changes)).content.decode()
    assert words in page
    assert (Account.objects.count(), Membership.objects.count(), Invitation.objects.count()) == before


def test_an_invitation_leads_to_a_password_and_on_to_the_second_factor(cast: Cast, act_as: Act, client: Client) -> None:
    token = invite_nora(cast, act_as).token
    page = client.get(f"/konto/einladung/{token}/")
    assert "nora.neu@beispiel.example" in page.content.decode()
    answer = client.post(f"/konto/einladung/{token}/", {"password": PASSWORD, "repeated": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/anmeldung/2fa/"
    assert client.get("/anmeldung/2fa/app/").status_code == 200


def test_looking_at_an_invitation_does_not_use_it_up(cast: Cast, act_as: Act, client: Client) -> None:
    token = invite_nora(cast, act_as).token
    assert [client.get(f"/konto/einladung/{token}/").status_code for _ in range(2)] == [200, 200]


def test_an_invitation_works_once(cast: Cast, act_as: Act) -> None:
    token = invite_nora(cast, act_as).token or ""
    assert accept_invitation(token=token, password=PASSWORD)
    assert accept_invitation(token=token, password="Ein anderes Passwort 8") is None
    page = Client().get(f"/konto/einladung/{token}/")
    assert (page.status_code, "gilt nicht mehr" in page.content.decode()) == (410, True)


def test_an_invitation_ends_after_seven_days(cast: Cast, act_as: Act) -> None:
    token = invite_nora(cast, act_as).token or ""
    with time_machine.travel(timezone.now() + INVITATION_LIFETIME - timedelta(minutes=1), tick=False):
        assert Client().get(f"/konto/einladung/{token}/").status_code == 200
    with time_machine.travel(timezone.now() + INVITATION_LIFETIME + timedelta(minutes=1), tick=False):
        assert Client().get(f"/konto/einladung/{token}/").status_code == 410
        assert accept_invitation(token=token, password=PASSWORD) is None


def test_a_new_invitation_ends_the_one_before(cast: Cast, act_as: Act) -> None:
    first = invite_nora(cast, act_as)
    second = invite_again(actor=cast.actor("lena"), account=first.account, link_of=link_of)
    assert accept_invitation(token=first.token or "", password=PASSWORD) is None
    assert accept_invitation(token=second.token or "", password=PASSWORD)


def test_a_withdrawn_invitation_does_not_work(cast: Cast, act_as: Act) -> None:
    invited = invite_nora(cast, act_as)
    withdraw_invitation(actor=cast.actor("lena"), account=invited.account)
    assert accept_invitation(token=invited.token or "", password=PASSWORD) is None


def test_a_forgotten_password_is_replaced_and_the_second_factor_stays(cast: Cast, act_as: Act, client: Client) -> None:
    lena = act_as(cast.actor("lena"))
    token = invite_again(actor=lena, account=cast.account("frieda"), link_of=link_of).token
    answer = client.post(f"/konto/einladung/{token}/", {"password": PASSWORD, "repeated": PASSWORD})
    assert answer["Location"] == "/anmeldung/2fa/code/"
    assert client.get("/").status_code == 302
    assert Authenticator.objects.filter(user=cast.accounts["frieda"]).exists()


def test_a_new_password_ends_all_sessions(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    browser = sign_in("frieda")
    assert browser.get("/").status_code == 200
    token = invite_again(actor=act_as(cast.actor("lena")), account=cast.account("frieda"), link_of=link_of).token
    accept_invitation(token=token or "", password=PASSWORD)
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize(
    ("password", "repeated", "words"),
    [
        ("kurz", "kurz", "zu kurz"),
        ("passwortpasswort", "anderespasswort", "Die beiden Passwörter sind verschieden"),
        ("123456789012345", "123456789012345", "numerisch"),
        ("Neubeispiel1", "Neubeispiel1", "ähnlich"),
    ],
)
def test_a_weak_password_is_refused(
    password: str, repeated: str, words: str, cast: Cast, act_as: Act, client: Client
) -> None:
    token = invite_nora(cast, act_as).token
    page = client.post(f"/konto/einladung/{token}/", {"password": password, "repeated": repeated}).content.decode()
    assert words in page
    assert not Account.objects.get(email=NORA.email).has_usable_password()


def test_an_invitation_for_one_municipality_gives_the_role_there_only(cast: Cast, act_as: Act) -> None:
    siegburg = Municipality.objects.get(name="Siegburg")
    place = Post(Role.CASE_MANAGER, Organisation.objects.get(name=HOME), siegburg, date(2022, 1, 1))
    invited = invite(actor=act_as(cast.actor("lena")), person=NORA, post=place, link_of=link_of)
    held = Membership.objects.get(account=invited.account)
    assert (held.municipality_id, held.organisation_id) == (siegburg.pk, cast.organisations[HOME])

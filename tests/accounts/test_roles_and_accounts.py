"""Giving and ending roles, closing and reopening accounts: never one's own, never a stranger's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from kimwerk.access.actors import Actor
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import ROLES, Role
from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.selectors import actor_of
from kimwerk.accounts.services import (
    close_account,
    close_dormant_accounts,
    end_membership,
    give_membership,
    purge_ended_sessions,
    reopen_account,
    reset_second_factor,
    revoke_own_session,
    revoke_sessions,
)
from kimwerk.accounts.types import PERMISSION_LABELS, ROLE_PURPOSES, ClosingReason
from kimwerk.audit.models import Event
from kimwerk.directory.models import Organisation
from tests.accounts.conftest import PASSWORD
from tests.cast import Cast, as_owner

Act = Callable[[Actor], Actor]
SignIn = Callable[[str], Client]
HOME = "Rhein-Sieg-Kreis"


def give(cast: Cast, actor: Actor, character: str, role: Role, organisation: str = HOME) -> Membership:
    return give_membership(
        actor=actor,
        account=cast.account(character),
        role=role,
        organisation=Organisation.objects.get(name=organisation),
        first_day=date(2022, 1, 1),
    )


def membership_of(cast: Cast, character: str) -> Membership:
    return Membership.objects.get(account=cast.accounts[character])


def test_a_given_role_holds_at_once(cast: Cast, act_as: Act) -> None:
    give(cast, act_as(cast.actor("lena")), "frieda", Role.FINANCE_OFFICER)
    assert cast.actor("frieda").roles == {Role.CASE_MANAGER, Role.FINANCE_OFFICER}


@pytest.mark.parametrize("character", ["lena", "sam"])
def test_nobody_gives_themselves_a_role(character: str, cast: Cast, act_as: Act) -> None:
    with pytest.raises(PermissionDenied):
        give(cast, act_as(cast.actor(character)), character, Role.CASE_MANAGER)


@pytest.mark.parametrize("character", ["lena", "sam"])
def test_nobody_ends_their_own_role(character: str, cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor(character))
    with pytest.raises(PermissionDenied):
        end_membership(actor=actor, membership=membership_of(cast, character), last_day=date(2022, 1, 1))


@pytest.mark.parametrize(
    ("character", "target"), [("lena", "sam"), ("lena", "doris"), ("sam", "doris"), ("lena", "klaus")]
)
def test_roles_beyond_ones_own_are_not_ended(character: str, target: str, cast: Cast, act_as: Act) -> None:
    actor = act_as(cast.actor(character))
    with pytest.raises(PermissionDenied):
        end_membership(actor=actor, membership=membership_of(cast, target), last_day=timezone.localdate())


def test_a_role_ends_after_its_last_day(cast: Cast, act_as: Act) -> None:
    today = timezone.localdate()
    end_membership(actor=act_as(cast.actor("lena")), membership=membership_of(cast, "frieda"), last_day=today)
    assert membership_of(cast, "frieda").valid.upper == today + timedelta(days=1)
    assert cast.actor("frieda").grants


def test_a_role_that_has_not_begun_is_taken_away(cast: Cast, act_as: Act) -> None:
    lena = act_as(cast.actor("lena"))
    coming = give(cast, lena, "frieda", Role.FINANCE_OFFICER)
    end_membership(actor=lena, membership=coming, last_day=date(2021, 6, 1))
    assert not Membership.objects.filter(pk=coming.pk).exists()


def test_a_manager_of_one_municipality_gives_roles_there_only(cast: Cast, act_as: Act) -> None:
    with as_owner():
        Membership.objects.filter(account=cast.accounts["lena"]).update(municipality=cast.municipalities["Siegburg"])
    with pytest.raises(PermissionDenied):
        give(cast, act_as(cast.actor("lena")), "frieda", Role.FINANCE_OFFICER)


def test_every_change_of_roles_names_who_did_it(cast: Cast, act_as: Act) -> None:
    membership = give(cast, act_as(cast.actor("lena")), "frieda", Role.FINANCE_OFFICER)
    set_actor(cast.accounts["doris"])
    found = Event.objects.filter(subject_type="accounts_membership", subject_id=str(membership.pk)).order_by("id")
    assert [(event.actor_id, event.kind, event.action) for event in found] == [
        (cast.accounts["lena"], "change", "insert"),
        (cast.accounts["lena"], "act", "membership.given"),
    ]


def test_a_closed_account_is_signed_out_and_cannot_come_back(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    browser = sign_in("frieda")
    assert browser.get("/").status_code == 200
    close_account(actor=act_as(cast.actor("lena")), account=cast.account("frieda"), reason=ClosingReason.LEFT)
    assert browser.get("/").status_code == 302
    account = cast.account("frieda")
    assert (account.is_active, account.has_usable_password(), actor_of(account).is_nobody) == (False, False, True)


def test_a_reopened_account_waits_for_an_invitation(cast: Cast, act_as: Act) -> None:
    lena = act_as(cast.actor("lena"))
    close_account(actor=lena, account=cast.account("frieda"), reason=ClosingReason.LEFT)
    reopen_account(actor=lena, account=cast.account("frieda"))
    account = cast.account("frieda")
    assert (account.is_active, account.has_usable_password()) == (True, False)


ERRANDS: dict[str, Callable[[Actor, Account], object]] = {
    "close": lambda actor, account: close_account(actor=actor, account=account, reason=ClosingReason.LEFT),
    "reopen": lambda actor, account: reopen_account(actor=actor, account=account),
    "reset": lambda actor, account: reset_second_factor(actor=actor, account=account),
    "revoke": lambda actor, account: revoke_sessions(actor=actor, account=account),
}


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize(
    ("character", "target"),
    [("lena", "lena"), ("sam", "sam"), ("lena", "sam"), ("lena", "klaus"), ("karin", "frieda"), ("doris", "frieda")],
)
def test_accounts_are_managed_by_those_who_may_only(
    errand: str, character: str, target: str, cast: Cast, act_as: Act
) -> None:
    with pytest.raises(PermissionDenied):
        ERRANDS[errand](act_as(cast.actor(character)), cast.account(target))


def test_an_account_with_a_role_elsewhere_is_not_closed_from_here(cast: Cast, act_as: Act) -> None:
    with as_owner():
        Membership.objects.create(
            account_id=cast.accounts["frieda"],
            role=Role.CASE_MANAGER.value,
            organisation_id=cast.organisations["Kreis Kleve"],
            valid=DateRange(date(2022, 1, 1), None),
        )
    with pytest.raises(PermissionDenied):
        ERRANDS["close"](act_as(cast.actor("lena")), cast.account("frieda"))


def test_a_reset_takes_every_second_factor_and_session(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    browser = sign_in("frieda")
    browser.get("/")
    reset_second_factor(actor=act_as(cast.actor("sam")), account=cast.account("frieda"))
    assert not Authenticator.objects.filter(user=cast.accounts["frieda"]).exists()
    assert browser.get("/").status_code == 302


def with_session(cast: Cast, sign_in: SignIn, character: str) -> tuple[Client, UserSession]:
    browser = sign_in(character)
    session = UserSession.objects.create(
        user_id=cast.accounts[character], ip="127.0.0.1", user_agent="Test", session_key=browser.session.session_key
    )
    return browser, session


def test_one_signs_oneself_out_elsewhere(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    other, session = with_session(cast, sign_in, "frieda")
    here = sign_in("frieda")
    assert here.post(f"/konto/sitzungen/{session.pk}/abmelden/").status_code == 302
    assert other.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_nobody_signs_others_out_as_if_it_were_oneself(cast: Cast, act_as: Act, sign_in: SignIn) -> None:
    _, session = with_session(cast, sign_in, "frieda")
    assert sign_in("mehmet").post(f"/konto/sitzungen/{session.pk}/abmelden/").status_code == 404
    with pytest.raises(PermissionDenied):
        revoke_own_session(actor=act_as(cast.actor("mehmet")), session=session)


def test_sessions_that_ended_are_forgotten(cast: Cast, sign_in: SignIn) -> None:
    browser, session = with_session(cast, sign_in, "frieda")
    browser.session.delete()
    purge_ended_sessions()
    assert not UserSession.objects.filter(pk=session.pk).exists()


def test_accounts_that_nobody_uses_are_closed(cast: Cast) -> None:
    today = timezone.localdate() + timedelta(days=400)
    with as_owner():
        Account.objects.update(last_seen_on=today)
        edge = today - timedelta(days=settings.DORMANT_AFTER_DAYS)
        Account.objects.filter(pk=cast.accounts["frieda"]).update(last_seen_on=edge - timedelta(days=1))
        Account.objects.filter(pk=cast.accounts["mehmet"]).update(last_seen_on=edge)
    set_actor(None)
    assert close_dormant_accounts(today=today) == 1
    frieda = cast.account("frieda")
    assert (frieda.is_active, frieda.closed_reason) == (False, ClosingReason.DORMANT.value)
    assert cast.account("mehmet").is_active
    assert close_dormant_accounts(today=today) == 0


def test_an_account_that_was_never_used_is_closed_by_its_age(cast: Cast) -> None:
    today = timezone.localdate() + timedelta(days=settings.DORMANT_AFTER_DAYS + 1)
    with as_owner():
        Account.objects.exclude(pk=cast.accounts["frieda"]).update(last_seen_on=today)
    set_actor(None)
    assert close_dormant_accounts(today=today) == 1


def test_the_list_shows_accounts_of_ones_organisations_only(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("lena").get("/konto/konten/").content.decode()
    assert "Fallbeispiel, Frieda" in page
    assert "Kleve" not in page
    assert "Troisdorf, Tomasz" not in page


def test_the_list_costs_the_same_for_many_accounts(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    lena = sign_in("lena")
    lena.get("/konto/konten/")
    with as_owner():
        for number in range(30):
            account = Account.objects.create(
                email=f"{number}@beispiel.example", family_name=f"Beispiel{number}", sort_key=f"beispiel{number:02}"
            )
            Membership.objects.create(
                account=account,
                role="case_manager",
                organisation_id=cast.organisations[HOME],
                valid=DateRange(date(2022, 1, 1), None),
            )
    with django_assert_max_num_queries(16):  # type: ignore[attr-defined]  # a context manager
        lena.get("/konto/konten/")


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=fallbei", {"Frieda"}), ("role=finance_officer", {"Fiona"}), ("state=closed", set()), ("q=niemand", set())],
)
def test_the_list_is_narrowed(query: str, found: set[str], cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("lena").get(f"/konto/konten/?{query}").content.decode()
    table = page.split('id="list"', 1)[1]
    assert {name for name in ("Frieda", "Fiona", "Mehmet") if f", {name}" in table} == found


def test_reading_an_account_is_recorded(cast: Cast, sign_in: SignIn) -> None:
    sign_in("lena").get(f"/konto/konten/{cast.accounts['frieda']}/")
    set_actor(cast.accounts["doris"])
    found = Event.objects.filter(kind="read", subject_type="accounts_account", subject_id=str(cast.accounts["frieda"]))
    assert [event.actor_id for event in found] == [cast.accounts["lena"]]


def test_ones_own_page_shows_roles_and_sessions(cast: Cast, sign_in: SignIn) -> None:
    browser, _ = with_session(cast, sign_in, "frieda")
    page = browser.get("/konto/").content.decode()
    assert "Case-Management" in page
    assert "dieser Browser" in page


def test_the_table_of_rights_is_shown_as_it_is(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in("doris").get("/konto/rechte/").content.decode()
    assert page.count("acc-rights__yes") == sum(len(entry.rights) for entry in ROLES.values())


def test_every_role_and_right_has_its_words() -> None:
    with override(None):
        assert {role: str(text) for role, text in ROLE_PURPOSES.items()} == {
            role: entry.purpose for role, entry in ROLES.items()
        }
    assert set(PERMISSION_LABELS) == set(Permission)


def test_a_password_is_hashed_with_argon2_outside_the_tests() -> None:
    from kimwerk.config.settings import base

    assert base.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert PASSWORD

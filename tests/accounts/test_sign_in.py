"""Signing in: two factors, no word too many, counted across workers, written in the log."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kimwerk.access.walls import set_actor
from kimwerk.accounts.models import Account, Membership
from kimwerk.accounts.sealing import CannotUnseal, open_sealed, seal
from kimwerk.audit.models import Event
from tests.accounts.conftest import PASSWORD, SECRET, try_password
from tests.cast import Cast, as_owner
from tests.one_time_codes import PERIOD, code_at, code_now

WithPassword = Callable[[str], Account]
SignIn = Callable[[str], Client]
WRONG = "Ein falsches Passwort 9"


@pytest.fixture(autouse=True)
def within_one_period() -> Iterator[None]:
    """The clock stands in the middle of a code's thirty seconds, so that no code runs out while a test uses it."""
    now = timezone.now().timestamp()
    with time_machine.travel(now - now % PERIOD + PERIOD / 2, tick=False):
        yield


def events(cast: Cast, after: int) -> list[tuple[str, str, int | None]]:
    """Kind, act and actor of what the data protection officer finds about sign-ins after an entry."""
    set_actor(cast.accounts["doris"])
    found = Event.objects.filter(action__startswith="account.", id__gt=after).order_by("id")
    return list(found.values_list("kind", "action", "actor_id"))


def last_event(cast: Cast) -> int:
    """The number of the newest entry."""
    set_actor(cast.accounts["doris"])
    newest = Event.objects.order_by("-id").first()
    return newest.id if newest else 0


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, the last six of its eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert [code_at(secret, at) for at in (59, 1111111109, 20000000000)] == ["287082", "081804", "353130"]


def test_password_and_code_open_the_house(account_with_password: WithPassword, client: Client) -> None:
    account = account_with_password("frieda")
    first = client.post("/anmeldung/", {"login": account.email, "password": PASSWORD})
    assert (first.status_code, first["Location"]) == (302, "/anmeldung/2fa/code/")
    assert client.get("/").status_code == 302
    second = client.post("/anmeldung/2fa/code/", {"code": code_now(SECRET)})
    assert (second.status_code, second["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_the_address_may_be_written_in_capitals(account_with_password: WithPassword, client: Client) -> None:
    account = account_with_password("frieda")
    assert try_password(client, account.email.upper()) == 302


def test_a_code_works_once(account_with_password: WithPassword) -> None:
    account = account_with_password("frieda")
    code = code_now(SECRET)
    answers = []
    for browser in (Client(), Client()):
        try_password(browser, account.email)
        answers.append(browser.post("/anmeldung/2fa/code/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_wrong_code_does_not_open(account_with_password: WithPassword, client: Client) -> None:
    account = account_with_password("frieda")
    try_password(client, account.email)
    response = client.post("/anmeldung/2fa/code/", {"code": "000000"})
    assert "Der Code stimmt nicht" in response.content.decode()
    assert client.get("/").status_code == 302


def test_the_same_words_answer_a_wrong_password_and_an_unknown_address(
    account_with_password: WithPassword, client: Client
) -> None:
    account = account_with_password("frieda")
    known = client.post("/anmeldung/", {"login": account.email, "password": WRONG}).content.decode()
    unknown = client.post("/anmeldung/", {"login": "niemand@kimwerk.example", "password": WRONG}).content.decode()
    assert "passen nicht zusammen" in known
    assert without_changing_parts(known, account.email) == without_changing_parts(unknown, "niemand@kimwerk.example")


def without_changing_parts(page: str, address: str) -> list[str]:
    return [line for line in page.replace(address, "").splitlines() if "csrf" not in line.lower()]


def test_an_unknown_address_costs_a_password_check_too(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(Account, "set_password", lambda self, password: made.append(password))
    try_password(client, "niemand@kimwerk.example", WRONG)
    assert made == [WRONG]


def test_the_sixth_wrong_password_is_refused_in_german(account_with_password: WithPassword) -> None:
    account = account_with_password("frieda")
    for _ in range(5):
        try_password(Client(), account.email, WRONG)
    answer = Client().post("/anmeldung/", {"login": account.email, "password": PASSWORD})
    assert "Warten Sie fünf Minuten" in answer.content.decode()
    assert answer.status_code == 200


def test_a_throttled_address_does_not_lock_out_another(account_with_password: WithPassword) -> None:
    account = account_with_password("frieda")
    for _ in range(5):
        try_password(Client(), "niemand@kimwerk.example", WRONG)
    assert try_password(Client(), account.email) == 302


ATTEMPTS = """
import sys
import django
django.setup()
from django.test import Client
for _ in range(int(sys.argv[1])):
    form = {"login": "niemand@andere.example", "password": "Ein falsches Passwort 9"}
    page = Client().post("/anmeldung/", form, headers={"host": "localhost"}).content.decode()
print("refused" if "Warten Sie fünf Minuten" in page else "counted")
"""
FORGET = "import django; django.setup(); from django.core.cache import cache; cache.clear()"


def test_wrong_passwords_are_counted_across_processes(cast: Cast) -> None:
    """Three processes, as workers of the server would be. None of this runs in the test's own transaction."""
    try:
        assert [elsewhere(ATTEMPTS, "3"), elsewhere(ATTEMPTS, "2"), elsewhere(ATTEMPTS, "1")] == [
            "counted",
            "counted",
            "refused",
        ]
    finally:
        elsewhere(FORGET)


def elsewhere(program: str, *arguments: str) -> str:
    """Run a program in a process of its own, on the tests' database as the web role; what it printed."""
    database, here = connection.settings_dict, Path(__file__).parents[2]
    address = f"postgresql://kimwerk_app@/{database['NAME']}?host={database['HOST']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "kimwerk.config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(here), str(here / "src")]),
        "DATABASE_URL": address,
        "KIMWERK_CONNECT_AS": "app",
    }
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


def test_sign_ins_stand_in_the_log_without_what_was_typed(
    account_with_password: WithPassword, cast: Cast, client: Client
) -> None:
    account = account_with_password("frieda")
    before = last_event(cast)
    set_actor(None)
    try_password(client, account.email, WRONG)
    try_password(client, account.email)
    client.post("/anmeldung/2fa/code/", {"code": "000000"})
    client.post("/anmeldung/2fa/code/", {"code": code_now(SECRET)})
    client.post("/anmeldung/abmelden/")
    assert events(cast, before) == [
        ("refused", "account.sign_in_failed", None),
        ("refused", "account.second_factor_failed", None),
        ("act", "account.signed_in", account.pk),
        ("act", "account.signed_out", account.pk),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from audit.event e where e::text like any (array[%s, %s])", ["%frieda%", "%falsches%"]
        )
        assert cursor.fetchone() == (0,)


def test_the_session_gets_a_new_key_at_sign_in(account_with_password: WithPassword, client: Client) -> None:
    account = account_with_password("frieda")
    client.get("/anmeldung/")
    try_password(client, account.email)
    before = client.session.session_key
    client.post("/anmeldung/2fa/code/", {"code": code_now(SECRET)})
    assert client.session.session_key != before


def test_an_account_without_a_current_role_cannot_sign_in(
    account_with_password: WithPassword, cast: Cast, client: Client
) -> None:
    account = account_with_password("frieda")
    end_roles(account)
    response = client.post("/anmeldung/", {"login": account.email, "password": PASSWORD}, follow=True)
    assert response.status_code == 403
    assert "Keine gültige Rolle" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_session_ends_with_the_last_role(sign_in: SignIn, cast: Cast) -> None:
    client = sign_in("frieda")
    assert client.get("/").status_code == 200
    end_roles(cast.account("frieda"))
    response = client.get("/", follow=True)
    assert "Keine gültige Rolle" in response.content.decode()
    assert client.get("/")["Location"].startswith("/anmeldung/")


def end_roles(account: Account) -> None:
    with as_owner():
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(account=account).update(valid=DateRange(date(2020, 1, 1), yesterday))


def test_a_closed_account_with_the_right_password_is_told_so(
    account_with_password: WithPassword, client: Client
) -> None:
    account = account_with_password("frieda")
    with as_owner():
        Account.objects.filter(pk=account.pk).update(is_active=False, closed_at=timezone.now(), closed_reason="left")
    response = client.post("/anmeldung/", {"login": account.email, "password": PASSWORD}, follow=True)
    assert response.status_code == 403


def test_without_a_second_factor_everything_leads_to_setting_one_up(sign_in: SignIn, cast: Cast) -> None:
    with as_owner():
        Authenticator.objects.filter(user=cast.accounts["frieda"]).delete()
    client = sign_in("frieda")
    assert client.get("/")["Location"] == "/anmeldung/2fa/"
    assert client.post("/konto/sitzungen/1/abmelden/")["Location"] == "/anmeldung/2fa/"
    assert client.get("/anmeldung/2fa/").status_code == 200


def test_the_secret_of_an_app_is_sealed_in_the_database(account_with_password: WithPassword) -> None:
    account = account_with_password("frieda")
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator where user_id = %s", [account.pk])
        (stored,) = cursor.fetchone() or ("",)
    assert SECRET not in stored
    assert next(iter(settings.FIELD_KEYS)) in stored


def test_recovery_codes_are_sealed_too(sign_in: SignIn, cast: Cast) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(cast.account("frieda"))
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator where type = 'recovery_codes'")
        (stored,) = cursor.fetchone() or ("",)
    seed = open_sealed(codes.instance.data["seed"], purpose="mfa")
    assert seed not in stored
    assert not any(code in stored for code in codes.get_unused_codes())


@pytest.mark.parametrize("damage", ["purpose", "text", "key"])
def test_a_sealed_text_opens_only_as_it_was_sealed(damage: str) -> None:
    sealed = seal("geheim", purpose="mfa")
    key, _, body = sealed.partition(":")
    broken = {"purpose": sealed, "text": f"{key}:{body[:-4]}AAA=", "key": f"other:{body}"}[damage]
    with pytest.raises(CannotUnseal):
        open_sealed(broken, purpose="mail" if damage == "purpose" else "mfa")


def test_the_same_text_is_never_sealed_alike() -> None:
    assert seal("geheim", purpose="mfa") != seal("geheim", purpose="mfa")


CLOSED = [
    "account_email",
    "account_email_verification_sent",
    "account_request_login_code",
    "account_confirm_login_code",
]


@pytest.mark.parametrize("name", CLOSED)
def test_there_is_no_sign_up_and_no_sign_in_by_mail(name: str, cast: Cast, client: Client) -> None:
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"email": "neu@beispiel.example"}).status_code == 404


def test_whoever_forgot_the_password_is_told_whom_to_ask(cast: Cast, client: Client) -> None:
    page = client.get(reverse("account_reset_password"))
    assert "Zugang gibt es nur auf Einladung" in page.content.decode()
    assert "<form" not in page.content.decode().split("<main", 1)[1].split("</main", 1)[0]


PAGES = [
    *("account_change_password", "mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
    *("usersessions_list", "accounts:me", "mfa_generate_recovery_codes"),
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_about_signing_in_is_ours_and_german(
    name: str, account_with_password: WithPassword, client: Client
) -> None:
    account = account_with_password("frieda")
    try_password(client, account.email)
    client.post("/anmeldung/2fa/code/", {"code": code_now(SECRET)})
    client.post("/anmeldung/bestaetigen/", {"password": PASSWORD})
    if name == "mfa_activate_totp":
        Authenticator.objects.filter(user=account).delete()
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert '<html lang="de">' in page
    assert 'class="ui-bar"' in page
    assert "!!undefined" not in page
    assert 'style="' not in page
    assert "onclick" not in page


def test_a_weak_password_is_refused_in_german(account_with_password: WithPassword, client: Client) -> None:
    account = account_with_password("frieda")
    try_password(client, account.email)
    client.post("/anmeldung/2fa/code/", {"code": code_now(SECRET)})
    fields = {"oldpassword": PASSWORD, "password1": "fallbeispiel", "password2": "fallbeispiel"}
    page = client.post(reverse("account_change_password"), fields).content.decode()
    assert "Nachname" in page or "zu ähnlich" in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)

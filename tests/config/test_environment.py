"""What an installation says about itself in its environment, read once and refused where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kimwerk.config.environment import database, listed, mail, one_of, required, secret, web_address

LONG = "0123456789abcdef0123456789abcdef"


def test_a_variable_that_must_be_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIMWERK_HOSTS", "")
    with pytest.raises(ImproperlyConfigured, match="KIMWERK_HOSTS is not set"):
        required("KIMWERK_HOSTS")


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{LONG}\n")
    monkeypatch.setenv("KIMWERK_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert secret("KIMWERK_SECRET_KEY") == LONG


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIMWERK_SECRET_KEY_FILE", str(tmp_path / "gone"))
    with pytest.raises(ImproperlyConfigured, match=r"KIMWERK_SECRET_KEY_FILE names .*gone, which cannot be read"):
        secret("KIMWERK_SECRET_KEY")


def test_a_short_secret_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIMWERK_SECRET_KEY", "hunter-two")
    with pytest.raises(ImproperlyConfigured) as refused:
        secret("KIMWERK_SECRET_KEY")
    assert "at least 32" in str(refused.value)
    assert "hunter-two" not in str(refused.value)


def test_a_list_leaves_out_what_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIMWERK_HOSTS", " kim.kreis.example, ,kimwerk.kreis.example,")
    assert listed("KIMWERK_HOSTS") == ["kim.kreis.example", "kimwerk.kreis.example"]


def test_a_database_is_reached_through_a_socket() -> None:
    found = database("postgresql://kimwerk_app@:5433/kimwerk?host=/var/run/postgresql")
    assert (found["HOST"], found["PORT"], found["USER"], found["NAME"]) == (
        "/var/run/postgresql",
        "5433",
        "kimwerk_app",
        "kimwerk",
    )


def test_a_database_is_reached_over_the_network_with_a_password_and_a_certificate() -> None:
    found = database("postgresql://kimwerk_app:ge%40heim@db.example/kimwerk?sslmode=verify-full&sslrootcert=/ca.pem")
    assert (found["HOST"], found["PASSWORD"]) == ("db.example", "ge@heim")
    assert (found["OPTIONS"]["sslmode"], found["OPTIONS"]["sslrootcert"]) == ("verify-full", "/ca.pem")


def test_a_misspelt_word_in_the_address_of_a_database_is_not_passed_over() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"nobody reads: sslmod$"):
        database("postgresql://db.example/kimwerk?sslmod=require")


def test_only_postgresql_is_a_database() -> None:
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database("mysql://db.example/kimwerk")


@pytest.fixture
def mail_host(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("PORT", "TLS", "USER", "PASSWORD"):
        monkeypatch.delenv(f"KIMWERK_MAIL_{name}", raising=False)
    monkeypatch.setenv("KIMWERK_MAIL_HOST", "mail.example")
    monkeypatch.setenv("KIMWERK_MAIL_FROM", "kimwerk@kreis.example")
    return monkeypatch


def test_an_own_relay_needs_no_name(mail_host: pytest.MonkeyPatch) -> None:
    found = mail()
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (25, False, False)
    assert found["EMAIL_HOST_USER"] == ""


@pytest.mark.parametrize(
    ("word", "port", "starttls", "tls"), [("starttls", 587, True, False), ("tls", 465, False, True)]
)
def test_a_mail_server_with_a_name_is_spoken_to_under_encryption(
    mail_host: pytest.MonkeyPatch, word: str, port: int, starttls: bool, tls: bool
) -> None:
    mail_host.setenv("KIMWERK_MAIL_TLS", word)
    mail_host.setenv("KIMWERK_MAIL_USER", "kimwerk")
    mail_host.setenv("KIMWERK_MAIL_PASSWORD", "geheim")
    found = mail()
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, starttls, tls)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("kimwerk", "geheim")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TLS", "ssl", "none, starttls, tls"),
        ("PORT", "smtp", "must be a number"),
        ("USER", "kimwerk", "the password would be open"),
    ],
)
def test_a_wrong_word_about_mail_is_refused(mail_host: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    mail_host.setenv(f"KIMWERK_MAIL_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=said):
        mail()


def test_one_of_a_few_numbers_is_the_first_if_nobody_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIMWERK_SMALL_BELOW", raising=False)
    assert one_of("KIMWERK_SMALL_BELOW", (3, 5)) == 3
    monkeypatch.setenv("KIMWERK_SMALL_BELOW", "5")
    assert one_of("KIMWERK_SMALL_BELOW", (3, 5)) == 5
    monkeypatch.setenv("KIMWERK_SMALL_BELOW", "2")
    with pytest.raises(ImproperlyConfigured, match="3, 5"):
        one_of("KIMWERK_SMALL_BELOW", (3, 5))


def test_an_address_is_whole_or_refused_and_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIMWERK_DCAT_CONTRIBUTOR_ID", raising=False)
    assert not web_address("KIMWERK_DCAT_CONTRIBUTOR_ID")
    monkeypatch.setenv("KIMWERK_DCAT_CONTRIBUTOR_ID", "http://dcat-ap.de/def/contributors/openNRW")
    assert web_address("KIMWERK_DCAT_CONTRIBUTOR_ID") == "http://dcat-ap.de/def/contributors/openNRW"
    for wrong in ("openNRW", "http://x.example/ y", 'http://x.example/"', "http://x.example/<y>"):
        monkeypatch.setenv("KIMWERK_DCAT_CONTRIBUTOR_ID", wrong)
        with pytest.raises(ImproperlyConfigured, match="must be an address"):
            web_address("KIMWERK_DCAT_CONTRIBUTOR_ID")

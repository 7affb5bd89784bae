"""The operator's commands: starting an installation, inviting and closing, and the demo's links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, override_settings

from kimwerk.access.roles import Role
from kimwerk.access.walls import maintenance
from kimwerk.accounts.models import Account, Membership, SignInLink
from kimwerk.directory.genericode import ListProblem
from kimwerk.directory.models import Installation, Municipality, Organisation
from tests.accounts.conftest import PASSWORD
from tests.cast import Cast
from tests.directory.test_place_list import entry, genericode

PERSON = ("--email", "Erika.Erste@beispiel.example", "--given-name", "Erika", "--family-name", "Erstbeispiel")


@pytest.fixture
def as_operator(cast: Cast) -> Iterator[None]:
    """Connected as the owner role, as the command line connects for these commands."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
    yield
    with connection.cursor() as cursor:
        cursor.execute("set role kimwerk_app")


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def found(*options: str) -> str:
    return run("directory", "found", "--district", "05382", *PERSON, *options)


def test_a_body_is_founded_and_its_first_account_invited(as_operator: None) -> None:
    text = found("--name", "Neuer Sieg-Kreis", "--address", "https://kimwerk.example/")
    [link] = re.findall(r"https://kimwerk\.example(/konto/einladung/\S+/)", text)
    assert Installation.objects.get().name == "Neuer Sieg-Kreis"
    assert Municipality.objects.count() == 396
    held = Membership.objects.get(account__email="erika.erste@beispiel.example")
    assert (held.role, held.organisation.name) == (Role.KI_LEADERSHIP.value, "Neuer Sieg-Kreis")
    assert Client().post(link, {"password": PASSWORD, "repeated": PASSWORD})["Location"] == "/"


def test_a_body_is_called_as_it_calls_itself_unless_told(as_operator: None) -> None:
    with maintenance():
        Organisation.objects.filter(name="Rhein-Sieg-Kreis").update(name="Vorher")
    found()
    assert Installation.objects.get().name == "Rhein-Sieg-Kreis"


def test_an_installation_is_founded_once(as_operator: None) -> None:
    found("--name", "Erster")
    with pytest.raises(CommandError, match="gehört schon zu Erster"):
        found("--name", "Zweiter")


def test_an_unknown_body_is_refused(as_operator: None) -> None:
    with pytest.raises(CommandError, match="directory bodies"):
        run("directory", "found", "--district", "99999", *PERSON)
    assert not Installation.objects.exists()


def test_all_54_bodies_are_listed(as_operator: None) -> None:
    run("directory", "load")
    assert len(run("directory", "bodies").splitlines()) == 54


def test_an_official_list_is_loaded_from_a_file(as_operator: None, tmp_path: Path) -> None:
    run("directory", "load")
    file = tmp_path / "ags.xml"
    file.write_bytes(genericode(entry("05382020", "Hennef an der Sieg, Stadt")))
    text = run("directory", "load", "--file", str(file))
    assert "0 neu, 1 geändert, 0 unverändert." in text
    assert "05382060" in text
    assert Municipality.objects.get(ags="05382020").name == "Hennef an der Sieg"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!DOCTYPE a><CodeList/>", "Dokumenttyp"),
        (b"no xml", "kein XML"),
        (genericode(entry("5382020", "Hennef")), "Zeile 10: Ein Schlüssel ist kein amtlicher"),
    ],
)
def test_a_faulty_list_is_refused_with_the_place(content: bytes, words: str, as_operator: None, tmp_path: Path) -> None:
    file = tmp_path / "ags.xml"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run("directory", "load", "--file", str(file))


def test_a_missing_file_is_named(as_operator: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="lässt sich nicht lesen"):
        run("directory", "load", "--file", str(tmp_path / "none.xml"))


@pytest.mark.parametrize("problem", ListProblem)
def test_every_problem_of_a_list_has_its_words(problem: ListProblem, cast: Cast) -> None:
    from kimwerk.accounts.management.commands.directory import _in_words
    from kimwerk.directory.genericode import ListError

    assert len(_in_words(ListError(problem, 7, "x"))) > 20


def test_the_operator_names_the_data_protection_officer(as_operator: None) -> None:
    text = run("accounts", "invite", "--organisation", "Rhein-Sieg-Kreis", "--role", "data_protection_officer", *PERSON)
    assert "/konto/einladung/" in text
    assert Membership.objects.get(account__email="erika.erste@beispiel.example").role == "data_protection_officer"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"--organisation": "Nirgendwo"}, "keine Organisation dieses Namens"),
        ({"--organisation": "Jobcenter Rhein-Sieg"}, "keine eigenen Daten"),
        ({"--email": "kein-at"}, "keine E-Mail-Adresse"),
        ({"--email": "doris@kimwerk.example"}, "hat diese Rolle dort schon"),
    ],
)
def test_the_operators_mistakes_are_named(changes: dict[str, str], words: str, as_operator: None) -> None:
    options = {
        "--organisation": "Rhein-Sieg-Kreis",
        "--role": "data_protection_officer",
        "--email": "erika@beispiel.example",
        "--given-name": "Erika",
        "--family-name": "Beispiel",
    } | changes
    with pytest.raises(CommandError, match=words):
        run("accounts", "invite", *(part for pair in options.items() for part in pair))


def test_the_operator_closes_any_account(as_operator: None, cast: Cast) -> None:
    run("accounts", "close", "doris@kimwerk.example")
    assert not Account.objects.get(pk=cast.accounts["doris"]).is_active
    with pytest.raises(CommandError, match="kein offenes Konto"):
        run("accounts", "close", "doris@kimwerk.example")


@override_settings(DEMO=True)
def test_the_demo_prints_one_link_per_role(cast: Cast) -> None:
    lines = [line for line in run("demo_links", "http://localhost:8000").splitlines() if "/konto/demo/" in line]
    assert len(lines) == len(Role)
    assert "Frieda Fallbeispiel" in lines[0]
    assert "Case-Management" in lines[0]
    assert SignInLink.objects.count() == len(Role)


@override_settings(DEMO=True, MFA_REQUIRED=False)
def test_a_link_of_the_demo_says_who_one_will_be_and_works_once(cast: Cast) -> None:
    text = run("demo_links", "http://localhost:8000")
    path = re.findall(r"Karin Koordination .*http://localhost:8000(\S+)", text)[0]
    browser = Client()
    assert "Fachaufsicht" in browser.get(path).content.decode()
    with connection.cursor() as cursor:  # the demo's cast has no second factor
        cursor.execute("delete from mfa_authenticator where user_id = %s", [cast.accounts["karin"]])
    assert browser.post(path)["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert Client().post(path).status_code == 410


def test_there_are_no_links_outside_the_demo(cast: Cast) -> None:
    with pytest.raises(CommandError, match="nur in der Demo"):
        run("demo_links", "http://localhost:8000")
    assert Client().get("/konto/demo/irgendwas/").status_code == 404

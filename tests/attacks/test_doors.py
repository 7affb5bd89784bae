"""Every door, tried by every role, at home and abroad. A new door without an entry in the table fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from kimwerk.access.roles import Role
from tests.architecture.test_house import urls
from tests.attacks.access_table import EVERYONE, SIGNED_IN, TABLE, roles_of
from tests.attacks.report import ADDRESSES, BUILD, keep, write_report
from tests.attacks.world import World

HOME = "Rhein-Sieg-Kreis"
ABROAD = "Kreis Kleve"
VERBS = ("get", "post")
Enter = Callable[[Role, str], Client]

WITH_OBJECT = [name for name in TABLE if name in World.ARGUMENTS and name not in World.SHARED]
GUARDED = [name for name, row in TABLE.items() if row not in {EVERYONE, SIGNED_IN}]


def spoken(answers: dict[str, int]) -> str:
    """What a door answered, as the report says it."""
    return "/".join(str(answers[verb]) for verb in VERBS)


def knock(client: Client, name: str, world: World, verb: str) -> HttpResponseBase:
    address = reverse(name, kwargs=world.arguments(name))
    response = client.get(address) if verb == "get" else client.post(address)
    if response.streaming:
        list(response)  # read to its end, as a browser would
    return response


def test_the_table_names_every_door_and_no_other() -> None:
    doors = {name for name, _ in urls()}
    assert doors - set(TABLE) == set(), "doors without an entry in tests/attacks/access_table.py"
    assert set(TABLE) - doors == set(), "entries for doors that do not exist"


@pytest.mark.parametrize("role", Role)
def test_a_role_passes_exactly_the_doors_of_the_table(role: Role, enter: Enter, world: World) -> None:
    client = enter(role, HOME)
    wrong, told = [], {}
    for name in GUARDED:
        answers = {verb: knock(client, name, world, verb).status_code for verb in VERBS}
        told[name] = spoken(answers)
        for verb, status in answers.items():
            may = role in roles_of(name)
            if status >= 500 or (not may and status not in {404, 405}):
                wrong.append(f"{name} {verb}: {status}, although {role.value} may not")
            if may and verb == "get" and status in {401, 403, 404} and name not in World.OF_OTHERS:
                wrong.append(f"{name} {verb}: {status}, although {role.value} may")
    keep(f"home {role.value}", told)
    assert wrong == []


@pytest.mark.parametrize("role", Role)
def test_a_strangers_thing_does_not_exist(role: Role, enter: Enter, world: World) -> None:
    client = enter(role, ABROAD)
    answers = {name: {verb: knock(client, name, world, verb).status_code for verb in VERBS} for name in WITH_OBJECT}
    keep(f"abroad {role.value}", {name: spoken(each) for name, each in answers.items()})
    assert {name: each for name, each in answers.items() if not set(each.values()) <= {404, 405}} == {}


def test_without_a_sign_in_every_guarded_door_leads_to_the_sign_in(client: Client, world: World) -> None:
    wrong, told = {}, {}
    for name, row in TABLE.items():
        if row == EVERYONE:
            continue
        responses = {verb: knock(client, name, world, verb) for verb in VERBS}
        told[name] = spoken({verb: response.status_code for verb, response in responses.items()})
        for verb, response in responses.items():
            if response.status_code != 302 or not response.headers["Location"].startswith("/anmeldung/"):
                wrong[f"{name} {verb}"] = response.status_code
    keep("nobody", told)
    assert wrong == {}


def test_a_fragment_without_a_sign_in_is_refused_and_not_redirected(client: Client, world: World) -> None:
    address = reverse("desk:today")
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 401


def test_no_page_repeats_what_a_stranger_may_not_know(enter: Enter, world: World) -> None:
    """Lists, searches and exports of a foreign coordination, searched for the name of our case manager."""
    client = enter(Role.CASE_MANAGEMENT_COORDINATION, ABROAD)
    leaks = []
    for name in TABLE:
        if name in World.ARGUMENTS or name == "ui:gallery":  # its examples are invented, one of them a Frieda
            continue
        response = client.get(reverse(name), {"q": "Fallbeispiel", "person": str(world.cast.accounts["frieda"])})
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # both kinds answer
        if b"Frieda" in body:
            leaks.append(name)
    assert leaks == []


def test_the_report_lists_every_address(world: World) -> None:
    """A file that can be published beside a release; it is written when the last test has kept what it saw."""
    told = {name: re.sub(r"\d+", "1", reverse(name, kwargs=world.arguments(name))) for name in TABLE}
    keep(ADDRESSES, told)
    write_report()
    rows = json.loads((BUILD / "attacks.json").read_text(encoding="utf-8"))
    assert rows.keys() == TABLE.keys() == {name for name, _ in urls()}
    assert all(row["address"].startswith("/") and row["may"] for row in rows.values())

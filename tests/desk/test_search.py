"""The search across rooms finds what one may see, and tells nobody of anything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.desk.selectors import MOST_OF_A_SORT, found_by
from kimwerk.directory.models import Organisation
from kimwerk.kernel.names import sort_key
from tests.cast import Cast, as_owner
from tests.persons.people import register

SignIn = Callable[[str], Client]
Act = Callable[[Actor], Actor]


def titles(actor: Actor, words: str) -> dict[str, list[str]]:
    """The titles that are found, by sort."""
    return {str(group.title): [str(hit.title) for hit in group.hits] for group in found_by(actor, words)}


def test_pages_and_organisations_are_found_by_any_part_of_their_name(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    assert titles(frieda, "jobcent") == {"Organisationen": ["Jobcenter Rhein-Sieg"]}
    assert titles(frieda, "favor") == {"Seiten": ["Favoriten"]}


def test_people_are_found_in_every_script_by_whoever_is_entrusted(cast: Cast, act_as: Act) -> None:
    frieda = act_as(cast.actor("frieda"))
    register(cast, frieda)
    assert titles(frieda, "мустер") == {"Personen": ["Musterenko, Oleksandr"]}
    assert titles(act_as(cast.actor("mehmet")), "мустер") == {}


def test_a_page_that_one_may_not_enter_is_not_found(cast: Cast, act_as: Act) -> None:
    assert titles(act_as(cast.actor("doris")), "protokoll") == {"Seiten": ["Protokoll"]}
    assert titles(act_as(cast.actor("frieda")), "protokoll") == {}


def test_without_the_right_to_the_directory_no_organisation_is_found(cast: Cast, act_as: Act) -> None:
    assert titles(act_as(cast.actor("sam")), "jobcenter") == {}


@pytest.mark.parametrize("words", ["", " ", "j", " j "])
def test_too_short_a_word_finds_nothing(words: str, cast: Cast, act_as: Act) -> None:
    assert found_by(act_as(cast.actor("frieda")), words) == ()


def test_of_many_the_first_are_shown_with_the_way_to_all(cast: Cast, act_as: Act) -> None:
    with as_owner():
        for number in range(MOST_OF_A_SORT + 1):
            name = f"Beispiel & Co {number}"
            Organisation.objects.create(name=name, sort_key=sort_key(name), kind="other")
    [group] = found_by(act_as(cast.actor("frieda")), "beispiel &")
    assert len(group.hits) == MOST_OF_A_SORT
    assert group.all_url == reverse("directory:organisations") + "?q=beispiel+%26"


def test_the_page_shows_what_was_found_and_what_to_do_otherwise(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in("frieda"), reverse("desk:search")
    assert "Jobcenter Rhein-Sieg" in client.get(address, {"q": "jobcenter"}).content.decode()
    assert "Nichts gefunden zu „xyzzy“" in client.get(address, {"q": "xyzzy"}).content.decode()
    assert "Was suchen Sie?" in client.get(address).content.decode()

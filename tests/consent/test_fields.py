"""Whoever reads what was disclosed reads words, not names of columns."""

from __future__ import annotations

from collections.abc import Callable

from kimwerk.access.actors import Actor
from kimwerk.consent.fields import field_name
from kimwerk.persons.selectors.facts import facts_by_category
from tests.cast import Cast
from tests.persons.people import register


def test_every_field_of_a_file_that_can_be_disclosed_has_a_german_name(
    cast: Cast, act_as: Callable[[Actor], Actor]
) -> None:
    frieda = act_as(cast.actor("frieda"))
    content = facts_by_category(frieda, register(cast, frieda).pk)
    names = {name for fields in content.values() for name in fields}
    assert names >= {"name", "birth"}
    assert {name for name in names if str(field_name(name)) == name} == set()
    assert (str(field_name("birth_country")), str(field_name("need"))) == ("Geburtsland", "Was gebraucht wird")

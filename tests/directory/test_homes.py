"""Whoever works for many organisations looks at one at a time."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from kimwerk.access.actors import Actor, Grant
from kimwerk.access.permissions import Permission
from kimwerk.access.roles import Role
from kimwerk.access.walls import maintenance
from kimwerk.directory.models import District, Organisation
from kimwerk.directory.types import OrganisationKind
from kimwerk.directory.web.homes import FEW, Home, home_in
from kimwerk.kernel.names import sort_key
from tests.cast import Cast

READ = Permission.STEERING_READ


@pytest.fixture
def many(cast: Cast) -> list[Organisation]:
    """More organisations than stand on one page, the last by name made first."""
    names = [f"Beispielamt {number}" for number in range(FEW + 1, 0, -1)]
    facts = {"kind": OrganisationKind.MUNICIPALITY.value, "district": District.objects.get(key="05382")}
    with maintenance():
        return [Organisation.objects.create(name=name, sort_key=sort_key(name), **facts) for name in names]


def seen(organisations: list[Organisation], asked: str = "") -> Home:
    request = RequestFactory().get("/", {"home": asked} if asked else {})
    request.actor = Actor(1, "Alle", tuple(Grant(Role.KIM_COORDINATION, each.pk) for each in organisations))  # type: ignore[attr-defined]
    return home_in(request, READ)  # type: ignore[arg-type]


def test_a_few_organisations_stand_on_one_page(many: list[Organisation]) -> None:
    home = seen(many[:FEW])
    assert home.form is None
    assert home.address("/ziele/") == "/ziele/"
    assert home.actor.scope(READ).organisations == {each.pk for each in many[:FEW]}


def test_of_many_the_first_by_name_is_shown(many: list[Organisation]) -> None:
    home = seen(many)
    assert home.actor.scope(READ).organisations == {many[-1].pk}
    assert home.address("/ziele/") == f"/ziele/?home={many[-1].pk}"
    assert home.address("/ziele/?under=1") == f"/ziele/?under=1&home={many[-1].pk}"
    assert home.form is not None
    assert [name for _pk, name in home.form.fields["home"].choices] == [each.name for each in reversed(many)]


def test_another_is_shown_when_it_is_asked_for(many: list[Organisation]) -> None:
    assert seen(many, str(many[2].pk)).actor.scope(READ).organisations == {many[2].pk}


@pytest.mark.parametrize("asked", ["eins", "0", "9" * 30])
def test_what_is_no_organisation_of_theirs_shows_the_first(many: list[Organisation], asked: str) -> None:
    assert seen(many, asked).actor.scope(READ).organisations == {many[-1].pk}


def test_somebody_elses_organisation_is_not_shown(many: list[Organisation], cast: Cast) -> None:
    foreign = Organisation.objects.exclude(pk__in=[each.pk for each in many]).first()
    assert foreign is not None
    assert seen(many, str(foreign.pk)).actor.scope(READ).organisations == {many[-1].pk}


def test_an_actor_at_one_organisation_has_no_right_that_they_had_not() -> None:
    actor = Actor(1, "Zwei", (Grant(Role.KIM_COORDINATION, 1), Grant(Role.CASE_MANAGER, 2, 7)))
    assert actor.at(2).grants == (Grant(Role.CASE_MANAGER, 2, 7),)
    assert actor.at(2).account_id == 1
    assert actor.at(3).grants == ()

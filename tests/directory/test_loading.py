"""Loading places and founding an installation: idempotent, complete, once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from kimwerk.directory.models import District, Municipality, Organisation
from kimwerk.directory.place_list import shipped_places
from kimwerk.directory.selectors import kim_bodies, kim_body
from kimwerk.directory.services import AlreadyFounded, LoadOutcome, found_installation, load_municipalities
from kimwerk.directory.types import OrganisationKind
from tests.cast import Cast, as_owner


def test_all_municipalities_of_the_land_are_loaded(cast: Cast) -> None:
    with as_owner():
        outcome = load_municipalities()
    assert outcome == LoadOutcome(created=391, changed=5, unchanged=0, not_in_list=())
    assert Municipality.objects.count() == 396
    assert District.objects.count() == 53
    assert Municipality.objects.filter(population__isnull=True).count() == 0


def test_a_second_load_changes_nothing(cast: Cast) -> None:
    with as_owner():
        load_municipalities()
        assert load_municipalities() == LoadOutcome(created=0, changed=0, unchanged=396, not_in_list=())


def test_a_renamed_municipality_keeps_its_record(cast: Cast) -> None:
    with as_owner():
        load_municipalities()
        places = [
            replace(place, official_name="Neustadt an der Sieg, Stadt") if place.ags.digits == "05382020" else place
            for place in shipped_places()
        ]
        assert load_municipalities(places).changed == 1
    assert Municipality.objects.get(pk=cast.municipalities["Hennef (Sieg)"]).name == "Neustadt an der Sieg"


def test_a_list_without_population_keeps_the_known_one(cast: Cast) -> None:
    with as_owner():
        load_municipalities()
        before = Municipality.objects.get(ags="05382020").population
        bare = [replace(place, population=None, population_on=None) for place in shipped_places()]
        assert load_municipalities(bare).unchanged == 396
    assert before
    assert Municipality.objects.get(ags="05382020").population == before


def test_a_municipality_that_the_list_does_not_name_stays_and_is_named(cast: Cast) -> None:
    with as_owner():
        load_municipalities()
        outcome = load_municipalities([place for place in shipped_places() if place.ags.digits != "05382020"])
    assert outcome.not_in_list == ("05382020",)
    assert Municipality.objects.filter(ags="05382020").exists()


def test_there_are_54_bodies_of_the_programme(cast: Cast) -> None:
    with as_owner():
        load_municipalities()
    bodies = kim_bodies()
    assert len(bodies) == len({body.key for body in bodies}) == 54
    assert sum(body.is_city for body in bodies) == 23
    assert {body.name for body in bodies} >= {
        "Städteregion Aachen",
        "Aachen",
        "Rhein-Sieg-Kreis",
        "Kreis Kleve",
        "Bonn",
    }


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("05382", OrganisationKind.COUNTY),
        ("05314", OrganisationKind.MUNICIPALITY),
        ("05334002", OrganisationKind.MUNICIPALITY),
    ],
)
def test_any_body_can_be_founded(key: str, kind: OrganisationKind, cast: Cast) -> None:
    with as_owner():
        load_municipalities()
        body = kim_body(key)
        assert body is not None
        organisation = found_installation(body=body, name="Neue Verwaltung")
    assert (organisation.kind, organisation.is_controller) == (kind, True)
    assert (organisation.municipality_id is None) == (kind is OrganisationKind.COUNTY)


def test_a_database_is_founded_once(cast: Cast) -> None:
    with as_owner():
        load_municipalities()
        body = kim_body("05382")
        assert body is not None
        found_installation(body=body, name="Erste Verwaltung")
        with pytest.raises(AlreadyFounded, match="Erste Verwaltung"):
            found_installation(body=body, name="Zweite Verwaltung")
    assert not Organisation.objects.filter(name="Zweite Verwaltung").exists()


def test_the_web_role_cannot_write_places(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        load_municipalities()

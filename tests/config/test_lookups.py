"""Lists of keys are one question to the database, however long they are."""

from __future__ import annotations

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection
from django.db.models import F, Value
from django.test import override_settings

from kimwerk.config.lookups import KEPT_QUESTIONS
from kimwerk.directory.models import District, Municipality
from tests.cast import Cast


def asked(**conditions: object) -> str:
    return str(Municipality.objects.filter(**conditions).query)


@pytest.mark.parametrize("count", [2, 3, 40])
def test_a_list_of_any_length_is_one_question(count: int) -> None:
    sql, values = Municipality.objects.filter(pk__in=range(1, count + 1)).query.sql_with_params()
    assert sql.endswith('"directory_municipality"."id" = any(%s::bigint[])')
    assert [int(value) for value in values[0]] == list(range(1, count + 1))


def test_one_key_stays_a_comparison_that_an_index_answers_in_order() -> None:
    assert asked(pk__in=[7]).endswith('"id" IN (7)')
    assert asked(pk__in=[7, 7, None]).endswith('"id" IN (7)')


def test_texts_and_expressions_are_asked_as_ever() -> None:
    assert "any(" not in asked(ags__in=["05382020", "05382060"])
    assert "any(" not in asked(pk__in=[1, F("district_id")])
    assert "any(" not in asked(pk__in=[Value(1) + 1, 2])
    assert "any(" not in asked(pk__in=Municipality.objects.filter(pk=1))


def test_the_same_rows_are_found(cast: Cast) -> None:
    towns = list(Municipality.objects.order_by("pk"))
    some, keys = towns[:3], [town.pk for town in towns[:3]]
    assert list(Municipality.objects.filter(pk__in=[*keys, None, keys[0]]).order_by("pk")) == some
    assert list(Municipality.objects.filter(pk__in={keys[0]})) == some[:1]
    assert list(Municipality.objects.exclude(pk__in=keys).order_by("pk")) == towns[3:]
    assert list(Municipality.objects.filter(pk__in=[])) == []
    assert list(Municipality.objects.filter(pk__in=[2**40, keys[1]])) == [some[1]]


def test_relations_are_asked_by_key_and_by_row(cast: Cast) -> None:
    districts = list(District.objects.filter(key__in=["05382", "05154"]).order_by("pk"))
    expected = set(Municipality.objects.filter(district=districts[0])) | set(districts[1].municipalities.all())
    assert len(districts) == 2
    for wanted in (districts, [each.pk for each in districts]):
        found = Municipality.objects.filter(district__in=wanted)
        assert '"district_id" = any(' in str(found.query)
        assert set(found) == expected
    fetched = District.objects.filter(pk__in=[each.pk for each in districts]).prefetch_related("municipalities")
    assert {town for district in fetched for town in district.municipalities.all()} == expected


def test_a_key_that_is_no_number_is_refused_before_anybody_is_asked() -> None:
    with pytest.raises(ValueError, match="expected a number"):
        Municipality.objects.filter(pk__in=[1, "eins"])


def test_a_connection_remembers_what_a_day_asks(db: None) -> None:
    connection.ensure_connection()
    assert connection.connection.prepared_max == KEPT_QUESTIONS


@override_settings(DEBUG=True)
def test_the_checks_of_an_installation_know_what_it_must_never_start_with() -> None:
    assert "kimwerk.E001" in {message.id for message in run_checks(tags=[Tags.security])}

"""One way to write a value down."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.hashing import Canonical, NotCanonicalError, canonical_json, content_hash


class Colour(StrEnum):
    """A text enum to write down."""

    RED = "red"


class Rank(IntEnum):
    """A number enum to write down."""

    FIRST = 1


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=15,
)


def test_a_value_is_written_in_one_way() -> None:
    value: Canonical = {
        "b": [Decimal("1.50"), None, True, 3],
        "a": date(2022, 4, 21),
        "ä": ("Müller", Colour.RED, Rank.FIRST),
        "id": UUID("00000000-0000-4000-8000-000000000001"),
    }
    assert canonical_json(value).decode() == (
        '{"a":"2022-04-21","b":["1.5",null,true,3],"id":"00000000-0000-4000-8000-000000000001","ä":["Müller","red",1]}'
    )


def test_a_hash_is_the_same_in_ten_years() -> None:
    assert content_hash({"title": "Maßnahmen", "total": 1233, "share": Decimal("0.87")}) == (
        "5c5096ed046f57c06718d3788bdb468bca4fb6e15889e293880577598eec1808"
    )


def test_the_hash_of_nothing_is_that_of_its_json() -> None:
    assert content_hash({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_the_order_of_keys_does_not_matter() -> None:
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})


def test_the_order_of_a_list_matters() -> None:
    assert content_hash([1, 2]) != content_hash([2, 1])


def test_enums_are_written_as_their_values_also_as_keys() -> None:
    assert canonical_json({Colour.RED: Colour.RED}) == b'{"red":"red"}'


@pytest.mark.parametrize(
    ("number", "text"),
    [("1.50", "1.5"), ("1E+3", "1000"), ("-0.0", "0"), ("0.00000010", "0.0000001"), ("12.61", "12.61")],
)
def test_equal_numbers_are_written_alike(number: str, text: str) -> None:
    assert canonical_json(Decimal(number)).decode() == f'"{text}"'


def test_one_instant_is_written_in_one_way_whatever_the_zone() -> None:
    noon = datetime(2022, 4, 21, 12, tzinfo=UTC)
    in_cologne = noon.astimezone(timezone(timedelta(hours=2)))
    assert canonical_json(in_cologne) == canonical_json(noon) == b'"2022-04-21T12:00:00+00:00"'


@pytest.mark.parametrize("document", ["1.5", "[1, [2, {}, 0.0]]", '{"a": 1e3}', "NaN"])
def test_floats_are_refused_wherever_they_stand(document: str) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json(json.loads(document))


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "1E+1000", "1." + "1" * 90])
def test_numbers_without_a_plain_form_are_refused(number: str) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json(Decimal(number))


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json(datetime(2022, 4, 21, 12))


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json("\ud800")


def test_keys_that_are_no_text_are_refused() -> None:
    number_as_key: dict[Rank, int] = {Rank.FIRST: 1}
    with pytest.raises(NotCanonicalError):
        canonical_json(number_as_key)  # type: ignore[arg-type]


@given(plain)
def test_plain_json_reads_back_as_itself(value: Canonical) -> None:
    assert json.loads(canonical_json(value)) == value


@given(plain, plain)
def test_different_values_have_different_hashes(one: Canonical, other: Canonical) -> None:
    same_text = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (content_hash(one) == content_hash(other)) == same_text


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_a_number_reads_back_with_its_value(value: Decimal) -> None:
    assert Decimal(json.loads(canonical_json(value))) == value

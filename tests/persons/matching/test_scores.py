from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.persons.matching.agreements import compare, compare_dates
from kimwerk.persons.matching.candidates import candidate_pairs
from kimwerk.persons.matching.clusters import LARGEST_GROUP, agreed_pairs
from kimwerk.persons.matching.comparing import Born
from kimwerk.persons.matching.keys import blocking_keys
from kimwerk.persons.matching.pairs import find_duplicates, threshold_for
from kimwerk.persons.matching.reading import read_registrations
from kimwerk.persons.matching.reasons import TERMS_ABOUT, Topic
from kimwerk.persons.matching.register import Register
from kimwerk.persons.matching.registration import Registration
from kimwerk.persons.matching.scoring import TERMS, Weights, published

FROZEN = Path(__file__).parent
OLENA = Registration("1", "Olena", "Shevchenko", date(1990, 3, 4), "f", "5")

names = st.one_of(
    st.sampled_from(["Olena", "Олена", "Schewtschenko", "José", "محمد", "Müller", "Al-Saleh", ""]), st.text()
)
registrations = st.builds(
    Registration,
    rec_id=st.just("x"),
    first_name=names,
    last_name=names,
    birth_date=st.none() | st.sampled_from([date(1990, 3, 4), date(1990, 4, 3), date(1990, 1, 1)]) | st.dates(),
    sex=st.sampled_from(["", "m", "f", "?"]),
    municipality=st.sampled_from(["", "1", "2"]),
)


def odds(one: Registration, other: Registration) -> float:
    """What two registrations score in a register of twenty thousand in which every name is rare."""
    agreements = compare(Register.of([one, other], commonness={}), np.array([[0], [1]]))
    return float(published().log_odds(agreements, 20_000)[0])


@given(registrations, registrations)
@settings(deadline=None)
def test_the_score_does_not_depend_on_who_comes_first(one: Registration, other: Registration) -> None:
    assert odds(one, other) == odds(other, one)


@pytest.mark.parametrize(
    "other",
    [
        replace(OLENA, first_name="Shevchenko", last_name="Olena"),
        replace(OLENA, first_name="Олена", last_name="Шевченко"),
        replace(OLENA, first_name="Elena", last_name="Schewtschenko", municipality="7"),
        replace(OLENA, birth_date=date(1990, 4, 3)),
        replace(OLENA, birth_date=date(1990, 1, 1), last_name="Chevtchenko"),
        replace(OLENA, last_name="Schevchenko", sex=""),
        replace(OLENA, last_name="", original_last_name="Шевченко"),
    ],
)
def test_one_person_written_another_way_is_found_and_scores_high(other: Registration) -> None:
    assert blocking_keys(OLENA) & blocking_keys(other)
    assert odds(OLENA, other) > 2


def test_twins_and_strangers_score_low() -> None:
    assert odds(OLENA, replace(OLENA, first_name="Oksana")) < odds(OLENA, OLENA) - 4
    assert odds(OLENA, Registration("2", "Petro", "Bondar", date(1971, 5, 6), "m", "9")) < -8


def test_swapped_names_score_the_same_whichever_record_has_them_swapped() -> None:
    swapped = replace(OLENA, first_name=OLENA.last_name, last_name=OLENA.first_name)
    assert odds(swapped, swapped) == pytest.approx(odds(OLENA, OLENA))
    assert odds(OLENA, swapped) == odds(swapped, OLENA)


@given(registrations)
def test_blocking_keys_do_not_depend_on_the_order_of_names(record: Registration) -> None:
    swapped = replace(record, first_name=record.last_name, last_name=record.first_name)
    pairs = {key for key in blocking_keys(record) if key[0] in "mnydbltip"}
    assert pairs == {key for key in blocking_keys(swapped) if key[0] in "mnydbltip"}


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (0, 19900304, Born.MISSING),
        (19900304, 19900304, Born.EQUAL),
        (19900101, 19900101, Born.BOTH_NEW_YEAR),
        (19900304, 19900101, Born.NEW_YEAR),
        (19900304, 19900403, Born.SWAPPED),
        (19900304, 19900307, Born.ONE_DIGIT),
        (19900304, 19901125, Born.SAME_YEAR),
        (19900304, 19810304, Born.SAME_DAY),
        (19900304, 19811125, Born.DIFFERENT),
    ],
)
def test_birth_dates_agree_in_kinds(one: int, other: int, kind: Born) -> None:
    assert compare_dates(np.array([one]), np.array([other]))[0] == kind
    assert compare_dates(np.array([other]), np.array([one]))[0] == kind


def test_a_group_is_one_throughout_and_a_weak_chain_is_not() -> None:
    assert list(agreed_pairs([(0, 1, 5.0), (1, 2, 4.0)], 0.0)) == [(0, 1, 5.0), (0, 2, 3.0), (1, 2, 4.0)]
    assert list(agreed_pairs([(0, 1, 5.0), (1, 2, 0.5)], 0.0)) == [(0, 1, 5.0)]


def test_no_group_grows_without_end() -> None:
    everybody = [(a, b, 9.0) for a in range(40) for b in range(a + 1, 40)]
    assert len(list(agreed_pairs(everybody, 0.0))) < 40 * LARGEST_GROUP / 2


def test_every_candidate_pair_shares_a_key_and_stands_once() -> None:
    records = list(read_registrations(FROZEN / "frozen.csv"))
    keys = [blocking_keys(record) for record in records]
    shared = {(a, b) for b in range(len(keys)) for a in range(b) if keys[a] & keys[b]}
    assert [tuple(pair) for pair in candidate_pairs(Register.of(records)).T.tolist()] == sorted(shared)


def test_every_term_is_told_in_one_reason() -> None:
    assert sorted(term for topic in Topic for term in TERMS_ABOUT[topic]) == sorted(TERMS)


def test_weights_survive_being_written_and_read() -> None:
    assert Weights.from_json(published().to_json()).to_json() == published().to_json()


def test_published_weights_reproduce_the_frozen_pairs() -> None:
    with (FROZEN / "frozen_pairs.csv").open(encoding="utf-8", newline="") as lines:
        frozen = [(row["rec_id_a"], row["rec_id_b"], float(row["score"])) for row in csv.DictReader(lines)]
    found = [
        (pair.rec_id_a, pair.rec_id_b, pair.score)
        for pair in find_duplicates(read_registrations(FROZEN / "frozen.csv"))
    ]
    assert found == frozen


def test_an_empty_register_has_no_duplicates() -> None:
    assert find_duplicates([]) == []
    assert find_duplicates([OLENA]) == []


def test_a_large_register_proposes_from_a_lower_threshold() -> None:
    assert [threshold_for(size) for size in (2, 49_999, 50_000, 1_000_000)] == [0.3, 0.3, 0.2, 0.2]

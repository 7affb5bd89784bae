"""Official keys of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.kernel.keys import Ags, Ars, DistrictKey, KeyProblem, OfficialKeyError

ars_digits = st.builds(
    lambda land, rest: f"{land:02}{rest:010}",
    st.integers(min_value=1, max_value=16),
    st.integers(min_value=0, max_value=10**10 - 1),
)


def test_hennef_lies_in_the_rhein_sieg_kreis() -> None:
    hennef = Ags("05382020")
    assert (hennef.land, hennef.regierungsbezirk, hennef.kreis, hennef.gemeinde) == ("05", "3", "82", "020")
    assert hennef.district == DistrictKey("05382")
    assert hennef.is_in_nrw
    assert hennef.grouped == "05 3 82 020"
    assert str(hennef) == "05382020"


def test_the_regional_key_holds_the_municipality_key() -> None:
    assert Ars("053820020020").ags == Ags("05382020")
    assert Ars("053820020020").verband == "0020"
    assert Ars("051110000000").ags == Ags("05111000")
    assert Ars("053820020020").grouped == "05 3 82 0020 020"


def test_a_place_in_another_state_is_not_in_nrw() -> None:
    assert not Ags("07143048").is_in_nrw
    assert not DistrictKey("07143").is_in_nrw


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", KeyProblem.NOT_DIGITS),
        ("Hennef", KeyProblem.NOT_DIGITS),
        ("-5382020", KeyProblem.NOT_DIGITS),
        ("٠٥٣٨٢٠٢٠", KeyProblem.NOT_DIGITS),
        ("5382020", KeyProblem.WRONG_LENGTH),
        ("053820020020", KeyProblem.WRONG_LENGTH),
        ("00382020", KeyProblem.NO_SUCH_STATE),
        ("17382020", KeyProblem.NO_SUCH_STATE),
    ],
)
def test_what_is_no_municipality_key_is_refused_with_a_code(text: str, problem: KeyProblem) -> None:
    with pytest.raises(OfficialKeyError) as caught:
        Ags.parse(text)
    assert caught.value.problem is problem


def test_each_kind_of_key_has_its_own_length() -> None:
    for wrong in (lambda: Ars("05382020"), lambda: DistrictKey("05382020"), lambda: DistrictKey("053")):
        with pytest.raises(OfficialKeyError) as caught:
            wrong()
        assert caught.value.problem is KeyProblem.WRONG_LENGTH


def test_keys_are_not_equal_to_other_kinds_and_are_ordered() -> None:
    assert sorted([Ags("05382020"), Ags("05111000")]) == [Ags("05111000"), Ags("05382020")]
    assert len({Ags("05382020"), Ags.parse(" 05382020 ")}) == 1


@given(ars_digits)
def test_keys_written_in_groups_read_back(digits: str) -> None:
    ars = Ars(digits)
    assert Ars.parse(ars.grouped) == ars
    assert Ags.parse(ars.ags.grouped) == ars.ags
    assert DistrictKey.parse(ars.ags.district.grouped) == ars.ags.district


@given(ars_digits)
def test_the_parts_of_a_key_make_up_the_key(digits: str) -> None:
    ars, ags = Ars(digits), Ars(digits).ags
    assert ags.land + ags.regierungsbezirk + ags.kreis + ars.verband + ags.gemeinde == digits


@given(st.text(alphabet="0123456789 ", max_size=14))
def test_reading_a_key_yields_it_or_a_code(text: str) -> None:
    digits = text.replace(" ", "")
    is_key = len(digits) == 8 and 1 <= int(digits[:2]) <= 16
    if is_key:
        assert Ags.parse(text).digits == digits
    else:
        with pytest.raises(OfficialKeyError):
            Ags.parse(text)

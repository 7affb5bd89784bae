"""The secrets of a one-time link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kimwerk.accounts.tokens import hash_token
from kimwerk.casework.link_secrets import (
    NotOfThisLink,
    fresh_secrets,
    is_pin,
    is_same,
    kept_of_pin,
    open_under,
    seal_under,
)


def test_a_link_holds_256_bits_and_a_pin_six_digits() -> None:
    made = {fresh_secrets() for _ in range(50)}
    assert len({each.token for each in made}) == 50
    assert all(len(each.token) == 43 and len(each.pin) == 6 and each.pin.isdecimal() for each in made)


def test_a_pin_read_out_in_groups_is_the_same_pin() -> None:
    kept = kept_of_pin("012345")
    assert is_pin("012 345", kept)
    assert is_pin("012-345", kept)
    assert not is_pin("12345", kept)
    assert "012345" not in kept


@given(st.text(max_size=400))
def test_what_is_sealed_under_a_link_opens_with_it_alone(text: str) -> None:
    mine, other = fresh_secrets(), fresh_secrets()
    sealed = seal_under(mine.token, text)
    assert open_under(mine.token, sealed) == text
    with pytest.raises(NotOfThisLink):
        open_under(other.token, sealed)


def test_an_altered_content_is_refused() -> None:
    secrets = fresh_secrets()
    sealed = bytearray(seal_under(secrets.token, "Termin"))
    sealed[-1] ^= 1
    with pytest.raises(NotOfThisLink):
        open_under(secrets.token, bytes(sealed))


def test_a_secret_is_compared_by_its_hash() -> None:
    assert is_same("a", hash_token("a"))
    assert not is_same("b", hash_token("a"))

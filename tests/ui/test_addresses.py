"""Addresses that are looked up once are those that the framework finds."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from kimwerk.ui.addresses import address_of, address_of_record


@pytest.mark.parametrize("pk", [1, 70, 4_000_000_000])
def test_a_record_is_at_the_address_with_its_number(pk: int) -> None:
    for page in ("casework:case", "persons:person", "casework:hand_over"):
        assert address_of_record(page, pk) == reverse(page, args=[pk])


def test_a_page_without_arguments_is_at_its_address() -> None:
    assert address_of("casework:list") == reverse("casework:list")


def test_a_page_that_is_not_there_or_wants_something_else_has_no_address() -> None:
    for page in ("casework:nowhere", "casework:list"):
        with pytest.raises(NoReverseMatch):
            address_of_record(page, 1)
    with pytest.raises(NoReverseMatch):
        address_of("casework:case")

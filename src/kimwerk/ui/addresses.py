"""Addresses of pages, looked up once: the layout of a page asks for fifty of them, and a list for one in each row."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

STANDIN = 8_000_000_000_000_000


@cache
def address_of(url_name: str) -> str:
    """The address of a page without arguments; NoReverseMatch where there is none."""
    return reverse(url_name)


def address_of_record(url_name: str, pk: int) -> str:
    """The address of a page about one record, whose number is its only argument; NoReverseMatch where there is none."""
    before, after = _around(url_name)
    return f"{before}{pk}{after}"


@cache
def _around(url_name: str) -> tuple[str, str]:
    before, _, after = reverse(url_name, args=[STANDIN]).partition(str(STANDIN))
    return before, after

"""Stocks beside flows: who was there before, who came and who went tell who is there now.

Stocks on two reference dates are never added or subtracted as if they were people: their difference is those who came
less those who went. Where all four are public, and one of them hides a number, the others would tell it. The engine
knows no such relation between figures; the stock that would complete it is left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from kimwerk.kernel.periods import ONE_DAY, Period
from kimwerk.reporting.catalogue import figure
from kimwerk.reporting.disclosure.publication import TIME, ProtectedTable, PublicTable, Published
from kimwerk.reporting.disclosure.tables import Key
from kimwerk.reporting.public.kinship import identity_by
from kimwerk.reporting.public.tables import ROOT

FLOWS: Mapping[str, tuple[str, str]] = {"cases_open": ("cases_opened", "cases_closed")}
"""Stocks of the catalogue, with the figure that counts who came and the one that counts who went.

They are the only ones: other stocks of the catalogue count kindergartens, which are nobody, or posts, which are not
published as counts, or nothing that a flow of the catalogue adds to or takes from.
"""

Emptiness = Callable[[str, date], bool]
"""Whether a stock was empty before a day: then nobody needs an earlier edition to know where it began."""


def told_by_balance(
    protected: Sequence[ProtectedTable], earlier: Sequence[Published], organisation: int, was_empty: Emptiness
) -> set[int]:
    """The places of those tables among `protected` without which no balance tells what another table hides."""
    new = [Published(each.table, each.hidden) for each in protected]
    everything, told = [*earlier, *new], set[int]()
    for stock, (came, went) in FLOWS.items():
        of = [identity_by(figure(key), organisation) for key in (stock, came, went)]
        stocks, coming, going = (_of(everything, identity) for identity in of)
        begun = {each.table.window.start for each in (*coming, *going)}
        nothing = [_nothing(each, day) for day in begun if was_empty(stock, day) for each in stocks]
        for one, other in product((*stocks, *nothing), stocks):
            between = _between(one.table, other.table)
            flows = [_over(flow, between, other.table) for flow in (coming, going)] if between else []
            if flows and all(flows) and any(_hides(each, other.table) for each in (one, other, *flows[0], *flows[1])):
                told |= _last_of((other, one, *flows[1], *flows[0]), new)
    return told


def _nothing(stock: Published, before: date) -> Published:
    """The stock in the breakdown of this one, as it was before anybody came."""
    return Published(replace(stock.table, window=Period(before - ONE_DAY, before), counts={}), frozenset())


def _of(everything: Iterable[Published], identity: str) -> list[Published]:
    return [each for each in everything if each.table.figure == identity]


def _between(one: PublicTable, other: PublicTable) -> Period | None:
    """The days between two reference dates of the same breakdown; None where nothing can be subtracted."""
    alike = (_names(one), dict(one.only)) == (_names(other), dict(other.only))
    is_later = one.window.end < other.window.end
    return Period(one.window.end, other.window.end) if alike and is_later else None


def _over(flows: Iterable[Published], between: Period, stock: PublicTable) -> list[Published]:
    """The tables of a flow that tell those days, in a breakdown at least as fine."""
    return [
        each
        for each in flows
        if each.table.window.overlaps(between)
        and _names(each.table) >= _names(stock)
        and dict(each.table.only) == dict(stock.only)
    ]


def _hides(published: Published, stock: PublicTable) -> bool:
    """Whether it hides a number of the breakdown of the stock: with everything else summed up."""
    shown = [(each.name in _names(stock) or each.name == TIME) for each in published.table.dimensions]
    return any(_is_margin(key, shown) for key in published.hidden)


def _is_margin(key: Key, shown: Sequence[bool]) -> bool:
    return all(is_shown or node == ROOT for node, is_shown in zip(key, shown, strict=True))


def _names(table: PublicTable) -> frozenset[str]:
    return frozenset(each.name for each in table.dimensions if each.name != TIME)


def _last_of(tables: Iterable[Published], new: Sequence[Published]) -> set[int]:
    """The first of these that is not public yet: it can still be left out."""
    places = (place for each in tables for place, mine in enumerate(new) if mine is each)
    return {place for place in [next(places, None)] if place is not None}

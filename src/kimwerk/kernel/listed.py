"""A long list that is counted and read piece by piece, and never whole unless somebody goes through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, overload

Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)
Line = TypeVar("Line")


class Findable(Protocol[Found_co]):
    """What a database has found, in an order: counted and cut without reading the rest."""

    def count(self) -> int:
        """How many there are."""

    def __getitem__(self, place: slice, /) -> Iterable[Found_co]:
        """Those at these places."""


class Lines(Sequence[Line], Generic[Found, Line]):
    """The lines of what was found. `show` makes those of one piece together, so that a piece costs the same queries."""

    def __init__(self, found: Findable[Found], show: Callable[[Iterable[Found]], Iterable[Line]]) -> None:
        self._found = found
        self._show = show

    def __len__(self) -> int:
        return self._found.count()

    def __iter__(self) -> Iterator[Line]:
        return iter(self._show(self._found[0:]))

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, int):
            return self[place : place + 1][0]
        return tuple(self._show(self._found[place]))

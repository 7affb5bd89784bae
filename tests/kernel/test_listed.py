"""A long list is counted and read piece by piece."""

from __future__ import annotations

from collections.abc import Iterable

from kimwerk.kernel.listed import Lines


class Shelf:
    """Ten numbers that remember what was taken of them."""

    def __init__(self) -> None:
        self.taken: list[slice] = []

    def count(self) -> int:
        return 10

    def __getitem__(self, place: slice, /) -> Iterable[int]:
        self.taken.append(place)
        return range(10)[place]


def test_a_piece_is_made_of_what_stands_there_and_nothing_else_is_read() -> None:
    shelf = Shelf()
    lines = Lines(shelf, lambda found: [f"Zeile {number}" for number in found])
    assert len(lines) == 10
    assert lines[3:5] == ("Zeile 3", "Zeile 4")
    assert lines[9] == "Zeile 9"
    assert shelf.taken == [slice(3, 5), slice(9, 10)]


def test_whoever_goes_through_the_whole_list_reads_it_at_once() -> None:
    shelf = Shelf()
    assert list(Lines(shelf, lambda found: found)) == list(range(10))
    assert shelf.taken == [slice(0, None)]

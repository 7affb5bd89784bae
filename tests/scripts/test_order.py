"""In which order the files of the tests are begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.long_files import LONG_FILES, turn_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("file", LONG_FILES)
def test_a_file_that_is_begun_early_is_there(file: str) -> None:
    assert (ROOT / file).is_file()


def test_the_long_files_come_first_then_the_journeys_and_the_rest_stays_as_it_was_shuffled() -> None:
    shuffled = ["tests/ui/test_b.py::x", "tests/journeys/test_b.py::x", "tests/ui/test_a.py::x", f"{LONG_FILES[1]}::x"]
    shuffled += ["tests/journeys/test_a.py::x", f"{LONG_FILES[0]}::x"]
    assert sorted(shuffled, key=turn_of) == [
        f"{LONG_FILES[0]}::x",
        f"{LONG_FILES[1]}::x",
        "tests/journeys/test_b.py::x",
        "tests/journeys/test_a.py::x",
        "tests/ui/test_b.py::x",
        "tests/ui/test_a.py::x",
    ]


def test_the_tests_of_a_run_stand_in_that_order(request: pytest.FixtureRequest) -> None:
    turns = [turn_of(item.nodeid) for item in request.session.items]
    assert turns == sorted(turns)

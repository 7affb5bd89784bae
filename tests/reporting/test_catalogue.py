"""The catalogue of figures: every key once, every figure with all it owes its readers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from kimwerk.access.actors import Actor
from kimwerk.kernel.figures import Figure
from kimwerk.reporting.catalogue import DuplicateFigure, UnknownFigure, collected, figure, figures
from kimwerk.reporting.wording import UNITS


def test_two_figures_cannot_share_a_key() -> None:
    one = figures()[0]
    with pytest.raises(DuplicateFigure, match=one.key):
        collected((one,), (replace(one, title="another"),))


def test_a_figure_is_found_by_its_key() -> None:
    assert all(figure(each.key) is each for each in figures())


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(UnknownFigure):
        figure("no_such_figure")


@pytest.mark.parametrize("declared", figures(), ids=lambda declared: declared.key)
def test_a_figure_says_what_it_counts_among_what_and_in_which_unit(declared: Figure[Actor]) -> None:
    assert str(declared.title).strip()
    assert str(declared.counts).endswith(".")
    assert str(declared.population).endswith(".")
    assert declared.unit in UNITS
    assert reverse(declared.rows)


@pytest.mark.parametrize("declared", figures(), ids=lambda declared: declared.key)
def test_the_usual_breakdown_is_one_that_the_figure_has(declared: Figure[Actor]) -> None:
    assert len(declared.by) <= 2
    assert all(declared.dimension(key).key == key for key in declared.by)


def test_a_part_is_of_another_figure_that_is_not_in_turn_a_part_of_it() -> None:
    for declared in figures():
        above = declared
        for _step in figures():
            if not above.part_of:
                break
            above = figure(above.part_of)
        assert not above.part_of, declared.key


def test_figures_of_one_definition_are_parts_of_the_same() -> None:
    wholes: dict[tuple[str, str, str], str] = {}
    for declared in figures():
        definition = (str(declared.counts), str(declared.population), declared.unit.value)
        assert wholes.setdefault(definition, declared.part_of) == declared.part_of, declared.key

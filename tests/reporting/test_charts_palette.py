"""Twelve looks that stay apart in greyscale, for colour-blind people, and on both grounds."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import pytest

from kimwerk.kernel.figures import MISSING, Member
from kimwerk.reporting.charts.palette import HEAT, NOT_RECORDED, PLAIN, SLOTS, Paint, Pattern, paint_of

STYLE = (files("kimwerk.reporting") / "static" / "reporting" / "charts.css").read_text()
RULE = re.compile(
    r"(?P<scope>[^\n{}]*)\.chart-(?P<name>[a-z]+(?:-\d+)?) "
    r"\{ --fill: (?P<fill>\S+); --edge: (?P<edge>\S+); --mark: (?P<mark>\S+); --on: (?P<on>\S+); \}"
)
LIGHT_GROUND, DARK_GROUND = "#ffffff", "#101114"
EVERY = (*SLOTS, PLAIN, NOT_RECORDED, *HEAT)

# Vienot, Brettel and Mollon 1999: linear RGB as people without long, middle or short wave cones see it.
COLOUR_BLIND = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "tritan": ((1.0, 0.14461, -0.14461), (0.0, 0.85924, 0.14076), (0.0, 0.85924, 0.14076)),
}


def looks(scope: str) -> dict[str, Paint]:
    """The looks that the style sheet gives within a scope."""
    pattern = {paint.name: paint.pattern for paint in EVERY}
    found = [match for match in RULE.finditer(STYLE) if match["scope"].strip() == scope]
    return {m["name"]: Paint(m["name"], pattern[m["name"]], m["fill"], m["edge"], m["mark"], m["on"]) for m in found}


LIGHT = looks("")
DARK = looks('[data-kern-theme="dark"]')
THEMES = pytest.mark.parametrize(
    ("theme", "ground"), [(LIGHT, LIGHT_GROUND), (DARK, DARK_GROUND)], ids=["light", "dark"]
)


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def luminance(rgb: tuple[float, ...]) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), rgb, strict=True))


def lightness(rgb: tuple[float, ...]) -> float:
    return 116 * max(luminance(rgb), 0.0) ** (1 / 3) - 16


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(linear(one)), luminance(linear(other))))
    return (lighter + 0.05) / (darker + 0.05)


def test_paper_and_the_light_screen_have_the_same_colours() -> None:
    assert {paint.name: paint for paint in EVERY} == LIGHT


def test_the_dark_screen_has_every_look_in_both_of_its_scopes() -> None:
    assert set(DARK) == set(LIGHT)
    assert looks(':root:not([data-kern-theme="light"])') == DARK


@THEMES
def test_looks_of_one_pattern_differ_in_lightness_even_for_colour_blind_eyes(
    theme: dict[str, Paint], ground: str
) -> None:
    seen = {"grey": lambda rgb: rgb} | {
        name: lambda rgb, rows=rows: tuple(sum(a * b for a, b in zip(row, rgb, strict=True)) for row in rows)
        for name, rows in COLOUR_BLIND.items()
    }
    slots = [theme[paint.name] for paint in SLOTS]
    for one, other in combinations(slots, 2):
        if one.pattern is other.pattern:
            differences = [
                abs(lightness(see(linear(one.fill))) - lightness(see(linear(other.fill)))) for see in seen.values()
            ]
            assert differences[0] > 13.5, (one, other)
            assert min(differences) > 6, (one, other)


@THEMES
def test_edges_stand_out_from_the_ground_and_texts_from_their_fill(theme: dict[str, Paint], ground: str) -> None:
    for paint in theme.values():
        assert contrast(paint.on, paint.fill) >= 4.5, paint
        if not paint.name.startswith("heat"):
            assert contrast(paint.edge, ground) >= 3, paint


@THEMES
def test_patterns_can_be_seen_on_their_fill(theme: dict[str, Paint], ground: str) -> None:
    for paint in theme.values():
        assert paint.pattern is Pattern.SOLID or contrast(paint.mark, paint.fill) >= 1.9, paint


@THEMES
def test_a_matrix_moves_steadily_away_from_the_ground(theme: dict[str, Paint], ground: str) -> None:
    steps = [contrast(theme[paint.name].fill, ground) for paint in HEAT]
    assert steps == sorted(steps)
    assert len(set(steps)) == len(steps)


def test_hatching_is_kept_for_what_is_missing() -> None:
    assert {paint.pattern for paint in SLOTS} == {Pattern.SOLID, Pattern.LINES, Pattern.DOTS}
    assert NOT_RECORDED.pattern is Pattern.HATCH
    assert paint_of(Member(MISSING, "nicht erfasst", 3)) is NOT_RECORDED


def test_a_member_without_a_slot_is_plain_or_goes_by_position() -> None:
    assert paint_of(Member("a", "A")) is PLAIN
    assert paint_of(Member("a", "A"), 14) is SLOTS[2]
    assert paint_of(Member("a", "A", 5), 1) is SLOTS[5]

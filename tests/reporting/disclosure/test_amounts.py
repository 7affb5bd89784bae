"""No contributor can estimate another from published amounts and its own contribution."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kimwerk.reporting.disclosure.amounts import amounts_of
from kimwerk.reporting.disclosure.audit import Attacker
from kimwerk.reporting.disclosure.engine import protect
from kimwerk.reporting.disclosure.tables import Dimension, Key

PLACES = Dimension("place", {"all": ("east", "west"), "east": ("a", "b"), "west": ("c", "d")})
KINDS = Dimension("kind", {"all": ("k0", "k1", "k2")})
LEAVES = [(place, kind) for place in "abcd" for kind in ("k0", "k1", "k2")]
CONTRIBUTORS = ("Caritas", "AWO", "Diakonie", "Verein")
gifts = st.dictionaries(st.sampled_from(CONTRIBUTORS), st.integers(1, 400_000), max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(LEAVES, gifts)), st.sampled_from([5, 10, 30]))
def test_the_second_largest_estimates_the_largest_no_nearer_than_the_rule(
    contributions: dict[Key, dict[str, int]], percent: int
) -> None:
    table, task = amounts_of([PLACES, KINDS], contributions, percent)
    protection = protect(task, 0.05)
    attacker = Attacker(table.structure, protection.suppressed, task.lowest)
    for cell, key in enumerate(table.keys):
        given_here = sorted((sum(part) for part in _given(contributions, key)), reverse=True)
        if not given_here:
            continue
        largest, second = (*given_here, 0)[:2]
        highest = attacker.interval(cell)[1] if cell in protection.suppressed else table.structure.values[cell]
        assert highest - second >= largest * (1 + percent / 100) - 1e-3, key


def _given(contributions: dict[Key, dict[str, int]], key: Key) -> list[list[int]]:
    """What each contributor gave to the leaves below, looked up and not summed by the engine."""
    places = {"all": "abcd", "east": "ab", "west": "cd"}.get(key[0], key[0])
    kinds = {"all": ("k0", "k1", "k2")}.get(key[1], (key[1],))
    found = [
        [contributions[place, kind][who] for place in places for kind in kinds if who in contributions[place, kind]]
        for who in CONTRIBUTORS
    ]
    return [parts for parts in found if parts]


def test_one_who_gave_to_several_leaves_is_one_contributor_of_their_sum() -> None:
    """Two of three leaves are one association's: the sum is dominated though no leaf gives more than half of it."""
    contributions = {("a", "k0"): {"AWO": 500}, ("a", "k1"): {"AWO": 480}, ("a", "k2"): {"Verein": 30, "Caritas": 20}}
    table, task = amounts_of([PLACES, KINDS], contributions, 10)
    assert task.levels[table.keys.index(("a", "all"))] == 980 + 30 + 98

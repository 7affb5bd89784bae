"""Every figure there is, collected from the rooms that count. A key stands for one figure only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kimwerk.access.actors import Actor
from kimwerk.activities import figures as diary
from kimwerk.activities import land_figures as land
from kimwerk.arrivals import figures as arrivals
from kimwerk.casework import figures as casework
from kimwerk.casework import land_figures as land_cases
from kimwerk.casework import referral_figures as referrals
from kimwerk.early_language import figures as early_language
from kimwerk.events import figures as events
from kimwerk.events import partner_figures as partners
from kimwerk.finance import figures as finance
from kimwerk.kernel.figures import Figure
from kimwerk.needs import figures as needs
from kimwerk.network import figures as network
from kimwerk.staffing import figures as staffing
from kimwerk.steering import figures as steering
from kimwerk.steering import goal_figures as goals
from kimwerk.surveys import figures as surveys


class DuplicateFigure(ValueError):
    """Two figures claim the same key; nobody could tell which one is meant."""


class UnknownFigure(LookupError):
    """There is no figure of that key."""


def collected(*rooms: Iterable[Figure[Actor]]) -> Mapping[str, Figure[Actor]]:
    """The figures of all rooms by key, in the order of the rooms. DuplicateFigure if a key comes twice."""
    found: dict[str, Figure[Actor]] = {}
    for figure in (figure for room in rooms for figure in room):
        if figure.key in found:
            raise DuplicateFigure(figure.key)
        found[figure.key] = figure
    return found


_CATALOGUE = collected(
    diary.FIGURES,
    land.FIGURES,
    casework.FIGURES,
    land_cases.FIGURES,
    referrals.FIGURES,
    arrivals.FIGURES,
    events.FIGURES,
    steering.FIGURES,
    goals.FIGURES,
    partners.FIGURES,
    needs.FIGURES,
    surveys.FIGURES,
    early_language.FIGURES,
    network.FIGURES,
    staffing.FIGURES,
    finance.FIGURES,
)


def figures() -> tuple[Figure[Actor], ...]:
    """All figures."""
    return tuple(_CATALOGUE.values())


def figure(key: str) -> Figure[Actor]:
    """The figure of that key, or UnknownFigure."""
    try:
        return _CATALOGUE[key]
    except KeyError:
        raise UnknownFigure(key) from None

"""How interruptions of a series are said."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kimwerk.kernel import german
from kimwerk.reporting.selectors.breaks import Interruption


def broken_members(interruptions: Iterable[Interruption]) -> frozenset[tuple[str, str]]:
    """The members whose numbers on both sides do not mean the same, successors among them."""
    pairs = ((each.dimension, key) for each in interruptions for key in (each.key, each.successor) if key)
    return frozenset(pairs)


def interruption_text(each: Interruption) -> str:
    """What ended or began when, and that its numbers cannot be compared."""
    words = {"label": each.label, "successor": each.successor_label}
    if each.ended and each.successor_label:
        words["day"] = german.day(each.ended)
        return (
            _(
                'Break: "%(label)s" held until %(day)s and was merged into "%(successor)s". '
                "Numbers of both before and after are not the same and are not compared."
            )
            % words
        )
    if each.ended:
        words["day"] = german.day(each.ended)
        return _('Break: "%(label)s" held until %(day)s.') % words
    words["day"] = german.day(each.began) if each.began else ""
    return _('Break: "%(label)s" holds since %(day)s.') % words

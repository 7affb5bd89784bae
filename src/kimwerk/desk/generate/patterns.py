"""What an entry can look like: a few thousand drafts, from which the database draws millions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from kimwerk.activities.models import Category
from kimwerk.desk.demo.county import County, Weights, the_county
from kimwerk.desk.demo.drafts import Entry, draft_entry, pick_one

PATTERNS = 4096
"""How many drafts an epoch has; a power of two, so that a few bits of a hash choose one."""

BEFORE, AFTER = 0, 1
"""The epochs: until and from the day on which the first people from Ukraine came."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Everything of an entry but who, where and when."""

    epoch: int
    number: int
    kind_id: int
    channel_id: int | None
    topics: list[int]
    target_groups: list[int]
    legal_circles: list[int]
    partners: int
    target: int
    partner: int
    minutes: int | None
    referral_target_id: int | None
    has_place: bool
    has_site: bool
    days: int


def build_patterns(seed: int) -> list[Pattern]:
    """The drafts of both epochs, drawn as the synthetic county's are."""
    county = the_county()
    keys = {(row[0], row[1]): row[2] for row in Category.objects.values_list("category_list", "code", "pk")}
    chance = Random(f"patterns/{seed}")  # noqa: S311  # invents data, keeps no secret
    usual = county.recent.kinds["case_manager"]
    surge = {"erfassung-ukraine": 12, "erstberatung-ukraine": 12}
    return [
        _pattern(county, chance, keys, epoch, number, kinds)
        for epoch, kinds in ((BEFORE, _without_ukraine(county, usual)), (AFTER, {**usual, **surge}))
        for number in range(PATTERNS)
    ]


def _without_ukraine(county: County, kinds: Weights) -> Weights:
    return {code: weight for code, weight in kinds.items() if not county.kinds[code].ukraine}


def _pattern(
    county: County, chance: Random, keys: Mapping[tuple[str, str], int], epoch: int, number: int, kinds: Weights
) -> Pattern:
    kind = county.kinds[pick_one(chance, kinds)]
    draft = draft_entry(county, chance, kind=kind, day=date(2022, 3, 8), person=county.case_managers[0])
    return Pattern(
        epoch=epoch,
        number=number,
        kind_id=keys["kind", draft.kind],
        channel_id=keys["channel", draft.channel] if draft.channel else None,
        topics=sorted(keys["topic", code] for code in draft.topics),
        target_groups=sorted(keys["target_group", code] for code in draft.target_groups),
        legal_circles=sorted(keys["legal_circle", code] for code in draft.legal_circles),
        partners=min(len(draft.partners), 3),
        target=draft.target + (_many(chance) if kind.weigh[0] else 0),
        partner=draft.partner + (_many(chance) if kind.weigh[1] else 0),
        minutes=draft.minutes,
        referral_target_id=keys["referral_target", draft.referral_target] if draft.referral_target else None,
        has_place=draft.municipality is not None,
        has_site=draft.municipality is not None and not _is_forgotten(county, chance),
        days=_days(draft),
    )


def _many(chance: Random) -> int:
    """Mostly none or one more, sometimes a whole room."""
    return min(int(chance.paretovariate(1.3)) - 1, 60)


def _is_forgotten(county: County, chance: Random) -> bool:
    return chance.randrange(100) < county.missing["site"]


def _days(draft: Entry) -> int:
    return 1 if draft.last_day is None else (draft.last_day - draft.day).days + 1

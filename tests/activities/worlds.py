"""Small random diaries, and a way of counting them that is too plain to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from hypothesis import strategies as st

from kimwerk.activities.models import Activity
from tests.cast import Cast, as_owner

KINDS = ("erstgespraech", "verweisberatung", "workshop", "arbeitskreis")
LISTS = {
    "topic": ("wohnen", "arbeit"),
    "target_group": ("ukraine", "alleinerziehende"),
    "legal_circle": ("sgb-ii",),
    "partner": ("Jobcenter Rhein-Sieg", "Kreis Kleve"),
}
PLACES = ("Hennef (Sieg)", "Siegburg", "Troisdorf")
SITES = {"Hennef (Sieg)": "Rathaus Hennef", "Siegburg": "Rathaus Siegburg"}
PEOPLE = {"Rhein-Sieg-Kreis": ("frieda", "mehmet"), "Stadt Troisdorf": ("tomasz",), "Kreis Kleve": ("klaus", "klara")}
FIRST, LAST = date(2021, 12, 1), date(2022, 5, 31)
MISSING = ""


@dataclass(frozen=True)
class Entry:
    """One entry in words. Empty texts and tuples are what was not recorded."""

    organisation: str
    staff: str
    day: date
    kind: str
    channel: str
    municipality: str
    site: str
    topic: tuple[str, ...]
    target_group: tuple[str, ...]
    legal_circle: tuple[str, ...]
    partner: tuple[str, ...]
    referral_target: str
    target: int
    partners: int
    minutes: int | None
    is_removed: bool

    def members(self, key: str) -> set[str]:
        """In which members of a dimension it stands."""
        if key == "month":
            return {f"{self.day:%Y-%m}"}
        if key == "week":
            year, week, _ = self.day.isocalendar()
            return {f"{year}-W{week:02}"}
        if key == "quarter":
            return {f"{self.day.year}-Q{(self.day.month + 2) // 3}"}
        if key == "year":
            return {str(self.day.year)}
        if key == "weekday":
            return {str(self.day.isoweekday())}
        value: str | tuple[str, ...] = getattr(self, key)
        return {value} if isinstance(value, str) else set(value) or {MISSING}


DIMENSIONS = (
    "kind", "channel", "municipality", "site", "topic", "target_group", "legal_circle", "partner", "referral_target",
    "month", "week", "quarter", "year", "weekday",
)  # fmt: skip


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """One entry, with gaps wherever the diary allows them."""
    organisation = draw(st.sampled_from(sorted(PEOPLE)))
    kind = draw(st.sampled_from(KINDS))
    municipality = draw(st.sampled_from((*PLACES, MISSING)))
    site = draw(st.sampled_from((SITES.get(municipality, MISSING), MISSING)))
    is_referral = kind == "verweisberatung"
    lists = {key: tuple(draw(st.lists(st.sampled_from(codes), max_size=3))) for key, codes in LISTS.items()}
    return Entry(
        organisation=organisation,
        staff=draw(st.sampled_from(PEOPLE[organisation])),
        day=FIRST + timedelta(days=draw(st.integers(0, (LAST - FIRST).days))),
        kind=kind,
        channel=draw(st.sampled_from(("vor-ort", "telefon", MISSING))),
        municipality=municipality,
        site=site,
        referral_target=draw(st.sampled_from(("behoerden", "mbe", MISSING))) if is_referral else MISSING,
        target=draw(st.integers(0, 40)),
        partners=draw(st.integers(0, 5)),
        minutes=draw(st.one_of(st.none(), st.integers(0, 300))),
        is_removed=draw(st.integers(0, 9)) == 0,
        **lists,
    )


def write(cast: Cast, written: list[Entry]) -> None:
    """Put the entries into the diary."""

    def ids(key: str, codes: tuple[str, ...]) -> list[int]:
        return [cast.organisations[c] if key == "partner" else cast.categories[c] for c in codes]

    with as_owner():
        Activity.objects.bulk_create(
            Activity(
                organisation_id=cast.organisations[e.organisation],
                day=e.day,
                kind_id=cast.categories[e.kind],
                channel_id=cast.categories.get(e.channel),
                municipality_id=cast.municipalities.get(e.municipality),
                site_id=cast.sites.get(e.site),
                done_by_id=cast.accounts[e.staff],
                entered_by_id=cast.accounts[e.staff],
                topics=ids("topic", e.topic),
                target_groups=ids("target_group", e.target_group),
                legal_circles=ids("legal_circle", e.legal_circle),
                partners=ids("partner", e.partner),
                referral_target_id=cast.categories.get(e.referral_target),
                participants_target=e.target,
                participants_partner=e.partners,
                minutes=e.minutes,
                removed_at="2022-06-01T00:00Z" if e.is_removed else None,
                removed_by_id=cast.accounts[e.staff] if e.is_removed else None,
            )
            for e in written
        )


def plain_count(
    written: list[Entry], first: date, after: date, by: tuple[str, ...], only: Mapping[str, tuple[str, ...]]
) -> tuple[Counter[tuple[str, ...]], int]:
    """Cells and total, counted one by one. A chosen member also limits what its own axis shows."""
    cells: Counter[tuple[str, ...]] = Counter()
    total = 0
    for entry in written:
        if entry.is_removed or not first <= entry.day < after:
            continue
        if any(not entry.members(key) & set(chosen) for key, chosen in only.items()):
            continue
        total += 1
        for combination in product(*(_shown(entry, key, only) for key in by)):
            cells[combination] += 1
    return cells, total


def _shown(entry: Entry, key: str, only: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    return iter(sorted(entry.members(key) & set(only[key]) if key in only else entry.members(key)))

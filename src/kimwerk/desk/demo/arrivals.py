"""The surge of spring 2022 in the synthetic county: families on lists, registered by the errands of the room."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import NotRequired, TypedDict
from uuid import UUID

from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.activities.types import CategoryList
from kimwerk.arrivals.importing.fields import plan_from_json
from kimwerk.arrivals.models import ListContract, Occasion, Registration
from kimwerk.arrivals.services import (
    OccasionFacts,
    accept_contract,
    check_rows,
    fetch_rows,
    open_occasion,
    publish_contract,
    register_family,
    release_rows,
)
from kimwerk.arrivals.services.importing.checking import check_list
from kimwerk.arrivals.services.importing.reading import read_list, save_plan
from kimwerk.arrivals.services.importing.running import upload_list
from kimwerk.arrivals.types import ContractFacts, FamilyFacts, MemberFacts, OfficeKind, SharedFacts
from kimwerk.consent.models import Purpose, StatutoryBasis
from kimwerk.desk.demo.casework import acting_as
from kimwerk.desk.demo.ground import Ground
from kimwerk.directory.models import Municipality
from kimwerk.persons.types import Sex

FIRST_MONDAY = date(2022, 2, 28)


class Double(TypedDict):
    """Somebody who is registered a second time in another spelling."""

    family: str
    given: str
    swaps: bool


class Need(TypedDict):
    """What an office says that it needs of the lists."""

    officer: str
    kind: str
    purpose: str
    law: str
    reason: str
    columns: list[str]
    has_fetched: NotRequired[bool]


class KeptList(TypedDict):
    """A list that somebody kept in a spreadsheet, line by line as it was saved."""

    brought_by: str
    municipality: str
    file_name: str
    lines: list[str]


class Surge(TypedDict):
    """The data file."""

    name: str
    begins_on: date
    nationality: str
    kind: str
    opened_by: str
    families: list[int]
    released_until: date
    checked_until: date
    municipalities: list[str]
    clerks: list[str]
    streets: list[str]
    hosts: list[str]
    family_names: list[list[str]]
    women: list[list[str]]
    men: list[list[str]]
    girls: list[list[str]]
    boys: list[list[str]]
    doubles: list[Double]
    offices: list[Need]
    kept_list: KeptList


@dataclass(frozen=True, slots=True)
class Arrival:
    """A family and the day on which somebody registers it."""

    day: date
    clerk: str
    facts: FamilyFacts


def load_arrivals(ground: Ground, seed: int) -> None:
    """Open the occasion, register its families as of then, and check and release the first weeks."""
    surge = the_surge()
    _agree(ground, surge)
    with acting_as(ground, surge["opened_by"]) as actor:
        facts = OccasionFacts(ground.organisations["rsk"], surge["name"], surge["begins_on"], surge["nationality"])
        occasion = open_occasion(actor=actor, facts=facts)
    for arrival in _arrivals(surge, seed):
        with acting_as(ground, arrival.clerk) as actor:
            register_family(actor=actor, occasion=occasion, facts=arrival.facts)
        at = timezone.make_aware(datetime.combine(arrival.day, time(10)))
        Registration.objects.filter(family=arrival.facts.key).update(registered_at=at)
    with acting_as(ground, surge["opened_by"]) as actor:
        rows = Registration.objects.visible_to(actor).filter(occasion=occasion)
        early = rows.filter(registered_at__date__lte=surge["checked_until"])
        check_rows(actor=actor, rows=early.values_list("pk", flat=True))
        first = rows.filter(registered_at__date__lte=surge["released_until"])
        release_rows(actor=actor, rows=first.values_list("pk", flat=True))
    for need in surge["offices"]:
        if need.get("has_fetched"):
            with acting_as(ground, need["officer"]) as actor:
                fetch_rows(actor=actor, contract=ListContract.objects.received_by(actor).get(), occasion=occasion)
    with acting_as(ground, surge["kept_list"]["brought_by"]) as actor:
        _bring_in(actor, occasion, surge["kept_list"])
    # The diary of the demo has the work of that spring already; from now on it arises by itself.
    kind = ground.categories[CategoryList.KIND.value, surge["kind"]]
    Occasion.objects.filter(pk=occasion.pk).update(activity_kind=kind, hold_back_days=1)


def _bring_in(actor: Actor, occasion: Occasion, kept: KeptList) -> None:
    """A list that an accommodation kept, read and checked; some rows need a hand, and nobody of it is registered."""
    content = "\r\n".join(kept["lines"]).encode()
    brought = upload_list(actor=actor, occasion=occasion, file_name=kept["file_name"], pieces=[content])
    read_list(actor=actor, pk=brought.pk)
    brought.refresh_from_db()
    place = Municipality.objects.get(ags=kept["municipality"]).pk
    save_plan(actor=actor, pk=brought.pk, plan=replace(plan_from_json(brought.plan), municipality_id=place))
    check_list(actor=actor, pk=brought.pk)


def _agree(ground: Ground, surge: Surge) -> None:
    """Let the offices publish what they need, and put it into force as of the beginning of the occasion."""
    for need in surge["offices"]:
        with acting_as(ground, need["officer"]) as actor:
            facts = ContractFacts(
                organisation_id=ground.organisations["rsk"],
                recipient_id=actor.grants[0].organisation_id,
                kind=OfficeKind(need["kind"]),
                columns=frozenset(need["columns"]),
                purpose_id=Purpose.objects.get(code=need["purpose"]).pk,
                statutory_basis_id=StatutoryBasis.objects.get(code=need["law"]).pk,
                reason=need["reason"],
            )
            published = publish_contract(actor=actor, facts=facts)
        with acting_as(ground, surge["opened_by"]) as actor:
            accept_contract(actor=actor, contract=published, valid_from=timezone.localdate())
    at = timezone.make_aware(datetime.combine(surge["begins_on"], time(9)))
    ListContract.objects.update(published_at=at, accepted_at=at, valid_from=surge["begins_on"])


def the_surge() -> Surge:
    """The data file, read."""
    text = files("kimwerk.desk.demo").joinpath("arrivals.toml").read_text(encoding="utf-8")
    surge: Surge = tomllib.loads(text)  # type: ignore[assignment]  # the file is ours, and the demo's test reads it
    return surge


def _arrivals(surge: Surge, seed: int) -> Iterator[Arrival]:
    chance = Random(seed)  # noqa: S311  # the demo is the same every time, and holds no secret
    towns = {place.ags: place for place in Municipality.objects.filter(ags__in=surge["municipalities"])}
    made: list[Arrival] = []
    for week, count in enumerate(surge["families"]):
        for _ in range(count):
            town = towns[surge["municipalities"][len(made) % len(towns)]]
            day = FIRST_MONDAY + timedelta(weeks=week, days=chance.randrange(5))
            made.append(
                Arrival(day, surge["clerks"][len(made) % len(surge["clerks"])], _family(chance, surge, town, day))
            )
    for number, double in enumerate(surge["doubles"]):
        made.append(_again(chance, made[number * 3 + 2], double, towns[surge["municipalities"][number]]))
    yield from sorted(made, key=lambda each: each.day)


def _family(chance: Random, surge: Surge, town: Municipality, day: date) -> FamilyFacts:
    name = chance.choice(surge["family_names"])
    arrived = day - timedelta(days=chance.randrange(1, 6))
    members = [_member(name, chance.choice(surge["women"]), Sex.FEMALE, _born(chance, 24, 60))]
    if chance.random() < 0.2:
        members.append(_member(name, chance.choice(surge["men"]), Sex.MALE, _born(chance, 60, 78)))
    children = [(each, Sex.FEMALE) for each in surge["girls"]] + [(each, Sex.MALE) for each in surge["boys"]]
    for given, sex in chance.sample(children, chance.choice((0, 1, 1, 2, 2, 3))):
        born = _born(chance, 1, 17)
        child = _member(name, given, sex, born)
        age = (arrived - born).days // 365
        members.append(replace(child, needs_school=6 <= age < 18, needs_childcare=age < 6))
    shared = SharedFacts(
        municipality_id=town.pk,
        arrived_on=arrived,
        street=f"{chance.choice(surge['streets'])} {chance.randrange(1, 90)}",
        town=town.name,
        host=chance.choice(surge["hosts"]),
        phone=f"02241 000{chance.randrange(100, 999)}",
    )
    return FamilyFacts(UUID(int=chance.getrandbits(128), version=4), shared, tuple(members))


def _again(chance: Random, known: Arrival, double: Double, town: Municipality) -> Arrival:
    """The first member of a known family, a week later in another town and in another spelling."""
    first = known.facts.members[0]
    born = first.birth_date
    if double["swaps"] and born and born.day <= 12:
        born = date(born.year, born.day, born.month)
    member = replace(first, family_name=double["family"], given_names=double["given"], birth_date=born)
    shared = replace(known.facts.shared, municipality_id=town.pk, town=town.name)
    key = UUID(int=chance.getrandbits(128), version=4)
    return Arrival(known.day + timedelta(days=7), known.clerk, FamilyFacts(key, shared, (member,)))


def _member(family: list[str], given: list[str], sex: Sex, born: date) -> MemberFacts:
    return MemberFacts(family[0], given[0], family[1], given[1], sex, born, "166")


def _born(chance: Random, youngest: int, oldest: int) -> date:
    return date(2022 - chance.randrange(youngest, oldest), chance.randrange(1, 13), chance.randrange(1, 13))

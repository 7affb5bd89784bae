"""The errand: data of any size in the database of the synthetic county."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from kimwerk.access.walls import maintenance
from kimwerk.accounts.models import Account
from kimwerk.activities.figures import count_months_ahead
from kimwerk.activities.services.loading import load_categories
from kimwerk.audit.services import record_maintenance
from kimwerk.casework.figures import count_contacts_ahead
from kimwerk.desk.generate.bare import bare
from kimwerk.desk.generate.caseload import insert_caseload
from kimwerk.desk.generate.money import insert_plans
from kimwerk.desk.generate.patterns import build_patterns
from kimwerk.desk.generate.rows import DIARY, insert_rows
from kimwerk.desk.generate.steering import insert_steering
from kimwerk.desk.generate.surge import REGISTRATION, insert_surge
from kimwerk.desk.generate.world import EVERYWHERE, build_world
from kimwerk.directory.models import Installation
from kimwerk.directory.services import load_municipalities
from kimwerk.persons.services.counting import count_common_keys

NAME = "Messung (synthetisch)"
LEAST_MANAGERS = 15
"""So many case managers has a body at least where there are cases."""


class NotSynthetic(Exception):
    """The database belongs to a real installation, whose name is the argument; nothing was changed."""


class GeneratedAlready(Exception):
    """There is generated data already; make another database for more."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many of what there are to be; contacts bring their own diary entries, `posts` each body's cost plan."""

    activities: int = 0
    persons: int = 0
    cases: int = 0
    contacts: int = 0
    posts: int = 0
    registrations: int = 0
    meetings: int = 0
    resolutions: int = 0
    needs: int = 0
    encounters: int = 0


def generate(*, size: Size, seed: int, years: int, municipalities: int, last: date) -> None:
    """Add so much of the years before `last`, of so many municipalities, to a synthetic database.

    With persons, each body has at least fifteen case managers. Runs as the owner role. Foreign keys
    and indexes are built anew after the rows: nobody else can use the tables meanwhile.
    """
    existing = Installation.objects.first()
    if existing is not None and not existing.is_synthetic:
        raise NotSynthetic(existing.name)
    if Account.objects.filter(email=EVERYWHERE).exists():
        raise GeneratedAlready
    first = last - timedelta(days=round(365.25 * years))
    with maintenance():
        if existing is None:
            Installation.objects.create(name=NAME, is_synthetic=True, seed=seed)
        load_municipalities()
        load_categories()
        least = LEAST_MANAGERS if size.persons else 0
        desks = build_world(seed=seed, first=first, municipalities=municipalities, least=least)
        patterns = build_patterns(seed)
        if size.activities:
            with bare(DIARY):
                insert_rows(seed=seed, count=size.activities, first=first, last=last, desks=desks, patterns=patterns)
            _mark_months()
            record_maintenance(action="diary.generated", subject_type=DIARY, amount=size.activities)
        if size.persons:
            insert_caseload(
                seed=seed,
                persons=size.persons,
                cases=min(size.cases, size.persons),
                contacts=size.contacts,
                first=first,
                last=last,
                desks=desks,
                patterns=patterns,
            )
            record_maintenance(action="caseload.generated", subject_type="persons_person", amount=size.persons)
        if size.registrations:
            insert_surge(seed=seed, count=size.registrations, last=last, desks=desks)
            record_maintenance(action="surge.generated", subject_type=REGISTRATION, amount=size.registrations)
        if size.persons or size.registrations:
            count_common_keys()
        if size.meetings:
            insert_steering(
                meetings=size.meetings,
                resolutions=size.resolutions,
                needs=size.needs,
                encounters=size.encounters,
                first=first,
                last=last,
            )
            record_maintenance(action="steering.generated", subject_type="steering_meeting", amount=size.meetings)
        if size.posts:
            made = insert_plans(first=first, posts=size.posts)
            record_maintenance(action="plans.generated", subject_type="finance_costplan", amount=made)


def _mark_months() -> None:
    """What the trigger would have marked: every month with entries is to be counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into activities_stalemonth (organisation_id, month)"
            f" select distinct organisation_id, date_trunc('month', day)::date from {DIARY}"
        )


def count_ahead() -> None:
    """Count all months that wait for it."""
    for count in (count_months_ahead, count_contacts_ahead):
        while count():
            pass


def tidy() -> None:
    """Give the planner its statistics. Outside of any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")

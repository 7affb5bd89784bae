"""The errand: data of any size in the database of the synthetic county."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from kimwerk.access.walls import maintenance
from kimwerk.accounts.models import Account
from kimwerk.activities.figures import count_months_ahead
from kimwerk.activities.services.loading import load_categories
from kimwerk.audit.services import record_maintenance
from kimwerk.desk.generate.patterns import build_patterns
from kimwerk.desk.generate.rows import DIARY, bare_diary, insert_rows
from kimwerk.desk.generate.world import EVERYWHERE, build_world
from kimwerk.directory.models import Installation
from kimwerk.directory.services import load_municipalities

NAME = "Messung (synthetisch)"


class NotSynthetic(Exception):
    """The database belongs to a real installation, whose name is the argument; nothing was changed."""


class GeneratedAlready(Exception):
    """There is generated data already; make another database for more."""


def generate(*, activities: int, seed: int, years: int, municipalities: int, last: date) -> None:
    """Add so many diary entries of the years before `last`, of so many municipalities, to a synthetic database.

    Runs as the owner role. Foreign keys and indexes are built anew after the rows: nobody else can
    use the diary meanwhile.
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
        desks = build_world(seed=seed, first=first, municipalities=municipalities)
        patterns = build_patterns(seed)
        with bare_diary():
            insert_rows(seed=seed, count=activities, first=first, last=last, desks=desks, patterns=patterns)
        _mark_months()
        record_maintenance(action="diary.generated", subject_type=DIARY, amount=activities)


def _mark_months() -> None:
    """What the trigger would have marked: every month with entries is to be counted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into activities_stalemonth (organisation_id, month)"
            f" select distinct organisation_id, date_trunc('month', day)::date from {DIARY}"
        )


def count_ahead() -> None:
    """Count all months that wait for it."""
    while count_months_ahead():
        pass


def tidy() -> None:
    """Give the planner its statistics. Outside of any transaction."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")

"""Committees, needs, events and network of every body, in one statement a table.

PostgreSQL makes the rows from running numbers; equal numbers give equal rows.
"""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from django.db import connection

from kimwerk.access.roles import Role
from kimwerk.accounts.models import Membership
from kimwerk.desk.generate.bare import bare
from kimwerk.desk.generate.world import EVERYWHERE

COMMITTEES = 4
SEATS = 10
ITEMS = 6
GAPS = 60
MEASURES = 20
MEETINGS_AN_EVENT = 2
ENCOUNTERS_AN_OFFER = 25
PARTNERS = 60

TABLES = (
    "steering_committee", "steering_seat", "steering_term", "steering_meeting", "steering_agendaitem",
    "steering_attendance", "steering_resolution", "steering_resolutiontext", "steering_task", "steering_paper",
    "steering_paperstep", "steering_goal", "steering_measure", "steering_indicator", "steering_reading",
    "steering_planentry", "needs_gap", "needs_gapstep", "needs_need", "events_event", "events_participant",
    "network_encounter", "network_supply", "network_publication",
)  # fmt: skip


def statements() -> list[str]:
    """The statements of the file beside, each of which ends with a line."""
    text = files("kimwerk.desk.generate").joinpath("steering.sql").read_text(encoding="utf-8")
    return text.strip().removesuffix(";").split(";\n\n")


def insert_steering(*, meetings: int, resolutions: int, needs: int, encounters: int, first: date, last: date) -> None:
    """So much over all bodies that were generated; each body has its share of everything."""
    everywhere = Membership.objects.filter(account__email=EVERYWHERE)
    organisations = list(everywhere.values_list("organisation", flat=True))
    values: dict[str, int | str | date | list[int]] = {
        "role": Role.KIM_COORDINATION.value, "everywhere": everywhere.values_list("account", flat=True)[0],
        "organisations": organisations, "bodies": len(organisations), "committees": COMMITTEES, "seats": SEATS,
        "items": ITEMS, "gaps": GAPS, "measures": MEASURES, "rare": MEETINGS_AN_EVENT, "meetings": meetings,
        "resolutions": resolutions, "needs": needs, "encounters": encounters,
        "rare_encounters": ENCOUNTERS_AN_OFFER, "partners": PARTNERS,
        "first": first, "last": last, "days": (last - first).days,
    }  # fmt: skip
    with bare(*TABLES), connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement, values)

"""Whoever opens far more files than usual waits, at whichever door of a person's pages they knock."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kimwerk.access.walls import set_actor
from kimwerk.audit.services import record_read
from kimwerk.persons.selectors import reading
from kimwerk.persons.selectors.reading import TABLE
from kimwerk.persons.usual import LEAST
from tests.attacks.access_table import TABLE as DOORS
from tests.attacks.conftest import BACKEND
from tests.attacks.world import World

ROOMS = ("persons:", "consent:", "casework:")
NOT_ABOUT_A_PERSON = {
    *("consent:text", "consent:edit_text", "consent:compare_text", "consent:text_sheet", "consent:begin_text"),
    *("consent:choices", "consent:group", "consent:recall", "casework:choices", "casework:link"),
    "casework:received",
    *("casework:hand_over", "casework:deputise"),
    *("casework:checklist_new", "casework:conference_new", "casework:referral_new"),
}
"""Doors to a single thing that tells of nobody in care, of a case by its number alone, or of what an office asks us."""


def test_no_page_about_a_person_opens_before_the_wait_is_over(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SECONDS_BETWEEN", 3600)  # knocking at all doors may itself take twenty seconds
    client.force_login(world.cast.account("frieda"), backend=BACKEND)
    set_actor(world.cast.actor("frieda").account_id)
    for number in range(LEAST + 1):
        record_read(actor=world.cast.actor("frieda"), subject_type=TABLE, subject_id=str(number))
    opened = {
        name: status
        for name in DOORS
        if name.startswith(ROOMS) and name in World.ARGUMENTS and name not in NOT_ABOUT_A_PERSON
        if (status := client.get(reverse(name, kwargs=world.arguments(name))).status_code) not in {404, 405, 429}
    }
    assert opened == {}

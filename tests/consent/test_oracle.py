"""Random grants and disclosures: what the database stores is what a plain reading of the grant allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kimwerk.access.actors import Actor
from kimwerk.consent.models import Purpose
from kimwerk.consent.selectors import covering_grant
from kimwerk.consent.services import withdraw
from kimwerk.consent.types import Direction
from kimwerk.kernel.data_categories import DataCategory
from tests.cast import Cast
from tests.consent.consents import COUNTY, JOBCENTER, allow, grant_facts
from tests.persons.people import register

ActAs = Callable[[Actor], Actor]
OFFICES = (JOBCENTER, "Stadt Troisdorf")
PURPOSES = ("referral", "work")
CATEGORIES = (DataCategory.IDENTITY, DataCategory.CONTACT, DataCategory.HEALTH)


@dataclass(frozen=True)
class Allowed:
    """A grant, in days counted from today."""

    office: str
    purpose: str
    categories: frozenset[DataCategory]
    direction: Direction
    begins: int
    lasts: int
    is_withdrawn: bool


@dataclass(frozen=True)
class Wanted:
    """A disclosure that somebody tries."""

    office: str
    purpose: str
    categories: frozenset[DataCategory]


SOME = st.frozensets(st.sampled_from(CATEGORIES), min_size=1)
ALLOWED = st.builds(
    Allowed,
    st.sampled_from(OFFICES),
    st.sampled_from(PURPOSES),
    SOME,
    st.sampled_from(Direction),
    st.integers(-3, 1),
    st.integers(0, 4),
    st.booleans(),
)
WANTED = st.builds(Wanted, st.sampled_from(OFFICES), st.sampled_from(PURPOSES), SOME)


def covers(allowed: Allowed, wanted: Wanted) -> bool:
    """The oracle: what one reads on the paper."""
    return (
        not allowed.is_withdrawn
        and allowed.office == wanted.office
        and allowed.purpose == wanted.purpose
        and wanted.categories <= allowed.categories
        and allowed.direction is not Direction.FROM
        and allowed.begins <= 0 <= allowed.begins + allowed.lasts
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(allowed=ALLOWED, wanted=WANTED)
def test_the_database_stores_exactly_what_the_paper_allows(
    cast: Cast, act_as: ActAs, allowed: Allowed, wanted: Wanted
) -> None:
    with transaction.atomic():
        frieda, today = act_as(cast.actor("frieda")), timezone.localdate()
        person = register(cast, frieda)
        first = today + timedelta(days=allowed.begins)
        facts = grant_facts(
            cast,
            allowed.office,
            purpose=allowed.purpose,
            categories=allowed.categories,
            direction=allowed.direction,
            valid_from=first,
            valid_until=first + timedelta(days=allowed.lasts),
        )
        grant = allow(cast, frieda, person.pk, facts).grants.get()
        if allowed.is_withdrawn:
            withdraw(actor=frieda, grant=grant)
        found = covering_grant(
            person.pk,
            recipient_id=cast.organisations[wanted.office],
            purpose=wanted.purpose,
            categories=wanted.categories,
        )
        assert (found == grant) is covers(allowed, wanted)
        assert stored(cast, person.pk, grant.pk, wanted) is covers(allowed, wanted)
        transaction.set_rollback(True)


def stored(cast: Cast, person: int, grant: int, wanted: Wanted) -> bool:
    """Try it in SQL, as the web role."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "insert into consent_disclosure (person_id, organisation_id, recipient_id, purpose_id, categories,"
                " grant_id, basis_reason, content_hash, disclosed_at, disclosed_by_id)"
                " values (%s, %s, %s, %s, %s, %s, '', 'x', now(), %s)",
                [
                    *(person, cast.organisations[COUNTY], cast.organisations[wanted.office]),
                    *(Purpose.objects.get(code=wanted.purpose).pk, sorted(wanted.categories), grant),
                    cast.accounts["frieda"],
                ],
            )
    except DatabaseError:
        return False
    return True

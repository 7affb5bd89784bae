"""Registration lists of every body: a surge as the room itself would have written it, with what rows are found by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from kimwerk.access.roles import Role
from kimwerk.arrivals.matching import compared
from kimwerk.arrivals.models import ListContract, Occasion
from kimwerk.arrivals.rules import findings_of
from kimwerk.arrivals.types import COLUMNS, Finding, MemberFacts, OfficeKind, RegistrationState, SharedFacts
from kimwerk.consent.models import Purpose, StatutoryBasis
from kimwerk.desk.generate.bare import bare
from kimwerk.desk.generate.newcomers import Newcomer, Newcomers
from kimwerk.desk.generate.world import Desk, Staff
from kimwerk.directory.models import Municipality
from kimwerk.kernel.names import sort_key
from kimwerk.persons.identity import identity_numbers

NAME = "Ankunft (Messung)"
OFFICE = "stelle"
"""The accounts of the receiving offices are called so, with the number of the body that keeps the lists."""

DAYS = 180
SHARE_OF_THE_LARGEST = 0.2
"""One body has a fifth of all, so that there is a list as long as any that has to be handed out."""

CHECKED_FROM, REGISTERED_FROM = 0.6, 0.8
"""The first part of the rows is released, the next one checked, the last as it was registered."""

REGISTRATION = "arrivals_registration"
TABLES = (REGISTRATION, "persons_identity")
MEMBER = tuple(each.name for each in fields(MemberFacts))
SHARED = tuple(each.name for each in fields(SharedFacts))
WRITTEN = (
    "id", "occasion_id", "organisation_id", "family", "place_in_family", *MEMBER, *SHARED, "sort_key", "state",
    "findings", "accepted_findings", "match_keys", "version", "registered_at", "registered_by_id", "checked_at",
    "checked_by_id", "released_at", "released_by_id", "source_key", "source_digest",
)  # fmt: skip
NUMBERED = """
insert into persons_identity (subject, subject_id, organisation_id, municipality_id, keys)
select 'registration', id, organisation_id, municipality_id, match_keys from arrivals_registration where id > %s
"""


@dataclass(frozen=True, slots=True)
class Home:
    """Who keeps a list: the occasion, and the account that checks its rows."""

    occasion: Occasion
    checked_by: int


def insert_surge(*, seed: int, count: int, last: date, desks: Sequence[Desk]) -> None:
    """Insert so many registrations of the half year before `last`, within the running transaction."""
    begins_on = last - timedelta(days=DAYS)
    homes = _homes(desks, begins_on)
    _agree(homes, desks, begins_on)
    names = dict(Municipality.objects.values_list("pk", "name"))
    with bare(*TABLES), connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from arrivals_registration")
        base: int = cursor.fetchone()[0]
        with cursor.copy(f"copy arrivals_registration ({', '.join(WRITTEN)}) from stdin") as copy:
            for row in _rows(_Plan(seed, count, base, begins_on, last), homes, desks, names):
                copy.write_row(row)
        cursor.execute(NUMBERED, [base])
        cursor.execute("select setval(pg_get_serial_sequence('arrivals_registration', 'id'), %s)", [base + count])
        cursor.execute("select arrivals_count_anew(), arrivals_search.fill()")


def _homes(desks: Sequence[Desk], begins_on: date) -> Mapping[int, Home]:
    """An occasion at each body, opened by whoever coordinates there alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select m.organisation_id, m.account_id from accounts_membership m"
            " join accounts_account a on a.id = m.account_id where m.role = %s and a.email like 'kim-%%'",
            [Role.KIM_COORDINATION.value],
        )
        coordination: dict[int, int] = dict(cursor.fetchall())
    made = Occasion.objects.bulk_create(
        Occasion(
            organisation_id=organisation,
            name=NAME,
            begins_on=begins_on,
            nationality="166",
            opened_by_id=coordination[organisation],
        )
        for organisation in sorted({desk.organisation_id for desk in desks})
    )
    return {each.organisation_id: Home(each, coordination[each.organisation_id]) for each in made}


def _agree(homes: Mapping[int, Home], desks: Sequence[Desk], begins_on: date) -> None:
    """The foreigners' authority of each body may have every column, so that every column is collected."""
    offices = {desk.organisation_id: desk.partner_ids[0] for desk in desks}
    staff = Staff()
    for organisation, office in offices.items():
        staff.hold(f"{OFFICE}-{organisation}", f"Stelle {organisation}", Role.PARTNER_OFFICE, office)
    officers = staff.write(begins_on)
    at = timezone.make_aware(datetime.combine(begins_on, time(9)))
    contracts = ListContract.objects.bulk_create(
        ListContract(
            organisation_id=organisation,
            recipient_id=office,
            kind=OfficeKind.FOREIGNERS_AUTHORITY.value,
            number=1,
            columns=list(COLUMNS),
            purpose=Purpose.objects.get(code="foreigners_authority"),
            statutory_basis=StatutoryBasis.objects.get(code="residence_duty"),
            reason="Messung",
            published_by_id=next(pk for email, pk in officers.items() if email.startswith(f"{OFFICE}-{organisation}@")),
            accepted_at=at,
            accepted_by_id=homes[organisation].checked_by,
            valid_from=begins_on,
        )
        for organisation, office in offices.items()
    )
    ListContract.objects.filter(pk__in=[each.pk for each in contracts]).update(published_at=at)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How many rows there are to be, from which number on, in which days."""

    seed: int
    count: int
    base: int
    begins_on: date
    last: date

    def day(self, number: int) -> date:
        """The day on which the row of this number is registered: many at first, ever fewer later."""
        return self.begins_on + timedelta(days=int((self.last - self.begins_on).days * (number / self.count) ** 1.5))


def _rows(
    plan: _Plan, homes: Mapping[int, Home], desks: Sequence[Desk], names: Mapping[int, str]
) -> Iterator[tuple[object, ...]]:
    """As they are copied into the table: nothing may be asked of the database meanwhile."""
    chance = Random(f"surge/{plan.seed}")  # noqa: S311  # invents data, keeps no secret
    chosen = iter(chance.choices(desks, _weights(desks), k=plan.count))
    newcomers, number = Newcomers(plan.seed), 0
    while number < plan.count:
        desk, day = next(chosen), plan.day(number)
        arrived = day - timedelta(days=chance.randrange(1, 20))
        town = names[desk.municipality_id]
        found = newcomers.family(desk.organisation_id, desk.municipality_id, town, arrived)
        at = timezone.make_aware(datetime.combine(day, time(8)) + timedelta(seconds=chance.randrange(8 * 3600)))
        for place, _member in enumerate(found.facts.members[: plan.count - number]):
            number += 1
            progress = _progress(number / plan.count, at, homes[desk.organisation_id].checked_by)
            yield _row(plan.base + number, homes[desk.organisation_id].occasion, found, place, town, at, desk, progress)


def _weights(desks: Sequence[Desk]) -> list[float]:
    """The share of each desk; the body with most municipalities has its fifth."""
    places: dict[int, set[int]] = {}
    for desk in desks:
        places.setdefault(desk.organisation_id, set()).add(desk.municipality_id)
    largest = max(places, key=lambda organisation: (len(places[organisation]), -organisation))
    theirs = sum(desk.weight for desk in desks if desk.organisation_id == largest)
    others = sum(desk.weight for desk in desks) - theirs
    shares = {True: SHARE_OF_THE_LARGEST / theirs, False: (1 - SHARE_OF_THE_LARGEST) / (others or 1)}
    return [desk.weight * shares[desk.organisation_id == largest] for desk in desks]


@dataclass(frozen=True, slots=True)
class _Progress:
    """How far a row has come."""

    state: RegistrationState
    checked_at: datetime | None = None
    checked_by: int | None = None
    released_at: datetime | None = None
    released_by: int | None = None


REGISTERED = _Progress(RegistrationState.REGISTERED)


def _progress(share: float, at: datetime, by: int) -> _Progress:
    if share >= REGISTERED_FROM:
        return REGISTERED
    checked = at + timedelta(days=2)
    if share >= CHECKED_FROM:
        return _Progress(RegistrationState.CHECKED, checked, by)
    return _Progress(RegistrationState.RELEASED, checked, by, checked + timedelta(days=1), by)


def _row(
    pk: int, occasion: Occasion, found: Newcomer, place: int, town: str, at: datetime, desk: Desk, progress: _Progress
) -> tuple[object, ...]:
    """A row as the errand of the room writes it; what a rule notices is not checked yet."""
    facts, member = found.facts, found.facts.members[place]
    noticed = findings_of(member, facts.shared, family=facts.members, place=town, begins_on=occasion.begins_on)
    findings = (Finding.DUPLICATE, *noticed) if found.is_double else noticed
    progress = REGISTERED if findings else progress
    keys = identity_numbers(compared(member, desk.municipality_id))
    return (
        pk, occasion.pk, desk.organisation_id, facts.key, place + 1, *astuple(member), *astuple(facts.shared),
        sort_key(f"{member.family_name} {member.given_names}"), progress.state.value,
        f"{{{','.join(each.value for each in findings)}}}", "{}", f"{{{','.join(map(str, keys))}}}", 1, at,
        desk.account_id, progress.checked_at, progress.checked_by, progress.released_at, progress.released_by, "", "",
    )  # fmt: skip

"""The lists: occasions with their numbers, rows by filter, families, versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.arrivals.models import DeliveredRow, Occasion, Registration, RegistrationVersion
from kimwerk.arrivals.types import AWAITING_CHECK, Finding, MemberFacts, RegistrationState, RowFilter, SharedFacts
from kimwerk.kernel.names import sort_key
from kimwerk.persons.types import Sex


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many rows there are, and how many wait for whom."""

    all: int
    awaiting: int
    checked: int
    released: int


def numbers_of(actor: Actor, occasion: Occasion) -> Mapping[int, Numbers]:
    """The numbers of an occasion by municipality."""
    waiting = Q(state__in=[state.value for state in AWAITING_CHECK])
    found = (
        Registration.objects.visible_to(actor)
        .counting()
        .filter(occasion=occasion)
        .values("municipality")
        .annotate(
            all=Count("pk"),
            awaiting=Count("pk", filter=waiting),
            checked=Count("pk", filter=Q(state="checked")),
            released=Count("pk", filter=Q(state="released")),
        )
        .order_by()
    )
    return {
        each["municipality"]: Numbers(each["all"], each["awaiting"], each["checked"], each["released"])
        for each in found
    }


@dataclass(frozen=True, slots=True)
class Ready:
    """Rows about which nothing is open: to be checked, to be released, and checked but held back for some days."""

    to_check: int
    to_release: int
    held_back: int


def ready_of(actor: Actor, occasion: Occasion) -> Ready:
    """How many rows of an occasion the actor could move on, counted in one walk."""
    found = Registration.objects.checked_by(actor).counting().without_findings().filter(occasion=occasion)
    due = timezone.now() - timedelta(days=occasion.hold_back_days)
    checked = Q(state=RegistrationState.CHECKED.value)
    counted: dict[str, int] = found.aggregate(
        to_check=Count("pk", filter=Q(state__in=[state.value for state in AWAITING_CHECK])),
        to_release=Count("pk", filter=checked & Q(checked_at__lte=due)),
        held_back=Count("pk", filter=checked & Q(checked_at__gt=due)),
    )
    return Ready(**counted)


def rows_of(actor: Actor, occasion: Occasion, wanted: RowFilter) -> QuerySet[Registration]:
    """The rows of an occasion that match, in the order of the list."""
    found = Registration.objects.visible_to(actor).counting().filter(occasion=occasion)
    if wanted.municipality_id:
        found = found.filter(municipality=wanted.municipality_id)
    if wanted.state:
        found = found.filter(state=wanted.state.value)
    if wanted.finding:
        found = found.with_finding(wanted.finding)
    if wanted.name:
        typed = wanted.name.strip()
        found = found.filter(
            Q(sort_key__contains=sort_key(typed) or typed)
            | Q(original_family__icontains=typed)
            | Q(original_given__icontains=typed)
        )
    return found.select_related("municipality").in_order()


def queues_of(actor: Actor, occasion: Occasion) -> Mapping[Finding, int]:
    """How many rows wait with which finding."""
    waiting = Registration.objects.visible_to(actor).awaiting_check().filter(occasion=occasion)
    alike = waiting.exclude(findings=[]).order_by().values_list("findings", "accepted_findings").annotate(Count("pk"))
    counted: Counter[Finding] = Counter()
    for findings, accepted, rows in alike:
        counted.update({Finding(each): rows for each in set(findings) - set(accepted)})
    return {finding: counted[finding] for finding in Finding if counted[finding]}


def family_of(actor: Actor, row: Registration) -> tuple[Registration, ...]:
    """Everybody who was registered together with the row, itself included, by age."""
    found = Registration.objects.visible_to(actor).filter(family=row.family)
    return tuple(found.select_related("municipality").in_order())


def rows_of_family(actor: Actor, key: UUID) -> tuple[Registration, ...]:
    """What was registered under this key, in the order of the form."""
    return tuple(Registration.objects.visible_to(actor).filter(family=key).order_by("place_in_family"))


def was_fetched(row: Registration) -> bool:
    """Whether any office has had the row."""
    return DeliveredRow.objects.filter(registration=row).exists()


def versions_of(actor: Actor, row: Registration) -> tuple[RegistrationVersion, ...]:
    """What the row said before its corrections, the latest first."""
    found = RegistrationVersion.objects.visible_to(actor).filter(registration=row)
    return tuple(found.select_related("written_by").order_by("-number"))


def member_facts(row: Registration) -> MemberFacts:
    """What the row says about the person."""
    return MemberFacts(
        family_name=row.family_name,
        given_names=row.given_names,
        original_family=row.original_family,
        original_given=row.original_given,
        sex=Sex(row.sex),
        birth_date=row.birth_date,
        nationality=row.nationality,
        needs_school=row.needs_school,
        needs_childcare=row.needs_childcare,
        is_health_urgent=row.is_health_urgent,
        guardian=row.guardian,
    )


def shared_facts(row: Registration) -> SharedFacts:
    """What the row says about where the person lives and since when."""
    return SharedFacts(
        municipality_id=row.municipality_id,
        arrived_on=row.arrived_on,
        street=row.street,
        postcode=row.postcode,
        town=row.town,
        host=row.host,
        phone=row.phone,
    )

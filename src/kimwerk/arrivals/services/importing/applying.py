"""Bringing checked rows onto the list: in one transaction, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.activities.selectors.settings import settings_of
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.uploads.running import move, take_over
from kimwerk.arrivals.models import ListImport, Occasion
from kimwerk.arrivals.services.importing.running import APPLY, held, order
from kimwerk.arrivals.services.importing.staging import reconsider
from kimwerk.arrivals.services.refusals import OccasionClosed
from kimwerk.audit.services import record

S = TallyState


@dataclass(frozen=True, slots=True)
class ChangeShare:
    """How many of the rows that a file and the list have in common it would change."""

    changed: int
    known: int
    by_hand: int
    asks: bool

    @property
    def percent(self) -> int:
        """Changed rows in a hundred of those that the list has."""
        return round(self.changed * 100 / self.known) if self.known else 0


class ConfirmationNeeded(Exception):
    """The import would change more than the organisation lets pass without asking."""


def change_share(brought: ListImport) -> ChangeShare:
    """What the import would change, by its counts, beside what the organisation lets pass."""
    settings = settings_of(brought.organisation_id)
    changed = brought.counts.get(Verdict.CHANGED.value, 0)
    known = changed + brought.counts.get(Verdict.UNCHANGED.value, 0)
    asks = changed >= settings.change_rows and changed * 100 > settings.change_share * known
    return ChangeShare(changed, known, brought.counts.get("by_hand", 0), asks)


@transaction.atomic
def order_applying(*, actor: Actor, pk: int, is_confirmed: bool = False) -> ListImport:
    """Have the checked rows brought onto the list. Raises ConfirmationNeeded, OccasionClosed."""
    brought = held(actor, pk, {S.CHECKED})
    if is_confirmed and not brought.is_change_confirmed:
        brought.is_change_confirmed = True
        brought.save(update_fields=["is_change_confirmed"])
        record(actor=actor, action="list.changes_confirmed", subject=brought, amount=change_share(brought).changed)
    _must_be_open(brought)
    if change_share(brought).asks and not brought.is_change_confirmed:
        raise ConfirmationNeeded
    brought = take_over(brought, S.APPLYING)
    order(APPLY, actor, brought)
    return brought


def apply_list(*, actor: Actor, pk: int) -> None:
    """Write the checked rows onto the list, all or nothing.

    Imports for one occasion wait for each other, and each decides anew against what the one before has brought.
    Where that asks for a confirmation, the import is checked as before, with the numbers of now.
    """
    with acting(actor):
        brought = held(actor, pk, {S.CHECKED, S.APPLYING})
        _must_be_open(brought)
        wait_for_others(brought)
        reconsider(brought)
        if change_share(brought).asks and not brought.is_change_confirmed:
            move(brought, S.CHECKED, "counts")
            return
        brought.applied_at = timezone.now()
        asked = {
            "list": brought.pk,
            "occasion": brought.occasion_id,
            "actor": actor.account_id,
            "at": brought.applied_at,
        }
        with connection.cursor() as cursor:
            for statement in (KEEP_BEFORE, KEEP_VERSIONS, CHANGE, FAMILIES, KNOW_FAMILIES, CREATE):
                cursor.execute(statement, asked)
            written = cursor.rowcount
            cursor.execute(NAME_CREATED, asked)
            cursor.execute("drop table list_family")
        move(brought, S.APPLIED, "counts", "applied_at")
        amount = written + brought.counts[Verdict.CHANGED.value]
        record(actor=actor, action="list.applied", subject=brought, amount=max(amount, 1))


def _must_be_open(brought: ListImport) -> None:
    if not Occasion.objects.open_on(timezone.localdate()).filter(pk=brought.occasion_id).exists():
        raise OccasionClosed


def wait_for_others(brought: ListImport) -> None:
    """One import at a time for an occasion, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('arrivals_list'), %s)", [brought.occasion_id])


MEMBER = (
    "family_name, given_names, original_family, original_given, sort_key, sex, birth_date, nationality, needs_school,"
    " needs_childcare, is_health_urgent, guardian"
)
FACTS = f"municipality_id, {MEMBER}, arrived_on, street, postcode, town, host, phone"
_DRAFT = f"""(select r.id, r.number, r.family_row, r.registration_id, r.verdict, r.findings, r.match_keys, r.source_key,
  r.source_digest, d.* from arrivals_listrow r cross join lateral jsonb_to_record(r.draft) as d(municipality_id bigint,
  family_name text, given_names text, original_family text, original_given text, sort_key text, sex text,
  birth_date date, nationality text, needs_school boolean, needs_childcare boolean, is_health_urgent boolean,
  guardian text, arrived_on date, street text, postcode text, town text, host text, phone text)
  where r.list_import_id = %(list)s and r.verdict in ('{Verdict.CREATED}', '{Verdict.CHANGED}'))"""

KEEP_BEFORE = f"""
update arrivals_listrow r set before = to_jsonb(a) from arrivals_registration a
where r.list_import_id = %(list)s and r.verdict = '{Verdict.CHANGED}' and a.id = r.registration_id"""

_AS_THEY_ARE = frozenset({"municipality_id", "needs_school", "needs_childcare", "is_health_urgent"})
_VERSION = ", ".join(
    f"'{name}', a.{name}" if name in _AS_THEY_ARE else f"'{name}', coalesce(a.{name}::text, '')"
    for name in FACTS.split(", ")
    if name != "sort_key"
)
KEEP_VERSIONS = f"""
insert into arrivals_registrationversion (registration_id, number, facts, written_at, written_by_id)
select a.id, a.version, jsonb_build_object({_VERSION}), coalesce(a.changed_at, a.registered_at),
  coalesce(a.changed_by_id, a.registered_by_id)
from arrivals_listrow r join arrivals_registration a on a.id = r.registration_id
where r.list_import_id = %(list)s and r.before is not null"""

CHANGE = f"""
update arrivals_registration a set ({FACTS}, match_keys, findings, accepted_findings, source_digest, state, version,
  changed_at, changed_by_id) = ({", ".join(f"d.{name}" for name in FACTS.split(", "))}, d.match_keys, d.findings,
  array(select unnest(a.accepted_findings) intersect select unnest(d.findings)), d.source_digest,
  case when a.state in ('checked', 'released') then 'corrected' else a.state end, a.version + 1, %(at)s, %(actor)s)
from {_DRAFT} d where d.verdict = '{Verdict.CHANGED}' and a.id = d.registration_id"""

FAMILIES = """
create temporary table list_family as
select f.family_row, coalesce(f.family, gen_random_uuid()) as family,
  coalesce((select max(a.place_in_family) from arrivals_registration a where a.family = f.family), 0) as taken
from (
  select r.family_row, (array_agg(a.family order by r.number) filter (where a.id is not null))[1] as family
  from arrivals_listrow r left join arrivals_registration a on a.id = r.registration_id
  where r.list_import_id = %(list)s and r.family_row is not null group by r.family_row
) f"""

KNOW_FAMILIES = "alter table list_family add primary key (family_row); analyze list_family"
"""Without numbers about it the planner would walk the whole table for every row."""

CREATE = f"""
insert into arrivals_registration (occasion_id, organisation_id, family, place_in_family, {FACTS}, state, findings,
  accepted_findings, match_keys, version, registered_at, registered_by_id, list_import_id, source_key, source_digest)
select %(occasion)s, i.organisation_id, f.family,
  f.taken + row_number() over (partition by d.family_row order by d.number),
  {", ".join(f"d.{name}" for name in FACTS.split(", "))}, 'registered', d.findings, '{{}}', d.match_keys, 1, %(at)s,
  %(actor)s, i.id, d.source_key, d.source_digest
from {_DRAFT} d join list_family f on f.family_row = d.family_row
join arrivals_listimport i on i.id = %(list)s
where d.verdict = '{Verdict.CREATED}' order by d.number"""

NAME_CREATED = f"""
update arrivals_listrow r set registration_id = a.id from arrivals_registration a
where r.list_import_id = %(list)s and r.verdict = '{Verdict.CREATED}'
  and a.occasion_id = %(occasion)s and a.source_key = r.source_key and a.source_key <> ''"""

"""Multiplies desks and patterns into diary entries, inside the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from random import Random

from django.db import connection

from kimwerk.desk.generate.patterns import AFTER, BEFORE, PATTERNS, Pattern
from kimwerk.desk.generate.world import Desk

SLOTS = 65536
"""Desks fill so many slots by weight; sixteen bits of a hash choose one."""

DIARY = "activities_activity"

ROWS = f"""
insert into {DIARY} (organisation_id, day, last_day, kind_id, channel_id, municipality_id, site_id, done_by_id,
  topics, target_groups, legal_circles, partners, participants_target, participants_partner, minutes,
  referral_target_id, note, source_key, source_digest, version, entered_at, entered_by_id)
select s.organisation_id, d.day, case when p.days > 1 then d.day + p.days - 1 end, p.kind_id, p.channel_id,
  case when p.has_place then s.municipality_id end, case when p.has_site then s.site_id end, s.account_id,
  p.topics, p.target_groups, p.legal_circles, s.partner_ids[1:p.partners], p.target, p.partner, p.minutes,
  p.referral_target_id, '', '', '', 1,
  (d.day + interval '15 hours' + (d.h & 8191) * interval '1 second') at time zone 'UTC', s.account_id
from (
  select hashint8extended(i::bigint, %(seed)s) as h,
    work.day - greatest(extract(isodow from work.day)::int - 5, 0) as day
  from generate_series(1, %(count)s) i
  cross join lateral (
    select %(first)s::date + (power((i - 0.5) / %(count)s, 0.7) * %(days)s)::int as day) work
  offset 0
) d
join generated_slot s on s.slot = (d.h >> 16) & {SLOTS - 1}
join generated_pattern p on p.number = (d.h >> 34) & {PATTERNS - 1}
  and p.epoch = case when d.day < date '2022-03-01' then {BEFORE} else {AFTER} end
"""
"""The hash of a row's number decides everything about it; later years have more rows than earlier ones."""

SOUND = """
select
  (select count(*) from (
      select distinct 'topic' as list, unnest(topics) as id from generated_pattern
      union select 'target_group', unnest(target_groups) from generated_pattern
      union select 'legal_circle', unnest(legal_circles) from generated_pattern
      union select 'kind', kind_id from generated_pattern
      union select 'channel', channel_id from generated_pattern where channel_id is not null
      union select 'referral_target', referral_target_id from generated_pattern where referral_target_id is not null
    ) used left join activities_category c on c.id = used.id and c.category_list = used.list where c.id is null)
  + (select count(*) from (select distinct kind_id from generated_pattern where referral_target_id is not null) u
    join activities_category c on c.id = u.kind_id where not c.is_referral)
  + (select count(*) from (select distinct unnest(partner_ids) as id from generated_slot) u
    left join directory_organisation o on o.id = u.id where o.id is null)
  + (select count(*) from generated_slot s join directory_site t on t.id = s.site_id
    where t.municipality_id <> s.municipality_id)
"""
"""Counts what the diary's own trigger would refuse, over the few rows from which all others are made."""


class Unsound(Exception):
    """What was to be generated breaks a rule of the diary; nothing was kept."""


def insert_rows(
    *, seed: int, count: int, first: date, last: date, desks: Sequence[Desk], patterns: Sequence[Pattern]
) -> None:
    """Insert so many entries from the first to the last day, within the running transaction."""
    _write_slots(seed, desks)
    write_patterns(patterns)
    values: dict[str, int | date] = {"seed": seed, "count": count, "first": first, "days": (last - first).days}
    with connection.cursor() as cursor:
        cursor.execute(SOUND)
        if cursor.fetchone() != (0,):
            raise Unsound
        cursor.execute(ROWS, values)


def _write_slots(seed: int, desks: Sequence[Desk]) -> None:
    chance = Random(f"slots/{seed}")  # noqa: S311  # invents data, keeps no secret
    chosen = chance.choices(desks, [desk.weight for desk in desks], k=SLOTS)
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table generated_slot (slot int primary key, organisation_id bigint,"
            " municipality_id bigint, site_id bigint, account_id bigint, partner_ids bigint[]) on commit drop"
        )
        with cursor.copy("copy generated_slot from stdin") as copy:
            for slot, desk in enumerate(chosen):
                place = (desk.organisation_id, desk.municipality_id, desk.site_id, desk.account_id)
                copy.write_row((slot, *place, list(desk.partner_ids)))
        cursor.execute("analyze generated_slot")


def write_patterns(patterns: Sequence[Pattern]) -> None:
    """Put the patterns into a table of the transaction, in place of earlier ones."""
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists generated_pattern")
        cursor.execute(
            "create temporary table generated_pattern (epoch int, number int, kind_id bigint, channel_id bigint,"
            " topics bigint[], target_groups bigint[], legal_circles bigint[], partners int, target int, partner int,"
            " minutes int, referral_target_id bigint, has_place bool, has_site bool, days int) on commit drop"
        )
        with cursor.copy("copy generated_pattern from stdin") as copy:
            for pattern in patterns:
                copy.write_row(astuple(pattern))
        cursor.execute("analyze generated_pattern")

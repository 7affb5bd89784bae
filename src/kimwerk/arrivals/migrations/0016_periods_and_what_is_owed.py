"""How long lists may be kept, and how many rows wait for an office: the number alone, counted by the database.

Whoever opens the day asks for that number, so only rows are hashed that moved since the last fetch under the contract.
"""

from django.db import migrations, models

OWED_SINCE = """
drop function arrivals_owed(arrivals_listcontract, bigint);
-- As before; with `since` only rows that were released or set aside after it are looked at.
create function arrivals_owed(c arrivals_listcontract, occasion bigint, since timestamptz default null)
returns table (registration_id bigint, version integer, change text, content jsonb, content_hash text)
language plpgsql stable as $$
declare
  -- Only the columns of the contract are read; their names are held to the known ones by a constraint.
  chosen text := (
    select string_agg(quote_literal(col) || ', ' || case col
      when 'municipality' then '(select m.ags from directory_municipality m where m.id = r.municipality_id)'
      else 'r.' || quote_ident(col) end, ', ' order by col)
    from unnest(c.columns) col);
begin
  return query execute format($q$
    with due as (
      select r.id, r.version, jsonb_build_object(%s) as content
      from arrivals_registration r
      where r.occasion_id = $1 and r.organisation_id = $2 and r.state = 'released' and r.merged_into_id is null
        and arrivals_is_for($3, r.birth_date, r.arrived_on, r.needs_school, r.needs_childcare)
        and ($5 is null or r.released_at > $5)),
    hashed as (
      select due.*, encode(sha256(convert_to(due.content::text, 'UTF8')), 'hex') as hash from due),
    held as (
      select d.registration_id, d.content_hash
      from arrivals_deliveredrow d
      where d.recipient_id = $4 and d.occasion_id = $1 and d.kind = $3 and d.is_current)
    select h.id, h.version::integer, case when held.registration_id is null then 'new' else 'changed' end, h.content,
      h.hash
    from hashed h left join held on held.registration_id = h.id
    where held.content_hash is distinct from h.hash
    union all
    select r.id, r.version::integer, 'withdrawn', null::jsonb, ''
    from held join arrivals_registration r on r.id = held.registration_id
    where (r.merged_into_id is not null or r.state = 'released'
        and not arrivals_is_for($3, r.birth_date, r.arrived_on, r.needs_school, r.needs_childcare))
      and ($5 is null or greatest(r.merged_at, r.released_at) > $5)
    $q$, chosen) using occasion, c.organisation_id, c.kind, c.recipient_id, since;
end $$;
"""
UNDO_OWED_SINCE = """
drop function arrivals_owed(arrivals_listcontract, bigint, timestamptz);
-- What the office has not got yet as it is now: new rows, changed ones, and those it may not keep.
create function arrivals_owed(c arrivals_listcontract, occasion bigint)
returns table (registration_id bigint, version integer, change text, content jsonb, content_hash text)
language plpgsql stable as $$
declare
  -- Only the columns of the contract are read; their names are held to the known ones by a constraint.
  chosen text := (
    select string_agg(quote_literal(col) || ', ' || case col
      when 'municipality' then '(select m.ags from directory_municipality m where m.id = r.municipality_id)'
      else 'r.' || quote_ident(col) end, ', ' order by col)
    from unnest(c.columns) col);
begin
  return query execute format($q$
    with due as (
      select r.id, r.version, jsonb_build_object(%s) as content
      from arrivals_registration r
      where r.occasion_id = $1 and r.organisation_id = $2 and r.state = 'released' and r.merged_into_id is null
        and arrivals_is_for($3, r.birth_date, r.arrived_on, r.needs_school, r.needs_childcare)),
    hashed as (
      select due.*, encode(sha256(convert_to(due.content::text, 'UTF8')), 'hex') as hash from due),
    held as (
      select d.registration_id, d.content_hash
      from arrivals_deliveredrow d
      where d.recipient_id = $4 and d.occasion_id = $1 and d.kind = $3 and d.is_current)
    select h.id, h.version::integer, case when held.registration_id is null then 'new' else 'changed' end, h.content,
      h.hash
    from hashed h left join held on held.registration_id = h.id
    where held.content_hash is distinct from h.hash
    union all
    select r.id, r.version::integer, 'withdrawn', null::jsonb, ''
    from held join arrivals_registration r on r.id = held.registration_id
    where r.merged_into_id is not null or r.state = 'released'
      and not arrivals_is_for($3, r.birth_date, r.arrived_on, r.needs_school, r.needs_childcare)
    $q$, chosen) using occasion, c.organisation_id, c.kind, c.recipient_id;
end $$;
"""
OWED_COUNT = """
create function arrivals_owed_count(contract bigint, occasion bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  today date := consent_local_day(statement_timestamp());
  c arrivals_listcontract;
  fetched arrivals_receipt;
  waiting bigint := 0;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  select * into c from arrivals_listcontract k
  where k.id = contract and k.valid_from <= today and (k.ended_on is null or k.ended_on > today)
    and k.recipient_id = any(walls.organisations('registration.receive'))
    and exists (select from arrivals_occasion o where o.id = occasion and o.organisation_id = k.organisation_id);
  if c.id is not null then
    select r.* into fetched from arrivals_receipt r join arrivals_listcontract k on k.id = r.contract_id
    where r.kind = 'fetched' and r.recipient_id = c.recipient_id and k.kind = c.kind
      and r.occasion_id = arrivals_owed_count.occasion
    order by r.id desc limit 1;
    -- An hour more, for whoever released while somebody fetched; under another contract everything may differ.
    select count(*) into waiting from arrivals_owed(
      c, occasion, case when fetched.contract_id = c.id then fetched.made_at - interval '1 hour' end);
  end if;
  perform set_config('kimwerk.maintenance', before, true);
  return waiting;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0015_noted_at")]

    operations = [
        migrations.AddConstraint(
            model_name="occasion",
            constraint=models.CheckConstraint(
                condition=models.Q(("keep_days__lte", 1095)), name="occasion_is_kept_for_days"
            ),
        ),
        migrations.RunSQL(OWED_SINCE, reverse_sql=UNDO_OWED_SINCE),
        migrations.RunSQL(OWED_COUNT, reverse_sql="drop function arrivals_owed_count(bigint, bigint)"),
    ]

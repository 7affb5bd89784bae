"""What an office may have is worked out and handed out by the database: it reads those rows and columns, and no others.

`arrivals_deliver` is the only way by which rows reach an office. It asks for the actor's right and the contract, and
then writes the rows down as they went, with the disclosure that names law and purpose, in one breath. What it calls
reads and writes nothing for the web role, whose walls hide the lists from offices.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

HELD_BACK = """
create function arrivals_hold_back() returns trigger language plpgsql as $$
begin
  -- Where the undoing of an import brings a row back as it was, it was released before.
  if arrivals_is_maintenance()
     or tg_op = 'UPDATE' and (old.state = 'released' or new.released_at = old.released_at) then
    return new;
  end if;
  if new.organisation_id <> all(walls.organisations('registration.check'))
     and walls.place(new.organisation_id, new.municipality_id) <> all(walls.places('registration.check')) then
    raise exception 'whoever checks the list releases its rows'
      using errcode = 'check_violation', constraint = 'registration_is_released_by_who_checks';
  end if;
  if new.checked_at + make_interval(days => (
       select o.hold_back_days from arrivals_occasion o where o.id = new.occasion_id)) > statement_timestamp() then
    raise exception 'the row is still held back'
      using errcode = 'check_violation', constraint = 'registration_is_held_back';
  end if;
  return new;
end $$;
create trigger hold_back before insert or update of state on arrivals_registration for each row
  when (new.state = 'released') execute function arrivals_hold_back();
"""
UNDO_HELD_BACK = """
drop trigger hold_back on arrivals_registration;
drop function arrivals_hold_back();
"""
DELIVERING = """
-- Whom an office of this kind may see at all.
create function arrivals_is_for(kind text, born date, arrived date, school boolean, childcare boolean)
returns boolean language sql immutable as $$
  select case kind
    when 'foreigners_authority' then true
    when 'school_office' then
      coalesce(date_part('year', age(arrived, born)) between case when school then 3 else 6 end and 17, school)
    when 'youth_office' then childcare and coalesce(date_part('year', age(arrived, born)) < 18, true)
    else false end
$$;

-- What the office has not got yet as it is now: new rows, changed ones, and those it may not keep.
-- With `since` only rows that were released or set aside after it are looked at.
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

create function arrivals_write_delivery(c arrivals_listcontract, occasion bigint, categories text[])
returns bigint language plpgsql as $$
declare
  receipt bigint := nextval(pg_get_serial_sequence('arrivals_receipt', 'id'));
  disclosure bigint;
  count integer;
  hash text;
begin
  perform pg_advisory_xact_lock(hashtextextended(format('deliver %s %s %s', c.recipient_id, c.kind, occasion), 0));
  insert into arrivals_deliveredrow (receipt_id, organisation_id, recipient_id, kind, occasion_id, registration_id,
    household, version, change, content, content_hash, is_current)
  select receipt, c.organisation_id, c.recipient_id, c.kind, occasion, o.registration_id,
    coalesce(o.content ->> 'family', o.registration_id::text), o.version, o.change, o.content, o.content_hash,
    o.change = 'new'
  from arrivals_owed(c, occasion) o;
  -- What is new takes nothing's place and is held at once: it is most of what is ever fetched.
  get diagnostics count = row_count;
  if count = 0 then
    return null;
  end if;
  update arrivals_deliveredrow set is_current = false
  where is_current and recipient_id = c.recipient_id and arrivals_deliveredrow.kind = c.kind and receipt_id <> receipt
    and registration_id = any(array(
      select fresh.registration_id from arrivals_deliveredrow fresh
      where fresh.receipt_id = receipt and fresh.change <> 'new'));
  update arrivals_deliveredrow set is_current = true where receipt_id = receipt and change = 'changed';
  select encode(sha256(convert_to(
      string_agg(d.registration_id || ' ' || d.change || ' ' || d.content_hash, E'\\n' order by d.registration_id),
    'UTF8')), 'hex') into hash
  from arrivals_deliveredrow d where d.receipt_id = receipt;
  insert into consent_listdisclosure (organisation_id, recipient_id, purpose_id, categories, statutory_basis_id,
    basis_reason, row_count, content_hash, disclosed_at, disclosed_by_id)
  values (c.organisation_id, c.recipient_id, c.purpose_id, arrivals_write_delivery.categories, c.statutory_basis_id,
    c.reason, count, hash, statement_timestamp(), walls.actor())
  returning id into disclosure;
  insert into arrivals_receipt (id, organisation_id, recipient_id, contract_id, occasion_id, kind, row_count,
    content_hash, disclosure_id, made_at, made_by_id)
  values (receipt, c.organisation_id, c.recipient_id, c.id, occasion, 'fetched', count, hash, disclosure,
    statement_timestamp(), walls.actor());
  return receipt;
end $$;

create function arrivals_deliver(contract bigint, occasion bigint, categories text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  today date := consent_local_day(statement_timestamp());
  c arrivals_listcontract;
  receipt bigint;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  select * into c from arrivals_listcontract k
  where k.id = contract and k.valid_from <= today and (k.ended_on is null or k.ended_on > today)
    and k.recipient_id = any(walls.organisations('registration.receive'))
    and exists (select from arrivals_occasion o where o.id = occasion and o.organisation_id = k.organisation_id);
  if c.id is null then
    raise exception 'no contract in force for this actor' using errcode = 'insufficient_privilege';
  end if;
  receipt := arrivals_write_delivery(c, occasion, categories);
  perform set_config('kimwerk.maintenance', before, true);
  return receipt;
end $$;
"""
UNDO_DELIVERING = """
drop function arrivals_deliver(bigint, bigint, text[]);
drop function arrivals_write_delivery(arrivals_listcontract, bigint, text[]);
drop function arrivals_owed(arrivals_listcontract, bigint, timestamptz);
drop function arrivals_is_for(text, date, date, boolean, boolean);
"""
OWED_COUNT = """
-- How many rows wait for an office: asked whenever a day is opened, so only what moved since the last fetch is hashed.
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
FROZEN = """
-- Receipts and what went with them are proof. Only the delivery itself notes which version of a row is held.
create function arrivals_keep_receipt() returns trigger language plpgsql as $$
begin
  if arrivals_is_maintenance() then
    return coalesce(new, old);
  end if;
  raise exception 'a receipt is never changed'
    using errcode = 'check_violation', constraint = 'receipt_is_never_changed';
end $$;
create trigger keep_receipt before update or delete on arrivals_receipt for each row
  execute function arrivals_keep_receipt();
create trigger keep_receipt before update or delete on arrivals_deliveredrow for each row
  execute function arrivals_keep_receipt();
"""
UNDO_FROZEN = """
drop trigger keep_receipt on arrivals_deliveredrow;
drop trigger keep_receipt on arrivals_receipt;
drop function arrivals_keep_receipt();
"""
RECEIVED = "recipient_id = any((select walls.organisations('registration.receive'))::bigint[])"
READ = f"{RECEIVED} or organisation_id = any((select walls.organisations('registration.check'))::bigint[])"
OCCASIONS = """
create policy arrivals_occasion_office on arrivals_occasion for select using (
  organisation_id in (
    select c.organisation_id from arrivals_listcontract c
    where c.accepted_at is not null
      and c.recipient_id = any((select walls.organisations('registration.receive'))::bigint[])));
"""
TAKEN_OUT = f"""
drop policy arrivals_receipt_insert on arrivals_receipt;
create policy arrivals_receipt_insert on arrivals_receipt for insert
  with check (kind <> 'fetched' and {RECEIVED} and made_by_id = (select walls.actor()));
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0005_receipts"), ("consent", "0007_list_disclosure_walls")]
    operations = [
        migrations.RunSQL(HELD_BACK, reverse_sql=UNDO_HELD_BACK),
        migrations.RunSQL(DELIVERING, reverse_sql=UNDO_DELIVERING),
        migrations.RunSQL(OWED_COUNT, reverse_sql="drop function arrivals_owed_count(bigint, bigint)"),
        migrations.RunSQL(FROZEN, reverse_sql=UNDO_FROZEN),
        migrations.RunSQL(OCCASIONS, reverse_sql="drop policy arrivals_occasion_office on arrivals_occasion"),
        wall("arrivals_receipt", read=READ, write="false"),
        wall("arrivals_deliveredrow", read=READ, write="false"),
        migrations.RunSQL(TAKEN_OUT, reverse_sql=migrations.RunSQL.noop),
        audited("arrivals_receipt"),
        audited("arrivals_deliveredrow"),
    ]

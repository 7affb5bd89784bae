"""What no contract in force names cannot be written into a row, and a contract says for ever what it said."""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited

COLLECTED = """
create function arrivals_is_maintenance() returns boolean language sql stable as
$$ select current_user = 'kimwerk_owner' and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on' $$;

create function arrivals_collected(organisation bigint, day date) returns text[] language sql stable as $$
  select coalesce(array_agg(distinct each), '{}')
  from arrivals_listcontract c, unnest(c.columns) each
  where c.organisation_id = organisation and c.accepted_at is not null and c.valid_from <= day
    and (c.ended_on is null or c.ended_on > day)
$$;

-- What stands in a column already may stay; nothing new comes in.
create function arrivals_collect_only_what_is_needed() returns trigger language plpgsql as $$
declare
  needed text[];
  said jsonb := to_jsonb(new);
  before jsonb := case tg_op when 'UPDATE' then to_jsonb(old) end;
  col text;
begin
  if arrivals_is_maintenance() then
    return new;
  end if;
  needed := arrivals_collected(new.organisation_id, consent_local_day(statement_timestamp()));
  foreach col in array tg_argv loop
    if col <> all(needed) and coalesce(said ->> col, '') not in ('', 'false', 'unknown')
       and (before is null or before -> col is distinct from said -> col) then
      raise exception 'no office may have %', col
        using errcode = 'check_violation', constraint = 'registration_column_is_needed';
    end if;
  end loop;
  return new;
end $$;
create trigger collect_only_what_is_needed
  before insert or update of family_name, given_names, original_family, original_given, sex, birth_date, nationality,
    needs_school, needs_childcare, is_health_urgent, guardian, street, postcode, town, host, phone
  on arrivals_registration for each row execute function arrivals_collect_only_what_is_needed(
    'family_name', 'given_names', 'original_family', 'original_given', 'sex', 'birth_date', 'nationality',
    'needs_school', 'needs_childcare', 'is_health_urgent', 'guardian', 'street', 'postcode', 'town', 'host', 'phone');
"""
UNDO_COLLECTED = """
drop trigger collect_only_what_is_needed on arrivals_registration;
drop function arrivals_collect_only_what_is_needed();
drop function arrivals_collected(bigint, date);
drop function arrivals_is_maintenance();
"""
KEPT_CONTRACTS = """
-- A version is accepted once and ended once; what it says is never changed. Before that it may be taken back.
create function arrivals_keep_contract() returns trigger language plpgsql as $$
declare
  set_once constant text[] := '{accepted_at,accepted_by_id,valid_from,ended_on}';
begin
  if arrivals_is_maintenance() or tg_op = 'DELETE' and old.accepted_at is null then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' or to_jsonb(old) - set_once is distinct from to_jsonb(new) - set_once
     or old.accepted_at is not null and (old.accepted_at, old.accepted_by_id, old.valid_from)
       is distinct from (new.accepted_at, new.accepted_by_id, new.valid_from)
     or old.ended_on is not null and old.ended_on is distinct from new.ended_on then
    raise exception 'a contract is never changed'
      using errcode = 'check_violation', constraint = 'list_contract_is_never_changed';
  end if;
  return new;
end $$;
create trigger keep_contract before update or delete on arrivals_listcontract for each row
  execute function arrivals_keep_contract();
"""
UNDO_KEPT_CONTRACTS = """
drop trigger keep_contract on arrivals_listcontract;
drop function arrivals_keep_contract();
"""
RECEIVED = "recipient_id = any((select walls.organisations('registration.receive'))::bigint[])"
READ = (
    "organisation_id = any((select walls.homes('registration.keep', 'registration.check', 'disclosure.review'))"
    f"::bigint[]) or {RECEIVED}"
)
CHECKED = "organisation_id = any((select walls.organisations('registration.check'))::bigint[])"
PUBLISHED = f"{RECEIVED} and accepted_at is null and ended_on is null"


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0003_list_contract"), ("consent", "0005_laws_of_lists")]
    operations = [
        migrations.RunSQL(COLLECTED, reverse_sql=UNDO_COLLECTED),
        migrations.RunSQL(KEPT_CONTRACTS, reverse_sql=UNDO_KEPT_CONTRACTS),
        wall("arrivals_listcontract", read=READ, write=CHECKED),
        # An office publishes its own versions and takes back what waits; whoever keeps the lists does neither.
        migrations.RunSQL(
            f"""
            drop policy arrivals_listcontract_insert on arrivals_listcontract;
            drop policy arrivals_listcontract_delete on arrivals_listcontract;
            create policy arrivals_listcontract_insert on arrivals_listcontract for insert
              with check ({PUBLISHED} and published_by_id = (select walls.actor()));
            create policy arrivals_listcontract_delete on arrivals_listcontract for delete using ({PUBLISHED});
            """,
            reverse_sql=migrations.RunSQL.noop,
        ),
        audited("arrivals_listcontract"),
    ]

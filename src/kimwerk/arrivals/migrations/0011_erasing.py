"""Erasing an occasion: every row with all that hangs on it, at the keeper and at the offices, in one breath.

What stays says nobody's name: the protocol, the receipts and disclosures with their hashes, and people counted by week,
municipality and need.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.persons.walls import formerly_kept

ERASING = """
create function arrivals_write_erasure(o arrivals_occasion) returns bigint language plpgsql as $$
declare
  versions integer;
  delivered integer;
  files integer;
  rows integer;
  erasure bigint;
begin
  insert into arrivals_erasedcount (occasion_id, organisation_id, municipality_id, monday, needs_school,
    needs_childcare, people)
  select r.occasion_id, r.organisation_id, r.municipality_id,
    date_trunc('week', consent_local_day(r.registered_at)::timestamp)::date, r.needs_school, r.needs_childcare, count(*)
  from arrivals_registration r
  where r.occasion_id = o.id and r.merged_into_id is null
  group by 1, 2, 3, 4, 5, 6;
  delete from arrivals_invitation i where i.occasion_id = o.id;
  delete from arrivals_placetaken t
  using arrivals_registration r where r.id = t.registration_id and r.occasion_id = o.id;
  delete from arrivals_placeoffer p where p.occasion_id = o.id;
  delete from arrivals_deliveredrow d where d.occasion_id = o.id;
  get diagnostics delivered = row_count;
  delete from arrivals_caretaken c
  using arrivals_registration r where r.id = c.registration_id and r.occasion_id = o.id;
  get diagnostics files = row_count;
  delete from arrivals_registrationversion v
  using arrivals_registration r where r.id = v.registration_id and r.occasion_id = o.id;
  get diagnostics versions = row_count;
  delete from arrivals_registration r where r.occasion_id = o.id;
  get diagnostics rows = row_count;
  insert into arrivals_erasure (occasion_id, organisation_id, rows, versions, delivered, became_files, erased_at,
    erased_by_id)
  values (o.id, o.organisation_id, rows, versions, delivered, files, statement_timestamp(), walls.actor())
  returning id into erasure;
  return erasure;
end $$;

create function arrivals_erase(occasion bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  o arrivals_occasion;
  erasure bigint;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  select * into o from arrivals_occasion k
  where k.id = occasion and k.ends_on + k.keep_days <= consent_local_day(statement_timestamp())
    and k.organisation_id = any(walls.organisations('registration.check'))
  for update;
  if o.id is null then
    raise exception 'nothing of this actor is to be erased' using errcode = 'insufficient_privilege';
  end if;
  erasure := arrivals_write_erasure(o);
  perform set_config('kimwerk.maintenance', before, true);
  return erasure;
end $$;
"""
UNDO_ERASING = """
drop function arrivals_erase(bigint);
drop function arrivals_write_erasure(arrivals_occasion);
"""
COUNTS = """
create or replace function arrivals_counts(first date, following date)
returns table (organisation_id bigint, day date, municipality_id bigint, needs_school boolean, needs_childcare boolean,
  people bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  whole bigint[] := walls.organisations('figure.read', 'registration.keep', 'registration.check');
  parts bigint[] := walls.places('figure.read', 'registration.keep', 'registration.check');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    select r.organisation_id, consent_local_day(r.registered_at), r.municipality_id, r.needs_school, r.needs_childcare,
      count(*)
    from arrivals_registration r
    where r.merged_into_id is null
      and r.registered_at >= first::timestamp at time zone 'Europe/Berlin'
      and r.registered_at < following::timestamp at time zone 'Europe/Berlin'
      and (r.organisation_id = any(whole) or walls.place(r.organisation_id, r.municipality_id) = any(parts))
    group by 1, 2, 3, 4, 5
    union all
    select e.organisation_id, e.monday, e.municipality_id, e.needs_school, e.needs_childcare, e.people::bigint
    from arrivals_erasedcount e
    where e.monday >= first and e.monday < following
      and (e.organisation_id = any(whole) or walls.place(e.organisation_id, e.municipality_id) = any(parts));
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""
PROTOCOL = "organisation_id = any((select walls.organisations('registration.check', 'disclosure.review'))::bigint[])"
PERSON = "arrivals_caretaken.person_id"
OF_VISIBLE = "exists (select from arrivals_registration r where r.id = registration_id)"


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0010_ending"), ("persons", "0002_walls")]
    operations = [
        migrations.RunSQL(ERASING, reverse_sql=UNDO_ERASING),
        migrations.RunSQL(COUNTS, reverse_sql=migrations.RunSQL.noop),
        wall("arrivals_caretaken", read=f"{OF_VISIBLE} or {formerly_kept(PERSON)}", write=formerly_kept(PERSON)),
        wall("arrivals_erasure", read=PROTOCOL, write="false"),
        wall("arrivals_erasedcount", read=PROTOCOL, write="false"),
        audited("arrivals_caretaken"),
        audited("arrivals_erasure"),
        audited("arrivals_erasedcount"),
    ]

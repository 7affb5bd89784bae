"""Who is entrusted with whom is kept with two instants, those of the membership and of the care together.

Whether a membership holds today was asked of every row; turning now into a day took half of what a row cost.
"""

from django.db import migrations

LEAVE = """
drop view walls.should_be_entrusted;
alter table walls.entrusted rename to formerly_entrusted;
alter index walls.entrusted_of_account rename to formerly_entrusted_of_account;
alter index walls.entrusted_of_care rename to formerly_entrusted_of_care;
"""
KEPT = """
create index entrusted_of_care on walls.entrusted (care_id);
revoke all on walls.entrusted from public, kimwerk_app, kimwerk_audit;
revoke all on walls.should_be_entrusted from public, kimwerk_app, kimwerk_audit;
drop table walls.formerly_entrusted;
select walls.entrust_all();
analyze walls.entrusted;
"""
BY_INSTANTS = """
create table walls.entrusted (
  care_id bigint not null,
  person_id bigint not null,
  account_id bigint not null,
  begins_at timestamptz not null,
  ends_at timestamptz not null,
  may_keep boolean not null
);
create index entrusted_of_account on walls.entrusted (account_id, person_id) include (begins_at, ends_at, may_keep);

create view walls.should_be_entrusted as
  select c.id as care_id, c.person_id, c.account_id,
    greatest(walls.begin_of(lower(h.valid)), c.begins_at) as begins_at,
    least(walls.begin_of(upper(h.valid)), c.ends_at, 'infinity') as ends_at,
    'person.keep' = any(h.permissions) as may_keep
  from public.persons_care c
  join walls.held h on h.account_id = c.account_id and h.organisation_id = c.organisation_id
  where h.permissions && array['person.keep', 'case.oversee'] and not isempty(h.valid);

create or replace view walls.my_people with (security_barrier) as
  select e.person_id from walls.entrusted e
  where e.account_id = walls.actor() and e.begins_at <= statement_timestamp() and e.ends_at > statement_timestamp();
create or replace view walls.my_kept_people with (security_barrier) as
  select e.person_id from walls.entrusted e
  where e.account_id = walls.actor() and e.begins_at <= statement_timestamp() and e.ends_at > statement_timestamp()
    and e.may_keep;
"""
BY_DAYS = """
create table walls.entrusted (
  care_id bigint not null,
  person_id bigint not null,
  account_id bigint not null,
  valid daterange not null,
  begins_at timestamptz not null,
  ends_at timestamptz,
  may_keep boolean not null
);
create index entrusted_of_account on walls.entrusted (account_id, person_id);

create view walls.should_be_entrusted as
  select c.id as care_id, c.person_id, c.account_id, h.valid, c.begins_at, c.ends_at,
    'person.keep' = any(h.permissions) as may_keep
  from public.persons_care c
  join walls.held h on h.account_id = c.account_id and h.organisation_id = c.organisation_id
  where h.permissions && array['person.keep', 'case.oversee'];

create or replace view walls.my_people with (security_barrier) as
  select e.person_id from walls.entrusted e
  where e.account_id = walls.actor() and e.valid @> walls.today() and e.begins_at <= statement_timestamp()
    and (e.ends_at is null or e.ends_at > statement_timestamp());
create or replace view walls.my_kept_people with (security_barrier) as
  select e.person_id from walls.entrusted e
  where e.account_id = walls.actor() and e.valid @> walls.today() and e.begins_at <= statement_timestamp()
    and (e.ends_at is null or e.ends_at > statement_timestamp()) and e.may_keep;
"""


class Migration(migrations.Migration):
    dependencies = [("persons", "0012_entrusted"), ("access", "0002_begin_of_day")]
    operations = [migrations.RunSQL(LEAVE + BY_INSTANTS + KEPT, reverse_sql=LEAVE + BY_DAYS + KEPT)]

"""A disclosure without a covering consent cannot be stored, and no proof is changed.

The trigger `consent_disclosure_is_covered` asks for a grant in force or a statutory basis for every row, also for the
owner of the tables behind the walls. It locks the grant, so that a withdrawal at the same moment comes either first,
and the disclosure is refused, or second, and recalls it.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited
from kimwerk.persons.walls import formerly_in_care, formerly_kept

COVERAGE = """
create function consent_local_day(at timestamptz) returns date language sql immutable parallel safe as
$$ select (at at time zone 'Europe/Berlin')::date $$;

create function consent_refuse(message text, name text) returns void language plpgsql as $$
begin
  raise exception '%', message using errcode = 'check_violation', constraint = name;
end $$;

create function consent_disclosure_is_covered() returns trigger language plpgsql as $$
declare
  is_maintenance boolean := current_user = 'kimwerk_owner'
    and coalesce(current_setting('kimwerk.maintenance', true), '') = 'on';
  past timestamptz := nullif(current_setting('kimwerk.past', true), '')::timestamptz;
  g consent_grant;
  d consent_declaration;
  today date;
begin
  if not is_maintenance then
    -- Only in a session of the owner, which the server never has, may somebody load a past through the errands.
    new.disclosed_at := case when session_user = 'kimwerk_owner' then coalesce(past, statement_timestamp())
                             else statement_timestamp() end;
    new.disclosed_by_id := walls.actor();
  end if;
  today := consent_local_day(new.disclosed_at);
  new.share_ends_on := null;
  new.first_read_at := null;
  new.recalled_at := null;
  if exists (select from directory_organisation o where o.id = new.recipient_id and o.closed_on <= today) then
    perform consent_refuse('the recipient is closed', 'disclosure_recipient_is_open');
  end if;
  if new.statutory_basis_id is not null then
    if not exists (select from consent_statutorybasis b where b.id = new.statutory_basis_id and b.is_active) then
      perform consent_refuse('the statutory basis is not in use', 'consent_disclosure_is_covered');
    end if;
    return new;
  end if;
  select * into g from consent_grant where id = new.grant_id for share;
  select * into d from consent_declaration where id = g.declaration_id;
  if g.id is null or d.id is null
     or g.person_id <> new.person_id
     or g.purpose_id <> new.purpose_id
     or g.withdrawn_at is not null
     or d.withdrawn_at is not null
     or d.answer <> 'given'
     or d.kind <> 'data_consent'
     or g.direction not in ('to', 'both')
     or today < g.valid_from or today > g.valid_until
     or not g.categories @> new.categories
     or not (g.recipient_id is not distinct from new.recipient_id or exists (
       select from consent_recipientgroupmember m
       where m.group_id = g.group_id and m.member_id = new.recipient_id
         and m.since <= d.declared_on and (m.until is null or m.until > today))) then
    perform consent_refuse('no consent in force covers this disclosure', 'consent_disclosure_is_covered');
  end if;
  new.share_ends_on := g.valid_until;
  return new;
end $$;
create trigger consent_disclosure_is_covered before insert on consent_disclosure
  for each row execute function consent_disclosure_is_covered();
"""
UNDO_COVERAGE = """
drop trigger consent_disclosure_is_covered on consent_disclosure;
drop function consent_disclosure_is_covered();
drop function consent_refuse(text, text);
drop function consent_local_day(timestamptz);
"""
FROZEN = """
-- Refuses to delete, and to change anything but the named columns, each of which is set once.
create function consent_keep_proof() returns trigger language plpgsql as $$
declare
  before jsonb;
  after jsonb;
  col text;
begin
  if tg_op = 'DELETE' then
    perform consent_refuse('proof is never deleted', 'consent_proof_is_never_deleted');
  end if;
  before := to_jsonb(old);
  after := to_jsonb(new);
  foreach col in array tg_argv loop
    if before -> col <> 'null'::jsonb and before -> col is distinct from after -> col then
      perform consent_refuse('what was set is not set again', 'consent_proof_is_never_changed');
    end if;
    before := before - col;
    after := after - col;
  end loop;
  if before is distinct from after then
    perform consent_refuse('proof is never changed', 'consent_proof_is_never_changed');
  end if;
  return new;
end $$;
create trigger keep_proof before update or delete on consent_declaration for each row
  execute function consent_keep_proof('withdrawn_at', 'withdrawn_by_id');
create trigger keep_proof before update or delete on consent_grant for each row
  execute function consent_keep_proof('withdrawn_at', 'withdrawn_by_id');
create trigger keep_proof before update or delete on consent_disclosure for each row execute function
  consent_keep_proof('first_read_at', 'recalled_at', 'deletion_confirmed_at', 'deletion_confirmed_by_id');
create trigger keep_proof before update or delete on consent_declarationproof for each row
  execute function consent_keep_proof();
create trigger keep_proof before update or delete on consent_disclosurecontent for each row
  execute function consent_keep_proof();
create trigger keep_proof before update or delete on consent_disclosureread for each row
  execute function consent_keep_proof();

-- A text may change while it is a draft; from approval on it is only replaced.
create function consent_keep_text() returns trigger language plpgsql as $$
declare
  may_change constant text[] := '{state,withdrawn_at,written_at}';
begin
  if tg_op = 'DELETE' then
    if old.state = 'draft' then
      return old;
    end if;
  elsif old.state = 'draft'
     or (old.state = 'in_force' and new.state = 'withdrawn' and new.withdrawn_at is not null
         and to_jsonb(old) - may_change = to_jsonb(new) - may_change) then
    return new;
  end if;
  perform consent_refuse('an approved text is never changed', 'consent_text_is_frozen');
end $$;
create trigger keep_text before update or delete on consent_consenttext for each row
  execute function consent_keep_text();
"""
UNDO_FROZEN = """
drop trigger keep_text on consent_consenttext;
drop function consent_keep_text();
drop trigger keep_proof on consent_disclosureread;
drop trigger keep_proof on consent_disclosurecontent;
drop trigger keep_proof on consent_declarationproof;
drop trigger keep_proof on consent_disclosure;
drop trigger keep_proof on consent_grant;
drop trigger keep_proof on consent_declaration;
drop function consent_keep_proof();
"""
DECLARED = """
alter table consent_declaration add constraint declaration_is_not_of_the_future
  check (declared_on <= consent_local_day(created_at));
alter table consent_declaration add constraint declaration_is_at_the_controller
  foreign key (person_id, organisation_id) references persons_person (id, organisation_id);
alter table consent_disclosure add constraint disclosure_is_by_the_controller
  foreign key (person_id, organisation_id) references persons_person (id, organisation_id);
alter table consent_grant add constraint grant_is_of_the_declarations_person
  foreign key (declaration_id, person_id) references consent_declaration (id, person_id);
alter table consent_grant add constraint grant_ends_within_three_years
  check (valid_until <= valid_from + interval '3 years');

create function consent_check_declaration() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('kimwerk.maintenance', true), '') <> 'on' then
    new.created_at := transaction_timestamp();
    new.created_by_id := walls.actor();
  end if;
  if not exists (
    select from consent_consenttext t
    where t.id = new.consent_text_id and t.organisation_id = new.organisation_id and t.kind = new.kind
      and t.content_hash = new.text_hash
      and (t.state = 'in_force' or t.state = 'withdrawn' and consent_local_day(t.withdrawn_at) > new.declared_on)) then
    perform consent_refuse('the text was not in force', 'declaration_text_was_in_force');
  end if;
  return new;
end $$;
create trigger check_declaration before insert on consent_declaration for each row
  execute function consent_check_declaration();

create function consent_check_grant() returns trigger language plpgsql as $$
begin
  if not exists (
    select from consent_declaration d
    where d.id = new.declaration_id and d.answer = 'given' and d.created_at = transaction_timestamp())
     and coalesce(current_setting('kimwerk.maintenance', true), '') <> 'on' then
    perform consent_refuse('a grant is part of what was declared', 'grant_is_never_added_afterwards');
  end if;
  if exists (
    select from directory_organisation o where o.id = new.recipient_id
      and o.closed_on <= consent_local_day(statement_timestamp())) then
    perform consent_refuse('the recipient is closed', 'grant_recipient_is_open');
  end if;
  return new;
end $$;
create trigger check_grant before insert on consent_grant for each row execute function consent_check_grant();

-- A withdrawn declaration withdraws its grants, and a withdrawn grant recalls what was shared under it.
create function consent_withdraw_grants() returns trigger language plpgsql as $$
begin
  update consent_grant set withdrawn_at = new.withdrawn_at, withdrawn_by_id = new.withdrawn_by_id
  where declaration_id = new.id and withdrawn_at is null;
  return null;
end $$;
create trigger withdraw_grants after update of withdrawn_at on consent_declaration for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function consent_withdraw_grants();
create function consent_recall_shares() returns trigger language plpgsql as $$
begin
  update consent_disclosure set recalled_at = new.withdrawn_at where grant_id = new.id and recalled_at is null;
  return null;
end $$;
create trigger recall_shares after update of withdrawn_at on consent_grant for each row
  when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function consent_recall_shares();

create function consent_note_first_read() returns trigger language plpgsql as $$
begin
  update consent_disclosure set first_read_at = new.read_at where id = new.disclosure_id and first_read_at is null;
  return null;
end $$;
create trigger note_first_read after insert on consent_disclosureread for each row
  execute function consent_note_first_read();
"""
UNDO_DECLARED = """
drop trigger note_first_read on consent_disclosureread;
drop function consent_note_first_read();
drop trigger recall_shares on consent_grant;
drop function consent_recall_shares();
drop trigger withdraw_grants on consent_declaration;
drop function consent_withdraw_grants();
drop trigger check_grant on consent_grant;
drop function consent_check_grant();
drop trigger check_declaration on consent_declaration;
drop function consent_check_declaration();
alter table consent_grant drop constraint grant_ends_within_three_years;
alter table consent_grant drop constraint grant_is_of_the_declarations_person;
alter table consent_disclosure drop constraint disclosure_is_by_the_controller;
alter table consent_declaration drop constraint declaration_is_at_the_controller;
alter table consent_declaration drop constraint declaration_is_not_of_the_future;
"""

DISCLOSED = formerly_kept("consent_disclosure.person_id")
RECEIVED = "recipient_id = any((select walls.organisations('disclosure.receive', 'referral.answer'))::bigint[])"
SHARED = (
    f"disclosure_id in (select d.id from consent_disclosure d where d.{RECEIVED} and d.recalled_at is null"
    " and (d.share_ends_on is null or d.share_ends_on >= consent_local_day(statement_timestamp())))"
)
REVIEWED = (
    "statutory_basis_id is not null"
    " and organisation_id = any((select walls.organisations('disclosure.review'))::bigint[])"
)
SEES_LISTS = "(select walls.actor()) is not null"
APPROVES = "cardinality((select walls.organisations('consent.text_approve'))::bigint[]) > 0"
USES_TEXTS = (
    "organisation_id = any((select walls.organisations("
    "'person.keep', 'case.oversee', 'consent.text_keep', 'consent.text_approve'))::bigint[])"
)
KEEPS_TEXTS = (
    "organisation_id = any((select walls.organisations('consent.text_keep', 'consent.text_approve'))::bigint[])"
)
GROUPS = "group_id in (select g.id from consent_recipientgroup g)"


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial"), ("persons", "0002_walls"), ("accounts", "0002_walls")]
    operations = [
        migrations.RunSQL(COVERAGE, reverse_sql=UNDO_COVERAGE),
        migrations.RunSQL(FROZEN, reverse_sql=UNDO_FROZEN),
        migrations.RunSQL(DECLARED, reverse_sql=UNDO_DECLARED),
        wall("consent_purpose", read=SEES_LISTS, write=APPROVES),
        wall("consent_statutorybasis", read=SEES_LISTS, write=APPROVES),
        wall("consent_recipientgroup", read=USES_TEXTS, write=KEEPS_TEXTS),
        wall("consent_recipientgroupmember", read=GROUPS, write=f"{GROUPS[:-1]} where {KEEPS_TEXTS})"),
        wall("consent_consenttext", read=USES_TEXTS, write=KEEPS_TEXTS),
        *(
            wall(table, read=formerly_in_care(f"{table}.person_id"), write=formerly_kept(f"{table}.person_id"))
            for table in ("consent_declaration", "consent_declarationproof", "consent_grant")
        ),
        *(
            wall(
                table,
                read=f"{formerly_in_care(f'{table}.person_id')} or {SHARED}",
                write=formerly_kept(f"{table}.person_id"),
            )
            for table in ("consent_disclosurecontent", "vault_disclosurekey")
        ),
        migrations.RunSQL(
            f"""
            alter table consent_disclosure enable row level security;
            alter table consent_disclosure force row level security;
            create policy consent_disclosure_read on consent_disclosure for select
              using ({formerly_in_care("consent_disclosure.person_id")} or {RECEIVED} or {REVIEWED});
            create policy consent_disclosure_insert on consent_disclosure for insert with check ({DISCLOSED});
            create policy consent_disclosure_update on consent_disclosure for update
              using ({DISCLOSED} or {RECEIVED}) with check ({DISCLOSED} or {RECEIVED});
            create policy consent_disclosure_delete on consent_disclosure for delete using ({DISCLOSED});
            create policy consent_disclosure_maintenance on consent_disclosure to kimwerk_owner
              using (current_setting('kimwerk.maintenance', true) = 'on')
              with check (current_setting('kimwerk.maintenance', true) = 'on');
            """,
            reverse_sql="""
            drop policy consent_disclosure_maintenance on consent_disclosure;
            drop policy consent_disclosure_delete on consent_disclosure;
            drop policy consent_disclosure_update on consent_disclosure;
            drop policy consent_disclosure_insert on consent_disclosure;
            drop policy consent_disclosure_read on consent_disclosure;
            alter table consent_disclosure no force row level security;
            alter table consent_disclosure disable row level security;
            """,
        ),
        wall(
            "consent_disclosureread",
            read="disclosure_id in (select d.id from consent_disclosure d)",
            write=f"account_id = (select walls.actor()) and {SHARED}",
        ),
        *(
            audited(f"consent_{table}")
            for table in (
                *("purpose", "statutorybasis", "recipientgroup", "recipientgroupmember", "consenttext"),
                *("declaration", "grant", "disclosure", "disclosureread"),  # their files are written with them, once
            )
        ),
        audited("vault_disclosurekey"),
    ]

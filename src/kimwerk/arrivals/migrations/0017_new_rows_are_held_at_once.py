"""New rows are written once when they are delivered, not inserted and then changed."""

from django.db import migrations

DELIVERING = """
create or replace function arrivals_write_delivery(c arrivals_listcontract, occasion bigint, categories text[])
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
"""


class Migration(migrations.Migration):
    dependencies = [("arrivals", "0016_periods_and_what_is_owed")]
    operations = [migrations.RunSQL(DELIVERING, reverse_sql=migrations.RunSQL.noop)]

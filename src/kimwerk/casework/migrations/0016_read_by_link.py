"""Whoever opens a link reads what was disclosed by it, and the disclosure says so.

The holder of a link is no account and has no right to the disclosure's row; reading could therefore not be noted. This
function notes it for the link that is held now, and for nothing else.
"""

from django.db import migrations

READ_BY_LINK = """
create function casework_note_read_by_link(with_content boolean) returns integer language plpgsql security definer
set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
  noted integer;
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  update public.consent_disclosure d set first_read_at = now()
  from public.casework_referral r join public.casework_referrallink l on l.referral_id = r.id
  where l.token_hash = nullif(current_setting('kimwerk.link', true), '')
    and l.browser_hash = nullif(current_setting('kimwerk.link_browser', true), '')
    and l.revoked_at is null and l.expires_at > statement_timestamp()
    and d.first_read_at is null and d.recalled_at is null
    and (d.id = r.asking_id or with_content and d.id = r.disclosure_id);
  get diagnostics noted = row_count;
  perform set_config('kimwerk.maintenance', before, true);
  return noted;
end $$;
revoke all on function casework_note_read_by_link(boolean) from public;
grant execute on function casework_note_read_by_link(boolean) to kimwerk_app;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_signed_on_screen"), ("consent", "0002_walls")]
    operations = [
        migrations.RunSQL(READ_BY_LINK, reverse_sql="drop function casework_note_read_by_link(boolean);"),
    ]

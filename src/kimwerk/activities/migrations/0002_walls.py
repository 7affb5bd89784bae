"""Who may read and write which diary entries, and what an entry may refer to.

The wall lets those who may only count pass too: counting reads rows. Which rows may be shown one
by one is decided by `visible_to`.
"""

from django.db import migrations

from kimwerk.access.walls import wall
from kimwerk.audit.triggers import audited


def reach(*permissions: str) -> str:
    """The condition: the row's organisation, or its municipality there, is within these rights."""
    named = ", ".join(f"'{permission}'" for permission in permissions)
    return (
        f"organisation_id = any((select walls.organisations({named}))::bigint[])"
        f" or walls.place(organisation_id, municipality_id) = any((select walls.places({named}))::bigint[])"
    )


OWN = "done_by_id = (select walls.actor())"

REFERENCES = """
create function activities_check_references() returns trigger language plpgsql as $$
begin
  if exists (
    select from (
      select 'kind' as list, kind_id as id from new_rows
      union select 'channel', channel_id from new_rows where channel_id is not null
      union select 'referral_target', referral_target_id from new_rows where referral_target_id is not null
      union select 'topic', unnest(topics) from new_rows
      union select 'target_group', unnest(target_groups) from new_rows
      union select 'legal_circle', unnest(legal_circles) from new_rows
    ) used where not exists (
      select from activities_category c where c.id = used.id and c.category_list = used.list)
  ) then
    raise exception 'activity names a category of another list'
      using errcode = 'check_violation', constraint = 'activity_categories_are_of_their_list';
  end if;
  if exists (
    select from (select distinct unnest(partners) as id from new_rows) used
    where not exists (select from directory_organisation o where o.id = used.id)
  ) then
    raise exception 'activity names an unknown partner'
      using errcode = 'foreign_key_violation', constraint = 'activity_partners_exist';
  end if;
  if exists (
    select from (select distinct kind_id from new_rows where referral_target_id is not null) used
    join activities_category c on c.id = used.kind_id where not c.is_referral
  ) then
    raise exception 'only a referral consultation has a referral target'
      using errcode = 'check_violation', constraint = 'activity_only_referrals_have_a_target';
  end if;
  if exists (
    select from (select distinct site_id, municipality_id from new_rows where site_id is not null) used
    join directory_site s on s.id = used.site_id where s.municipality_id is distinct from used.municipality_id
  ) then
    raise exception 'the site lies in another municipality'
      using errcode = 'check_violation', constraint = 'activity_site_lies_in_its_municipality';
  end if;
  return null;
end $$;
create trigger references_insert after insert on activities_activity referencing new table as new_rows
  for each statement execute function activities_check_references();
create trigger references_update after update on activities_activity referencing new table as new_rows
  for each statement execute function activities_check_references();

create function activities_keep_category() returns trigger language plpgsql as $$
begin
  raise exception 'a category keeps its list and code, and is ended, never deleted'
    using errcode = 'check_violation', constraint = 'category_keeps_its_meaning';
end $$;
create trigger keep_meaning before update of category_list, code on activities_category for each row
  when (old.category_list is distinct from new.category_list or old.code is distinct from new.code)
  execute function activities_keep_category();
create trigger keep_category before delete on activities_category for each statement
  execute function activities_keep_category();
"""
UNDO_REFERENCES = """
drop trigger keep_category on activities_category;
drop trigger keep_meaning on activities_category;
drop function activities_keep_category();
drop trigger references_update on activities_activity;
drop trigger references_insert on activities_activity;
drop function activities_check_references();
"""
IMPORT = (
    "uploaded_by_id = (select walls.actor())"
    " or organisation_id = any((select walls.organisations('activity.correct'))::bigint[])"
)
ROWS_OF_IMPORTS = "tally_import_id = any((select coalesce(array_agg(id), '{}') from activities_tallyimport)::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_initial"), ("accounts", "0002_walls"), ("directory", "0002_walls")]
    operations = [
        migrations.RunSQL(REFERENCES, reverse_sql=UNDO_REFERENCES),
        wall(
            "activities_activity",
            read=f"{reach('activity.read', 'figure.read')} or {OWN}",
            write=f"{reach('activity.correct', 'activity.import_team')} or ({OWN} and ({reach('activity.log')}))",
        ),
        wall("activities_tallyimport", read=IMPORT),
        wall("activities_tallyrow", read=ROWS_OF_IMPORTS),
        wall("activities_favourite", read="account_id = (select walls.actor())"),
        wall("activities_savedview", read="account_id = (select walls.actor())"),
        audited("activities_activity"),
        audited("activities_tallyimport"),
        audited("activities_category"),
        audited("activities_categorymapping"),
    ]

"""Which indicators are counted at night, and in whose name: numbers alone, without anybody who acts."""

from django.db import migrations

TO_COUNT = """
create function steering_to_count() returns table (indicator_id bigint, account_id bigint)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  before text := coalesce(current_setting('kimwerk.maintenance', true), '');
begin
  perform set_config('kimwerk.maintenance', 'on', true);
  return query
    select i.id, i.counted_by_id from steering_indicator i join steering_measure m on m.id = i.measure_id
    where i.counted_by_id is not null and m.state in ('open', 'running') order by i.id;
  perform set_config('kimwerk.maintenance', before, true);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("steering", "0016_indicators_counted_by")]
    operations = [migrations.RunSQL(TO_COUNT, reverse_sql="drop function steering_to_count()")]

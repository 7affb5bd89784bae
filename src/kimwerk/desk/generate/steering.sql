-- Committees, needs and events for measurement: every statement makes the rows of one table from running numbers.

create temporary table bodies on commit drop as
select row_number() over (order by o.id) - 1 as nr, o.id as organisation_id, o.district_id, m.account_id
from directory_organisation o join lateral (
  select account_id from accounts_membership m
  where m.organisation_id = o.id and m.role = %(role)s and m.account_id <> %(everywhere)s order by account_id limit 1
) m on true
where o.id = any(%(organisations)s);

create temporary table committees on commit drop as
select nextval(pg_get_serial_sequence('steering_committee', 'id')) as id, b.nr * %(committees)s + n as nr, n,
  b.organisation_id, b.account_id
from bodies b cross join generate_series(0, %(committees)s - 1) n;

insert into steering_committee
  (id, organisation_id, name, kind, purpose, rhythm, quorum_percent, notice_days, valid)
select id, organisation_id, (array['Lenkungsgruppe', 'Arbeitskreis', 'Team', 'Arbeitsgruppe'])[1 + n],
  (array['steering_group', 'round', 'team', 'working_group'])[1 + n], 'Messung', 'monthly', 50, 14,
  daterange(%(first)s, null)
from committees;

insert into steering_seat (committee_id, organisation_id, function, has_vote, is_chair, is_given_up)
select id, organisation_id, 'Sitz ' || n, true, n = 1, false from (
  select c.id, c.organisation_id, place as n from committees c cross join generate_series(1, %(seats)s) place) s;

insert into steering_term (seat_id, name, email, is_deputy, days, account_id)
select s.id, 'Mitglied ' || s.id, 'mitglied-' || s.id || '@messung.example', false, daterange(%(first)s, null),
  case when s.is_chair then c.account_id end
from steering_seat s join committees c on c.id = s.committee_id;

create temporary table meetings on commit drop as
select nextval(pg_get_serial_sequence('steering_meeting', 'id')) as id, c.id as committee_id,
  c.account_id, c.organisation_id, c.n, t as nr,
  %(last)s::timestamp + interval '14 hours' - (t / (%(bodies)s * %(committees)s)) * interval '1 day'
    * (%(days)s / greatest(1, %(meetings)s / (%(bodies)s * %(committees)s))) as starts_at
from generate_series(0, %(meetings)s - 1) t join committees c on c.nr = t %% (%(bodies)s * %(committees)s);

insert into steering_meeting (id, committee_id, number, title, starts_at, ends_at, place, guests, state,
  invited_at, closed_at, closed_by_id, mailed_at)
select id, committee_id, row_number() over (partition by committee_id order by starts_at), '', starts_at,
  starts_at + interval '2 hours', 'Kreishaus', '', 'closed', starts_at - interval '14 days',
  starts_at + interval '2 days', account_id, starts_at + interval '2 days'
from meetings;

insert into steering_agendaitem (meeting_id, position, title, text, presenter, minutes, source, note, note_version,
  note_at, note_by_id)
select m.id, item, 'Punkt ' || item || ' der Sitzung ' || m.nr, '', 'Geschäftsstelle', 15, 'office',
  'Die Mitglieder besprechen den Punkt und nehmen den Stand zur Kenntnis.', 1, m.starts_at, m.account_id
from meetings m cross join generate_series(0, %(items)s - 1) item;

insert into steering_attendance (meeting_id, seat_id, name, presence)
select m.id, s.id, 'Mitglied ' || s.id, case when (m.nr + s.id) %% 5 = 0 then 'excused' else 'present' end
from meetings m join steering_seat s on s.committee_id = m.committee_id;

insert into steering_resolution (committee_id, meeting_id, number, title, decided_on, outcome, votes_for,
  votes_against, abstentions, effective_on, responsible, due_on, state, done_on, remark)
select m.committee_id, m.id, row_number() over (partition by m.committee_id order by m.starts_at, t),
  'Beschluss ' || t || ' zu ' || (array['Wohnraum', 'Sprache', 'Gesundheit', 'Arbeit', 'Schule'])[1 + t %% 5],
  m.starts_at::date, (array['adopted', 'adopted', 'adopted', 'rejected', 'deferred'])[1 + t %% 5], 8, 1, 1,
  m.starts_at::date, 'Geschäftsstelle', m.starts_at::date + 90,
  case when t %% 7 = 0 then 'open' else 'done' end, case when t %% 7 = 0 then null else m.starts_at::date + 60 end, ''
from generate_series(0, %(resolutions)s - 1) t join meetings m on m.nr = t %% %(meetings)s;

insert into steering_resolutiontext (resolution_id, number, text, reason, written_on, written_by_id)
select r.id, 1, 'Der Kreis handelt einheitlich.', '', r.decided_on, m.account_id
from steering_resolution r join meetings m on m.id = r.meeting_id;

insert into steering_task (committee_id, meeting_id, title, owner_name, due_on, state, done_on, note)
select m.committee_id, m.id, 'Aufgabe ' || task || ' aus Sitzung ' || m.nr, 'Geschäftsstelle',
  m.starts_at::date + 30, case when (m.nr + task) %% 9 = 0 then 'open' else 'done' end,
  case when (m.nr + task) %% 9 = 0 then null else m.starts_at::date + 20 end, ''
from meetings m cross join generate_series(1, 2) task;

insert into steering_paper (organisation_id, number, title, proposal, text, author, written_on, released_on)
select organisation_id, 'M/' || nr, 'Drucksache ' || nr, 'Der Ausschuss nimmt zur Kenntnis.', '', 'Amt',
  starts_at::date - 21, starts_at::date - 14
from meetings where n = 0;

insert into steering_paperstep (paper_id, position, committee_id, competence, on_day, meeting_id, outcome, remark)
select p.id, 1, m.committee_id, 'note', m.starts_at::date, m.id, 'noted', ''
from steering_paper p join meetings m on p.number = 'M/' || m.nr;

create temporary table gaps on commit drop as
select nextval(pg_get_serial_sequence('needs_gap', 'id')) as id, b.organisation_id, b.account_id, n,
  (array['bundled', 'presented', 'resolved', 'implemented', 'effect_checked', 'rejected'])[1 + n %% 6] as state
from bodies b cross join generate_series(0, %(gaps)s - 1) n;

insert into needs_gap (id, organisation_id, title, text, level, severity, owner, state)
select id, organisation_id, 'Lücke ' || n || ': ' || (array['Kinderbetreuung', 'Fachärzte', 'Wohnraum'])[1 + n %% 3],
  '', (array['local', 'county', 'land', 'federal'])[1 + n %% 4], (array['low', 'medium', 'high'])[1 + n %% 3],
  'Geschäftsstelle', state
from gaps;

insert into needs_gapstep (gap_id, state, on_day, reason, taken_by_id)
select id, 'bundled', %(first)s::date + n * 30, '', account_id from gaps;

create temporary table places on commit drop as
select *, row_number() over (order by id) - 1 as nr from (
  select distinct on (p.id) p.id, p.name, b.organisation_id, b.account_id
  from directory_municipality p join bodies b on b.district_id = p.district_id order by p.id, b.nr) p;

create temporary table kinds on commit drop as
select category_list as list, array_agg(id order by id) as ids from activities_category group by 1;

insert into needs_need (organisation_id, title, text, origin, occasion, named_on, municipality_id, topic_id,
  target_group_id, state, reason, gap_id, reported_by_id, reported_at, times, cause)
select p.organisation_id,
  (array['Zu wenige', 'Keine', 'Lange Wartezeit auf', 'Kein Zugang zu', 'Mehr'])[1 + t %% 5] || ' '
  || (array['Kinderbetreuung', 'Fachärzte', 'Wohnungen', 'Sprachkurse', 'Dolmetscherinnen', 'Schulplätze',
    'Anerkennungsberatung', 'Busverbindungen', 'Beratungstermine', 'Ausbildungsplätze',
    'Traumatherapie'])[1 + t %% 11]
  || ' für '
  || (array['Alleinerziehende', 'Familien', 'Jugendliche', 'Geduldete', 'Ältere', 'Zugewanderte Fachkräfte',
    'Frauen mit kleinen Kindern'])[1 + t %% 7] || ' in ' || p.name,
  'An den Tischen mehrfach genannt.',
  (array['event', 'working_group', 'counselling', 'survey'])[1 + t %% 4], '', %(last)s::date - t %% %(days)s,
  p.id, topics.ids[1 + t %% cardinality(topics.ids)], groups.ids[1 + t %% cardinality(groups.ids)],
  case when g.id is null then 'reported' else 'bundled' end, '', g.id, p.account_id, now(), 1, ''
from generate_series(0, %(needs)s - 1) t
join places p on p.nr = t %% (select count(*) from places)
join kinds topics on topics.list = 'topic' join kinds groups on groups.list = 'target_group'
left join gaps g on g.organisation_id = p.organisation_id and g.n = t %% (%(gaps)s * 3);

insert into needs_search.need
select id, organisation_id, title, setweight(to_tsvector('german', title), 'A') || to_tsvector('german', text)
from needs_need on conflict do nothing;

create temporary table goals on commit drop as
select nextval(pg_get_serial_sequence('steering_goal', 'id')) as id, b.organisation_id, n
from bodies b cross join generate_series(0, 12) n;

insert into steering_goal (id, organisation_id, kind, parent_id, position, title, text)
select g.id, g.organisation_id, case when g.n = 0 then 'roof' when g.n < 4 then 'guiding' else 'action' end,
  u.id, g.n, 'Ziel ' || g.n, ''
from goals g left join goals u on u.organisation_id = g.organisation_id and g.n > 0
  and u.n = case when g.n < 4 then 0 else 1 + g.n %% 3 end;

insert into steering_measure (organisation_id, goal_id, title, text, responsible, starts_on, state)
select g.organisation_id, g.id, 'Maßnahme ' || measure, '', 'Geschäftsstelle', %(first)s, 'running'
from generate_series(0, %(measures)s - 1) measure join goals g on g.n = 4 + measure %% 9;

insert into steering_indicator (measure_id, figure_key, turn, first_day, aim, green_at, amber_at)
select id, 'meetings_held', 'quarter', %(first)s, 'at_least', 4, 2 from steering_measure where title like 'Maßnahme %%';

insert into steering_reading (indicator_id, first_day, last_day, value, counted_on)
select i.id, q::date, (q + interval '3 months')::date - 1, (i.id + extract(month from q)::int) %% 7, %(last)s
from steering_indicator i
cross join generate_series(date_trunc('quarter', %(first)s::date), %(last)s::date, interval '3 months') q
where i.figure_key = 'meetings_held' and i.first_day = %(first)s;

insert into steering_planentry (organisation_id, kind, strand, title, responsible,
  planned_from, planned_until, note)
select organisation_id, 'phase', 'Strang ' || n %% 4, 'Phase ' || n, '', %(first)s::date + n * 100,
  %(first)s::date + n * 100 + 150, ''
from bodies cross join generate_series(0, 29) n;

insert into events_event (organisation_id, kind, title, starts_at, municipality_id, place, text, state,
  planned_by_id)
select p.organisation_id, (array['kick_off', 'workshop', 'training', 'information'])[1 + t %% 4],
  'Veranstaltung ' || t, %(last)s::timestamp + interval '10 hours' - (t %% %(days)s) * interval '1 day', p.id,
  'Rathaus', '', 'held', p.account_id
from generate_series(0, %(meetings)s / %(rare)s - 1) t join places p on p.nr = t %% (select count(*) from places);

insert into events_participant (event_id, name, body, email, via, registered_at, is_present)
select e.id, 'Gast ' || n, 'Amt', '', 'office', e.starts_at, n %% 3 > 0
from events_event e cross join generate_series(1, 5) n where e.title like 'Veranstaltung %%';

insert into directory_organisation (name, sort_key, kind, district_id, is_controller)
select 'Stelle ' || n || ' bei ' || b.nr || ' (Messung)', 'stelle ' || n || ' bei ' || b.nr, 'advice_centre', b.district_id, false
from bodies b cross join generate_series(1, %(partners)s) n;

create temporary table partners on commit drop as
select o.id, b.organisation_id, b.account_id, row_number() over (order by o.id) - 1 as nr
from directory_organisation o join bodies b on b.district_id = o.district_id
where o.kind in ('authority', 'advice_centre', 'language_course_provider');

insert into network_encounter (organisation_id, partner_id, "group", function, kind, on_day, title, text, next_on,
  met_by_id, written_at)
select p.organisation_id, p.id, case when t %% 6 = 0 then 'Arbeitskreis ' || t %% 20 else '' end, '',
  (array['meeting', 'call', 'mail', 'visit', 'event', 'working_group'])[1 + t %% 6], %(last)s::date - t %% %(days)s,
  'Absprache ' || t, '', null, p.account_id, now()
from generate_series(0, %(encounters)s - 1) t join partners p on p.nr = t %% (select count(*) from partners);

insert into network_supply (organisation_id, partner_id, title, text, topic_id, municipality_id, places, state,
  noted_on, noted_by_id)
select p.organisation_id, p.id, 'Angebot ' || t, '', topics.ids[1 + t %% cardinality(topics.ids)], null, 10,
  (array['open', 'taken', 'ended'])[1 + t %% 3], %(last)s::date - t %% %(days)s, p.account_id
from generate_series(0, %(encounters)s / %(rare_encounters)s - 1) t
join partners p on p.nr = t %% (select count(*) from partners) join kinds topics on topics.list = 'topic';

insert into network_publication (organisation_id, kind, title, medium, published_on, reach, reach_kind, url, note,
  entered_by_id)
select b.organisation_id, (array['portrait', 'newsletter', 'flyer', 'web', 'press', 'talk'])[1 + t %% 6],
  'Bericht ' || t, 'Kreisblatt', %(last)s::date - t %% %(days)s, null, '', '', '', b.account_id
from generate_series(0, %(encounters)s / %(rare_encounters)s - 1) t join bodies b on b.nr = t %% %(bodies)s;

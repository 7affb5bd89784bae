"""The statements that make persons, cases and contacts, in their order.

The hash of a row's number decides everything about it. Contacts are shared out over the cases by a
steep curve, so that many cases have few and few have many; their sum is exact.
"""

from __future__ import annotations

from kimwerk.desk.generate.people import NAMES

TABLES = (
    "activities_activity",
    "persons_person",
    "persons_identity",
    "persons_care",
    "persons_personname",
    "persons_nametoken",
    "persons_nationality",
    "persons_language",
    "persons_residencestatus",
    "vault_personkey",
    "casework_case",
    "casework_caseevent",
    "casework_clarification",
    "casework_assessment",
    "casework_rating",
    "casework_goal",
    "casework_goalchange",
    "casework_step",
    "casework_deadline",
    "casework_casecontact",
    "casework_note",
    "consent_declaration",
    "consent_grant",
    "casework_referral",
    "casework_referralorigin",
)

DRAFTS = (
    f"""
create temporary table generated_person on commit drop as
select i as no, %(person_base)s + i as id, d.organisation_id, d.municipality_id, d.site_id, d.account_id,
  d.partner_id, d.deputy_id, h.h, ((h.h >> 20) & {NAMES - 1})::int as name,
  case when h.h & 7 > 0 then date '1950-01-01' + (((h.h >> 33) & 32767) %% 22000)::int end as birth_date,
  case when h.h & 7 = 0 then 1950 + ((h.h >> 33) & 63)::int end as birth_year,
  (array['male', 'female', 'female', 'male'])[1 + (h.h >> 5 & 3)::int] as sex,
  (%(first)s::date + ((((h.h >> 4) & 65535) * %(days)s) >> 16)::int)::timestamptz as created_at
from generate_series(1, %(persons)s) i
cross join lateral (select hashint8extended(i::bigint, %(seed)s) as h) h
join generated_desk d on d.number = ((h.h >> 40) & 1048575) %% %(desks)s
""",
    "analyze generated_person",
)
CASE_DRAFTS = (
    """
create temporary table generated_case on commit drop as
select p.no, %(case_base)s + p.no as id, p.id as person_id, p.organisation_id, p.municipality_id, p.site_id,
  p.account_id, p.partner_id, p.h, o.opened_on, s.state,
  case when s.state = 'closed' then least(o.opened_on + 30 + ((p.h >> 30) & 255)::int, %(last)s::date) end as closed_on,
  case when s.state <> 'closed' and (p.h & 15) = 0 then p.deputy_id end as deputy_id,
  floor(sum(w.w) over (order by p.no) / sum(w.w) over () * %(contacts)s + 1e-6)::int as last_contact
from generated_person p
cross join lateral (select (%(last)s::date - (power(((p.h >> 8) & 65535) / 65536.0, 1.5) * %(days)s)::int) opened_on) o
cross join lateral (select case when %(last)s::date - o.opened_on < 21 then 'clarification'
  when (p.h >> 50) & 15 < case when %(last)s::date - o.opened_on > 500 then 14 else 5 end then 'closed'
  else 'running' end as state) s
cross join lateral (select 1.0 / (0.05 + ((p.h >> 24) & 65535) / 65536.0) as w) w
where p.no <= %(cases)s
""",
    "create index on generated_case (no)",
    "analyze generated_case",
    """
create temporary table generated_meeting on commit drop as
select (row_number() over (order by number) - 1)::int as number, kind_id, channel_id, topics, legal_circles, minutes
from generated_pattern where epoch = 0 and target >= 1 and partner = 0 and days = 1 and partners = 0
""",
    """
create temporary table generated_contact on commit drop as
select k.no, c.no as case_no, m.number as meeting, k.no & 3 > 0 as has_note,
  greatest(c.opened_on, d.day - greatest(extract(isodow from d.day)::int - 5, 0)) as day
from (select *, coalesce(lag(last_contact) over (order by no), 0) as before from generated_case) c
cross join lateral generate_series(c.before + 1, c.last_contact) k(no)
cross join lateral (select c.opened_on
  + (coalesce(c.closed_on, %(last)s::date) - c.opened_on) * (k.no - c.before - 1) / (c.last_contact - c.before)
  as day) d
join generated_meeting m on m.number = (hashint8extended(k.no::bigint, %(seed)s) & 1048575)
  %% (select count(*) from generated_meeting)
""",
    "analyze generated_contact",
)
PERSONS = (
    """
insert into persons_person (id, organisation_id, family_name, given_names, title, prefix, sort_key, birth_date,
  birth_year, birth_country, sex, interpreter_language, municipality_id, street, postcode, town, phone, email,
  preferred_channel, arrived_germany_on, version, created_at, created_by_id, erasure_reason, match_keys)
select p.id, p.organisation_id, n.family, n.given, '', '', n.sort_key,
  p.birth_date, p.birth_year, n.nationality, p.sex, case when p.h & 3 = 0 then n.tongue else '' end,
  p.municipality_id, 'Musterweg ' || (p.no %% 200 + 1), '', '', '', '', '', p.created_at::date - 100, 1,
  p.created_at, p.account_id, '', i.keys
from generated_person p join generated_name n on n.number = p.name join generated_identity i on i.person_id = p.id
order by p.id
""",
    """
insert into persons_identity (subject, subject_id, organisation_id, municipality_id, keys)
select 'person', p.id, p.organisation_id, p.municipality_id, i.keys
from generated_person p join generated_identity i on i.person_id = p.id order by p.id
""",
    """
insert into persons_care (person_id, organisation_id, account_id, reason, case_key, begins_at, granted_by_id)
select id, organisation_id, account_id, 'registered', '', created_at, account_id from generated_person order by id
""",
    """
insert into persons_care (person_id, organisation_id, account_id, reason, case_key, begins_at, granted_by_id)
select person_id, organisation_id, account_id, 'case', id::text, opened_on, account_id from generated_case
union all
select person_id, organisation_id, deputy_id, 'deputy', id::text, opened_on, account_id from generated_case
where deputy_id is not null
""",
    """
insert into persons_personname (person_id, kind, family, given, script)
select p.id, 'original_script', n.original_family, n.original_given, n.script
from generated_person p join generated_name n on n.number = p.name where n.script <> '' order by p.id
""",
    """
insert into persons_nametoken (person_id, kind, token)
select p.id, t.kind, t.token from generated_person p join generated_name n on n.number = p.name
cross join lateral unnest(n.kinds, n.tokens) t(kind, token) order by p.id
""",
    """
insert into persons_nationality (person_id, key)
select p.id, n.nationality from generated_person p join generated_name n on n.number = p.name order by p.id
""",
    """
insert into persons_language (person_id, key, level, is_mother_tongue)
select p.id, n.tongue, '', true from generated_person p join generated_name n on n.number = p.name order by p.id
""",
    """
insert into persons_residencestatus (person_id, title_key, valid_from, valid_until, authority, noted_at, noted_by_id)
select id, 'ae-25-2', created_at::date, created_at::date + 1095, '', created_at, account_id from generated_person
""",
    """
insert into vault_personkey (person_id, wrapped, created_at)
select k.person_id, k.wrapped, p.created_at from generated_key k join generated_person p on p.id = k.person_id
order by k.person_id
""",
)
CASES = (
    """
insert into casework_case (id, organisation_id, person_id, number, kind, municipality_id, site_id, responsible_id,
  deputy_id, state, decision, access_path_id, priority, opened_on, opened_by_id, next_review_on, last_contact_on,
  closed_on, closed_by_id, closure_reason_id, goal_attainment, version)
select c.id, c.organisation_id, c.person_id,
  extract(year from c.opened_on) || '-' || to_char(coalesce(n.last, 0) + row_number() over (
    partition by c.organisation_id, extract(year from c.opened_on) order by c.opened_on, c.no), 'FM00000'),
  (array['individual_advice', 'case_management', 'case_management', 'family_counselling'])[1 + (c.h >> 6 & 3)::int],
  c.municipality_id, c.site_id, c.account_id, c.deputy_id, c.state,
  case when c.state = 'clarification' then '' else 'case_management' end, a.id,
  (array['normal', 'normal', 'normal', 'normal', 'normal', 'high', 'high', 'urgent'])[1 + (c.h >> 9 & 7)::int],
  c.opened_on, c.account_id, case when c.state = 'running' then %(last)s::date - 30 + (c.h >> 12 & 127)::int end,
  m.day, c.closed_on, case when c.closed_on is not null then c.account_id end,
  case when c.closed_on is not null then r.id end,
  case when c.closed_on is null then ''
    else (array['reached', 'partly', 'not_reached', 'none_agreed'])[1 + (c.h >> 3 & 3)::int] end, 1
from generated_case c
left join casework_casecounter n on n.organisation_id = c.organisation_id and n.year = extract(year from c.opened_on)
left join (select case_no, max(day) as day from generated_contact group by case_no) m on m.case_no = c.no
cross join (select min(id) as id from casework_choice where choice_list = 'access_path') a
cross join (select min(id) as id from casework_choice where choice_list = 'closure_reason') r
order by c.id
""",
    """
insert into casework_casecounter as n (organisation_id, year, last)
select organisation_id, extract(year from opened_on)::int, count(*) from generated_case group by 1, 2
on conflict (organisation_id, year) do update set last = n.last + excluded.last
""",
    """
insert into casework_caseevent (case_id, kind, at, by_id, text)
select id, 'opened', opened_on, account_id, ''::bytea from generated_case
union all select id, 'clarified', opened_on + 14, account_id, '' from generated_case where state <> 'clarification'
union all select id, 'closed', closed_on, account_id, '' from generated_case where closed_on is not null
""",
    """
insert into casework_clarification (case_id, decision, reason, criteria, exception, has_other_case_management,
  other_case_management, decided_at, decided_by_id)
select c.id, 'case_management', t.clarification, '{}', '', false, '', c.opened_on + 14, c.account_id
from generated_case c join generated_text t on t.person_id = c.person_id where c.state <> 'clarification'
""",
    """
insert into casework_assessment (id, case_id, occasion, assessed_on, assessed_by_id, version, changed_at, changed_by_id)
select %(assessment_base)s + no, id, 'baseline', opened_on, account_id, 1, opened_on, account_id from generated_case
where state <> 'clarification'
""",
    """
insert into casework_rating (case_id, assessment_id, domain_id, level, urgency, resource, need, own_view)
select c.id, %(assessment_base)s + c.no, d.id, ((c.h >> d.position) & 3)::int, 'soon', '', t.rating, ''
from generated_case c join generated_text t on t.person_id = c.person_id
cross join (select id, position::int from casework_choice where choice_list = 'life_domain' order by position limit 4) d
where c.state <> 'clarification'
""",
    """
insert into casework_goal (id, case_id, domain_id, text, indicator, agreed_on, due_on, state, version, changed_at,
  changed_by_id)
select %(goal_base)s + 2 * c.no + g, c.id, null, t.goal, t.goal, c.opened_on, c.opened_on + 180,
  case when c.state = 'closed' then 'reached' else 'in_progress' end, 1, c.opened_on, c.account_id
from generated_case c join generated_text t on t.person_id = c.person_id cross join generate_series(0, 1) g
where c.state <> 'clarification'
""",
    """
insert into casework_goalchange (case_id, goal_id, state, note, at, by_id)
select case_id, id, 'open', '', changed_at, changed_by_id from casework_goal where id > %(goal_base)s
""",
    """
insert into casework_step (case_id, goal_id, text, owner, due_on, state, settled_on, settled_by_id, version)
select g.case_id, g.id, t.step, 'client', g.agreed_on + 30 * s,
  case when s = 1 or c.state = 'closed' then 'done' else 'open' end,
  case when s = 1 or c.state = 'closed' then g.agreed_on + 30 end,
  case when s = 1 or c.state = 'closed' then c.account_id end, 1
from casework_goal g join generated_case c on c.id = g.case_id join generated_text t on t.person_id = c.person_id
cross join generate_series(1, 2) s where g.id > %(goal_base)s
""",
    """
insert into casework_deadline (case_id, kind, due_on, note, set_at, set_by_id)
select c.id, 'title_expiry', %(last)s::date + (c.h >> 11 & 255)::int, t.deadline, c.opened_on, c.account_id
from generated_case c join generated_text t on t.person_id = c.person_id where c.state = 'running' and c.h & 1 = 0
""",
)
CONTACTS = (
    """
insert into activities_activity (id, organisation_id, day, kind_id, channel_id, municipality_id, site_id, done_by_id,
  topics, target_groups, legal_circles, partners, participants_target, participants_partner, minutes, note,
  source_key, source_digest, version, entered_at, entered_by_id)
select %(activity_base)s + k.no, c.organisation_id, k.day, m.kind_id, m.channel_id, c.municipality_id, c.site_id,
  c.account_id, m.topics, '{}', m.legal_circles, '{}', 1, 0, m.minutes, '', '', '', 1,
  k.day + interval '15 hours', c.account_id
from generated_contact k join generated_case c on c.no = k.case_no join generated_meeting m on m.number = k.meeting
order by k.day, k.no
""",
    """
insert into casework_casecontact (id, case_id, organisation_id, activity_id)
select %(contact_base)s + k.no, c.id, c.organisation_id, %(activity_base)s + k.no
from generated_contact k join generated_case c on c.no = k.case_no order by k.no
""",
    """
insert into casework_note (case_id, contact_id, text, written_at, written_by_id, version)
select c.id, %(contact_base)s + k.no, t.note, k.day, c.account_id, 1
from generated_contact k join generated_case c on c.no = k.case_no join generated_text t on t.person_id = c.person_id
where k.has_note order by k.no
""",
    """
insert into activities_stalemonth (organisation_id, month)
select distinct c.organisation_id, date_trunc('month', k.day)::date
from generated_contact k join generated_case c on c.no = k.case_no on conflict do nothing
""",
    """
insert into casework_stalecontacts (organisation_id, month)
select distinct c.organisation_id, date_trunc('month', k.day)::date
from generated_contact k join generated_case c on c.no = k.case_no
""",
)
CONSENTS = (
    """
insert into consent_consenttext (organisation_id, kind, version, language, title, summary, body, state, content_hash,
  revision, written_at, written_by_id, approved_at, approved_by_id)
select d.organisation_id, 'data_consent', 1000, 'de', 'Messung', 'Messung', 'Messung', 'withdrawn', repeat('0', 64), 1,
  now(), min(d.account_id), now(), min(d.account_id)
from generated_desk d group by d.organisation_id
""",
    """
insert into consent_declaration (id, person_id, organisation_id, consent_text_id, text_hash, kind, answer, declared_on,
  place, declared_by, evidence, evidence_mark, is_copy_handed_out, content_hash, created_at, created_by_id)
select %(declaration_base)s + c.no, c.person_id, c.organisation_id, t.id, t.content_hash, 'data_consent', 'given',
  greatest(c.opened_on, %(last)s::date - 700), 'Messung', 'person', 'paper', 'M-' || c.no, true, t.content_hash,
  now(), c.account_id
from generated_case c join consent_consenttext t on t.organisation_id = c.organisation_id and t.version = 1000
where c.state <> 'clarification'
""",
    """
insert into consent_grant (declaration_id, person_id, purpose_id, recipient_id, categories, direction, valid_from,
  valid_until)
select d.id, d.person_id, p.id, c.partner_id, array['identity', 'contact', 'concern'], 'both', d.declared_on,
  d.declared_on + 1000
from consent_declaration d join generated_case c on c.no = d.id - %(declaration_base)s
cross join (select id from consent_purpose where code = 'referral') p where d.id > %(declaration_base)s
""",
    """
insert into casework_referral (id, organisation_id, recipient_id, target_id, need, language, municipality_id, age_band,
  channel, state, sent_at, sent_by_id, answer_due_on, decline_reason, note, outcome, version)
select %(referral_base)s + c.no, c.organisation_id, c.partner_id, t.id, %(need)s, '', c.municipality_id, '', 'queue',
  'sent', %(last)s::date - (c.h >> 14 & 15)::int, c.account_id, %(last)s::date + 14, '', '', '', 1
from generated_case c
cross join (select min(id) as id from activities_category where category_list = 'referral_target') t
where c.state = 'running' and c.h & 7 = 3
""",
    """
insert into casework_referralorigin (referral_id, case_id, categories, concern)
select r.id, c.id, '{}', '' from casework_referral r join generated_case c on c.no = r.id - %(referral_base)s
where r.id > %(referral_base)s
""",
)
ROWS = (*CASE_DRAFTS, *PERSONS, *CASES, *CONTACTS, *CONSENTS)

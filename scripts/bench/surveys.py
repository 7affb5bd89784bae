"""What is measured of surveys: pages over all answers, a survey sent to 600 addressees, and 200 who answer at once."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from scripts.bench.client import Client, token_of
from scripts.bench.failing import MeasureFailed
from scripts.bench.ground import Ground
from scripts.bench.results import Result, of_times

OFFICE = "kim-"
ASKED, ANSWERING = 600, 200
QUESTIONS, OPTIONS = 10, 5
TARGET = 80
ROUNDS = 40

FILL = """
set session_replication_role = replica;
insert into surveys_survey (organisation_id, title, text, state, is_named, closes_on, opened_on, version, written_by_id)
  select distinct on (m.organisation_id, n) m.organisation_id, 'Messung ' || n, '', 'open', true,
    current_date + 30, current_date - (n * 30), 1, m.account_id
  from accounts_membership m, generate_series(1, {surveys}) n where m.role = 'kim_coordination';
insert into surveys_question (survey_id, position, kind, text, hint, is_required, is_need, least_label, most_label)
  select s.id, n, case n when {questions} then 'text' else 'single' end, 'Frage ' || n, '', false,
    n = {questions}, '', ''
  from surveys_survey s, generate_series(1, {questions}) n where s.title like 'Messung %';
insert into surveys_option (question_id, position, text)
  select q.id, n, 'Antwort ' || n from surveys_question q, generate_series(1, {options}) n
  where q.kind = 'single' and q.text like 'Frage %';
insert into surveys_invitation
    (survey_id, organisation_id, municipality_id, subject, name, email, sent_at, mails, answered_on)
  select s.id, s.organisation_id, t.towns[1 + n % cardinality(t.towns)], '', 'Einrichtung ' || lpad(n::text, 4, '0'),
    'einrichtung-' || n || '@messung.example', now(), 1, s.opened_on
  from surveys_survey s join directory_organisation o on o.id = s.organisation_id
  join (select district_id, array_agg(id) towns from directory_municipality group by 1) t using (district_id),
    generate_series(1, {each}) n where s.title like 'Messung %';
insert into surveys_response (id, survey_id, organisation_id, invitation_id, municipality_id, answered_on)
  select gen_random_uuid(), survey_id, organisation_id, id, municipality_id, answered_on from surveys_invitation
  where email like 'einrichtung-%';
insert into surveys_answer (id, response_id, organisation_id, survey_id, question_id, option_id, text)
  select gen_random_uuid(), r.id, r.organisation_id, r.survey_id, q.id, o.id,
    case when o.id is null then 'Es fehlt etwas, das sich in Worten sagen lässt' else '' end
  from surveys_response r join surveys_survey s on s.id = r.survey_id and s.title like 'Messung %'
  join surveys_question q on q.survey_id = r.survey_id
  left join lateral (select id from surveys_option o where o.question_id = q.id
    and o.position = 1 + abs(hashtext(r.id::text || q.id)) % {options}) o on true;
analyze surveys_survey, surveys_question, surveys_option, surveys_invitation, surveys_response, surveys_answer;
"""


@dataclass(frozen=True, slots=True)
class Office:
    """Who measures: the office with most answers, and its survey with most of them."""

    account: str
    survey: int
    words: int

    @classmethod
    def largest(cls, ground: Ground) -> Office:
        """The one with most answers; they are made first where there are none."""
        if not ground.number("select count(*) from surveys_survey where title = 'Messung 1'"):
            _fill(ground)
        [(survey, organisation)] = ground.ask(
            "select survey_id, organisation_id from surveys_answer group by 1, 2 order by count(*) desc, 1 limit 1"
        )
        [(email,)] = ground.ask(
            "select a.email from accounts_membership m join accounts_account a on a.id = m.account_id"
            " where m.organisation_id = %s and m.role = 'kim_coordination' and a.email like %s limit 1",
            [organisation, OFFICE + "%"],
        )
        words = ground.number("select id from surveys_question where survey_id = %s and kind = 'text'", [survey])
        return cls(str(email).partition("@")[0], int(str(survey)), words)


def _fill(ground: Ground) -> None:
    """Surveys of every body over ten years, each answered by as many as it takes."""
    bodies = ground.number(
        "select count(distinct organisation_id) from accounts_membership where role = 'kim_coordination'"
    )
    surveys = 10
    each = max(1, ground.answers // (QUESTIONS * surveys * bodies))
    ground.tell(FILL.format(surveys=surveys, questions=QUESTIONS, options=OPTIONS, each=each))


def measure_pages(ground: Ground) -> Iterator[Result]:
    """The list, a survey with its return, its results, who is asked, and answers in own words."""
    office = Office.largest(ground)
    client = ground.client(office.account)
    answers = ground.number("select count(*) from surveys_answer")
    pages = {
        "surveys": ("List of surveys", "/umfragen/"),
        "survey": ("Survey with its return", f"/umfragen/{office.survey}/"),
        "results": ("Results of a survey", f"/umfragen/{office.survey}/ergebnis/"),
        "addressees": ("Who is asked", f"/umfragen/{office.survey}/adressaten/?answered=yes"),
        "words": ("Answers in own words", f"/umfragen/fragen/{office.words}/antworten/"),
    }
    for name, (figure, path) in pages.items():
        client.get(path).expect(200)
        with ground.shares(ROUNDS) as shares:
            times = [client.get(path).expect(200).milliseconds for _ in range(ROUNDS)]
        yield of_times(name, figure, times, target=TARGET, shares=shares, note=f"{answers} answers in all")


def measure_sending(ground: Ground) -> Iterator[Result]:
    """A survey of 600 sent by the worker, and 200 who open and answer it at the same moment: none may be lost."""
    client = ground.client(Office.largest(ground).account)
    survey, question, option = _written(ground, client)
    begun = time.perf_counter()
    _send(client, f"/umfragen/{survey}/versenden/")
    waiting = "select case when exists (select from surveys_invitation where survey_id = %s and sent_at is null)"
    ground.wait_for(waiting + " then 'waiting' else 'sent' end", [survey], "sent")
    seconds = time.perf_counter() - begun
    yield Result("sent", f"Survey mailed to {ASKED}", "s", seconds, target=60)
    tokens = _known_links(ground, survey)
    begun = time.perf_counter()
    with ThreadPoolExecutor(ANSWERING) as pool:
        times = list(pool.map(lambda token: _answer(ground, token, question, option), tokens))
    lasted = time.perf_counter() - begun
    kept = ground.number("select count(*) from surveys_answer where survey_id = %s", [survey])
    if kept != ANSWERING:
        raise MeasureFailed(f"{ANSWERING} answered, {kept} answers are kept")
    yield of_times(
        "answered", f"{ANSWERING} answer at once, each", times, target=10_000,
        note=f"all kept; {lasted:.1f} s from the first to the last",
    )  # fmt: skip


def _written(ground: Ground, client: Client) -> tuple[int, int, int]:
    """A survey with one question and everybody who is asked."""
    path = "/umfragen/neu/"
    [(day,)] = ground.ask("select (current_date + 14)::text")
    _send(client, path, title="Bedarfsabfrage", closes_on=str(day), is_named="yes")
    survey = ground.number("select max(id) from surveys_survey")
    _send(client, f"/umfragen/{survey}/frage/", text="Schulung?", kind="single", options="Ja\nNein")
    people = "\n".join(f"Kita {number}; kita-{number}@messung.example" for number in range(ASKED))
    _send(client, f"/umfragen/{survey}/adressaten/neu/", others=people)
    question = ground.number("select id from surveys_question where survey_id = %s", [survey])
    option = ground.number("select min(id) from surveys_option where question_id = %s", [question])
    return survey, question, option


def _send(client: Client, path: str, **fields: str) -> None:
    token = token_of(client.get(path).expect(200).body)
    client.post(path, [token, *fields.items()]).expect(302)


def _known_links(ground: Ground, survey: int) -> Sequence[str]:
    """Secrets of our own for those who answer; those in the mails are kept nowhere."""
    tokens = [secrets.token_urlsafe(32) for _ in range(ANSWERING)]
    invited = ground.ask(
        "select id from surveys_invitation where survey_id = %s order by id limit %s", [survey, ANSWERING]
    )
    for (pk,), token in zip(invited, tokens, strict=True):
        hashed = hashlib.sha256(token.encode()).hexdigest()
        ground.ask("update surveys_invitation set token_hash = %s where id = %s returning id", [hashed, pk])
    return tokens


def _answer(ground: Ground, token: str, question: int, option: int) -> float:
    """Milliseconds from opening the link to the thanks, in a browser of one's own."""
    client, path = Client(ground.address), f"/umfragen/antwort/{token}/"
    page = client.get(path).expect(200)
    sent = client.post(path, [token_of(page.body), (f"q{question}", str(option))]).expect(200)
    return page.milliseconds + sent.milliseconds


SURVEYS = {"surveys": measure_pages, "sending": measure_sending}
"""What `--only` may name beside `--surveys`."""

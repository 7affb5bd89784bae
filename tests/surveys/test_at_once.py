"""Many answer at the same moment, over connections of their own: nothing is lost, and a link answers once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from kimwerk.access.walls import acting
from kimwerk.accounts.mailing import Letter
from kimwerk.accounts.tokens import LinkState
from kimwerk.surveys.models import Answer, Invitation, Response
from kimwerk.surveys.services.answering import answer_by_link
from kimwerk.surveys.services.drafting import keep_question, write_survey
from kimwerk.surveys.services.sending import invite, open_survey, send_links
from kimwerk.surveys.types import Addressee, Given, QuestionFacts, QuestionKind, SurveyFacts
from tests.cast import Cast

ASKED = 60
AT_ONCE = 12


def test_everybody_who_answers_at_once_is_counted_once(copied: Cast) -> None:
    kim, today, tokens = copied.actor("kim"), timezone.localdate(), list[str]()

    def write(invitation: Invitation, token: str) -> Letter:
        tokens.append(token)
        return Letter(invitation.email, "Umfrage", "Text")

    with acting(kim):
        facts = SurveyFacts("Bedarfsabfrage", closes_on=today + timedelta(days=7))
        survey = write_survey(actor=kim, organisation_id=copied.organisations["Rhein-Sieg-Kreis"], facts=facts)
        asked = QuestionFacts(QuestionKind.NUMBER, "Wie viele Gruppen?")
        question = keep_question(actor=kim, survey=survey, facts=asked).pk
        people = [Addressee(f"Kita {number}", f"kita-{number}@kimwerk.example") for number in range(ASKED)]
        invite(actor=kim, survey=survey, addressees=people)
        open_survey(actor=kim, survey=survey, today=today)
    send_links(actor=kim, survey_id=survey.pk, write=write)

    def answer(number: int) -> LinkState:
        try:
            with transaction.atomic():
                return answer_by_link(
                    token=tokens[number % ASKED], given=[Given(question, number=number % ASKED)]
                ).state
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = Counter(pool.map(answer, range(2 * ASKED)))  # every link twice
    assert told == {LinkState.OPEN: ASKED, LinkState.USED: ASKED}
    with acting(kim):
        assert Response.objects.filter(survey=survey).count() == ASKED
        assert sorted(Answer.objects.values_list("number", flat=True)) == list(range(ASKED))

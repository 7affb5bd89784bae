"""A survey in the world of the attacks: with a question, an addressee called Frieda and what she answered."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kimwerk.access.walls import name_link, set_actor
from kimwerk.accounts.mailing import Letter
from kimwerk.surveys.models import Invitation
from kimwerk.surveys.services.answering import answer_by_link
from kimwerk.surveys.services.drafting import keep_question, write_survey
from kimwerk.surveys.services.sending import invite, open_survey, send_links
from kimwerk.surveys.types import Addressee, Given, QuestionFacts, QuestionKind, SurveyFacts
from tests.cast import Cast

OF_SURVEY = (
    *("survey", "change", "preview", "next_version", "add_question", "addressees", "invite", "send", "remind"),
    *("prolong", "close", "results", "export", "export_answers"),
)
OF_QUESTION = ("change_question", "move_question", "remove_question", "words")
OF_SURVEYS = {
    **dict.fromkeys((f"surveys:{name}" for name in OF_SURVEY), "survey"),
    **dict.fromkeys((f"surveys:{name}" for name in OF_QUESTION), "survey_question"),
    "surveys:enter_answers": "survey_silent",
    "needs:from_survey": "survey",
}


def build_survey(cast: Cast, organisation_id: int) -> dict[str, int]:
    """The numbers of one thing of every sort."""
    kim, tokens = cast.actor("kim"), list[str]()

    def write(invitation: Invitation, token: str) -> Letter:
        tokens.append(token)
        return Letter(invitation.email, "Frieda", "Frieda")

    set_actor(kim.account_id)
    today = timezone.localdate()
    facts = SurveyFacts("Frieda", "Frieda", today + timedelta(days=30))
    survey = write_survey(actor=kim, organisation_id=organisation_id, facts=facts)
    question = keep_question(actor=kim, survey=survey, facts=QuestionFacts(QuestionKind.TEXT, "Frieda?", is_need=True))
    invite(actor=kim, survey=survey, addressees=[Addressee("Frieda", f"frieda-{n}@kita.example") for n in range(2)])
    open_survey(actor=kim, survey=survey, today=today)
    send_links(actor=kim, survey_id=survey.pk, write=write)
    answer_by_link(token=tokens[0], given=[Given(question.pk, text="Frieda fehlt etwas")])
    name_link("")  # the holder of the link is gone again
    silent = Invitation.objects.filter(survey=survey).silent().get()
    return {"survey": survey.pk, "survey_question": question.pk, "survey_silent": silent.pk}

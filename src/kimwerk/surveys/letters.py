"""The mails of a survey."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.accounts.mailing import Letter
from kimwerk.kernel import german
from kimwerk.surveys.models import Invitation
from kimwerk.surveys.services.sending import Write


def letter_writer(site: str) -> Write:
    """Writes the mail with the link under this address of the program; a second mail to somebody reminds."""

    def write(invitation: Invitation, token: str) -> Letter:
        survey = invitation.survey
        named = {
            "name": invitation.name, "survey": survey.title, "text": survey.text,
            "day": german.day(survey.closes_on) if survey.closes_on else "",
            "link": site + reverse("surveys:answer", args=[token]),
        }  # fmt: skip
        subject = _("Reminder: %(survey)s") if invitation.mails else _("Survey: %(survey)s")
        text = _(
            "To %(name)s\n\nWe ask you to answer a survey until %(day)s: %(survey)s\n\n%(text)s\n\n"
            "Please answer by this link. It answers once and needs no account:\n%(link)s"
        )
        return Letter(invitation.email, subject % named, text % named)

    return write

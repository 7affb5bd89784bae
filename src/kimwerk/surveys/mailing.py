"""Mailing what was ordered from a page: a few links at once, many in the background."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from kimwerk.access.doors import ActorRequest
from kimwerk.kernel import german
from kimwerk.surveys.letters import letter_writer
from kimwerk.surveys.models import Survey
from kimwerk.surveys.selectors.surveys import waiting_mails
from kimwerk.surveys.services.sending import AT_ONCE, Sending, send_links
from kimwerk.surveys.tasks import mail_links
from kimwerk.ui.components import Tone
from kimwerk.ui.notices import notify


def start_mailing(request: ActorRequest, survey: Survey) -> None:
    """Mail the links that were ordered, and say so on the next page."""
    site, waiting = request.build_absolute_uri("/").rstrip("/"), waiting_mails(survey)
    if waiting > AT_ONCE and request.actor.account_id is not None:
        mail_links.defer(survey_id=survey.pk, account_id=request.actor.account_id, site=site)
        said = gettext("%(count)s mails are being sent. The page shows how many are still on their way.")
        notify(request, said % {"count": german.number(waiting)})
        return
    sent = send_links(actor=request.actor, survey_id=survey.pk, write=letter_writer(site))
    notify(request, _said(sent), tone=Tone.WARNING if sent.failed else Tone.SUCCESS)


def _said(sent: Sending) -> str:
    said = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", sent.count)
    said %= {"count": sent.count}
    if sent.failed:
        said += " " + gettext("Not reached: %(addresses)s. Remind them later, or tell them in another way.") % {
            "addresses": ", ".join(sent.failed)
        }
    return said

"""Mailing links in the worker."""

from __future__ import annotations

import logging

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.accounts.selectors import actor_by_id
from kimwerk.surveys.letters import letter_writer
from kimwerk.surveys.services.sending import send_links

logger = logging.getLogger(__name__)


@app.task(name="surveys.mail_links", lock="surveys.mail_links", retry=3)
def mail_links(survey_id: int, account_id: int, site: str) -> None:
    """Mail what was ordered, in the name and with the rights of whoever ordered it; safe to be done twice."""
    if not connection.in_atomic_block:  # a worker's connection may have grown old since its last job
        connection.close_if_unusable_or_obsolete()
    actor = actor_by_id(account_id)
    if actor is None:
        logger.warning("survey ordered by somebody without a role", extra={"survey": survey_id})
        return
    sent = send_links(actor=actor, survey_id=survey_id, write=letter_writer(site))
    if sent.failed:
        logger.warning("links could not be mailed", extra={"survey": survey_id, "failed": len(sent.failed)})

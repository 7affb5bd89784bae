"""Work in the worker: sending invitations and minutes, and counting indicators every night."""

from __future__ import annotations

import logging

from django.db import connection
from procrastinate.contrib.django import app

from kimwerk.access.actors import Actor
from kimwerk.access.walls import acting
from kimwerk.accounts.mailing import Letter, results_of
from kimwerk.accounts.selectors import actor_by_id
from kimwerk.steering.letters import letter_writer
from kimwerk.steering.models import Delivery, Indicator, Mailing
from kimwerk.steering.services.goals import count_indicator
from kimwerk.steering.services.mailing import SEND, begin_delivery, note_delivery, try_later

logger = logging.getLogger(__name__)


@app.task(name=SEND)
def send_mailing(mailing_id: int, account_id: int) -> None:
    """Send what waits, each mail noted by itself, so that a worker that dies repeats one at the most."""
    if not connection.in_atomic_block:  # a worker's connection may have grown old since its last job
        connection.close_if_unusable_or_obsolete()
    actor = actor_by_id(account_id)
    if actor is None:
        logger.warning("mailing ordered by somebody without a role", extra={"mailing": mailing_id})
        return
    deliveries, letters = _letters(actor, mailing_id)
    for delivery, problem in zip(deliveries, results_of(letters), strict=True):
        with acting(actor):
            note_delivery(actor=actor, delivery=delivery, problem=problem)
    with acting(actor):
        tried = Delivery.objects.kept_by(actor).waiting().filter(mailing=mailing_id).order_by("-attempts").first()
        if tried is not None:
            try_later(actor, mailing_id, tried.attempts)


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="steering.count_indicators")
def count_indicators(timestamp: int) -> None:  # noqa: ARG001  # the scheduler passes it by name
    """Every night: count what measures are judged by, in the name of whoever had it counted last."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("select * from steering_to_count()")
        found: list[tuple[int, int]] = cursor.fetchall()
    for indicator_id, account_id in found:
        actor = actor_by_id(account_id)
        if actor is None:
            continue
        with acting(actor):
            indicator = Indicator.objects.kept_by(actor).filter(pk=indicator_id).first()
            if indicator is not None:
                count_indicator(actor=actor, indicator=indicator)


def _letters(actor: Actor, mailing_id: int) -> tuple[list[Delivery], list[Letter]]:
    """Who is still to get a mail, and the mails. Nothing where the meeting is no longer the actor's to keep."""
    with acting(actor):
        found = Mailing.objects.kept_by(actor).select_related("meeting__committee__organisation")
        mailing = found.filter(pk=mailing_id).first()
        if mailing is None:
            return [], []
        waiting = Delivery.objects.kept_by(actor).waiting().filter(mailing=mailing).order_by("pk")
        deliveries = [each for each in waiting if begin_delivery(actor=actor, delivery=each)]
        write = letter_writer(actor, mailing) if deliveries else None
        return deliveries, [write(each) for each in deliveries] if write else []

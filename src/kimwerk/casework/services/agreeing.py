"""The plan of goals and steps: frozen to be printed in two languages, and signed by both."""

from __future__ import annotations

import base64
import json
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.casework.models import Agreement, Case
from kimwerk.casework.plan_words import languages
from kimwerk.casework.sealing import Texts
from kimwerk.casework.selectors.case_file import GoalView, StepView, goals_of
from kimwerk.casework.services.locking import account_of, locked_to_write
from kimwerk.casework.services.refusals import refuse
from kimwerk.casework.types import CaseProblem, Problems, Sealed, Signatures, StepOwner
from kimwerk.kernel import german
from kimwerk.kernel.hashing import content_hash

GERMAN = "de"
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_DRAWING = 300_000
"""Bytes of a signature; the pad makes a tenth of it."""

OWNERS = {StepOwner.CLIENT: "the_person", StepOwner.CASE_MANAGER: "the_counsellor", StepOwner.BODY: ""}


@transaction.atomic
def make_agreement(*, actor: Actor, case: Case, language: str, agreed_on: date) -> Agreement:
    """Freeze the open goals and their steps as a plan, to be printed in German and one language more."""
    current = locked_to_write(actor, case)
    goals = [goal for goal in goals_of(current) if goal.state.is_open]
    problems: Problems = {}
    if language not in languages() or language == GERMAN:
        problems["language"] = CaseProblem.UNKNOWN
    if agreed_on > timezone.localdate():
        problems["agreed_on"] = CaseProblem.IN_THE_FUTURE
    if not goals:
        problems["agreed_on"] = CaseProblem.NOTHING_SAID
    refuse(problems)
    last = Agreement.objects.filter(case=current).aggregate(last=Max("number"))["last"] or 0
    content = json.dumps(_content(actor, current, goals, language, agreed_on), ensure_ascii=False)
    agreement = Agreement.objects.create(
        case=current,
        number=last + 1,
        language=language,
        agreed_on=agreed_on,
        content=Texts(current.person_id).seal(content, Sealed.AGREEMENT),
        content_hash=content_hash(content),
        made_by_id=account_of(actor),
    )
    record(actor=actor, action="plan.agreed", subject=agreement)
    return agreement


@transaction.atomic
def sign_agreement(
    *,
    actor: Actor,
    agreement: Agreement,
    signed_on: date,
    copy_handed_out: bool,
    drawn: Signatures | None = None,
) -> Agreement:
    """Both signed on that day, on paper or (`drawn`) on the screen. A signed plan never changes."""
    locked_to_write(actor, agreement.case)
    current = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if current.signed_on is not None:
        raise PermissionDenied
    problems: Problems = {}
    if signed_on > timezone.localdate():
        problems["signed_on"] = CaseProblem.IN_THE_FUTURE
    elif signed_on < current.agreed_on:
        problems["signed_on"] = CaseProblem.IN_THE_PAST
    if drawn and not (_is_drawing(drawn.person) and _is_drawing(drawn.counsellor)):
        problems["how"] = CaseProblem.NOT_DRAWN
    refuse(problems)
    current.signed_on, current.copy_handed_out = signed_on, copy_handed_out
    if drawn:
        texts = Texts(current.case.person_id)
        current.signature_person = texts.seal(base64.b64encode(drawn.person).decode(), Sealed.SIGNATURE)
        current.signature_counsellor = texts.seal(base64.b64encode(drawn.counsellor).decode(), Sealed.SIGNATURE)
    current.save(update_fields=["signed_on", "copy_handed_out", "signature_person", "signature_counsellor"])
    record(actor=actor, action="plan.signed", subject=current)
    return current


def _is_drawing(content: bytes) -> bool:
    return content.startswith(PNG) and len(content) <= LARGEST_DRAWING


def _content(actor: Actor, case: Case, goals: list[GoalView], language: str, agreed_on: date) -> dict[str, object]:
    words = languages()
    return {
        "language": language,
        "words": {"de": words[GERMAN], "other": words[language]},
        "organisation": case.organisation.name,
        "number": case.number,
        "person": case.person.display_name,
        "counsellor": actor.name,
        "agreed_on": german.day(agreed_on),
        "made_at": int(timezone.now().timestamp()),
        "goals": [_goal(number, goal) for number, goal in enumerate(goals, start=1)],
    }


def _goal(number: int, goal: GoalView) -> dict[str, object]:
    return {
        "number": str(number),
        "text": goal.text,
        "indicator": goal.indicator,
        "due": german.day(goal.due_on) if goal.due_on else "",
        "steps": [_step(step) for step in goal.steps if step.is_open],
    }


def _step(step: StepView) -> dict[str, str]:
    return {
        "text": step.text,
        "owner": OWNERS[step.owner],
        "body": step.body,
        "due": german.day(step.due_on) if step.due_on else "",
    }

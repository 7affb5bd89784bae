"""Writing texts, and putting them into force."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.audit.services import record
from kimwerk.consent.models import ConsentText
from kimwerk.consent.policies import may_approve, may_keep_texts
from kimwerk.consent.services.refusals import TextRefused
from kimwerk.consent.types import DeclarationKind, TextLanguage, TextState
from kimwerk.consent.wording import Wording, samples


@transaction.atomic
def begin_version(
    *, actor: Actor, organisation_id: int, kind: DeclarationKind, particulars: Mapping[str, str] | None = None
) -> int:
    """Begin the next version in all languages: from the last one, or from the samples. Returns its number.

    `particulars` replace the blanks of the samples (controller, officer, …). One draft at a time: if there is one
    already its number is returned.
    """
    if not may_keep_texts(actor, organisation_id) or actor.account_id is None:
        raise PermissionDenied
    known = ConsentText.objects.of(organisation_id, kind)
    last = known.aggregate(last=Max("version"))["last"] or 0
    if known.filter(version=last, state=TextState.DRAFT.value).exists():
        return last
    for language, wording in _beginning(organisation_id, kind, last, particulars or {}).items():
        text = ConsentText(
            organisation_id=organisation_id,
            kind=kind.value,
            version=last + 1,
            language=language.value,
            title=wording.title,
            summary=wording.summary,
            body=wording.body,
            written_by_id=actor.account_id,
        )
        _save(text)
    record(actor=actor, action="consent_text.begun")
    return last + 1


@transaction.atomic
def write_text(*, actor: Actor, text: ConsentText, revision: int, wording: Wording) -> ConsentText:
    """Change a draft that was read at `revision`. Raises TextRefused if somebody else was faster, or it is no draft."""
    current = ConsentText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if not may_keep_texts(actor, current.organisation_id) or actor.account_id is None:
        raise PermissionDenied
    if current.state != TextState.DRAFT.value:
        raise TextRefused("not_a_draft")
    if current.revision != revision:
        raise TextRefused("changed_meanwhile")
    current.title, current.summary, current.body = wording.title, wording.summary, wording.body
    current.revision += 1
    current.written_by_id = actor.account_id
    _save(current)
    record(actor=actor, action="consent_text.written", subject=current)
    return current


@transaction.atomic
def approve_version(*, actor: Actor, text: ConsentText) -> int:
    """Put the version of this draft into force in all its languages; the one before ends. Returns how many texts.

    Raises TextRefused while a blank is left in a text.
    """
    if not may_approve(actor, text):
        raise PermissionDenied
    siblings = ConsentText.objects.of(text.organisation_id, DeclarationKind(text.kind)).select_for_update(of=("self",))
    drafts = tuple(siblings.filter(version=text.version, state=TextState.DRAFT.value))
    if not drafts:
        raise TextRefused("not_a_draft")
    if any("[[" in f"{each.title}{each.summary}{each.body}" for each in drafts):
        raise TextRefused("blanks_left")
    now = timezone.now()
    siblings.in_force().update(state=TextState.WITHDRAWN.value, withdrawn_at=now)
    approved = {"state": TextState.IN_FORCE.value, "approved_at": now, "approved_by_id": actor.account_id}
    count = ConsentText.objects.filter(pk__in=[each.pk for each in drafts]).update(**approved)
    record(actor=actor, action="consent_text.approved", subject=text)
    return count


def _beginning(
    organisation_id: int, kind: DeclarationKind, last: int, particulars: Mapping[str, str]
) -> Mapping[TextLanguage, Wording]:
    if not last:
        return samples(kind, particulars)
    rows = ConsentText.objects.of(organisation_id, kind).filter(version=last)
    return {each.spoken: Wording(each.title, each.summary, each.body) for each in rows}


def _save(text: ConsentText) -> None:
    text.content_hash = text.computed_hash()
    text.save()

"""The form as it is asked for on a page: before signing, and as the copy of what was signed."""

from __future__ import annotations

import base64

from django.utils import timezone
from django.utils.translation import gettext as _

from kimwerk.consent.models import ConsentText, Declaration, DeclarationProof, Grant, Purpose, RecipientGroup
from kimwerk.consent.services.declaring import GUARDIAN, INTERPRETER, PROOF
from kimwerk.consent.types import Direction, Evidence, GrantFacts, TextLanguage
from kimwerk.consent.web.forms import DeclareForm
from kimwerk.consent.web.papers.form import FormPaper, PaperGrant, print_form
from kimwerk.consent.web.showing import parts_of
from kimwerk.directory.models import Organisation
from kimwerk.kernel import german
from kimwerk.persons.keys import open_for
from kimwerk.persons.selectors import PersonCard


def blank_form(text: ConsentText, german_text: ConsentText) -> bytes:
    """Nothing filled in: how the text looks in print."""
    return print_form(FormPaper(german_text, _beside(text, german_text), text.organisation.name, timezone.localtime()))


def filled_form(text: ConsentText, german_text: ConsentText, card: PersonCard, form: DeclareForm) -> bytes:
    """With what was ticked so far, to be signed on paper."""
    grants = form.grants() or ()
    return print_form(
        FormPaper(
            german=german_text,
            other=_beside(text, german_text),
            controller=text.organisation.name,
            made_at=timezone.localtime(),
            grants=tuple(_ticked(each) for each in grants),
            person=card.name,
            born=card.birth,
        )
    )


def signed_form(declaration: Declaration, card: PersonCard) -> bytes:
    """The copy of what was signed."""
    text = declaration.consent_text
    same = ConsentText.objects.filter(organisation=text.organisation_id, kind=text.kind, version=text.version)
    german_text = same.filter(language=TextLanguage.GERMAN.value).first() or text
    related = declaration.grants.select_related("purpose", "recipient", "group").order_by("pk")
    return print_form(
        FormPaper(
            german=german_text,
            other=_beside(text, german_text),
            controller=text.organisation.name,
            made_at=timezone.localtime(),
            grants=tuple(_granted(each, declaration) for each in related),
            person=card.name,
            born=card.birth,
            place=declaration.place,
            day=declaration.declared_on,
            guardian=_opened(declaration, declaration.guardian, GUARDIAN),
            interpreter=_opened(declaration, declaration.interpreter, INTERPRETER),
            signature=_signature(declaration),
            signed_note=_note(declaration),
        )
    )


def _note(declaration: Declaration) -> str:
    if not declaration.evidence:
        return _("Copy. Refused on %(day)s.") % {"day": german.day(declaration.declared_on)}
    said = {
        Evidence.DRAWN: _("Copy. Signed on the screen on %(day)s."),
        Evidence.SCAN: _("Copy. The signed paper of %(day)s was scanned."),
        Evidence.PAPER: _("Copy. The signed paper of %(day)s lies in the file."),
    }[Evidence(declaration.evidence)]
    return said % {"day": german.day(declaration.declared_on)}


def _signature(declaration: Declaration) -> bytes:
    """What was drawn; a scan is a paper of its own."""
    if declaration.evidence != Evidence.DRAWN.value:
        return b""
    proof = DeclarationProof.objects.filter(declaration=declaration).first()
    if proof is None:
        return b""
    return base64.b64decode(open_for(declaration.person_id, bytes(proof.content), purpose=PROOF))


def _granted(grant: Grant, declaration: Declaration) -> PaperGrant:
    group = grant.group
    names = (str(grant.recipient),) if group is None else (group.name, *group.names_on(declaration.declared_on))
    return PaperGrant(
        purpose_code=grant.purpose.code,
        purpose_label=grant.purpose.label,
        recipients=names,
        categories=parts_of(grant.categories),
        direction=Direction(grant.direction),
        valid_from=grant.valid_from,
        valid_until=grant.valid_until,
    )


def _ticked(facts: GrantFacts) -> PaperGrant:
    if facts.group_id is None:
        names = tuple(Organisation.objects.filter(pk__in=[facts.recipient_id]).values_list("name", flat=True))
    else:
        group = RecipientGroup.objects.get(pk=facts.group_id)
        names = (group.name, *group.names_on(timezone.localdate()))
    return PaperGrant(
        purpose_code=facts.purpose,
        purpose_label=Purpose.objects.values_list("label", flat=True).get(code=facts.purpose),
        recipients=names,
        categories=facts.categories,
        direction=facts.direction,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
    )


def _opened(declaration: Declaration, sealed: bytes | memoryview | None, purpose: str) -> str:
    return open_for(declaration.person_id, bytes(sealed), purpose=purpose) if sealed else ""


def _beside(text: ConsentText, german_text: ConsentText) -> ConsentText | None:
    return text if text.pk != german_text.pk else None

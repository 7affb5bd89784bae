"""Consent and disclosures as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.doors import ActorRequest
from kimwerk.consent.fields import field_name
from kimwerk.consent.keys import Content
from kimwerk.consent.models import ConsentText, Declaration, Disclosure, Grant, ListDisclosure
from kimwerk.consent.types import Answer, DeclarationKind, Direction, TextState
from kimwerk.consent.web.pages import ContentGroup, GrantLine, Spoken
from kimwerk.consent.web.wording import KINDS, STATES, categories_text, category_label, direction_label
from kimwerk.kernel import german
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.persons.selectors import PersonCard, person_card
from kimwerk.persons.web.pacing import keep_pace
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Badge, Cell, Column, Fact, Row, Table, Tone

SOON = 60
"""Days before its end from which a consent is marked."""


def card_or_404(request: ActorRequest, person_id: int) -> PersonCard:
    """The person, if they are in the actor's care; recorded as read."""
    keep_pace(request)
    card = person_card(request.actor, person_id)
    if card is None:
        raise Http404
    return card


def badge_of_grant(grant: Grant, today: date) -> Badge:
    """How it stands with what was allowed."""
    if grant.withdrawn_at:
        return Badge(_("withdrawn"), Tone.DANGER)
    if grant.valid_until < today:
        return Badge(_("over"), Tone.NEUTRAL)
    if grant.valid_from > today:
        return Badge(_("not yet"), Tone.NEUTRAL)
    days = (grant.valid_until - today).days
    return Badge(_("ends soon"), Tone.WARNING) if days <= SOON else Badge(_("in force"), Tone.SUCCESS)


def grant_line(grant: Grant, today: date) -> GrantLine:
    """One thing that is allowed."""
    members = ", ".join(grant.group.names_on(grant.declaration.declared_on)) if grant.group else ""
    return GrantLine(
        id=grant.pk,
        recipient=str(grant.recipient or grant.group),
        members=members,
        purpose=grant.purpose.label,
        data=categories_text(grant.categories),
        direction=direction_label(Direction(grant.direction)),
        period=f"{german.day(grant.valid_from)} – {german.day(grant.valid_until)}",
        badge=badge_of_grant(grant, today),
        is_running=grant.withdrawn_at is None and grant.valid_until >= today,
    )


def badge_of_declaration(declaration: Declaration) -> Badge:
    """How it stands with a declaration."""
    if declaration.answer == Answer.REFUSED.value:
        return Badge(_("said no"), Tone.NEUTRAL)
    if declaration.withdrawn_at:
        return Badge(_("withdrawn"), Tone.DANGER)
    return Badge(_("given"), Tone.SUCCESS)


def title_of(declaration: Declaration) -> str:
    """What a declaration is called."""
    kind = str(KINDS[DeclarationKind(declaration.kind)])
    return _("%(what)s of %(day)s") % {"what": kind, "day": german.day(declaration.declared_on)}


def basis_text(disclosure: Disclosure) -> str:
    """Why something was allowed to be told."""
    if disclosure.statutory_basis is not None:
        return str(disclosure.statutory_basis)
    return _("consent of the person")


def state_of(disclosure: Disclosure) -> Badge:
    """How it stands with a disclosure today."""
    if disclosure.deletion_confirmed_at:
        return Badge(_("deleted there"), Tone.SUCCESS)
    if disclosure.recalled_at:
        label = _("recalled, to be deleted there") if disclosure.first_read_at else _("recalled unread")
        return Badge(label, Tone.DANGER)
    if disclosure.share_ends_on and disclosure.share_ends_on < timezone.localdate():
        return Badge(_("over"), Tone.NEUTRAL)
    return Badge(_("read"), Tone.INFO) if disclosure.first_read_at else Badge(_("not read yet"), Tone.NEUTRAL)


def reference(disclosure: Disclosure | ListDisclosure) -> str:
    """The number under which it is kept; that of a list says how many rows went."""
    if isinstance(disclosure, Disclosure):
        return str(disclosure.pk)
    count = disclosure.row_count
    rows = ngettext("list %(number)s, %(count)s row", "list %(number)s, %(count)s rows", count)
    return rows % {"number": disclosure.pk, "count": count}


def moment(disclosure: Disclosure | ListDisclosure) -> str:
    """The day on which something was told."""
    return german.day(timezone.localdate(disclosure.disclosed_at))


def disclosures_table(rows: tuple[Disclosure, ...]) -> Table:
    """Everything that was ever told about a person."""
    return Table(
        _("Everything that was ever passed on"),
        (Column(_("Day")), Column(_("Told to")), Column(_("What for")), Column(_("Which data")), Column(_("Because")),
         Column(_("Today"))),
        tuple(
            Row(
                (
                    Cell(moment(each), url=address_of_record("consent:disclosure", each.pk)),
                    Cell(each.recipient.name),
                    Cell(each.purpose.label),
                    Cell(categories_text(each.categories)),
                    Cell(basis_text(each)),
                    Cell(badge=state_of(each)),
                ),
                key=f"disclosure-{each.pk}",
            )
            for each in rows
        ),
        is_caption_hidden=True,
    )  # fmt: skip


def groups_of(content: Content) -> tuple[ContentGroup, ...]:
    """What was sent, by category."""
    return tuple(
        ContentGroup(
            category_label(category), tuple(Fact(str(field_name(field)), text) for field, text in fields.items())
        )
        for category, fields in content.items()
    )


def spoken(text: ConsentText) -> Spoken:
    """A text in its parts: headings with their paragraphs."""
    found: list[tuple[str, list[str]]] = []
    for line in text.body.splitlines():
        if line.startswith("## "):
            found.append((line.removeprefix("## ").strip(), []))
        elif line.strip():
            if not found:
                found.append(("", []))
            found[-1][1].append(line.strip())
    return Spoken(text, tuple((heading, tuple(lines)) for heading, lines in found))


def badge_of_text(text: ConsentText) -> Badge:
    """How it stands with a text."""
    tones: Mapping[TextState, Tone] = {TextState.DRAFT: Tone.WARNING, TextState.IN_FORCE: Tone.SUCCESS}
    state = TextState(text.state)
    return Badge(STATES[state], tones.get(state, Tone.NEUTRAL))


def parts_of(values: list[str]) -> frozenset[DataCategory]:
    """Stored categories as the words they are."""
    return frozenset(DataCategory(value) for value in values)

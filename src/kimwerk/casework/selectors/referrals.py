"""Referrals as pages show them, from either side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import timezone

from kimwerk.access.actors import Actor
from kimwerk.access.kept import kept
from kimwerk.access.permissions import Permission
from kimwerk.casework.models.referral import Referral, ReferralLink, ReferralOrigin
from kimwerk.casework.referral_states import FAILED, Move, ReferralState, Side, moves_of
from kimwerk.casework.referral_texts import CONCERN, open_need, open_note
from kimwerk.casework.referral_types import PURPOSE, DeclineReason, Outcome, ReferralChannel
from kimwerk.consent.models import Disclosure
from kimwerk.consent.selectors import covering_grant
from kimwerk.directory.models import Contact
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.listed import Lines
from kimwerk.persons.keys import open_for
from kimwerk.persons.models import Person
from kimwerk.persons.reference import language_name

HIDDEN_FROM_RECIPIENT = frozenset({ReferralState.RECALLED, ReferralState.STOPPED})
"""After these the recipient is told that it is over, and nothing of what was asked."""


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral as both sides know it. `need` is empty where it is not read or, for the recipient, over."""

    id: int
    sender: str
    recipient: str
    recipient_id: int
    target: str
    language: str
    municipality: str
    age_band: str
    channel: ReferralChannel
    state: ReferralState
    sent_on: date
    answer_due_on: date
    answered_on: date | None
    ended_on: date | None
    arrived_on: date | None
    decline_reason: DeclineReason | None
    outcome: Outcome | None
    version: int
    need: str = ""
    note: str = ""
    is_hidden: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether the time for an answer is over."""
        return self.state is ReferralState.SENT and self.answer_due_on < timezone.localdate()


@dataclass(frozen=True, slots=True)
class SentRow:
    """A referral in the sender's list, with whom it is about."""

    referral: ReferralRow
    case_id: int
    case_number: str
    person: str


@dataclass(frozen=True, slots=True)
class SentReferral:
    """A referral with all the sender knows of it, and what can be done now."""

    row: SentRow
    person_id: int
    concern: str
    categories: tuple[DataCategory, ...]
    is_covered: bool
    is_release_due: bool
    is_disclosed: bool
    link: LinkFacts | None
    mail: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What the sender sees of a link: never its secrets."""

    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    wrong_pins: int
    uses: int


@dataclass(frozen=True, slots=True)
class ReceivedReferral:
    """A referral as the recipient sees it, and what can be done now."""

    row: ReferralRow
    moves: tuple[Move, ...]
    unread: Disclosure | None = None
    disclosure: Disclosure | None = None


def sent_referrals(actor: Actor, *, is_open: bool = False, case_id: int | None = None) -> Sequence[SentRow]:
    """The referrals of the actor's cases, the latest first. A piece costs one query, whatever its size."""
    origins = ReferralOrigin.objects.visible_to(actor)
    if case_id is not None:
        origins = origins.filter(case=case_id)
    if is_open:
        origins = origins.filter(referral__in=Referral.objects.open())
    joined = origins.select_related("case", *_JOINED).order_by("-referral__sent_at", "-pk")
    return Lines(joined, _sent_rows)


def sent_needing_something(actor: Actor, *, since: date) -> tuple[SentRow, ...]:
    """The actor's referrals that wait for the sender: overdue, answered, or failed and stopped since a day."""
    return _sent_rows(_needing_something(actor, timezone.localdate(), since))


@kept
def _needing_something(actor: Actor, today: date, since: date) -> QuerySet[ReferralOrigin]:
    waiting = Q(referral__state=ReferralState.SENT.value, referral__answer_due_on__lt=today)
    answered = Q(referral__state=ReferralState.ACCEPTED.value)
    lost = [state.value for state in (*FAILED, ReferralState.STOPPED)]
    ended = Q(referral__state__in=lost, referral__ended_at__date__gte=since)
    origins = ReferralOrigin.objects.kept_by(actor).filter(waiting | answered | ended)
    return origins.select_related("case", *_JOINED).order_by("referral__answer_due_on", "pk")[:MOST_LISTED]


MOST_LISTED = 500
"""More referrals than can wait for one person; beyond, the list of all has pages."""


def sent_referral(actor: Actor, pk: int) -> SentReferral | None:
    """One referral of the actor's cases."""
    origins = ReferralOrigin.objects.visible_to(actor).filter(referral=pk)
    origin = origins.select_related("case", *_JOINED).first()
    if origin is None or origin.case.person_id is None:
        return None
    row = _sent_rows([origin], is_read=True)[0]
    is_kept = ReferralOrigin.objects.kept_by(actor).filter(pk=origin.pk).exists()
    categories = tuple(DataCategory(each) for each in origin.categories)
    promised = {*categories, *({DataCategory.CONCERN} if origin.concern else ())}
    is_promised = bool(promised) and row.referral.channel is not ReferralChannel.SLIP
    grant = (
        covering_grant(
            origin.case.person_id,
            recipient_id=row.referral.recipient_id,
            purpose=PURPOSE,
            categories=frozenset(promised),
        )
        if is_promised
        else None
    )
    return SentReferral(
        row=row,
        person_id=origin.case.person_id,
        concern=_concern(origin),
        categories=categories,
        is_covered=grant is not None or not is_promised,
        is_release_due=is_kept
        and is_promised
        and origin.referral.disclosure_id is None
        and row.referral.state in _ANSWERED,
        is_disclosed=origin.referral.disclosure_id is not None,
        link=_link(pk),
        mail=_mail_of(row.referral.recipient_id) if row.referral.channel is ReferralChannel.LINK else "",
        moves=moves_of(row.referral.state, Side.SENDER) if is_kept else (),
    )


def received_referrals(actor: Actor, *, is_open: bool = True) -> Sequence[ReferralRow]:
    """The queues the actor answers for: first what waits longest. A piece costs one query."""
    found = Referral.objects.received_by(actor).select_related(*_ASKED)
    found = found.open() if is_open else found
    return Lines(found.order_by("answer_due_on", "pk"), partial(map, partial(row_of, for_recipient=True)))


def received_referral(actor: Actor, pk: int) -> ReceivedReferral | None:
    """One referral of a queue the actor answers for."""
    found = Referral.objects.received_by(actor).select_related(*_ASKED).filter(pk=pk).first()
    if found is None:
        return None
    shared = Disclosure.objects.received_by(actor).shared(timezone.localdate())
    told = shared.in_bulk(each for each in (found.asking_id, found.disclosure_id) if each)
    asked = told.get(found.asking_id or 0)
    return received_of(
        found,
        unread=asked if asked and asked.first_read_at is None else None,
        disclosure=told.get(found.disclosure_id or 0),
    )


def received_of(
    referral: Referral, *, unread: Disclosure | None = None, disclosure: Disclosure | None = None
) -> ReceivedReferral:
    """A referral as its recipient sees it, by a queue with what may be read now, or by a link.

    `unread` is what was asked, as long as nobody there has opened it.
    """
    row = row_of(referral, for_recipient=True)
    return ReceivedReferral(row, moves_of(row.state, Side.RECIPIENT), unread, disclosure)


def escalated(actor: Actor, days: int) -> tuple[ReferralRow, ...]:
    """Referrals of organisations whose casework the actor oversees, unanswered for so long after their deadline."""
    overseen = actor.scope(Permission.CASE_OVERSEE).touched_organisations
    before = timezone.localdate() - timedelta(days=days)
    late = Referral.objects.pending().filter(organisation__in=sorted(overseen), answer_due_on__lt=before)
    late = late.exclude(channel=ReferralChannel.SLIP.value)
    return tuple(_told(each) for each in late.select_related(*_NAMES).order_by("answer_due_on", "pk")[:MOST_LISTED])


def row_of(referral: Referral, *, for_recipient: bool) -> ReferralRow:
    """A referral with what was asked and answered, unless that is over for the recipient."""
    is_hidden = for_recipient and (
        referral.stage in HIDDEN_FROM_RECIPIENT or referral.is_request_over(timezone.localdate())
    )
    return _told(
        referral,
        is_hidden=is_hidden,
        need="" if is_hidden else open_need(referral.need),
        note="" if is_hidden else open_note(referral.note),
    )


_NAMES = ("organisation", "recipient", "target", "municipality")
_ASKED = (*_NAMES, "asking")
_JOINED = tuple(f"referral__{name}" for name in _NAMES)
_ANSWERED = frozenset({ReferralState.ACCEPTED, ReferralState.ARRIVED})


def _told(referral: Referral, *, need: str = "", note: str = "", is_hidden: bool = False) -> ReferralRow:
    return ReferralRow(
        id=referral.pk,
        sender=referral.organisation.name,
        recipient=referral.recipient.name,
        recipient_id=referral.recipient_id,
        target=referral.target.label,
        language=language_name(referral.language) if referral.language else "",
        municipality=referral.municipality.name if referral.municipality else "",
        age_band=referral.age_band,
        channel=ReferralChannel(referral.channel),
        state=referral.stage,
        sent_on=timezone.localdate(referral.sent_at),
        answer_due_on=referral.answer_due_on,
        answered_on=timezone.localdate(referral.answered_at) if referral.answered_at else None,
        ended_on=timezone.localdate(referral.ended_at) if referral.ended_at else None,
        arrived_on=referral.arrived_on,
        decline_reason=DeclineReason(referral.decline_reason) if referral.decline_reason else None,
        outcome=Outcome(referral.outcome) if referral.outcome else None,
        version=referral.version,
        need=need,
        note=note,
        is_hidden=is_hidden,
    )


def _sent_rows(origins: Iterable[ReferralOrigin], *, is_read: bool = False) -> tuple[SentRow, ...]:
    found = list(origins)
    people = Person.objects.in_bulk({each.case.person_id for each in found if each.case.person_id})
    return tuple(
        SentRow(
            referral=row_of(each.referral, for_recipient=False) if is_read else _told(each.referral),
            case_id=each.case_id,
            case_number=each.case.number,
            person=people[each.case.person_id].listed_name if each.case.person_id in people else "",
        )
        for each in found
    )


def _concern(origin: ReferralOrigin) -> str:
    person_id = origin.case.person_id
    if not origin.concern or person_id is None:
        return ""
    return open_for(person_id, bytes(origin.concern), purpose=CONCERN)


def _mail_of(organisation_id: int) -> str:
    """The address of a contact there, if the directory knows one."""
    known = Contact.objects.filter(organisation=organisation_id).exclude(email="").order_by("pk")
    return known.values_list("email", flat=True).first() or ""


def _link(referral_id: int) -> LinkFacts | None:
    link = ReferralLink.objects.standing().filter(referral=referral_id).first()
    if link is None:
        return None
    return LinkFacts(link.created_at, link.expires_at, link.used_at, link.wrong_pins, link.uses)

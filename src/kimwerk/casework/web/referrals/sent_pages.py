"""A sender's pages out of what is known of a referral."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kimwerk.casework.referral_states import ENDED, Move
from kimwerk.casework.referral_types import ReferralChannel
from kimwerk.casework.referral_words import OUTCOMES
from kimwerk.casework.selectors.referrals import LinkFacts, ReferralRow, SentReferral, SentRow
from kimwerk.casework.web.referrals.forms import LinkForm
from kimwerk.casework.web.referrals.pages import ListPage, SentPage
from kimwerk.casework.web.referrals.wording import (
    CATEGORIES,
    CHANNELS,
    REASONS,
    age_words,
    badge_of,
)
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Crumb, Fact, Moment, Pagination, Row, Tab, Table
from kimwerk.ui.templatetags.ui import clock, day

ERRANDS: Final[dict[Move, tuple[Text, str]]] = {
    Move.NOTE_ARRIVAL: (gettext_lazy("Note the arrival"), "casework:referral_arrival"),
    Move.FINISH: (gettext_lazy("Note the result"), "casework:referral_result"),
    Move.RECALL: (gettext_lazy("Take back"), "casework:referral_recall"),
    Move.LAPSE: (gettext_lazy("Stop waiting"), "casework:referral_give_up"),
}
"""What a sender can do, and where."""


def referral_crumbs() -> tuple[Crumb, ...]:
    """The way to a referral."""
    return (Crumb(_("Referrals"), reverse("casework:referrals")),)


def sent_list_page(rows: Sequence[SentRow], *, is_open: bool, pagination: Pagination | None = None) -> ListPage:
    """The list of one's referrals."""
    here = reverse("casework:referrals")
    columns = (
        Column(_("Person")), Column(_("Referred to")), Column(_("State")), Column(_("Sent on")),
        Column(_("Answer until")),
    )  # fmt: skip
    return ListPage(
        title=_("Referrals"),
        state=_("Asked, answered, arrived, result: what became of it"),
        table=Table(_("Referrals"), columns, tuple(_row(each) for each in rows), is_caption_hidden=True),
        pagination=pagination,
        empty_title=_("No open referrals") if is_open else _("No referrals yet"),
        empty_text=_("A referral is begun in the file of a case."),
        tabs=(Tab(_("Still open"), here, is_open), Tab(_("All"), f"{here}?which=all", not is_open)),
    )


def sent_page(found: SentReferral, link_form: LinkForm | None = None) -> SentPage:
    """One referral with all the sender knows."""
    row = found.row.referral
    may_link = row.state not in ENDED and bool(found.moves) and row.channel is ReferralChannel.LINK
    here = [row.id]
    return SentPage(
        title=row.recipient,
        state=_("Case %(number)s, %(person)s") % {"number": found.row.case_number, "person": found.row.person},
        badge=badge_of(row),
        crumbs=referral_crumbs(),
        facts=tuple(_facts(found)),
        history=tuple(_history(row)),
        warnings=tuple(_warnings(found)),
        actions=tuple(Action(label, reverse(name, args=here)) for label, name in (ERRANDS[m] for m in found.moves)),
        version=row.version,
        release_url=reverse("casework:referral_release", args=here) if found.is_release_due else "",
        slip_url=reverse("casework:referral_slip", args=here),
        link=_link(found.link) if found.link else (),
        link_url=reverse("casework:referral_link", args=here) if may_link else "",
        link_form=(link_form or LinkForm(initial={"email": found.mail})) if may_link else None,
    )


def referral_facts(row: ReferralRow) -> Iterator[Fact]:
    """What was asked: the only facts a recipient reads before answering."""
    yield Fact(_("What is needed"), row.need)
    yield Fact(_("Language"), row.language)
    yield Fact(_("Municipality"), row.municipality)
    yield Fact(_("Age"), age_words(row.age_band))
    yield Fact(_("Kind of target"), row.target)


def answer_facts(row: ReferralRow) -> Iterator[Fact]:
    """What came back, as far as something has."""
    if row.decline_reason:
        yield Fact(_("Declined because"), REASONS[row.decline_reason])
    if row.note:
        yield Fact(_("Message"), row.note)
    if row.arrived_on:
        yield Fact(_("Was there on"), german.day(row.arrived_on))
    if row.outcome:
        yield Fact(_("Result"), OUTCOMES[row.outcome])


def _row(sent: SentRow) -> Row:
    row = sent.referral
    return Row(
        (
            Cell(sent.person or sent.case_number, address_of_record("casework:referral", row.id), sent.case_number),
            Cell(row.recipient, note=row.target),
            Cell(badge=badge_of(row)),
            Cell(german.day(row.sent_on)),
            Cell(german.day(row.answer_due_on)),
        ),
        key=f"referral-{row.id}",
    )


def _facts(found: SentReferral) -> Iterator[Fact]:
    row = found.row.referral
    yield from referral_facts(row)
    yield Fact(_("How"), CHANNELS[row.channel])
    if found.categories or found.concern:
        told = ", ".join(str(CATEGORIES[each]) for each in found.categories)
        yield Fact(_("Told on acceptance"), told, note=_("has been told") if found.is_disclosed else "")
        yield Fact(_("The matter, in detail"), found.concern)
    yield from answer_facts(row)


def _history(row: ReferralRow) -> Iterator[Moment]:
    if row.ended_on:
        yield Moment(row.ended_on, badge_of(row).label)
    if row.answered_on and not (row.ended_on == row.answered_on and row.decline_reason):
        yield Moment(row.answered_on, _("Answered"))
    is_slip = row.channel is ReferralChannel.SLIP
    until = _("Ask again on %(day)s") if is_slip else _("Answer until %(day)s")
    yield Moment(row.sent_on, _("Sent"), text=until % {"day": german.day(row.answer_due_on)})


def _warnings(found: SentReferral) -> Iterator[Text]:
    row = found.row.referral
    if row.is_overdue and row.channel is ReferralChannel.SLIP:
        yield _("Ask the person whether they were there, and note what came of it.")
    elif row.is_overdue:
        yield _("The organisation has not answered in time. Ask there, or look for another way.")
    if not found.is_covered and row.state not in ENDED and not found.is_disclosed:
        yield _("No consent in force covers what is to be told on acceptance. The acceptance would stop the referral.")
    if found.is_release_due:
        yield _("The organisation has accepted and has not been told yet, because the sender had left the case.")


def _link(link: LinkFacts) -> tuple[Fact, ...]:
    used = f"{day(link.used_at)}, {clock(link.used_at)}" if link.used_at else _("not yet")
    return (
        Fact(_("Works until"), day(link.expires_at)),
        Fact(_("Opened"), used),
        Fact(_("Wrong PINs"), german.number(link.wrong_pins)),
        Fact(_("Used"), german.number(link.uses)),
    )

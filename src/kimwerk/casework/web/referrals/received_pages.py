"""A recipient's pages out of what may be known of a referral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kimwerk.casework.referral_states import Move, ReferralState
from kimwerk.casework.selectors.referrals import ReceivedReferral, ReferralRow
from kimwerk.casework.web.referrals.forms import AnswerForm, ResultForm
from kimwerk.casework.web.referrals.pages import ListPage, ReceivedPage, Told
from kimwerk.casework.web.referrals.sent_pages import answer_facts, referral_facts
from kimwerk.casework.web.referrals.wording import CATEGORIES, age_words, badge_of
from kimwerk.consent.fields import field_name
from kimwerk.kernel import german
from kimwerk.kernel.data_categories import DataCategory
from kimwerk.kernel.figures import Text
from kimwerk.ui.components import Cell, Column, Crumb, Fact, Pagination, Row, Tab, Table

Content = Mapping[DataCategory, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Around:
    """Where the errands of the page go."""

    answer_url: str
    result_url: str
    arrival_url: str = ""
    content_url: str = ""


def received_list_page(rows: Sequence[ReferralRow], *, is_open: bool, pagination: Pagination | None = None) -> ListPage:
    """The queue."""
    here = reverse("casework:incoming")
    columns = (
        Column(_("Need")), Column(_("From")), Column(_("Language")), Column(_("Municipality")), Column(_("Age")),
        Column(_("State")), Column(_("Answer until")),
    )  # fmt: skip
    return ListPage(
        title=_("Referrals to us"),
        state=_("What other organisations ask of yours. Who it is about is told on acceptance."),
        table=Table(_("Referrals to us"), columns, tuple(_row(each) for each in rows), is_caption_hidden=True),
        pagination=pagination,
        empty_title=_("Nothing waits here") if is_open else _("Nothing has come in yet"),
        empty_text=_("Referrals that are sent to your organisation stand here."),
        tabs=(Tab(_("Still open"), here, is_open), Tab(_("All"), f"{here}?which=all", not is_open)),
    )


def received_page(
    found: ReceivedReferral, answer: AnswerForm, result: ResultForm, around: Around, content: Content | None = None
) -> ReceivedPage:
    """One referral as its recipient may see it."""
    row = found.row
    return ReceivedPage(
        title=_("Referral from %(organisation)s") % {"organisation": row.sender},
        badge=badge_of(row),
        crumbs=(Crumb(_("Referrals to us"), reverse("casework:incoming")),),
        facts=() if row.is_hidden else (*referral_facts(row), *answer_facts(row)),
        told=told(content or {}),
        notice=_notice(row),
        answer=answer if Move.ACCEPT in found.moves else None,
        result=result if Move.FINISH in found.moves else None,
        answer_url=around.answer_url,
        result_url=around.result_url,
        arrival_url=around.arrival_url if Move.NOTE_ARRIVAL in found.moves else "",
        version=row.version,
        content_url=around.content_url if found.disclosure and content is None else "",
    )


def told(content: Content) -> tuple[Told, ...]:
    """What was disclosed, category by category."""
    return tuple(
        Told(CATEGORIES[category], tuple(Fact(field_name(name), value) for name, value in values.items()))
        for category, values in content.items()
    )


def _row(row: ReferralRow) -> Row:
    need = row.need or _("no longer shown")
    return Row(
        (
            Cell(
                need if len(need) <= 90 else f"{need[:88]} …", reverse("casework:received", args=[row.id]), row.target
            ),
            Cell(row.sender),
            Cell("" if row.is_hidden else row.language),
            Cell("" if row.is_hidden else row.municipality),
            Cell("" if row.is_hidden else age_words(row.age_band)),
            Cell(badge=badge_of(row)),
            Cell(german.day(row.answer_due_on)),
        ),
        key=f"referral-{row.id}",
    )


def _notice(row: ReferralRow) -> Text:
    if row.state is ReferralState.STOPPED:
        return _(
            "The person has withdrawn their consent. This referral is over. Delete what you have noted about the"
            " person because of it."
        )
    if row.state is ReferralState.RECALLED:
        return _("The sender has taken this referral back. There is nothing to do.")
    if row.state is ReferralState.UNANSWERED:
        return _("The time for an answer is over. The sender looks for another way.")
    if row.is_hidden:
        return _(
            "The consent behind this referral has ended. What was asked is no longer shown. Delete what you have"
            " noted about the person because of it."
        )
    return ""

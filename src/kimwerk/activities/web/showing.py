"""One entry as a page says it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kimwerk.access.actors import Actor
from kimwerk.activities.models import Activity
from kimwerk.activities.policies import may_change
from kimwerk.activities.selectors.book import Book, name_of
from kimwerk.activities.selectors.entries import facts_of
from kimwerk.activities.types import EntryField, Facts
from kimwerk.activities.web.pages import EntryPage
from kimwerk.activities.web.wording import FIELDS, days
from kimwerk.kernel import german
from kimwerk.ui.components import Fact, Moment


def entry_page(actor: Actor, activity: Activity, book: Book) -> EntryPage:
    """Everything about one entry."""
    facts = facts_of(activity)
    return EntryPage(
        activity=activity,
        title=book.label(activity.kind_id),
        state=", ".join(filter(None, [days(facts.day, facts.last_day), place_of(facts, book)])),
        facts=tuple(Fact(FIELDS[place], text) for place, text in spoken_facts(facts, book).items()),
        history=tuple(_history(activity, book)),
        may_change=may_change(actor, activity),
        is_own=activity.done_by_id == actor.account_id,
    )


def summary_of(activity: Activity, book: Book) -> str:
    """An entry in a few words: kind, place, day."""
    facts = facts_of(activity)
    parts = (book.label(facts.kind_id), place_of(facts, book), days(facts.day, facts.last_day))
    return ", ".join(part for part in parts if part)


def place_of(facts: Facts, book: Book) -> str:
    """The site, else the municipality."""
    return name_of(book.sites, facts.site_id) or name_of(book.municipalities, facts.municipality_id)


def spoken_facts(facts: Facts, book: Book) -> dict[EntryField, str]:
    """Every fact as text, in the order of the form. Empty where nothing was recorded."""
    spoken = {
        EntryField.DAY: days(facts.day, facts.last_day),
        EntryField.DONE_BY: name_of(book.staff, facts.done_by_id),
        EntryField.KIND: book.label(facts.kind_id),
        EntryField.REFERRAL_TARGET: book.label(facts.referral_target_id),
        EntryField.CHANNEL: book.label(facts.channel_id),
        EntryField.MUNICIPALITY: name_of(book.municipalities, facts.municipality_id),
        EntryField.SITE: name_of(book.sites, facts.site_id),
        EntryField.PARTICIPANTS_TARGET: german.number(facts.participants_target),
        EntryField.PARTICIPANTS_PARTNER: german.number(facts.participants_partner),
        EntryField.MINUTES: "" if facts.minutes is None else german.number(facts.minutes),
        EntryField.TOPICS: ", ".join(book.labels(facts.topics)),
        EntryField.TARGET_GROUPS: ", ".join(book.labels(facts.target_groups)),
        EntryField.LEGAL_CIRCLES: ", ".join(book.labels(facts.legal_circles)),
        EntryField.PARTNERS: ", ".join(name_of(book.partners, each) for each in facts.partners),
    }
    return spoken | ({EntryField.NOTE: facts.note} if facts.note else {})


def _history(activity: Activity, book: Book) -> Iterator[Moment]:
    if activity.changed_at and activity.changed_by_id:
        title = _("Corrected, version %(number)s") % {"number": activity.version}
        yield Moment(activity.changed_at, title, by=name_of(book.staff, activity.changed_by_id))
    is_imported = activity.tally_import_id is not None
    title = _("Brought in with a tally") if is_imported else _("Entered")
    yield Moment(activity.entered_at, title, by=name_of(book.staff, activity.entered_by_id))

"""\"Protokoll\": the log of what was changed, done and read, for whoever reviews it.

The page stands in this room because the log's own room lies on the floor of the layout and may not
use it. When the room for data protection comes, with its reading room, the page moves there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from kimwerk.access.doors import ActorRequest, needs
from kimwerk.access.permissions import Permission
from kimwerk.accounts.models import Account
from kimwerk.accounts.selectors import names_of
from kimwerk.accounts.web.log_words import KINDS, TABLES, action_in_words, table_in_words
from kimwerk.accounts.web.pages import LogPage
from kimwerk.audit.models import Event
from kimwerk.audit.selectors import MOST_WAITING, LogQuestion, SealState, seal_state
from kimwerk.audit.services import hand_out_log
from kimwerk.audit.types import Kind
from kimwerk.kernel import german
from kimwerk.ui.components import Badge, Cell, Column, Fact, Row, Table, Tone
from kimwerk.ui.listing import chips_of, url_with
from kimwerk.ui.widgets import Combobox

BEFORE = "before"
COLUMNS = (
    Column(_("When")),
    Column(_("Who")),
    Column(_("What")),
    Column(_("Of what")),
    Column(_("Number"), is_numeric=True),
)


class LogFilter(forms.Form):
    """The filters of the log."""

    use_required_attribute = False
    auto_id = "filter_%s"

    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)
    kind = forms.ChoiceField(label=_("What"), choices=(("", _("all")), *KINDS.items()), required=False)
    table = forms.ChoiceField(label=_("Of what"), choices=(("", _("all")), *TABLES.items()), required=False)
    account = forms.ModelChoiceField(
        label=_("Who"), queryset=Account.objects.order_by("sort_key"), required=False, widget=Combobox
    )

    @property
    def question(self) -> LogQuestion:
        """What is asked; a filter that is not understood is left out and marked at its field."""
        self.is_valid()
        chosen = self.cleaned_data
        account = chosen.get("account")
        return LogQuestion(
            since=chosen.get("since"),
            until=chosen.get("until"),
            kind=Kind(chosen["kind"]) if chosen.get("kind") else None,
            subject_type=chosen.get("table") or "",
            actor_id=account.pk if isinstance(account, Account) else None,
        )


@needs(Permission.AUDIT_READ)
def log(request: ActorRequest) -> HttpResponse:
    """The log, newest first, and how far it is sealed."""
    form = LogFilter(request.GET)
    before = request.GET.get(BEFORE, "")
    found = hand_out_log(
        actor=request.actor,
        question=form.question,
        before=int(before) if before.isascii() and before.isdigit() else None,
    )
    names = names_of(event.actor_id for event in found.events if event.actor_id is not None)
    page = LogPage(
        filter=form,
        chips=chips_of(form, request.GET),
        table=Table(_("Log"), COLUMNS, _rows(found.events, names), is_caption_hidden=True),
        columns=COLUMNS,
        older_url=url_with(request.GET, before=found.older_than) if found.older_than else "",
        newest_url=url_with(request.GET, before=None) if before else "",
        seal_facts=_seal_facts(seal_state(request.actor)),
    )
    return render(request, "accounts/log.html", {"page": page})


def _rows(events: Iterable[Event], names: Mapping[int, str]) -> tuple[Row, ...]:
    return tuple(_row(event, names) for event in events)


def _row(event: Event, names: Mapping[int, str]) -> Row:
    who = _("the program") if event.actor_id is None else names.get(event.actor_id, f"#{event.actor_id}")
    at = localtime(event.at)
    return Row(
        key=f"event-{event.id}",
        cells=(
            Cell(f"{german.day(at.date())}, {at:%H:%M:%S}"),
            Cell(who),
            Cell(
                "" if event.kind == Kind.REFUSED else action_in_words(event.action),
                badge=Badge(action_in_words(event.action), Tone.WARNING) if event.kind == Kind.REFUSED else None,
                note=", ".join(event.columns),
            ),
            Cell(f"{table_in_words(event.subject_type)} {event.subject_id}".strip()),
            Cell(german.number(event.amount)),
        ),
    )


def _seal_facts(state: SealState) -> tuple[Fact, ...]:
    if state.last is None:
        return (Fact(_("Sealed"), _("nothing yet")), Fact(_("Waiting for the next seal"), german.number(state.waiting)))
    at = localtime(state.last.sealed_at)
    waiting = german.number(state.waiting) + ("+" if state.waiting >= MOST_WAITING else "")
    return (
        Fact(
            _("Sealed up to"),
            f"{german.day(at.date())}, {at:%H:%M}",
            note=_("entry %(number)s") % {"number": german.number(state.last.last_event)},
        ),
        Fact(_("Waiting for the next seal"), waiting),
        Fact(
            _("Last seal"),
            bytes(state.last.hash).hex(),
            note=_(
                "Write it down elsewhere: with it, kimwerk audit verify also finds a log that was rewritten as a whole."
            ),
        ),
    )

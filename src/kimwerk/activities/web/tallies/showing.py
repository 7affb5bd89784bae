"""From an import to what its pages show."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.activities.models import TallyImport, TallyRow
from kimwerk.activities.selectors.book import book_of
from kimwerk.activities.selectors.tallies import (
    ReadCell,
    ReadRow,
    earlier_of_same_file,
    imports_of,
    read_rows,
    readings_of,
    rows_of_import,
)
from kimwerk.activities.services.tallies.applying import change_share
from kimwerk.activities.services.tallies.cancelling import CANCELLABLE
from kimwerk.activities.services.tallies.judging import Bench, Finding, RowJudge, vocabulary_of
from kimwerk.activities.services.tallies.reading import is_own_column
from kimwerk.activities.services.tallies.staging import draft_to_json
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import Certainty, Draft, MappingError, TallyField, plan_from_json
from kimwerk.activities.tally_texts import FIELDS, GAPS, finding_text, located_text
from kimwerk.activities.uploads.running import is_silent
from kimwerk.activities.vocabulary import Terms, Vocabulary
from kimwerk.activities.web.tallies.forms import MappingForm
from kimwerk.activities.web.tallies.pages import (
    CellLine,
    ColumnLine,
    ListPage,
    MappingPage,
    PreviewCell,
    PreviewRow,
    ResultPage,
    RowLine,
    SheetChoice,
    WaitingPage,
    WordList,
)
from kimwerk.activities.web.tallies.wording import STATES, VERDICTS
from kimwerk.kernel import german
from kimwerk.kernel.figures import Text
from kimwerk.kernel.sheets import cells_from_json
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Badge, Cell, Column, Progress, Row, Tab, Table, Tone
from kimwerk.ui.listing import PAGE, paged, url_with

_F = TallyField
SOON_SECONDS = 6
LONGEST_WORD_LIST = 600
MOST_SUGGESTED = 3


# ---- the list ----


def list_page(actor: Actor, query: QueryDict) -> ListPage:
    """One's imports, newest first."""
    action = Action(_("Choose a file"), reverse("activities:import_upload"), is_new_entry=True)
    listed = paged(imports_of(actor), query, size=30)
    if not listed.items:
        return ListPage(action, None, None)
    columns = (
        Column(_("File")),
        Column(_("State")),
        Column(_("Uploaded")),
        Column(_("New"), is_numeric=True),
        Column(_("Changed"), is_numeric=True),
        Column(_("Rejected"), is_numeric=True),
    )
    rows = tuple(_list_row(each, actor) for each in listed.items)
    return ListPage(action, Table(_("Imports"), columns, rows, is_caption_hidden=True), listed.pagination)


def _list_row(tally: TallyImport, actor: Actor) -> Row:
    uploaded = timezone.localtime(tally.uploaded_at)
    by = "" if tally.uploaded_by_id == actor.account_id else tally.uploaded_by.display_name
    numbers = [_number(tally, name) for name in (Verdict.CREATED, Verdict.CHANGED, Verdict.REJECTED)]
    return Row(
        (
            Cell(tally.file_name, url=address_of_record("activities:import", tally.pk)),
            Cell(badge=STATES[TallyState(tally.state)], note=_how_far(tally)),
            Cell(f"{german.day(uploaded.date())}, {uploaded:%H:%M}", note=by),
            *(Cell(number) for number in numbers),
        ),
        key=f"import-{tally.pk}",
    )


def _how_far(tally: TallyImport) -> str:
    if tally.state != TallyState.CHECKING or not tally.rows_total:
        return ""
    numbers = {"done": german.number(tally.rows_done), "total": german.number(tally.rows_total)}
    return _("%(done)s of %(total)s rows") % numbers


def _number(tally: TallyImport, name: str) -> str:
    count = tally.counts.get(name)
    return german.number(count) if isinstance(count, int) else ""


# ---- while a worker is at it ----


def waiting_page(tally: TallyImport) -> WaitingPage:
    """How far it is, with count and time left where these are known."""
    state = TallyState(tally.state)
    labels = {
        TallyState.UPLOADED: _("The file is being read"),
        TallyState.CHECKING: _("Every row is being checked"),
        TallyState.APPLYING: _("The rows are being entered into the diary"),
    }
    began = tally.started_at or tally.uploaded_at
    elapsed = (tally.moved_at - began).total_seconds()
    progress = None
    if state is TallyState.CHECKING and tally.rows_total:
        left = round(elapsed / tally.rows_done * (tally.rows_total - tally.rows_done)) if tally.rows_done else None
        progress = Progress(tally.rows_done, tally.rows_total, left)
    return WaitingPage(
        tally=tally,
        label=labels[state],
        progress=progress,
        poll_url=reverse("activities:import_progress", args=[tally.pk]),
        delay="400ms" if elapsed < SOON_SECONDS else "1500ms",
        is_silent=is_silent(tally),
        can_cancel=state in CANCELLABLE and not tally.is_cancel_asked,
    )


# ---- the columns ----


def mapping_page(actor: Actor, tally: TallyImport, form: MappingForm, *, says_gaps: bool) -> MappingPage:
    """The columns with samples and meaning, what else must be said, and the first rows as they would be read."""
    sheet = tally.sheets[tally.sheet]
    plan = form.chosen()
    has = {column.field for column in plan.mapping.columns}
    heads, preview = _preview(actor, tally, form)
    return MappingPage(
        tally=tally,
        form=form,
        columns=tuple(_column_line(at, form, sheet) for at in range(len(plan.mapping.columns))),
        sheets=tuple(
            SheetChoice(at, each["name"] or _("Table"), each["rows"], at == tally.sheet)
            for at, each in enumerate(tally.sheets)
        )
        if len(tally.sheets) > 1
        else (),
        defaults=tuple(form[name] for name in _missing_defaults(has)),
        options=tuple(form[name] for name in _options(has)),
        gaps=tuple(GAPS[gap] for gap in plan.gaps()) if says_gaps else (),
        preview_heads=heads,
        preview=preview,
        is_known=bool(sheet["is_known"]),
        is_continuing=bool(sheet.get("origin")),
        earlier=earlier_of_same_file(actor, tally),
        rows=sheet["rows"],
    )


def _missing_defaults(has: set[TallyField]) -> list[str]:
    """The facts that no column holds. A site brings its municipality, so either will do."""
    needed = [
        ("kind", _F.KIND in has),
        ("staff", _F.STAFF in has),
        ("municipality", bool(has & {_F.MUNICIPALITY, _F.SITE})),
        ("site", bool(has & {_F.MUNICIPALITY, _F.SITE})),
        ("channel", _F.CHANNEL in has),
    ]
    return [name for name, is_there in needed if not is_there]


def _options(has: set[TallyField]) -> list[str]:
    options = ["year", "is_month_first"]
    if _F.PARTICIPANTS in has and not has & {_F.PARTICIPANTS_TARGET, _F.PARTICIPANTS_PARTNER}:
        options.append("partner_kinds")
    return options


def _column_line(at: int, form: MappingForm, sheet: Mapping[str, object]) -> ColumnLine:
    column = form.chosen().mapping.columns[at]
    samples = sheet["samples"]
    shown = samples[at] if isinstance(samples, list) and at < len(samples) else []
    hints = {
        Certainty.PERSONAL: _("Looks like personal data of clients and is left out."),
        Certainty.WITHHELD: _("Free text is only taken over when you choose it."),
    }
    hint = hints.get(column.certainty, "")
    if is_own_column(column.header):
        hint = _("Added by the download of rejected rows; not taken over.")
    unsure = column.certainty is Certainty.GUESS
    return ColumnLine(
        header=column.header or _("(no heading)"),
        letter=_letter(at),
        samples=tuple(str(each) for each in shown),
        field=form[f"column_{at}"],
        hint=hint,
        badge=Badge(_("please check"), Tone.WARNING) if unsure else None,
    )


def _letter(at: int) -> str:
    """The name of a column in a spreadsheet: A, B, …, Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _preview(actor: Actor, tally: TallyImport, form: MappingForm) -> tuple[tuple[Text, ...], tuple[PreviewRow, ...]]:
    """The facts that the first rows have, as headings, and the rows."""
    sheet = tally.sheets[tally.sheet]
    bench = Bench(actor, tally.organisation_id, form.book, form.chosen(), is_1904=bool(sheet["is_1904"]))
    try:
        judge = RowJudge(bench)
        judged = [judge.judge(cells_from_json(cells)) for cells in sheet["preview"]]
    except MappingError:
        return (), ()
    readings = [
        readings_of(json.loads(draft_to_json(each)), form.book) if isinstance(each, Draft) else {} for each in judged
    ]
    shown = [field for field in FIELDS if any(reading.get(field) for reading in readings)]
    rows = tuple(_preview_row(each, reading, shown) for each, reading in zip(judged, readings, strict=True))
    return tuple(FIELDS[field] for field in shown) or ("",), rows


def _preview_row(
    judged: Draft | list[Finding], reading: Mapping[TallyField, str], shown: Sequence[TallyField]
) -> PreviewRow:
    if isinstance(judged, Draft):
        cells = tuple(PreviewCell(FIELDS[field], reading.get(field, "")) for field in shown)
        return PreviewRow(VERDICTS[Verdict.CREATED], cells, ())
    return PreviewRow(VERDICTS[Verdict.REJECTED], (), tuple(located_text(finding.to_json()) for finding in judged))


# ---- the result ----


def result_page(tally: TallyImport, query: QueryDict) -> ResultPage:
    """Every row with its verdict, and what can be done now."""
    state = TallyState(tally.state)
    verdict = _verdict(query, tally)
    book = book_of({tally.organisation_id})
    plan, vocabulary = plan_from_json(tally.plan), vocabulary_of(book, book.today)
    is_cleared = tally.cleared_at is not None
    shows_rows = bool(tally.counts) and not is_cleared
    listed = paged(rows_of_import(tally, verdict), query, size=50) if shows_rows else None
    rows: tuple[TallyRow, ...] = listed.items if listed else ()
    lines = [_row_line(row, tally, vocabulary) for row in read_rows(tally, rows, plan, book)]
    editable = {cell.list_id for line in lines for cell in line.cells if cell.list_id}
    share = change_share(tally)
    asks = state is TallyState.CHECKED and share.asks
    return ResultPage(
        tally=tally,
        badge=STATES[state],
        lead=lead_of(tally),
        tabs=_tabs(tally, verdict, query) if shows_rows else (),
        heads=tuple(column.header for column in plan.mapping.columns if column.field is not _F.IGNORE),
        rows=tuple(lines),
        pagination=listed.pagination if listed else None,
        words=_words(vocabulary, editable),
        verdict=verdict.value if verdict else "",
        here=url_with(query),
        rejected=tally.counts.get(Verdict.REJECTED.value, 0),
        can_apply=state is TallyState.CHECKED
        and bool(tally.counts.get(Verdict.CREATED, 0) or tally.counts.get(Verdict.CHANGED, 0)),
        can_undo=state is TallyState.APPLIED,
        can_cancel=state is TallyState.CHECKED,
        can_check=state in {TallyState.CANCELLED, TallyState.FAILED, TallyState.UNDONE}
        and not is_cleared
        and bool(plan.mapping.columns),
        is_cleared=is_cleared,
        warning=_warning(tally, asks=asks),
        warning_text=_warning_text(tally, share.percent) if asks else "",
    )


EVERYTHING = "all"


def _verdict(query: QueryDict, tally: TallyImport) -> Verdict | None:
    """The chosen filter; before it is entered, a page without one shows what still needs a hand."""
    asked = query.get("verdict", "")
    if asked in set(Verdict):
        return Verdict(asked)
    needs_a_hand = tally.state == TallyState.CHECKED and bool(tally.counts.get(Verdict.REJECTED.value))
    return Verdict.REJECTED if needs_a_hand and asked != EVERYTHING else None


def lead_of(tally: TallyImport) -> str:
    """One sentence: what this import does, has done, or has undone."""
    counts = {verdict: tally.counts.get(verdict.value, 0) for verdict in Verdict}
    state = TallyState(tally.state)
    if state is TallyState.CANCELLED:
        return _("This import was given up. Nothing of it is in the diary.")
    if state is TallyState.FAILED:
        return _("The check broke off. Nothing of it is in the diary. You can check again.")
    if state is TallyState.UNDONE:
        return _undone_lead(tally)
    brings = _brings(tally)
    if state is TallyState.APPLIED:
        lead = _("In the diary: %(brings)s.") % {"brings": brings or _("nothing new")}
        if counts[Verdict.REJECTED]:
            lead += " " + ngettext(
                "%(n)s row is not: download it, correct it and upload it again.",
                "%(n)s rows are not: download them, correct them and upload them again.",
                counts[Verdict.REJECTED],
            ) % {"n": german.number(counts[Verdict.REJECTED])}
        return lead
    if not brings and not counts[Verdict.REJECTED]:
        return _("Nothing to enter: the diary already has what this file says.")
    lead = _("Nothing is in the diary yet.")
    if brings:
        lead += " " + _("Entering brings %(brings)s.") % {"brings": brings}
    if counts[Verdict.REJECTED]:
        lead += " " + ngettext(
            "%(n)s row is rejected: correct it here, or in your file.",
            "%(n)s rows are rejected: correct them here, or in your file.",
            counts[Verdict.REJECTED],
        ) % {"n": german.number(counts[Verdict.REJECTED])}
    return lead


def _brings(tally: TallyImport) -> str:
    """The new and the changed entries in words; empty when there are none."""
    entries, changed = tally.counts.get("entries", 0), tally.counts.get(Verdict.CHANGED.value, 0)
    new_ones = ngettext("%(n)s new entry", "%(n)s new entries", entries) % {"n": german.number(entries)}
    changed_ones = ngettext("%(n)s changed entry", "%(n)s changed entries", changed) % {"n": german.number(changed)}
    return _(" and ").join(text for text, count in ((new_ones, entries), (changed_ones, changed)) if count)


def _undone_lead(tally: TallyImport) -> str:
    numbers = {name: german.number(tally.counts.get(name, 0)) for name in ("removed", "restored", "kept")}
    lead = _("Taken back: %(removed)s entries removed, %(restored)s as they were before.") % numbers
    if tally.counts.get("kept"):
        lead += " " + _("%(kept)s entries that somebody changed since stayed as they are.") % numbers
    return lead


def _warning(tally: TallyImport, *, asks: bool) -> str:
    if tally.refusal == "not_applied":
        return _("Entering broke off, and nothing is in the diary. Please try again.")
    return _("This import changes unusually much") if asks else ""


def _warning_text(tally: TallyImport, percent: int) -> str:
    by_hand = tally.counts.get("by_hand", 0)
    text = _(
        "%(percent)s %% of the entries that this file speaks of would change. Please check whether the columns are"
        " right before you enter it."
    ) % {"percent": percent}
    if by_hand:
        text += " " + ngettext(
            "%(n)s of them was corrected by hand in the diary.",
            "%(n)s of them were corrected by hand in the diary.",
            by_hand,
        ) % {"n": german.number(by_hand)}
    return text


def _tabs(tally: TallyImport, chosen: Verdict | None, query: QueryDict) -> tuple[Tab, ...]:
    total = sum(tally.counts.get(verdict.value, 0) for verdict in Verdict)
    titles = {
        Verdict.REJECTED: _("Rejected"),
        Verdict.CREATED: _("New"),
        Verdict.CHANGED: _("Changed"),
        Verdict.UNCHANGED: _("Unchanged"),
        Verdict.SKIPPED: _("Skipped"),
    }
    everything = Tab(_("All rows"), url_with(query, verdict=EVERYTHING, **{PAGE: None}), chosen is None, total)
    return everything, *(
        Tab(title, url_with(query, verdict=verdict.value, **{PAGE: None}), chosen is verdict, count)
        for verdict, title in titles.items()
        if (count := tally.counts.get(verdict.value, 0)) or chosen is verdict
    )


def _row_line(row: ReadRow, tally: TallyImport, vocabulary: Vocabulary) -> RowLine:
    is_open = tally.state == TallyState.CHECKED and tally.cleared_at is None
    is_rejected, is_entered = row.verdict is Verdict.REJECTED, tally.state == TallyState.APPLIED
    words = vocabulary if is_open and is_rejected else None
    cells = tuple(_cell_line(cell, row, words) for cell in row.cells)
    return RowLine(
        number=row.number,
        badge=VERDICTS[row.verdict],
        verdict=row.verdict,
        cells=cells,
        problems=tuple(located_text(finding) for finding in row.findings),
        entry_url=reverse("activities:entry", args=[row.activity_id]) if row.activity_id and is_entered else "",
        is_corrected=row.is_corrected,
        is_editable=any(cell.is_editable for cell in cells),
        is_repeatable=any(cell.list_id and cell.text for cell in cells),
    )


_LISTED = {
    _F.KIND: "kinds",
    _F.CHANNEL: "channels",
    _F.MUNICIPALITY: "municipalities",
    _F.SITE: "sites",
    _F.STAFF: "staff",
    _F.TOPICS: "topics",
    _F.TARGET_GROUPS: "target_groups",
    _F.LEGAL_CIRCLES: "legal_circles",
    _F.PARTNERS: "partners",
    _F.REFERRAL_TARGET: "referral_targets",
}


def _cell_line(cell: ReadCell, row: ReadRow, vocabulary: Vocabulary | None) -> CellLine:
    """A cell as it is shown; with a vocabulary it can be mended where something is wrong with it."""
    editable = vocabulary is not None and bool(cell.findings)
    listed = _LISTED.get(cell.field)
    terms: Terms | None = getattr(vocabulary, listed) if editable and listed else None
    return CellLine(
        name=f"cell_{cell.column}" if editable else "",
        header=cell.header,
        text=cell.text,
        reading=cell.reading,
        problems=tuple(finding_text(finding) for finding in cell.findings),
        list_id=f"words-{listed}" if editable and listed else "",
        label=_("Row %(number)d, %(header)s") % {"number": row.number, "header": cell.header or FIELDS[cell.field]},
        suggestions=_suggestions(cell, terms) if terms else (),
    )


def _suggestions(cell: ReadCell, terms: Terms) -> tuple[str, ...]:
    """What may have been meant, where the whole cell is the one word that is not known."""
    finding = cell.findings[0]
    ids = finding.get("suggestions")
    if not isinstance(ids, list) or finding.get("excerpt") != cell.text.strip():
        return ()
    return tuple(term.label for each in ids[:MOST_SUGGESTED] if (term := terms.get(each)))


def _words(vocabulary: Vocabulary, keys: set[str]) -> tuple[WordList, ...]:
    found = []
    for key in sorted(keys):
        terms = getattr(vocabulary, key.removeprefix("words-"))
        labels = sorted({term.label for term in terms}, key=str.casefold)
        found.append(WordList(key, tuple(labels[:LONGEST_WORD_LIST])))
    return tuple(found)

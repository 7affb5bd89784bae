"""From an import to what its pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kimwerk.access.actors import Actor
from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.uploads.running import is_silent
from kimwerk.arrivals.importing.fields import ListField, ListPlan, MappedColumn, plan_from_json
from kimwerk.arrivals.importing.judging import RowJudge, RowProblem
from kimwerk.arrivals.models import ListImport, ListRow, Occasion
from kimwerk.arrivals.services.importing.applying import change_share
from kimwerk.arrivals.services.importing.checking import bench_of
from kimwerk.arrivals.services.importing.correcting import texts_of
from kimwerk.arrivals.services.importing.running import CANCELLABLE
from kimwerk.arrivals.services.importing.staging import ASK_ELSEWHERE, to_ask_of
from kimwerk.arrivals.types import Finding
from kimwerk.arrivals.web.importing.forms import MappingForm
from kimwerk.arrivals.web.importing.pages import (
    CellLine,
    ColumnLine,
    MappingPage,
    ResultPage,
    RowLine,
    SheetChoice,
    WaitingPage,
)
from kimwerk.arrivals.web.importing.wording import (
    FIELDS,
    REFUSALS,
    STATES,
    TABS,
    VERDICTS,
    finding_text,
    located_text,
)
from kimwerk.arrivals.web.pages import Part, PartsPage
from kimwerk.arrivals.web.within import to_rows
from kimwerk.arrivals.web.wording import FINDINGS
from kimwerk.kernel import german
from kimwerk.kernel.sheets import cell_text, cells_from_json
from kimwerk.persons.services.duplicates import Elsewhere
from kimwerk.persons.web.likeness import places_in_words
from kimwerk.ui.addresses import address_of_record
from kimwerk.ui.components import Action, Cell, Column, Crumb, Progress, Row, Tab, Table
from kimwerk.ui.listing import PAGE, paged, url_with

S = TallyState
SOON_SECONDS = 6
EVERYTHING, ELSEWHERE = "all", "elsewhere"
MOST_LISTED = 50


def to_imports(occasion: Occasion) -> tuple[Crumb, ...]:
    """The way to the imports of an occasion."""
    return (*to_rows(occasion), Crumb(_("Lists brought in"), reverse("arrivals:imports", args=[occasion.pk])))


def list_page(actor: Actor, occasion: Occasion) -> PartsPage:
    """The latest imports for an occasion."""
    found = ListImport.objects.visible_to(actor).filter(occasion=occasion).select_related("uploaded_by")
    latest = found.defer("sheets", "plan").order_by("-uploaded_at", "-pk")[:MOST_LISTED]
    columns = (
        *(Column(_("File")), Column(_("State")), Column(_("Uploaded"))),
        *(Column(TABS[each], is_numeric=True) for each in (Verdict.CREATED, Verdict.CHANGED, Verdict.REJECTED)),
    )
    rows = tuple(_list_row(each) for each in latest)
    title = _("Bring in lists")
    return PartsPage(
        title=title,
        state=occasion.name,
        parts=(
            Part("imports", _("Lists brought in"), Table(_("Lists brought in"), columns, rows, is_caption_hidden=True)),
        )
        if rows
        else (),
        crumbs=to_rows(occasion),
        action=Action(_("Choose a file"), reverse("arrivals:import_upload", args=[occasion.pk]), is_new_entry=True),
        empty_title=_("The lists that you bring in will stand here"),
        empty_text=_(
            "Choose the Excel or CSV list that was kept so far. Before anybody is registered you see what becomes of"
            " every row."
        ),
    )


def _list_row(brought: ListImport) -> Row:
    uploaded = timezone.localtime(brought.uploaded_at)
    numbers = (brought.counts.get(each.value) for each in (Verdict.CREATED, Verdict.CHANGED, Verdict.REJECTED))
    return Row(
        (
            Cell(brought.file_name, url=address_of_record("arrivals:import", brought.pk)),
            Cell(badge=STATES[S(brought.state)]),
            Cell(f"{german.day(uploaded.date())}, {uploaded:%H:%M}", note=brought.uploaded_by.display_name),
            *(Cell(german.number(each) if isinstance(each, int) else "") for each in numbers),
        ),
        key=f"import-{brought.pk}",
    )


def waiting_page(brought: ListImport) -> WaitingPage:
    """How far it is, with count and time left where these are known; or why the file cannot be read."""
    state = S(brought.state)
    labels = {
        S.UPLOADED: _("The file is being read"),
        S.CHECKING: _("Every row is being checked and compared"),
        S.APPLYING: _("The rows are being brought onto the list"),
        S.REFUSED: _("This file cannot be read"),
    }
    elapsed = (brought.moved_at - (brought.started_at or brought.uploaded_at)).total_seconds()
    progress = None
    if state is S.CHECKING and brought.rows_total:
        left = brought.rows_total - brought.rows_done
        progress = Progress(brought.rows_done, brought.rows_total, round(elapsed / brought.rows_done * left))
    return WaitingPage(
        brought=brought,
        crumbs=to_imports(brought.occasion),
        label=labels[state],
        progress=progress,
        delay="400ms" if elapsed < SOON_SECONDS else "1500ms",
        is_silent=state is not S.REFUSED and is_silent(brought),
        can_cancel=state in CANCELLABLE and not brought.is_cancel_asked,
        refusal=REFUSALS.get(brought.refusal, "") if state is S.REFUSED else "",
    )


def mapping_page(actor: Actor, brought: ListImport, form: MappingForm, gaps: Sequence[object]) -> MappingPage:
    """The columns with samples and meaning, and what else must be said."""
    sheet = brought.sheets[brought.sheet]
    same = ListImport.objects.visible_to(actor).filter(occasion=brought.occasion_id, file_hash=brought.file_hash)
    return MappingPage(
        brought=brought,
        crumbs=to_imports(brought.occasion),
        form=form,
        columns=tuple(
            ColumnLine(column.header or _("(no heading)"), tuple(sheet["samples"][at]), form[f"column_{at}"])
            for at, column in enumerate(form.plan.columns)
        ),
        sheets=tuple(
            SheetChoice(at, each["name"] or _("Table"), each["rows"], at == brought.sheet)
            for at, each in enumerate(brought.sheets)
        )
        if len(brought.sheets) > 1
        else (),
        gaps=tuple(str(gap) for gap in gaps),
        rows=sheet["rows"],
        earlier=same.filter(state=S.APPLIED.value).exclude(pk=brought.pk).order_by("-applied_at").first(),
    )


def result_page(actor: Actor, brought: ListImport, query: QueryDict) -> ResultPage:
    """Every row with its verdict, and what can be done now."""
    state, is_cleared = S(brought.state), brought.cleared_at is not None
    verdict = _verdict(query, brought)
    shows_rows = bool(brought.counts) and not is_cleared
    plan = plan_from_json(brought.plan)
    rows = ListRow.objects.filter(list_import=brought).order_by("number")
    if query.get("verdict") == ELSEWHERE:
        rows = rows.filter(problems__contains=[{"code": ASK_ELSEWHERE}])
    listed = paged(rows.filter(verdict=verdict.value) if verdict else rows, query, size=50) if shows_rows else None
    shown = listed.items if listed else ()
    told = places_in_words([each for row in shown for each in to_ask_of(row.problems)], brought.organisation_id)
    judge = RowJudge(bench_of(actor, brought)) if state is S.CHECKED and not is_cleared else None
    is_new = any(brought.counts.get(each.value) for each in (Verdict.CREATED, Verdict.CHANGED))
    return ResultPage(
        brought=brought,
        crumbs=to_imports(brought.occasion),
        badge=STATES[state],
        lead=lead_of(brought),
        tabs=_tabs(brought, verdict, query) if shows_rows else (),
        heads=tuple(column.header for column in plan.columns if column.field is not ListField.IGNORE),
        rows=tuple(_row_line(row, plan, judge, told, is_linked=state is S.APPLIED) for row in shown),
        pagination=listed.pagination if listed else None,
        here=url_with(query),
        has_rejected=bool(brought.counts.get(Verdict.REJECTED.value)) and not is_cleared,
        can_apply=state is S.CHECKED and is_new,
        can_undo=state is S.APPLIED,
        can_check=state in {S.CANCELLED, S.FAILED, S.UNDONE} and not is_cleared and bool(plan.columns),
        can_change=state is S.CHECKED,
        is_cleared=is_cleared,
        warning=_warning(brought) if state is S.CHECKED else "",
    )


def _verdict(query: QueryDict, brought: ListImport) -> Verdict | None:
    """The chosen filter; before it is brought in, a page without one shows what still needs a hand."""
    asked = query.get("verdict", "")
    if asked in set(Verdict):
        return Verdict(asked)
    needs_a_hand = brought.state == S.CHECKED and bool(brought.counts.get(Verdict.REJECTED.value))
    return Verdict.REJECTED if needs_a_hand and asked not in {EVERYTHING, ELSEWHERE} else None


def _warning(brought: ListImport) -> str:
    if brought.refusal == "not_applied":
        return _("Bringing it in broke off, and nothing is on the list. Please try again.")
    return _("This import changes unusually much") if change_share(brought).asks else ""


def lead_of(brought: ListImport) -> str:
    """One sentence: what this import does, has done, or has undone."""
    count = {verdict: brought.counts.get(verdict.value, 0) for verdict in Verdict}
    said = {f"{verdict}": german.number(number) for verdict, number in count.items()}
    state = S(brought.state)
    if state is S.CANCELLED:
        return _("This import was given up. Nobody of it is on the list.")
    if state is S.FAILED:
        return _("The check broke off. Nobody of it is on the list. You can check again.")
    if state is S.UNDONE:
        numbers = {name: german.number(brought.counts.get(name, 0)) for name in ("removed", "restored", "kept")}
        return (
            _(
                "Taken back: %(removed)s rows removed, %(restored)s as before; %(kept)s stayed, since somebody has"
                " worked on them."
            )
            % numbers
        )
    lead = (
        _("%(created)s new, %(changed)s changed, %(unchanged)s identical, %(rejected)s rejected, %(skipped)s skipped.")
        % said
    )
    if state is S.CHECKED:
        lead = f"{_('Nobody is registered yet.')} {lead}"
    if noticed := brought.counts.get("noticed", 0):
        text = ngettext(
            "%(n)s row is to be looked at afterwards.", "%(n)s rows are to be looked at afterwards.", noticed
        )
        lead += " " + text % {"n": german.number(noticed)}
    if elsewhere := brought.counts.get("elsewhere", 0):
        text = ngettext(
            "%(n)s row may be of somebody who is known elsewhere.",
            "%(n)s rows may be of people who are known elsewhere.",
            elsewhere,
        )
        lead += " " + text % {"n": german.number(elsewhere)}
    return lead


def _tabs(brought: ListImport, chosen: Verdict | None, query: QueryDict) -> tuple[Tab, ...]:
    total = sum(brought.counts.get(verdict.value, 0) for verdict in Verdict)
    elsewhere, asks = brought.counts.get("elsewhere", 0), query.get("verdict") == ELSEWHERE
    to_ask = Tab(_("ask elsewhere"), url_with(query, verdict=ELSEWHERE, **{PAGE: None}), asks, elsewhere)
    return (
        Tab(_("All rows"), url_with(query, verdict=EVERYTHING, **{PAGE: None}), chosen is None and not asks, total),
        *(
            Tab(title, url_with(query, verdict=verdict.value, **{PAGE: None}), chosen is verdict, count)
            for verdict, title in TABS.items()
            if (count := brought.counts.get(verdict.value, 0)) or chosen is verdict
        ),
        *((to_ask,) if elsewhere or asks else ()),
    )


def _row_line(
    row: ListRow, plan: ListPlan, judge: RowJudge | None, told: Mapping[Elsewhere, str], *, is_linked: bool
) -> RowLine:
    verdict, problems = Verdict(row.verdict), list(row.problems)
    can_mend = judge is not None and verdict is Verdict.REJECTED
    texts = texts_of(row, len(plan.columns))
    is_shifted = can_mend and any(each.get("code") == RowProblem.SHIFTED for each in problems)
    if is_shifted and judge:
        moved = row.corrections or cells_from_json(row.cells)
        aligned = [cell_text(cell) for cell in judge.unshifted(list(moved))]
        texts = (aligned + [""] * len(texts))[: len(texts)]
    shown = _Shown(row.number, problems, can_mend=can_mend, is_shifted=is_shifted)
    cells = tuple(
        shown.cell(at, column, texts[at])
        for at, column in enumerate(plan.columns)
        if column.field is not ListField.IGNORE
    )
    placed = {column.field.value for column in plan.columns}
    own = (each for each in problems if each.get("code") != ASK_ELSEWHERE)
    general = [located_text(each) for each in own if each.get("field") not in placed]
    general += [str(FINDINGS[Finding(each)]) for each in row.findings]
    places = dict.fromkeys(told[each] for each in to_ask_of(problems))
    general += [_("Possible match at %(place)s: ask there.") % {"place": place} for place in places]
    return RowLine(
        number=row.number,
        badge=VERDICTS[verdict],
        cells=cells,
        problems=tuple(general),
        is_wrong=verdict is Verdict.REJECTED,
        is_corrected=bool(row.corrections),
        is_editable=any(cell.name for cell in cells),
        url=reverse("arrivals:row", args=[row.registration_id]) if is_linked and row.registration_id else "",
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the cells of a row have in common: what is wrong with the row, and whether it can be mended here."""

    number: int
    problems: Sequence[Mapping[str, object]]
    can_mend: bool
    is_shifted: bool

    def cell(self, at: int, column: MappedColumn, text: str) -> CellLine:
        """A cell, with a field to correct it in where something is wrong with it."""
        own = [each for each in self.problems if each.get("field") == column.field.value]
        suggestions = [str(word) for each in own for word in _listed(each.get("suggestions"))]
        heading = column.header or FIELDS[column.field]
        return CellLine(
            name=f"cell_{at}" if self.can_mend and (own or self.is_shifted) else "",
            header=column.header,
            label=_("Row %(number)d, %(header)s") % {"number": self.number, "header": heading},
            text=text,
            problems=tuple(map(finding_text, own)),
            suggestions=tuple(suggestions) if self.can_mend else (),
        )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []

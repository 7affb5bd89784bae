"""How each component looks: examples for the gallery, and the oracle of the tests that render them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from kimwerk.kernel.figures import Text
from kimwerk.ui.components import (
    Action,
    Badge,
    Cell,
    Chart,
    Column,
    Confirmation,
    Crumb,
    Fact,
    MenuItem,
    Moment,
    NavItem,
    Notice,
    Piece,
    PieceKind,
    Progress,
    Row,
    Tab,
    Table,
    Tile,
    Tone,
)
from kimwerk.ui.listing import chips_of, paged, with_sorting
from kimwerk.ui.shell import SHORTCUTS, Section
from kimwerk.ui.web.example_forms import ExampleFilter, ExampleForm

Arguments = Mapping[str, object]
HERE = "#"


@dataclass(frozen=True, slots=True)
class Example:
    """One way to show a component: a caption and the arguments it is included with.

    What stands around the gallery anyway, and would stand there twice, is not shown but still tested.
    """

    title: Text
    arguments: Arguments
    is_shown: bool = True


def examples() -> dict[str, tuple[Example, ...]]:
    """The examples of every component, by its template."""
    return {**_buttons(), **_messages(), **_fields(), **_lists(), **_things(), **_ways(), **_frame()}


def _buttons() -> dict[str, tuple[Example, ...]]:
    return {
        "ui/components/icon.html": tuple(
            Example(name, {"name": name})
            for name in ("search", "edit", "download", *(section.icon for section in Section if section.icon != "home"))
        ),
        "ui/components/button.html": (
            Example(_("primary"), {"label": _("Save entry"), "kind": "primary", "type": "button"}),
            Example(_("secondary"), {"label": _("Check again"), "icon": "autorenew", "type": "button"}),
            Example(_("tertiary"), {"label": _("Cancel"), "kind": "tertiary", "type": "button"}),
            Example(_("small"), {"label": _("Take over"), "is_small": True, "type": "button"}),
        ),
        "ui/components/link_button.html": (
            Example(_("primary"), {"label": _("New entry"), "url": HERE, "kind": "primary", "icon": "add"}),
            Example(_("secondary"), {"label": _("Download list"), "url": HERE, "icon": "download"}),
        ),
        "ui/components/form_buttons.html": (
            Example(_("save or leave"), {"cancel_url": HERE}),
            Example(_("delete"), {"label": _("Delete for good"), "cancel_url": HERE, "is_dangerous": True}),
        ),
    }


def _messages() -> dict[str, tuple[Example, ...]]:
    return {
        "ui/components/alert.html": (
            Example(
                _("information"),
                {"title": _("The window is not over yet"), "text": _("Figures of the current month are incomplete.")},
            ),
            Example(
                _("warning"),
                {
                    "tone": "warning",
                    "title": _("The consent ends on 31 May"),
                    "text": _("After that day:"),
                    "items": (_("nothing is passed on any more"), _("the referral is withdrawn")),
                },
            ),
            Example(_("success"), {"tone": "success", "title": _("All 214 rows have been taken over")}),
            Example(
                _("danger"),
                {"tone": "danger", "title": _("The list was not taken over"), "text": _("Column C holds no date.")},
            ),
        ),
        "ui/components/notice.html": (
            Example(_("with a way back"), {"notice": Notice(_("Saved."), undo_url=HERE), "csrf_token": "x"}),
            Example(
                _("warning"),
                {"notice": Notice(_("Saved, but without a duration."), Tone.WARNING), "csrf_token": "x"},
            ),
        ),
        "ui/components/script_notices.html": (
            Example(_("templates for scripts, nothing to see"), {"signin_path": HERE}, is_shown=False),
        ),
        "ui/components/badge.html": tuple(
            Example(label, {"badge": Badge(label, tone)})
            for label, tone in (
                (_("draft"), Tone.NEUTRAL),
                (_("running"), Tone.INFO),
                (_("accepted"), Tone.SUCCESS),
                (_("due"), Tone.WARNING),
                (_("overdue"), Tone.DANGER),
            )
        ),
        "ui/components/progress.html": (
            Example(
                _("running"),
                {
                    "label": _("Taking over the registration list"),
                    "progress": Progress(1_233, 4_100, seconds_left=130, key="running", cancel_url=HERE),
                    "csrf_token": "x",
                },
            ),
            Example(
                _("finished"),
                {"label": _("Report"), "progress": Progress(12, 12, key="finished"), "csrf_token": "x"},
            ),
        ),
        "ui/components/empty_state.html": (
            Example(
                _("with a beginning"),
                {
                    "title": _("Your diary will be here"),
                    "text": _("Write down the first activity; a line is enough."),
                    "action": Action(_("New entry"), HERE),
                },
            ),
        ),
    }


def _fields() -> dict[str, tuple[Example, ...]]:
    form, failed = (
        ExampleForm(prefix="gallery"),
        ExampleForm({"failed-title": "", "failed-happened_on": "2031-01-01", "failed-minutes": "-5"}, prefix="failed"),
    )
    filters = QueryDict("kind=network&since=2026-01-01")
    filter_form = ExampleFilter(filters)
    controls = ("title", "note", "kind", "happened_on", "starts_at", "minutes", "municipality", "place")
    return {
        "ui/components/field.html": (
            *(Example(form[name].label, {"field": form[name]}) for name in controls),
            Example(_("with an error"), {"field": failed["title"]}),
            Example(_("a day with an error"), {"field": failed["happened_on"]}),
        ),
        "ui/components/field_head.html": (Example(_("label and hint"), {"field": form["note"]}),),
        "ui/components/field_errors.html": (Example(_("an error"), {"field": failed["minutes"]}),),
        "ui/components/choice_group.html": (
            Example(_("one of a few"), {"field": form["format"]}),
            Example(_("several of a few"), {"field": form["languages"]}),
            Example(_("with an error"), {"field": failed["format"]}),
        ),
        "ui/components/multi_select.html": (Example(_("several of many"), {"field": form["topics"]}),),
        "ui/components/checkbox.html": (Example(_("yes or no"), {"field": form["is_draft"]}),),
        "ui/components/file_upload.html": (Example(_("with limits"), {"field": form["attachment"]}),),
        "ui/components/signature_pad.html": (
            Example(_("a place to sign"), {"label": _("Sign here with finger, pen or mouse"), "name": "drawn"}),
        ),
        "ui/components/error_summary.html": (Example(_("three errors"), {"form": failed}),),
        "ui/components/filter_bar.html": (
            Example(
                _("two filters active"),
                {"form": filter_form, "chips": chips_of(filter_form, filters), "reset_url": "?"},
            ),
        ),
        "ui/components/chips.html": (
            Example(_("two filters active"), {"chips": chips_of(filter_form, filters), "reset_url": "?"}),
        ),
    }


def example_table() -> Table:
    """Municipalities with entries and minutes, sorted by the number of entries."""
    columns = with_sorting(
        (
            Column(_("Municipality"), key="municipality"),
            Column(_("State")),
            Column(_("Last entry"), key="last"),
            Column(_("Entries"), key="entries", is_numeric=True),
            Column(_("Hours"), is_numeric=True),
        ),
        QueryDict("sort=-entries&kind=network"),
    )
    rows = (
        ("Musterstadt", Badge(_("complete"), Tone.SUCCESS), "21.04.2026", "1.233", "2.104,5"),
        ("Beispielhausen", Badge(_("incomplete"), Tone.WARNING), "02.04.2026", "418", "655,0"),
        ("Neudorf an der Probe", Badge(_("no entries yet")), "", "0", "0,0"),
    )
    return Table(
        caption=_("Entries by municipality"),
        columns=columns,
        rows=tuple(
            Row((Cell(name, HERE), Cell(badge=badge), Cell(last), Cell(entries), Cell(hours)), key=f"row-{at}")
            for at, (name, badge, last, entries, hours) in enumerate(rows)
        ),
        foot=Row((Cell(_("Total")), Cell(), Cell(), Cell("1.651"), Cell("2.759,5"))),
    )


def _lists() -> dict[str, tuple[Example, ...]]:
    table = example_table()
    return {
        "ui/components/table.html": (Example(_("sorted, with sums"), {"table": table}),),
        "ui/components/table_head.html": (Example(_("as part of the table"), {"table": table}, is_shown=False),),
        "ui/components/cell.html": (
            Example(_("a link with a note"), {"cell": Cell(_("Kick-off event"), HERE, _("second round"))}),
            Example(_("with its own script"), {"cell": Cell("Mustermann, Olena", HERE, original="Мустерманн Олена")}),
        ),
        "ui/components/pagination.html": (
            Example(
                _("in the middle"),
                {"pagination": paged(range(1_651), QueryDict("kind=network&page=7")).pagination},
            ),
            Example(_("a single page"), {"pagination": paged(range(12), QueryDict()).pagination}),
        ),
        "ui/components/links.html": (
            Example(_("two ways on"), {"links": (NavItem(_("Committees"), HERE), NavItem(_("Kick-off event"), HERE))}),
        ),
        "ui/components/tiles.html": (
            Example(
                _("three numbers"),
                {
                    "label": _("This quarter"),
                    "tiles": (
                        Tile("1.233", _("Activities"), _("everything in the diary from 1 January to 31 March"), HERE),
                        Tile("87 %", _("Share of network activities"), _("of all activities with a kind")),
                        Tile(
                            "2,5", _("Posts filled"), _("full-time equivalents on 31 March"), note=_("of 3.0 planned")
                        ),
                    ),
                },
            ),
        ),
        "ui/components/chart_frame.html": (Example(_("with its table"), {"chart": _example_chart()}),),
        "ui/components/timeline.html": (
            Example(
                _("three moments"),
                {
                    "moments": (
                        Moment(
                            datetime(2026, 4, 21, 12, 5, tzinfo=UTC),
                            _("Referral accepted"),
                            by=_("Beispiel counselling"),
                        ),
                        Moment(date(2026, 4, 14), _("Consent given"), _("for housing and language"), url=HERE),
                        Moment(date(2026, 4, 1), _("Case opened"), icon="add"),
                    )
                },
            ),
        ),
    }


def _example_chart() -> Chart:
    bars = (("Musterstadt", 300, "1.233"), ("Beispielhausen", 102, "418"))
    drawn = format_html_join(
        "",
        '<text x="0" y="{0}">{1}</text><rect x="130" y="{2}" width="{3}" height="24" opacity="0.75"/>'
        '<text x="{4}" y="{0}">{5}</text>',
        (
            (24 + 40 * at, name, 8 + 40 * at, width, 138 + width, number)
            for at, (name, width, number) in enumerate(bars)
        ),
    )
    columns = (Column(_("Municipality")), Column(_("Entries"), is_numeric=True))
    rows = tuple(Row((Cell(name), Cell(number))) for name, _width, number in bars)
    return Chart(
        title=_("Entries by municipality"),
        svg=format_html(
            '<svg viewBox="0 0 520 84" width="520" height="84" fill="currentColor" aria-hidden="true">{}</svg>', drawn
        ),
        table=Table(_("Entries by municipality"), columns, rows, is_caption_hidden=True),
        definition=_("Everything in the diary, by the municipality it was done for."),
        window=_("1 January to 31 March 2026"),
        source=_("activity diary"),
        key="example-chart",
    )


def _things() -> dict[str, tuple[Example, ...]]:
    return {
        "ui/components/description_list.html": (
            Example(
                _("facts of a case"),
                {
                    "facts": (
                        Fact(_("Name"), "Frieda Beispiel", HERE),
                        Fact(_("State"), badge=Badge(_("running"), Tone.INFO), note=_("since 1 April 2026")),
                        Fact(_("First language"), "العربية", lang="ar"),
                        Fact(_("Telephone")),
                    )
                },
            ),
        ),
        "ui/components/confirm.html": (
            Example(
                _("ask once more"),
                {
                    "confirmation": Confirmation(
                        question=_("Withdraw the consent of Frieda Beispiel?"),
                        label=_("Withdraw consent"),
                        cancel_url=HERE,
                        consequences=(_("Two referrals are withdrawn."), _("The offices are told.")),
                        is_dangerous=True,
                    ),
                    "csrf_token": "x",
                },
            ),
        ),
        "ui/components/pieces.html": (
            Example(
                _("a typed line"),
                {
                    "pieces": (
                        Piece("21.4.", PieceKind.UNDERSTOOD, _("Tuesday, 21 April 2026")),
                        Piece("90m", PieceKind.UNDERSTOOD, _("90 minutes")),
                        Piece("netz", PieceKind.UNSURE, _("network activity")),
                        Piece(_("round table")),
                        Piece("#wohnnen", PieceKind.UNKNOWN),
                    )
                },
            ),
        ),
        "ui/components/keyboard_help.html": (Example(_("all keys"), {"shortcuts": SHORTCUTS}),),
        "ui/components/theme_switch.html": (Example(_("with words; the header shows the icons alone"), {}),),
    }


def _ways() -> dict[str, tuple[Example, ...]]:
    pages = (
        NavItem(_("Committees"), HERE),
        NavItem(
            _("Resolutions"),
            HERE,
            is_current=True,
            children=(NavItem(_("Open resolutions"), HERE), NavItem(_("Settled resolutions"), HERE)),
        ),
        NavItem(_("Goals"), HERE),
    )
    return {
        "ui/components/breadcrumb.html": (
            Example(_("two steps"), {"crumbs": (Crumb(_("Cases"), HERE), Crumb("Frieda Beispiel", HERE))}),
        ),
        "ui/components/tabs.html": (
            Example(
                _("three parts"),
                {
                    "label": "Frieda Beispiel",
                    "tabs": (
                        Tab(_("Overview"), HERE),
                        Tab(_("Goals"), HERE, is_current=True, count=3),
                        Tab(_("Documents"), HERE, count=12),
                    ),
                },
            ),
        ),
        "ui/components/side_navigation.html": (Example(_("two levels"), {"label": _("Steering"), "items": pages}),),
        "ui/components/navigation.html": (
            Example(
                _("all sections"),
                {
                    "label": _("Main navigation (example)"),
                    "items": tuple(
                        NavItem(section.heading, HERE, section.icon, section is Section.DIARY) for section in Section
                    ),
                },
            ),
        ),
        "ui/components/menu.html": (
            Example(
                _("of an account"),
                {
                    "title": "Frieda Beispiel",
                    "icon": "account-circle",
                    "csrf_token": "x",
                    "items": (
                        MenuItem(_("Settings"), HERE, "edit"),
                        MenuItem(_("Sign out"), HERE, "logout", is_post=True),
                    ),
                },
            ),
        ),
    }


def _frame() -> dict[str, tuple[Example, ...]]:
    return {
        "ui/components/page_header.html": (
            Example(
                _("with one action"),
                {
                    "title": "Frieda Beispiel",
                    "badge": Badge(_("running"), Tone.INFO),
                    "state": _("since 1 April 2026, with you"),
                    "action": Action(_("Write note"), HERE, "edit"),
                },
            ),
        ),
        "ui/components/skip_links.html": (
            Example(_("at the top of this page"), {"has_navigation": True, "has_search": True}, is_shown=False),
        ),
        "ui/components/search_field.html": (
            Example(_("in the header of this page"), {"url": HERE, "value": ""}, is_shown=False),
        ),
    }

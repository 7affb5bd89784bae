"""How the codes of an import are said to people: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.activities.states import Remark, Verdict
from kimwerk.activities.tally import PlanGap, ProblemCode, SkipReason, TallyField
from kimwerk.kernel.figures import Text
from kimwerk.kernel.sheets import Refusal

_F = TallyField

FIELDS: Mapping[TallyField, Text] = {
    _F.IGNORE: _("– do not take over –"),
    _F.DAY: _("Day"),
    _F.DAY_TO: _("Last day"),
    _F.KIND: _("Kind"),
    _F.CHANNEL: _("Channel"),
    _F.MUNICIPALITY: _("Municipality"),
    _F.SITE: _("Site"),
    _F.STAFF: _("Done by"),
    _F.PARTICIPANTS: _("Participants in total"),
    _F.PARTICIPANTS_TARGET: _("People of the target group"),
    _F.PARTICIPANTS_PARTNER: _("Partners taking part"),
    _F.MINUTES: _("Duration in minutes"),
    _F.HOURS: _("Duration in hours"),
    _F.TOPICS: _("Topics"),
    _F.TARGET_GROUPS: _("Target groups"),
    _F.LEGAL_CIRCLES: _("Legal circles"),
    _F.PARTNERS: _("Partners involved"),
    _F.REFERRAL_TARGET: _("Referral target"),
    _F.COUNT: _("Number of like activities"),
    _F.EXTERNAL_ID: _("Fixed number of the row (ID)"),
    _F.NOTE: _("Note"),
}
"""In the order in which a column may choose among them."""

WORDS: Mapping[Verdict, Text] = {
    Verdict.CREATED: _("new"),
    Verdict.CHANGED: _("changed"),
    Verdict.UNCHANGED: _("unchanged"),
    Verdict.REJECTED: _("rejected"),
    Verdict.SKIPPED: _("skipped"),
}

FINDINGS: Mapping[str, Text] = {
    ProblemCode.MISSING: _("Something is missing here."),
    ProblemCode.NOT_A_DATE: _("“%(excerpt)s” is no day. Write it as 21.04.2022."),
    ProblemCode.IMPOSSIBLE_DATE: _("There is no such day as “%(excerpt)s”. Please check day and month."),
    ProblemCode.NO_YEAR: _("“%(excerpt)s” has no year. Write the year too, or set one beside the columns."),
    ProblemCode.DATE_IN_FUTURE: _("The day %(excerpt)s lies in the future. Enter the day on which it was done."),
    ProblemCode.DATE_TOO_EARLY: _("The day %(excerpt)s lies before the year 2000. Please check the year."),
    ProblemCode.END_BEFORE_START: _("The last day, %(excerpt)s, comes before the first one."),
    ProblemCode.NOT_A_NUMBER: _("“%(excerpt)s” is no number. Write figures only."),
    ProblemCode.NOT_WHOLE: _("“%(excerpt)s” is no whole number."),
    ProblemCode.NEGATIVE: _("“%(excerpt)s” is less than 0. Write 0 or more."),
    ProblemCode.INEXACT: _("“%(excerpt)s” is not exact. Write one number."),
    ProblemCode.TOO_LARGE: _("“%(excerpt)s” is more than an entry can hold. Please check the number."),
    ProblemCode.NOT_A_DURATION: _("“%(excerpt)s” is no duration. Write minutes, or hours as 1:30."),
    ProblemCode.FORMULA_ERROR: _("The formula in this cell has an error (%(excerpt)s). Write the value itself."),
    ProblemCode.UNKNOWN: _("“%(excerpt)s” is not in the list. Choose something from the list."),
    ProblemCode.AMBIGUOUS: _("“%(excerpt)s” can mean several things. Write out which one."),
    ProblemCode.SITE_ELSEWHERE: _("The site “%(excerpt)s” stands in another municipality. Correct one of the two."),
    ProblemCode.SPLIT_DOES_NOT_ADD_UP: _("Target group and partners do not add up to the total “%(excerpt)s”."),
    ProblemCode.TARGET_WITHOUT_REFERRAL: _(
        "Only a referral consultation has a target. Change the kind, or leave “%(excerpt)s” out."
    ),
    ProblemCode.TEXT_TOO_LONG: _("The note has more than 200 characters. Please shorten it."),
    ProblemCode.NOTE_NOT_ALLOWED: _("Notes are switched off in your organisation. Leave the cell empty."),
    ProblemCode.PERSONAL_DATA: _(
        "This looks like a name, an address, a telephone number or a birthday. The diary must not name anybody:"
        " please leave it out."
    ),
    ProblemCode.NOT_AN_ID: _("“%(excerpt)s” is no running number. Use figures, letters and hyphens."),
    ProblemCode.REPEATED_ID: _("The number “%(excerpt)s” stands in the file more than once. Each row needs its own."),
    Remark.NOT_YOURS: _(
        "You can only bring in your own work here. Ask your coordination to import rows of colleagues."
    ),
    Remark.NOT_VALID_THEN: _("“%(excerpt)s” was not in use on that day. Choose another, or check the day."),
    Remark.REMOVED_IN_DIARY: _("Somebody removed this entry from the diary. Restore it there if it should count."),
    Remark.CORRECTED_IN_DIARY: _("Somebody corrected this entry in the diary. The import overwrites that."),
    SkipReason.TITLE: _("A title above the table"),
    SkipReason.HEADER: _("The heading of the table"),
    SkipReason.BLANK: _("An empty row"),
    SkipReason.REPEATED_HEADER: _("The heading once more"),
    SkipReason.TOTAL: _("A row of totals"),
    SkipReason.REMARK: _("A remark, not an activity"),
}
_WITHOUT_EXCERPT: Mapping[str, Text] = {
    ProblemCode.UNKNOWN: _("This is not in the list. Choose something from the list."),
    ProblemCode.NOT_A_DATE: _("This is no day. Write it as 21.04.2022."),
    ProblemCode.NOT_A_NUMBER: _("This is no number. Write figures only."),
    ProblemCode.NOT_A_DURATION: _("This is no duration. Write minutes, or hours as 1:30."),
    ProblemCode.AMBIGUOUS: _("This can mean several things. Write out which one."),
    ProblemCode.NOT_AN_ID: _("This is no running number. Use figures, letters and hyphens."),
}

REFUSALS: Mapping[str, Text] = {
    Refusal.EMPTY: _("The file is empty. Choose the file that holds your tally."),
    Refusal.TOO_LARGE: _("The file is larger than 50 MB. Delete sheets and pictures that are not needed, or split it."),
    Refusal.ZIP_BOMB: _(
        "The file unpacks to far more than a tally needs, so it was not opened. Copy the table into a new file and"
        " upload that."
    ),
    Refusal.PASSWORD: _(
        "The file is protected with a password. Save it without one (in Excel: File, Info, Protect Workbook) and upload"
        " it again."
    ),
    Refusal.BROKEN: _(
        "The file is damaged and cannot be opened. Open it in your spreadsheet program, save it anew as XLSX and upload"
        " that."
    ),
    Refusal.UNKNOWN_FORMAT: _("This is no table that can be read. Save your tally as XLSX, ODS or CSV."),
    Refusal.ENCODING: _(
        "The letters of this file cannot be read. Save it as XLSX, or as CSV with the encoding UTF-8, and upload that."
    ),
    Refusal.NUL_CHARACTERS: _(
        "This is no text file, although it is named so. Save your tally as XLSX and upload that."
    ),
    Refusal.TOO_MANY_ROWS: _("The table has more than 200,000 rows. Split it, for instance by year."),
    Refusal.TOO_MANY_COLUMNS: _("The table has more than 200 columns. Delete those that are not needed."),
    Refusal.TOO_MANY_CELLS: _("The tables of this file are too large. Delete sheets and columns that are not needed."),
    Refusal.NO_DATA: _("There is no table with rows in this file. Choose the file that holds your tally."),
}

GAPS: Mapping[PlanGap, Text] = {
    PlanGap.NO_DAY: _("No column is the day. Say which one holds it: without a day no activity can be entered."),
    PlanGap.NO_KIND: _("No column is the kind. Choose a column, or one kind for all rows."),
    PlanGap.NO_PLACE: _("No column is the municipality or the site. Choose a column, or one place for all rows."),
    PlanGap.NO_STAFF: _("No column says who did it. Choose a column, or one person for all rows."),
    PlanGap.REPEATED_FIELD: _("Two columns have the same meaning. Only topics, groups and partners may repeat."),
}


def finding_text(finding: Mapping[str, object]) -> str:
    """A stored finding as a sentence."""
    code, excerpt = str(finding.get("code", "")), str(finding.get("excerpt", ""))
    sentence = FINDINGS.get(code, "")
    if not excerpt:
        sentence = _WITHOUT_EXCERPT.get(code, sentence)
    return str(sentence).replace("%(excerpt)s", excerpt)


def refusal_text(code: str, detail: str) -> str:
    """Why a file cannot be read, and what to do."""
    if code == Refusal.UNKNOWN_FORMAT and detail:
        return gettext("This is a file of the kind %(kind)s, not a table. Save your tally as XLSX, ODS or CSV.") % {
            "kind": detail
        }
    return str(REFUSALS.get(code, ""))


def located_text(finding: Mapping[str, object]) -> str:
    """A finding with the name of the fact it is about in front."""
    field = finding.get("field")
    name = FIELDS.get(TallyField(field)) if isinstance(field, str) and field in set(TallyField) else None
    return f"{name}: {finding_text(finding)}" if name else finding_text(finding)

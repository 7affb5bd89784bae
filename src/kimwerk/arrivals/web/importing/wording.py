"""How the codes of an import are said to people: what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally import ProblemCode, SkipReason
from kimwerk.arrivals.importing.fields import ListField, PlanGap
from kimwerk.arrivals.importing.judging import RowProblem
from kimwerk.arrivals.services.importing.staging import CORRECTED_BY_HAND, SAME_ROW, SET_ASIDE
from kimwerk.arrivals.types import RegistrationField
from kimwerk.arrivals.web.wording import FIELDS as REGISTERED
from kimwerk.arrivals.web.wording import PROBLEMS
from kimwerk.kernel.figures import Text
from kimwerk.kernel.sheets import Refusal
from kimwerk.persons.types import PersonProblem
from kimwerk.ui.components import Badge, Tone

_F = ListField
_OWN: Mapping[ListField, Text] = {
    _F.IGNORE: _("– do not take over –"),
    _F.FULL_NAME: _("Whole name"),
    _F.AGE: _("Age (only to compare)"),
    _F.FAMILY: _("Number of the family"),
    _F.EXTERNAL_ID: _("Fixed number of the row (ID)"),
}
FIELDS: Mapping[ListField, Text] = {
    field: _OWN[field] if field in _OWN else REGISTERED[RegistrationField(field.value)]
    for field in (_F.IGNORE, *(each for each in _F if each is not _F.IGNORE))
}
"""In the order in which a column may choose among them."""

FINDINGS: Mapping[str, Text] = {
    PersonProblem.MISSING: _("Something is missing here."),
    PersonProblem.NOT_LATIN: _(
        "“%(excerpt)s” is not written in Latin letters as in a passport. Write it so; the original script is kept."
    ),
    PersonProblem.CONTROL_CHARACTERS: _("There are signs here that nobody can see (%(excerpt)s). Type it anew."),
    PersonProblem.TOO_LONG: _("This is too long: at most %(excerpt)s characters fit."),
    PersonProblem.IN_THE_FUTURE: _("This day lies in the future. Check the year."),
    PersonProblem.LONG_AGO: _("This day is too long ago. Check the year."),
    PersonProblem.UNKNOWN: _("“%(excerpt)s” is not in the list of states."),
    PersonProblem.NOT_A_POSTCODE: PROBLEMS[PersonProblem.NOT_A_POSTCODE],
    ProblemCode.NOT_A_DATE: _("“%(excerpt)s” is no day. Write it as 21.04.2022."),
    ProblemCode.IMPOSSIBLE_DATE: _("There is no such day as “%(excerpt)s”. Please check day and month."),
    ProblemCode.NO_YEAR: _("“%(excerpt)s” has no year. Write the year too."),
    ProblemCode.END_BEFORE_START: _("“%(excerpt)s” is no day. Write it as 21.04.2022."),
    ProblemCode.FORMULA_ERROR: _("The formula in this cell has an error (%(excerpt)s). Write the value itself."),
    RowProblem.NOT_A_SEX: _("“%(excerpt)s” is no sex. Write m, w, d, or leave it empty."),
    RowProblem.NOT_YES_OR_NO: _("“%(excerpt)s” is neither yes nor no. Write ja or nein."),
    RowProblem.NOT_AN_AGE: _("“%(excerpt)s” is no age. Write years in figures, or leave it empty."),
    RowProblem.TOO_OLD: _("Nobody is %(excerpt)s years old. Check age and date of birth."),
    RowProblem.AGE_AND_BIRTH: _("%(excerpt)s years do not fit the date of birth. Correct one of the two."),
    RowProblem.SHIFTED: _("Everything stands one column too far to one side. The cells show where it belongs."),
    RowProblem.UNKNOWN_PLACE: _("“%(excerpt)s” is no municipality of the district."),
    RowProblem.NOT_YOURS: _("You do not register for this municipality. Ask the coordination to import the row."),
    RowProblem.OTHER_ROW: _("The same person stands in row %(excerpt)s with other details. Keep one of the two."),
    SAME_ROW: _("Says the same as row %(excerpt)s"),
    SET_ASIDE: _("Set aside on the list as a double"),
    CORRECTED_BY_HAND: _(
        "Somebody corrected this row of the list. The import overwrites that; both versions are kept."
    ),
    SkipReason.TITLE: _("A title above the table"),
    SkipReason.HEADER: _("The heading of the table"),
    SkipReason.BLANK: _("An empty row"),
    SkipReason.REPEATED_HEADER: _("The heading once more"),
    SkipReason.TOTAL: _("A row of totals"),
    SkipReason.REMARK: _("A remark, nobody's row"),
}
REFUSALS: Mapping[str, Text] = {
    Refusal.EMPTY: _("The file is empty."),
    Refusal.TOO_LARGE: _("The file is larger than 50 MB. Delete sheets and pictures that are not needed, or split it."),
    Refusal.ZIP_BOMB: _("The file unpacks to far more than a list needs, so it was not opened."),
    Refusal.PASSWORD: _("The file is protected with a password. Save it without one and upload it again."),
    Refusal.BROKEN: _("The file is damaged. Perhaps it was not copied whole: save it anew as XLSX and upload that."),
    Refusal.UNKNOWN_FORMAT: _("This is no table that can be read. Save the list as XLSX, ODS or CSV."),
    Refusal.ENCODING: _("The letters of this file cannot be read. Save it as XLSX and upload that."),
    Refusal.NUL_CHARACTERS: _("This is no text file, although it is named so. Save the list as XLSX and upload that."),
    Refusal.TOO_MANY_ROWS: _("The list has more than 100,000 rows. Split it."),
    Refusal.TOO_MANY_COLUMNS: _("The table has more than 200 columns. Delete those that are not needed."),
    Refusal.TOO_MANY_CELLS: _("The tables of this file are too large. Delete sheets and columns that are not needed."),
    Refusal.NO_DATA: _("There is no table with rows in this file."),
}
GAPS: Mapping[PlanGap, Text] = {
    PlanGap.NO_NAME: _("No column is the family name or the whole name."),
    PlanGap.NO_PLACE: _("No column is the municipality. Choose a column, or one municipality for all rows."),
    PlanGap.NO_ARRIVAL: _("No column is the day of arrival. Choose a column, or one day for all rows."),
    PlanGap.REPEATED_FIELD: _("Two columns have the same meaning. Leave one of them out."),
}
STATES: Mapping[TallyState, Badge] = {
    TallyState.UPLOADED: Badge(_("being read"), Tone.INFO),
    TallyState.REFUSED: Badge(_("cannot be read"), Tone.DANGER),
    TallyState.MAPPING: Badge(_("columns to be settled"), Tone.WARNING),
    TallyState.CHECKING: Badge(_("being checked"), Tone.INFO),
    TallyState.CHECKED: Badge(_("checked, not imported yet"), Tone.WARNING),
    TallyState.APPLYING: Badge(_("being imported"), Tone.INFO),
    TallyState.APPLIED: Badge(_("on the list"), Tone.SUCCESS),
    TallyState.CANCELLED: Badge(_("import given up")),
    TallyState.UNDONE: Badge(_("taken back")),
    TallyState.FAILED: Badge(_("broken off"), Tone.DANGER),
}
VERDICTS: Mapping[Verdict, Badge] = {
    Verdict.CREATED: Badge(_("new"), Tone.SUCCESS),
    Verdict.CHANGED: Badge(_("changed"), Tone.WARNING),
    Verdict.UNCHANGED: Badge(_("identical")),
    Verdict.REJECTED: Badge(_("rejected"), Tone.DANGER),
    Verdict.SKIPPED: Badge(_("skipped")),
}
TABS: Mapping[Verdict, Text] = {
    Verdict.REJECTED: _("Rejected"),
    Verdict.CREATED: _("New"),
    Verdict.CHANGED: _("Changed"),
    Verdict.UNCHANGED: _("Identical"),
    Verdict.SKIPPED: _("Skipped"),
}


def finding_text(finding: Mapping[str, object]) -> str:
    """A stored finding as a sentence."""
    sentence = str(FINDINGS.get(str(finding.get("code", "")), ""))
    return sentence.replace("%(excerpt)s", str(finding.get("excerpt", ""))).replace("%(detail)s", "")


def located_text(finding: Mapping[str, object]) -> str:
    """A finding with the name of the fact it is about in front."""
    field = finding.get("field")
    name = FIELDS.get(_F(field)) if isinstance(field, str) and field in set(_F) else None
    return f"{name}: {finding_text(finding)}" if name else finding_text(finding)

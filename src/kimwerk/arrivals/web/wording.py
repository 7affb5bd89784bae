"""How the codes of the room are said to people."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kimwerk.arrivals.models import Occasion
from kimwerk.arrivals.types import FAMILY, Change, CurveBy, Finding, Need, OfficeKind, ReceiptKind
from kimwerk.arrivals.types import RegistrationField as F
from kimwerk.arrivals.types import RegistrationState as S
from kimwerk.kernel import german
from kimwerk.kernel.figures import MISSING, Text
from kimwerk.persons.types import PersonProblem as P
from kimwerk.persons.types import Problem
from kimwerk.ui.components import Badge, Tone

FIELDS = {
    F.MUNICIPALITY: _("Municipality"),
    F.FAMILY_NAME: _("Family name"),
    F.GIVEN_NAMES: _("Given names"),
    F.ORIGINAL_FAMILY: _("Family name in the original script"),
    F.ORIGINAL_GIVEN: _("Given names in the original script"),
    F.SEX: _("Sex"),
    F.BIRTH_DATE: _("Date of birth"),
    F.NATIONALITY: _("Nationality"),
    F.NEEDS_SCHOOL: _("Needs a school"),
    F.NEEDS_CHILDCARE: _("Needs childcare"),
    F.IS_HEALTH_URGENT: _("Needs medical help soon"),
    F.GUARDIAN: _("Who looks after the child"),
    F.STREET: _("Street and number"),
    F.POSTCODE: _("Postcode"),
    F.TOWN: _("Town"),
    F.HOST: _("Lives with"),
    F.PHONE: _("Telephone"),
    F.ARRIVED_ON: _("Arrived on"),
}
COLUMNS: Mapping[str, Text] = {field.value: text for field, text in FIELDS.items()} | {
    FAMILY: _("Who was registered together")
}
OFFICES: Mapping[OfficeKind, Text] = {
    OfficeKind.FOREIGNERS_AUTHORITY: _("Foreigners' authority: everybody"),
    OfficeKind.SCHOOL_OFFICE: _("School office: children of school age"),
    OfficeKind.YOUTH_OFFICE: _("Youth office: children who need childcare"),
}
CHANGES = {
    Change.NEW: Badge(_("new"), Tone.SUCCESS),
    Change.CHANGED: Badge(_("changed"), Tone.WARNING),
    Change.WITHDRAWN: Badge(_("to be deleted"), Tone.DANGER),
}
RECEIPTS = {
    ReceiptKind.FETCHED: _("fetched"),
    ReceiptKind.CSV: _("taken out as CSV"),
    ReceiptKind.XLSX: _("taken out as XLSX"),
    ReceiptKind.JSON: _("taken out as JSON"),
    ReceiptKind.LETTERS: _("invitation letters"),
}
CONTRACT_PROBLEMS: Mapping[str, Text] = {
    "without_name": _("Without the family name nobody can be told apart. Tick it."),
    "law_not_in_use": _("This law is not in use any more. Choose another one."),
    "purpose_not_in_use": _("This purpose is not in use any more. Choose another one."),
    "not_in_force": _("Your contract does not hold today. Publish what you need, and have it put into force."),
    "in_the_past": _("This lies in the past, or before the version that holds now. Choose today or a later day."),
}
STATES = {
    S.REGISTERED: _("registered"),
    S.CHECKED: _("checked"),
    S.RELEASED: _("released"),
    S.CORRECTED: _("corrected, to check again"),
}
TONES: Mapping[S, Tone] = {
    S.REGISTERED: Tone.NEUTRAL,
    S.CHECKED: Tone.INFO,
    S.RELEASED: Tone.SUCCESS,
    S.CORRECTED: Tone.WARNING,
}
FINDINGS = {
    Finding.DUPLICATE: _("may be registered twice"),
    Finding.ALONE: _("minor without an adult"),
    Finding.SCHOOL_AGE: _("school and age do not fit"),
    Finding.CHILDCARE_AGE: _("childcare and age do not fit"),
    Finding.ELSEWHERE: _("address in another municipality"),
    Finding.VERY_OLD: _("unusually old"),
    Finding.BEFORE_BIRTH: _("arrived before the birth"),
    Finding.NO_BIRTH: _("without a date of birth"),
    Finding.BEFORE_OCCASION: _("arrived long before the occasion"),
}
CURVES = {
    CurveBy.MUNICIPALITY: _("by municipality"),
    CurveBy.AGE: _("by age"),
    CurveBy.NEED: _("by need"),
}
NEEDS = {
    Need.SCHOOL: _("school"),
    Need.CHILDCARE: _("childcare"),
    Need.NONE: _("neither school nor childcare"),
}
PROBLEMS: Mapping[P, Text] = {
    P.MISSING: _("This is needed."),
    P.NOT_LATIN: _(
        "Write this in Latin letters as in the passport; not possible: %(detail)s. Other scripts have their own field."
    ),
    P.CONTROL_CHARACTERS: _(
        "The text holds signs that nobody can see (%(detail)s). Delete the field and type it anew."
    ),
    P.TOO_LONG: _("This is too long: at most %(detail)s characters fit."),
    P.IN_THE_FUTURE: _("This lies in the future. Check the year."),
    P.LONG_AGO: _("This is too long ago. Check the year."),
    P.UNKNOWN: _("The list does not have this. Choose something from the list."),
    P.NOT_A_POSTCODE: _("A postcode has five digits, such as 53721."),
}


def told(problem: Problem) -> str:
    """A problem as a sentence that says what to do."""
    return str(PROBLEMS[problem.kind]) % {"detail": problem.detail}


def state_badge(state: str) -> Badge:
    """How far a row has come."""
    return Badge(STATES[S(state)], TONES[S(state)])


def findings_text(findings: tuple[Finding, ...]) -> str:
    """What is to be looked at, in a row."""
    return ", ".join(str(FINDINGS[each]) for each in findings)


def kept_text(occasion: Occasion) -> str:
    """From when on the lists of a closed occasion are to be erased; empty while it lasts."""
    until = occasion.is_kept_until
    return gettext("to be erased from %(day)s on") % {"day": german.day(until)} if until else ""


def curve_group(by: CurveBy | None, group: str) -> str:
    """The head of a column of the curve."""
    if by is CurveBy.NEED:
        return str(NEEDS[Need(group)])
    if by is CurveBy.AGE:
        return (
            gettext("age not known")
            if group == MISSING
            else gettext("aged %(ages)s") % {"ages": group.replace("-", "–")}
        )
    return group


def columns_text(columns: Collection[str]) -> str:
    """Columns in a row, in the order of the form."""
    return ", ".join(str(text) for column, text in COLUMNS.items() if column in columns)


def left_out_text(collected: Collection[F]) -> str:
    """Which columns are not asked for, and why; empty where every one is."""
    left_out = ", ".join(str(text) for field, text in FIELDS.items() if field not in collected)
    return (
        gettext("Not collected, because no office needs it: %(columns)s.") % {"columns": left_out} if left_out else ""
    )

"""Words of casework that figures, reminders and pages share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.casework.types import Attainment, CaseKind, DeadlineKind
from kimwerk.kernel.figures import Text

KINDS: Mapping[CaseKind, Text] = {
    CaseKind.SHORT_ADVICE: _("Short advice"),
    CaseKind.INDIVIDUAL_ADVICE: _("Individual advice"),
    CaseKind.CASE_MANAGEMENT: _("Case management"),
    CaseKind.FAMILY_COUNSELLING: _("Family counselling (MuKi-S)"),
}
ATTAINMENTS: Mapping[Attainment, Text] = {
    Attainment.REACHED: _("Goals reached"),
    Attainment.PARTLY: _("Goals partly reached"),
    Attainment.NOT_REACHED: _("Goals not reached"),
    Attainment.NONE_AGREED: _("No goals were agreed"),
}
DEADLINES: Mapping[DeadlineKind, Text] = {
    DeadlineKind.TITLE_EXPIRY: _("Residence title expires"),
    DeadlineKind.CHANCE_RESIDENCE: _("§ 104c: eighteen months end"),
    DeadlineKind.COURSE_START: _("Course begins"),
    DeadlineKind.REVIEW: _("Review"),
    DeadlineKind.OTHER: _("Other day"),
}

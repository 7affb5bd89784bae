"""States and verdicts of an import as badges."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kimwerk.activities.states import TallyState, Verdict
from kimwerk.activities.tally_texts import WORDS
from kimwerk.ui.components import Badge, Tone

STATES: Mapping[TallyState, Badge] = {
    TallyState.UPLOADED: Badge(_("being read"), Tone.INFO),
    TallyState.REFUSED: Badge(_("cannot be read"), Tone.DANGER),
    TallyState.MAPPING: Badge(_("waits for the columns"), Tone.WARNING),
    TallyState.CHECKING: Badge(_("being checked"), Tone.INFO),
    TallyState.CHECKED: Badge(_("checked, not in the diary yet"), Tone.WARNING),
    TallyState.APPLYING: Badge(_("being entered"), Tone.INFO),
    TallyState.APPLIED: Badge(_("in the diary"), Tone.SUCCESS),
    TallyState.CANCELLED: Badge(_("cancelled")),
    TallyState.UNDONE: Badge(_("taken back")),
    TallyState.FAILED: Badge(_("broken off"), Tone.DANGER),
}

VERDICTS: Mapping[Verdict, Badge] = {
    Verdict.CREATED: Badge(WORDS[Verdict.CREATED], Tone.SUCCESS),
    Verdict.CHANGED: Badge(WORDS[Verdict.CHANGED], Tone.WARNING),
    Verdict.UNCHANGED: Badge(WORDS[Verdict.UNCHANGED]),
    Verdict.REJECTED: Badge(WORDS[Verdict.REJECTED], Tone.DANGER),
    Verdict.SKIPPED: Badge(WORDS[Verdict.SKIPPED]),
}

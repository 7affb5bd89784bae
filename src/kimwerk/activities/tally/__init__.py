"""Reading the tally an office already keeps: from a spreadsheet to drafts of activities, row by row.

The way of a file: `kernel.sheets.read_sheets`, find_tally, propose_mapping, Judge, Identities. Nothing here knows
the database; verdicts are codes, never sentences.
"""

from kimwerk.activities.tally.fields import (
    Certainty,
    MappedColumn,
    Mapping,
    MappingError,
    TallyField,
    header_fingerprint,
)
from kimwerk.activities.tally.identity import (
    Identities,
    Identity,
    content_digest,
    natural_key,
    single_activities,
)
from kimwerk.activities.tally.judging import Judge, JudgingRules, judge_row
from kimwerk.activities.tally.layout import SkipReason, TallyRow, TallySheet, find_layout, find_tally
from kimwerk.activities.tally.plan import PlanGap, TallyPlan, plan_from_json
from kimwerk.activities.tally.proposing import propose_mapping
from kimwerk.activities.tally.verdicts import Draft, Problem, ProblemCode

__all__ = [
    "Certainty",
    "Draft",
    "Identities",
    "Identity",
    "Judge",
    "JudgingRules",
    "MappedColumn",
    "Mapping",
    "MappingError",
    "PlanGap",
    "Problem",
    "ProblemCode",
    "SkipReason",
    "TallyField",
    "TallyPlan",
    "TallyRow",
    "TallySheet",
    "content_digest",
    "find_layout",
    "find_tally",
    "header_fingerprint",
    "judge_row",
    "natural_key",
    "plan_from_json",
    "propose_mapping",
    "single_activities",
]

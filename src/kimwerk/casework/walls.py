"""What the database asks before it shows a row that stands in a case.

The condition is asked of each row by itself, of a table that is kept ready, and costs about a microsecond.
"""

from __future__ import annotations


def looked_into(case: str) -> str:
    """The SQL condition that the actor may look into the case in this column now."""
    return f"exists (select from walls.my_cases mine where mine.case_id = {case})"


def each_looked_into(case: str) -> str:
    """The same for tables of which a page shows ten rows of one case: the planner then gathers no list of all cases."""
    return f"exists (select from walls.my_cases mine where mine.case_id = {case} offset 0)"


def kept(case: str) -> str:
    """The same where the case may also be written to: who oversees only reads."""
    return f"exists (select from walls.my_kept_cases mine where mine.case_id = {case})"

"""The states an import goes through, and what becomes of a row."""

from enum import StrEnum


class TallyState(StrEnum):
    """From the upload to the undoing of an import."""

    UPLOADED = "uploaded"  # stored, not read yet
    REFUSED = "refused"  # the file cannot be read; `refusal` says why
    MAPPING = "mapping"  # waits for somebody to say which column is what
    CHECKING = "checking"  # rows are being judged
    CHECKED = "checked"  # every row has a verdict; nothing is imported yet
    APPLYING = "applying"  # entries are being written
    APPLIED = "applied"  # entries are in the diary
    CANCELLED = "cancelled"  # given up by somebody; nothing is in the diary
    UNDONE = "undone"  # what it brought is out of the diary again
    FAILED = "failed"  # broke off; nothing is in the diary


class Verdict(StrEnum):
    """What an import does with a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    SKIPPED = "skipped"  # blank, a repeated header, a total


class Remark(StrEnum):
    """What only the diary knows about a row; beside the problems of reading and the reasons for skipping."""

    NOT_YOURS = "not_yours"  # to be entered by somebody else, or for another place
    NOT_VALID_THEN = "not_valid_then"  # the category had ended, or not begun, on that day
    REMOVED_IN_DIARY = "removed_in_diary"  # somebody took this entry out; an import does not bring it back
    CORRECTED_IN_DIARY = "corrected_in_diary"  # somebody corrected the entry since; the import overwrites that


WORKING = frozenset({TallyState.UPLOADED, TallyState.CHECKING, TallyState.APPLYING})
"""States in which a worker is at it, or is expected to be."""

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

"""What an entry of a list is called in somebody else's statistics."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from kimwerk.kernel.names import text_key

ALWAYS = DateRange(None, None)
"""Days without a first and a last one."""


class SchemeMapping(models.Model):
    """The name in somebody else's scheme (the Land, Köln, ABUKo); whose entry it is, the model of the list says.

    `valid` are the days of what is counted for which it holds; the schemes of others change as ours do.
    """

    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=160)
    valid = DateRangeField(default=ALWAYS)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.scheme}: {self.label}"

    @property
    def is_current(self) -> bool:
        """Whether it holds until further notice."""
        return self.valid.upper is None


def code_of(label: str) -> str:
    """The key of a label, by which equal labels are one."""
    return text_key(label).replace(" ", "-")[:60]

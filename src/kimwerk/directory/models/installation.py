"""What this installation is: one row."""

from __future__ import annotations

from django.db import models


class Installation(models.Model):
    """The body that runs this kimwerk, and whether its data are synthetic."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=200)
    is_synthetic = models.BooleanField(default=False)
    seed = models.IntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one"),
        ]

    def __str__(self) -> str:
        return self.name

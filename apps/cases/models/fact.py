"""One typed answer of a case, with where it came from and as of when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from apps.cases.exact import ExactDecoder, ExactEncoder


class CaseFact(models.Model):
    """The current value of a fact path; what a determination read is kept there, word for word."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="facts")
    path = models.CharField(max_length=200)
    value = models.JSONField(encoder=ExactEncoder, decoder=ExactDecoder)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "path"], name="case_fact_once_per_path"),
        ]

    def __str__(self) -> str:
        return self.path

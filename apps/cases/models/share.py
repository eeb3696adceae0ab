"""A case shared with one person, with scope and end: guardian's user permission table for cases."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from apps.cases.enums import ShareScope


class CaseShare(UserObjectPermissionBase):
    """Who else may see a case, from `since` up to but without the day `until`.

    Read by the access gate alone: `has_perm` knows no dates and lets superusers through.
    """

    content_object = models.ForeignKey(
        "cases.Case", on_delete=models.CASCADE, related_name="shares"
    )
    scope = models.CharField(
        max_length=16, choices=[(scope.value, scope.value) for scope in ShareScope]
    )
    since = models.DateField()
    until = models.DateField()
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    shared_at = models.DateTimeField()

    class Meta(UserObjectPermissionBase.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(scope__in=[scope.value for scope in ShareScope]),
                name="case_share_scope_known",
            ),
            models.CheckConstraint(
                condition=Q(since__lt=F("until")), name="case_share_since_before_until"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "until"], name="case_share_user_until"),
        ]

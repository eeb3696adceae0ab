"""Who holds which role where and until when, and the object permissions that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from guardian.models import UserObjectPermissionBase

from apps.accounts.enums import OFFICE_ROLES


class Membership(models.Model):
    """A person in a role at an office, from `since` up to but without the day `until`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    office = models.ForeignKey(
        "accounts.Office", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(
        max_length=24, choices=[(role.value, role.value) for role in OFFICE_ROLES]
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in OFFICE_ROLES]),
                name="membership_role_known",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__lt=F("until")),
                name="membership_since_before_until",
            ),
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=Q(until__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at office {self.office_id}"


class OfficeGrant(UserObjectPermissionBase):
    """Guardian's user permission on an office, in a table of its own.

    Each follows from a membership whose dates bound it, so it is read by `domain.permission` and
    not by `has_perm`, which sees no dates and lets superusers through.
    """

    content_object = models.ForeignKey(
        "accounts.Office", on_delete=models.CASCADE, related_name="grants"
    )
    membership = models.ForeignKey(
        "accounts.Membership", on_delete=models.CASCADE, related_name="grants"
    )

    class Meta(UserObjectPermissionBase.Meta):
        unique_together: ClassVar[
            list[Sequence[str]]
        ] = []  # two roles may carry the same permission for different spans
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["membership", "permission"], name="office_grant_once_per_membership"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "content_object"], name="office_grant_user_office"),
        ]


class Delegate(models.Model):
    """Somebody who may prepare requests for another person, always for a bounded time."""

    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegates"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="principals"
    )
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(since__lt=F("until")), name="delegate_since_before_until"
            ),
            models.CheckConstraint(
                condition=~Q(principal=F("delegate")), name="delegate_is_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["principal", "delegate", "since"], name="delegate_once_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"delegate {self.delegate_id} of {self.principal_id}"

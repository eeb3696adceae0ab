"""Rows of the room: people, institutions and offices."""

from apps.accounts.models.institution import Facility, Institution, Unit
from apps.accounts.models.membership import Delegate, Membership, OfficeGrant
from apps.accounts.models.office import Office
from apps.accounts.models.person import User

__all__ = [
    "Delegate",
    "Facility",
    "Institution",
    "Membership",
    "Office",
    "OfficeGrant",
    "Unit",
    "User",
]

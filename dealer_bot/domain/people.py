"""Who acts."""

from dataclasses import dataclass
from enum import IntEnum

from dealer_bot.domain.phones import grouped


class Role(IntEnum):
    """Access levels, numbered as the dealership numbers them."""

    ADMIN = 1
    EMPLOYEE = 2
    CLIENT = 3
    CARE = 4

    @property
    def is_staff(self) -> bool:
        return self is not Role.CLIENT


LONGEST_NAME = 64


def name_of(raw: str) -> str | None:
    """What was typed as a person's name; None: it is none."""
    name = " ".join(raw.split())
    return name if name and len(name) <= LONGEST_NAME and name.isprintable() else None


def called(name: str | None, phone: str | None) -> str | None:
    """What tells people without a name apart for whoever may see phones."""
    return name or (grouped(phone) if phone else None)


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the base: an account, a person expected by phone, or both. `phone` is E.164."""

    id: int
    address: str | None
    role: Role
    active: bool
    name: str | None
    language: str | None
    phone: str | None
    connected: bool
    paused_at: int | None = None
    consent_at: int | None = None
    told_closed_at: int | None = None

    @property
    def called(self) -> str | None:
        """His name, else his whole phone: for administrators and care alone."""
        return called(self.name, self.phone)

    @property
    def is_crew(self) -> bool:
        """May shoot and write in orders: employees, and admins who can do all that employees can."""
        return self.active and self.role in (Role.ADMIN, Role.EMPLOYEE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person's plain message goes now, and which order and stage he was in before."""

    order_id: int | None
    stage: str | None
    since_at: int
    active_at: int
    left_order_id: int | None = None
    left_stage: str | None = None
    left_at: int | None = None
    case_id: int | None = None
    care_since: int | None = None

    @property
    def is_with_care(self) -> bool:
        """A client who has turned to care, or somebody who answers one."""
        return self.care_since is not None

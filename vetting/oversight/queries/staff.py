"""Whether a member of staff is a finalist herself: her own number's digest against those of the recruitment."""

from __future__ import annotations

from uuid import UUID

from vetting.oversight.models import StaffNumber
from vetting.recruitment.models import BlindIndex


def is_finalist(recruitment: UUID, person: UUID) -> bool:
    """Whether `person` is a finalist of the recruitment, as far as her number is known (setting OWN_CASE)."""
    own = StaffNumber.objects.filter(person=person).values("digest")
    return BlindIndex.objects.filter(candidacy__recruitment=recruitment, digest__in=own).exists()


def staff_with(digest: bytes) -> list[UUID]:
    """The persons known by that number (setting STAFF_WITH): hardly ever more than one."""
    return list(StaffNumber.objects.filter(digest=digest).values_list("person", flat=True))

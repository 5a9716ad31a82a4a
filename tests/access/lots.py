"""The stage's disposal: something that was due with the case's authority has been put forward."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.recruitment.world import World, put
from vetting.disposal.lots import digest_of
from vetting.disposal.models import Lot


def put_lot(town: World) -> dict[str, Any]:
    """The lot, its authority and another kind of record: the places of the room's addresses."""
    listing = f"{uuid4().hex} {town.today}\n"
    row = Lot(
        number="G-2026-0001", authority=town.other_authority, row="evidence_not_needed", up_to=town.today,
        decision="KS 2026/7 § 12", listing=listing, digest=digest_of(listing), count=1,
        proposed_by=town.person("signer_one"), proposed_on=town.today,
    )  # fmt: skip
    put(row)
    return {"lot": row.pk, "body": town.other_authority.pk, "row": "references_summary"}

"""The tables of the room: the organisation with its units and positions, and what two persons propose and answer."""

from .proposals import AgreementProposal, DelegationProposal, TreeProposal
from .settings import SettingProposal
from .tree import (
    STEP,
    Authority,
    DelegationPoint,
    Organisation,
    Position,
    ServiceAgreement,
    Unit,
)

__all__ = [
    "STEP",
    "AgreementProposal",
    "Authority",
    "DelegationPoint",
    "DelegationProposal",
    "Organisation",
    "Position",
    "ServiceAgreement",
    "SettingProposal",
    "TreeProposal",
    "Unit",
]

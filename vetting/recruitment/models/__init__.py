"""The tables of the room: one recruitment with its candidacies, checks, opinions, decisions and engagements."""

from .access import RecruitmentGrant, Recusal, still_holds
from .break_glass import BreakGlass
from .candidacy import BlindIndex, Candidacy
from .check import Check
from .decision import Decision, Engagement
from .draw import DrawKey
from .guest import GuestInvitation
from .opinion import Opinion, Vote
from .pool import NameIndex, PoolBooker, PoolClearance, PoolHolder
from .recruitment import Recruitment
from .signature import VoteSignature
from .waiver import Waiver

__all__ = [
    "BlindIndex",
    "BreakGlass",
    "Candidacy",
    "Check",
    "Decision",
    "DrawKey",
    "Engagement",
    "GuestInvitation",
    "NameIndex",
    "Opinion",
    "PoolBooker",
    "PoolClearance",
    "PoolHolder",
    "Recruitment",
    "RecruitmentGrant",
    "Recusal",
    "Vote",
    "VoteSignature",
    "Waiver",
    "still_holds",
]

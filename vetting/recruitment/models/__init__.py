"""The tables of the room: one recruitment with its candidacies, checks, opinions, decisions and engagements."""

from .access import RecruitmentGrant, Recusal, still_holds
from .break_glass import BreakGlass
from .candidacy import BlindIndex, Candidacy
from .candidate import CandidateLink, Given
from .check import Check
from .decision import Decision, Engagement
from .draw import DrawKey
from .feed import EndedFeed
from .guest import GuestInvitation
from .listed import ListedGrant
from .note import Note
from .opinion import Opinion, Vote
from .own import OwnChoices, SavedView
from .pool import NameIndex, PoolBooker, PoolClearance, PoolHolder
from .recruitment import ManagerMail, Recruitment
from .round import KeyToDestroy, Round, RoundPerson
from .signature import VoteSignature
from .waiver import Waiver

__all__ = [
    "BlindIndex",
    "BreakGlass",
    "Candidacy",
    "CandidateLink",
    "Check",
    "Decision",
    "DrawKey",
    "EndedFeed",
    "Engagement",
    "Given",
    "GuestInvitation",
    "KeyToDestroy",
    "ListedGrant",
    "ManagerMail",
    "NameIndex",
    "Note",
    "Opinion",
    "OwnChoices",
    "PoolBooker",
    "PoolClearance",
    "PoolHolder",
    "Recruitment",
    "RecruitmentGrant",
    "Recusal",
    "Round",
    "RoundPerson",
    "SavedView",
    "Vote",
    "VoteSignature",
    "Waiver",
    "still_holds",
]

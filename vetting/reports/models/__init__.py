"""The room's tables. Persons are ids, never foreign keys; what people wrote is sealed under the report's key."""

from vetting.reports.models.circle import IdentityReveal, Member
from vetting.reports.models.disclosure import PoliceDisclosure
from vetting.reports.models.duty import Alarm, DutyContact, DutyShift, MailHour, Notice
from vetting.reports.models.file import File, FilePart
from vetting.reports.models.handling import Identity, Measure, Message, Record
from vetting.reports.models.keys import KeyShare, RecipientKey
from vetting.reports.models.report import Report

__all__ = [
    "Alarm",
    "DutyContact",
    "DutyShift",
    "File",
    "FilePart",
    "Identity",
    "IdentityReveal",
    "KeyShare",
    "MailHour",
    "Measure",
    "Member",
    "Message",
    "Notice",
    "PoliceDisclosure",
    "RecipientKey",
    "Record",
    "Report",
]

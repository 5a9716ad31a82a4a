"""Permissions about roles and accounts: proposed by whoever administers, confirmed by the head of a function."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "role.propose",
        _("Föreslå roll"),
        _("Föreslå att någon får en roll."),
        "admin",
        event="role.proposed",
        step_up=True,
    ),
    Permission(
        "role.withdraw",
        _("Ta tillbaka förslag"),
        _("Ta tillbaka ett eget förslag om roll."),
        "admin",
        event="role.withdrawn",
    ),
    Permission(
        "role.confirm",
        _("Bekräfta roll"),
        _("Bekräfta en föreslagen roll."),
        "act",
        event="role.confirmed",
        step_up=True,
    ),
    Permission(
        "role.reject",
        _("Avslå roll"),
        _("Avslå en föreslagen roll."),
        "act",
        event="role.rejected",
    ),
    Permission(
        "role.revoke",
        _("Ta bort roll"),
        _("Ta bort en roll genast."),
        "admin",
        event="role.revoked",
        step_up=True,
    ),
    Permission(
        "access.explain",
        _("Varför ser X det här?"),
        _("Få förklarat varför någon har eller saknar åtkomst."),
        "read",
        event="access.explained",
    ),
    Permission(
        "access.preview",
        _("Vad skulle X se?"),
        _("Se vilka sidor och handlingar en roll skulle få, utan innehåll."),
        "read",
        event="access.previewed",
    ),
    Permission(
        "account.list",
        _("Konton"),
        _("Se konton och om de är aktiva."),
        "read",
        logged="no",
    ),
    Permission(
        "account.create",
        _("Nytt konto"),
        _("Lägga upp ett konto utan roller."),
        "admin",
        event="account.created",
        step_up=True,
    ),
    Permission(
        "account.disable",
        _("Stäng konto"),
        _("Stänga ett konto genast och avsluta dess inloggningar."),
        "admin",
        event="account.disabled",
        step_up=True,
    ),
    Permission(
        "account.propose_reset",
        _("Föreslå återställd inloggning"),
        _("Föreslå att någons andra faktor återställs."),
        "admin",
        event="account.reset_proposed",
        step_up=True,
    ),
    Permission(
        "account.confirm_reset",
        _("Bekräfta återställd inloggning"),
        _("Bekräfta återställningen efter att ha sett personen."),
        "act",
        event="account.reset_confirmed",
        step_up=True,
    ),
    Permission(
        "person.propose_link",
        _("Föreslå samma person"),
        _("Föreslå att två konton hör till samma person."),
        "admin",
        event="person.link_proposed",
        step_up=True,
    ),
    Permission(
        "person.confirm_link",
        _("Bekräfta samma person"),
        _("Bekräfta eller avslå att två konton hör till samma person."),
        "act",
        event="person.linked",
        step_up=True,
    ),
)

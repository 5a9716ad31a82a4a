"""What anybody, or anybody signed in, may do for herself."""

from __future__ import annotations

from vetting.policy.permissions.model import Permission
from vetting.policy.text import _

DECLARED = (
    Permission(
        "start.view",
        _("Startsidan"),
        _("Se startsidans två dörrar: anmäla och logga in."),
        "read",
        logged="no",
    ),
    Permission(
        "about.view",
        _("Om tjänsten"),
        _("Läsa om tillgänglighet och hur personuppgifter behandlas."),
        "read",
        logged="no",
    ),
    Permission(
        "health.view",
        _("Driftstatus"),
        _("Se om tjänsten svarar, utan uppgifter om innehåll."),
        "read",
        logged="no",
    ),
    Permission(
        "demo.view_accounts",
        _("Exempelkonton"),
        _("Se vilka exempelkonton som finns; sidan finns bara i demonstrationsläge."),
        "read",
        logged="no",
    ),
    Permission(
        "account.sign_in",
        _("Logga in"),
        _("Logga in med kommunens inloggning eller med eget konto."),
        "act",
        event="account.signed_in",
    ),
    Permission(
        "account.view",
        _("Mitt konto"),
        _("Se sina egna kontouppgifter, roller och inloggningar."),
        "read",
        logged="no",
    ),
    Permission(
        "account.edit_sign_in",
        _("Ändra inloggning"),
        _("Byta lösenord och lägga till eller ta bort egna säkerhetsnycklar och reservkoder."),
        "act",
        event="account.sign_in_edited",
        step_up=True,
    ),
    Permission(
        "account.end_session",
        _("Avsluta inloggning"),
        _("Avsluta en eller alla egna pågående inloggningar."),
        "act",
        event="account.session_ended",
    ),
    Permission(
        "own_log.view", _("Min läslogg"), _("Se vad man själv har läst och gjort."), "read", logged="no"
    ),
    Permission(
        "own_access.view",
        _("Min åtkomst"),
        _("Se vad man har åtkomst till och varför."),
        "read",
        logged="no",
    ),
    Permission(
        "work.view",
        _("Mitt arbete"),
        _("Se det man har att göra, det man väntar på och det som förfaller."),
        "read",
        logged="no",
    ),
    Permission(
        "work.save_view",
        _("Spara urval"),
        _("Spara ett eget urval av en lista."),
        "act",
        logged="no",
    ),
    Permission(
        "role.list",
        _("Roller och innehavare"),
        _("Se vem som har vilken roll, sedan när och på vems förslag."),
        "read",
        logged="no",
    ),
    Permission(
        "catalogue.view",
        _("Kontrollkatalogen"),
        _("Läsa kontroller, lagstöd, giltighetstider och kontrollprofiler."),
        "read",
        logged="no",
    ),
    Permission(
        "policy.view",
        _("Regler och behörigheter"),
        _("Läsa rollernas behörigheter, arbetsgången och gallringsfristerna."),
        "read",
        logged="no",
    ),
)

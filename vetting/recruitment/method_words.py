"""How somebody signed in, or changed how she does, as the log tells it: the codes of `accounts` in words."""

from __future__ import annotations

from django.utils.translation import gettext_noop

METHODS = {
    "password": gettext_noop("lösenordet"),
    "step_up": gettext_noop("lösenordet, vid bekräftelse"),
    "second_factor": gettext_noop("nyckel, app eller kod"),
    "too_many": gettext_noop("för många försök"),
    "signature": gettext_noop("säkerhetsnyckelns underskrift"),
    "totp": gettext_noop("kod från appen"),
    "webauthn": gettext_noop("säkerhetsnyckel"),
    "recovery_codes": gettext_noop("återställningskod"),
    "totp_added": gettext_noop("app med engångskoder tillagd"),
    "totp_removed": gettext_noop("app med engångskoder borttagen"),
    "key_added": gettext_noop("säkerhetsnyckel tillagd"),
    "key_removed": gettext_noop("säkerhetsnyckel borttagen"),
    "key_renamed": gettext_noop("säkerhetsnyckel omdöpt"),
    "recovery_codes_made": gettext_noop("återställningskoder framtagna"),
    "recovery_code_used": gettext_noop("återställningskod använd"),
    "sso_bound": gettext_noop("kopplat till kommunens inloggning"),
    "sso": gettext_noop("kommunens inloggning"),
}

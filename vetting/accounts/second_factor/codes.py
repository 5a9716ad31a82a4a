"""Codes that are typed: an app's (TOTP, RFC 6238) and recovery codes. Each is good once."""

from __future__ import annotations

import base64
import json
import time
from io import BytesIO

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils.crypto import constant_time_compare

from vetting.accounts.models import Account
from vetting.accounts.second_factor.held import CODES, TOTP, changing, held_by
from vetting.crypto.errors import SealError

SECRET_SECONDS = 30 * 60
"""How long the page that shows a new secret may be used."""


def new_secret(account: Account) -> str:
    """A fresh secret for an app, sealed for this account: the browser carries it until the first code is typed."""
    content = {"secret": generate_totp_secret(), "account": str(account.pk), "at": int(time.time())}
    return get_adapter().encrypt(json.dumps(content))


def open_secret(account: Account, sealed: str) -> str | None:
    """The secret that `new_secret` sealed, or None where it is old, damaged or another account's."""
    try:
        content = json.loads(get_adapter().decrypt(sealed))
    except (SealError, ValueError):
        return None
    fresh = 0 <= time.time() - content["at"] <= SECRET_SECONDS
    return str(content["secret"]) if fresh and content["account"] == str(account.pk) else None


def qr_image(account: Account, secret: str) -> str:
    """The secret for a camera: an SVG image as a data address, black on white."""
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    url = get_adapter().build_totp_url(account, secret)
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.getvalue()).decode()


def add_app(account: Account, secret: str, code: str) -> Authenticator | None:
    """Add the app whose first code this is; None where the code is wrong, or there is an app already."""
    counter = _counter_of(secret, code, after=-1)
    with changing(account, "totp_added" if counter is not None else "") as rows:
        if counter is None or any(row.type == TOTP for row in rows):
            return None
        data = {"secret": get_adapter().encrypt(secret), "counter": counter}
        return Authenticator.objects.create(user=account, type=TOTP, data=data)


def use_code(account: Account, typed: str, *, recovery: bool = True) -> Authenticator | None:
    """The app, or the recovery codes, to which what was typed belongs; None for a wrong or a used code."""
    code = "".join(typed.split())
    for row in held_by(account):
        if row.type == TOTP and _use_app(account, row.pk, code):
            return row
        if row.type == CODES and recovery and _use_recovery(account, row.pk, code):
            return row
    return None


def make_recovery_codes(account: Account) -> list[str]:
    """New recovery codes in the place of those there were; told this once."""
    with changing(account, "recovery_codes_made") as rows:
        for row in rows:
            if row.type == CODES:
                row.delete()
        return list(RecoveryCodes.activate(account).generate_codes())


def codes_left(account: Account) -> int:
    """How many recovery codes are unused."""
    return sum(len(RecoveryCodes(row).get_unused_codes()) for row in held_by(account) if row.type == CODES)


def _use_app(account: Account, pk: int, code: str) -> bool:
    with changing(account) as rows:
        row = next((row for row in rows if row.pk == pk), None)
        if row is None:
            return False
        counter = _counter_of(get_adapter().decrypt(row.data["secret"]), code, after=row.data["counter"])
        if counter is None:
            return False
        row.data["counter"] = counter
        row.save(update_fields=["data"])
        return True


def _use_recovery(account: Account, pk: int, code: str) -> bool:
    row = next((row for row in held_by(account) if row.pk == pk), None)
    if row is None or not any(constant_time_compare(c, code) for c in RecoveryCodes(row).get_unused_codes()):
        return False
    with changing(account, "recovery_code_used") as rows:
        again = next((row for row in rows if row.pk == pk), None)
        return again is not None and RecoveryCodes(again).validate_code(code)


def _counter_of(secret: str, code: str, *, after: int) -> int | None:
    """Which half minute the code is of; None where it is of none that is near and later than `after`."""
    near = [counter for counter in yield_hotp_counters_from_time() if counter > after]
    return next(
        (n for n in near if constant_time_compare(format_hotp_value(hotp_value(secret, n)), code)), None
    )

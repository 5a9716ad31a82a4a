"""The one page that shows the code, with the check that it was saved, and the alarm for whoever changes their mind."""

from __future__ import annotations

import base64
import secrets
from contextlib import suppress

from django.http import HttpRequest, HttpResponse

from audit.errors import AlreadyDone
from vetting.crypto.written import GROUPS, Code
from vetting.reports.actions.alarms import alarm_state
from vetting.reports.actions.reporter import alarm_duty
from vetting.reports.errors import Refused as RefusedAct
from vetting.reports.public import join, pages, token
from vetting.reports.receipts import Receipt

WHAT = "receipt"


def show(receipt: Receipt, *, checked: str = "", has_alarm: bool = True) -> HttpResponse:
    """The receipt. `checked`: "right" or "wrong" once two groups have been typed. `has_alarm`: False where it is known
    that there is none, and nobody has to look.
    """
    one, other = sorted(secrets.SystemRandom().sample(range(1, GROUPS + 1), 2))
    told = {"bits": receipt.code.bits.hex(), "one": one, "other": other}
    return pages.page(
        "receipt",
        receipt=receipt,
        signature=base64.b64encode(receipt.signature).decode(),
        salt=receipt.salt.hex(),
        one=one,
        other=other,
        checked=checked,
        alarm=alarm_of(receipt.code) if has_alarm else "",
        token=token.seal(WHAT, told),
    )


def act(request: HttpRequest) -> HttpResponse:
    """The check, or the alarm, on the receipt's own page."""
    try:
        told = token.unseal(WHAT, request.POST.get(token.FIELD, ""))
    except token.BadToken:
        return pages.page("too_old", 400)
    code = Code.from_bits(bytes.fromhex(told["bits"]))
    back = join.opened(code)
    if back is None:
        return pages.page("too_old", 400)
    if request.POST.get("to") == "alarm":
        # Pressed before, or answered meanwhile: the page says how it stands.
        with suppress(AlreadyDone, RefusedAct):
            alarm_duty(back, once=join.once_of(code, "alarm"))
        return show(back.receipt)
    typed = ((told["one"], request.POST.get("one", "")), (told["other"], request.POST.get("other", "")))
    is_right = all(code.is_group(number, group) for number, group in typed)
    return show(back.receipt, checked="right" if is_right else "wrong")


def alarm_of(code: Code) -> str:
    """How it stands with an alarm of the report."""
    back = join.opened(code)
    return alarm_state(back) if back is not None else ""

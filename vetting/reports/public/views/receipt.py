"""The one page that shows the code, with the check that it was saved, and the alarm for whoever changes their mind."""

from __future__ import annotations

import base64
import secrets

from django.http import HttpRequest, HttpResponse

from audit.errors import AlreadyDone
from vetting.crypto.written import GROUPS, Code
from vetting.reports.actions.reporter import alarm_duty
from vetting.reports.errors import Refused as RefusedAct
from vetting.reports.public import join, pages, token
from vetting.reports.receipts import Receipt
from vetting.reports.returning import Returned

WHAT = "receipt"


def show(receipt: Receipt, *, checked: str = "", alarmed: bool = False) -> HttpResponse:
    """The receipt. `checked`: "right" or "wrong" once two groups have been typed."""
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
        alarmed=alarmed,
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
        return show(back.receipt, alarmed=_is_alarmed(back, code))
    typed = ((told["one"], request.POST.get("one", "")), (told["other"], request.POST.get("other", "")))
    is_right = all(code.is_group(number, group) for number, group in typed)
    return show(back.receipt, checked="right" if is_right else "wrong")


def _is_alarmed(back: Returned, code: Code) -> bool:
    """Alarm the duty; whether somebody was alarmed, now or by an earlier press."""
    try:
        alarm_duty(back, once=join.once_of(code, "alarm"))
    except AlreadyDone:
        return True
    except RefusedAct:
        return False
    return True

"""The demonstration's recipients and reports, told by the real acts, day by day.

The root lies beside what it certifies, and passphrases are worked out from the demonstration's own key: only here.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from heapq import heapify, heappop, heapreplace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings

from audit import clock
from audit.sealer import seal_pending
from vetting.access.actor import Actor, load_actor
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account
from vetting.crypto.passphrase import word
from vetting.crypto.written import Code
from vetting.reports import certificates
from vetting.reports.actions import closing, handling
from vetting.reports.actions.keys import PARTS, create_key, import_certificate, request_of
from vetting.reports.case import Case
from vetting.reports.demo_texts import FACTS, STORIES
from vetting.reports.directory import DIRECTORY_OF
from vetting.reports.models import RecipientKey, Report
from vetting.reports.submit import Submission, submit
from vetting.reports.vault import Vault, unlock

WORDS = 6
DAYS = 400
"""How far back the first key was made and the first report came."""
Steps = Iterator[int]


def passphrase_of(username: str) -> str:
    """The same for this demonstration every time; worthless in any other."""
    drawn = hmac.digest(settings.SECRET_KEY.encode(), b"demonstration vault " + username.encode(), "sha256")
    return " ".join(word(int.from_bytes(drawn[2 * n : 2 * n + 2], "big")) for n in range(WORDS))


def vault_passphrase(account: Account) -> str | None:
    """For the list of the demonstration's accounts: None for who receives no reports."""
    roles = {grant.role for grant in account.person.role_grants.all() if grant.state == "active"}
    return passphrase_of(account.username) if roles & DIRECTORY_OF.keys() else None


def fill(reports: int = 0, seed: str = "") -> None:
    """A certified key for every recipient, and so many reports. Without a root there are neither."""
    path = Path(settings.DATA_DIR) / "keys" / "recipient_root_private"
    administrators = accounts_of("administrator")
    if not path.is_file() or not administrators:
        return
    root, now = base64.b64decode(path.read_text(encoding="ascii")), clock.now()
    since = now - timedelta(days=DAYS)
    with clock.at(since):
        others = Account.objects.exclude(person__role_grants__role__in=list(DIRECTORY_OF)).order_by(
            "username"
        )
        holders = list(dict.fromkeys(others.values_list("person_id", flat=True)))[:PARTS]
        for role in DIRECTORY_OF:
            for account in accounts_of(role):
                _key(account, role, root, load_actor(administrators[0]), holders)
        desk = Desk(Random(seed)) if reports else None
    if desk is not None:
        tell(desk, reports, since, now)
    seal_pending()


def _key(account: Account, role: str, root: bytes, administrator: Actor, holders: list[UUID]) -> None:
    phrase = passphrase_of(account.username)
    key, _secrets = create_key(by=load_actor(account), directory=DIRECTORY_OF[role], phrase=phrase)
    written = certificates.sign(root, request_of(key)).written
    import_certificate(written, by=administrator, holders=holders)


def accounts_of(role: str) -> list[Account]:
    """Who has the role, by user name."""
    people = RoleGrant.objects.filter(role=role, state=RoleGrant.State.ACTIVE).values("person")
    return list(Account.objects.filter(person__in=people).select_related("person").order_by("username"))


class Desk:
    """The recipients of both channels, with their keys unlocked."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.accounts: dict[str, list[Account]] = {}
        self.vaults: dict[UUID, Vault] = {}
        for channel in ("pressure", "whistleblowing"):
            role = next(role for role, directory in DIRECTORY_OF.items() if directory == channel)
            self.accounts[channel] = accounts_of(role)
            for account in self.accounts[channel]:
                key = RecipientKey.objects.get(person_id=account.person_id, directory=channel)
                by = load_actor(account)
                self.vaults[account.person_id] = unlock(key, passphrase_of(account.username), by=by)

    def do(
        self,
        account: Account,
        pk: UUID,
        act: Callable[..., Any],
        *args: Any,
        sealed: bool = False,
        **more: Any,
    ) -> None:
        """One act, under the lock."""
        if sealed:
            more["vault"] = self.vaults[account.person_id]
        with Case.locked(pk) as case:
            act(case, *args, by=load_actor(account), **more)


def tell(desk: Desk, count: int, since: datetime, until: datetime) -> None:
    """So many reports, more of them lately, each a step at a time and all in the order of their days."""
    waiting: list[tuple[datetime, int, Steps]] = []
    for number in range(count):
        moment = until - (until - since) * ((count - number - 0.5) / count) ** 2
        waiting.append((moment, number, story(desk, number)))
    heapify(waiting)
    while waiting and waiting[0][0] <= until:
        moment, number, steps = waiting[0]
        with clock.at(moment):
            pause = next(steps, None)
        if pause is None:
            heappop(waiting)
        else:
            heapreplace(waiting, (moment + timedelta(days=pause, hours=number % 7), number, steps))


def story(desk: Desk, number: int) -> Steps:
    """One report from its coming to its closing; how far it gets is a matter of when it came."""
    channel = "whistleblowing" if number % 4 == 3 else "pressure"
    first, second = desk.accounts[channel][:2] if number % 2 else desk.accounts[channel][1::-1]
    receipt = submit(_told(desk.random, channel, number), Code.new())
    pk = Report.objects.get(reference=receipt.reference).pk
    yield desk.random.randrange(0, 2)
    yield from _assessed(desk, pk, first)
    yield from _measured(desk, pk, first, second, due=receipt.received_on + timedelta(days=21))
    yield from _followed_up(desk, pk, first)
    desk.do(
        first,
        pk,
        closing.propose_close,
        "Två handläggare i liknande ärenden.",
        sealed=True,
        reason="measures_done",
    )
    yield 3
    desk.do(second, pk, closing.confirm_close)


def _told(random: Random, channel: str, number: int) -> Submission:
    """What somebody writes, or asks to be called about; the ways and the names take turns."""
    mode = ("anonymous", "confidential", "named")[number % 3]
    text, kind = STORIES[channel][number % len(STORIES[channel])]
    is_call = number % 8 == 5
    return Submission(
        channel,
        "call" if is_call else ("full", "short")[number % 2],
        mode,
        "" if is_call else text,
        facts={"kind": [kind], **random.choice(FACTS)},
        name="" if mode == "anonymous" else "Kim Andersson, Tekniska förvaltningen",
        contact="" if mode == "anonymous" and not is_call else "Nås på 070-000 00 00 efter klockan 17",
        consents=["contact"] if mode != "anonymous" else [],
    )


def _assessed(desk: Desk, pk: UUID, by: Account) -> Steps:
    random = desk.random
    desk.do(by, pk, handling.acknowledge, "Tack för att du skrev. Vi läser och hör av oss.", sealed=True)
    yield random.randrange(0, 3)
    desk.do(by, pk, handling.begin_assessment)
    desk.do(by, pk, handling.protect, "contacted", "Samtal hållet.", sealed=True)
    yield random.randrange(1, 5)
    desk.do(by, pk, handling.assess, {"threat": random.choice(handling.THREAT_LEVELS[:3])}, sealed=True)


def _measured(desk: Desk, pk: UUID, by: Account, responsible: Account, *, due: date) -> Steps:
    more: dict[str, Any] = {"responsible": responsible.person_id, "due": due}
    desk.do(by, pk, handling.plan_measure, "Byt handläggare i ärendet.", sealed=True, **more)
    yield desk.random.randrange(5, 12)
    with Case.locked(pk) as case:
        for measure in case.report.measures.filter(done_on=None):
            handling.complete_measure(case, measure, by=load_actor(responsible))
    yield desk.random.randrange(5, 30)


def _followed_up(desk: Desk, pk: UUID, by: Account) -> Steps:
    told = "Ärendet har en annan handläggare och vi har talat med dem."
    desk.do(by, pk, handling.give_feedback, told, sealed=True)
    yield 30
    desk.do(by, pk, handling.begin_follow_up, "Inget mer har hänt.", sealed=True)
    yield 62
    desk.do(by, pk, handling.begin_follow_up, "Det är fortfarande lugnt.", sealed=True)
    yield 1

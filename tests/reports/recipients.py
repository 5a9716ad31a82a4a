"""Recipients for tests: people with roles, keys that the tests' root has certified, and their passphrases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from tests.harness.replay import replayed
from tests.recruitment.world import World, build_world, put
from vetting.access.actor import Actor
from vetting.crypto import hpke
from vetting.crypto.written import Code
from vetting.reports import certificates
from vetting.reports.actions.keys import request_of
from vetting.reports.case import Case
from vetting.reports.days import today
from vetting.reports.directory import DIRECTORY_OF
from vetting.reports.models import RecipientKey, Report
from vetting.reports.receipts import Receipt
from vetting.reports.submit import Submission, submit
from vetting.reports.vault import Vault

ROOT = b"recipient root of the tests, 32b"
PEOPLE = {
    "report_recipient": ("rita", "ragnar", "rosa"),
    "whistleblowing_recipient": ("viola", "vera"),
    "alternative_recipient": ("alva", "axel", "agnes"),
}
CANARY = "KANARIEFÅGELN sjunger vid grinden"


@dataclass
class Desk:
    """A municipality with recipients in every directory, and what a test does with them."""

    world: World
    keys: dict[str, RecipientKey] = field(default_factory=dict)
    seeds: dict[str, bytes] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The person acting now."""
        return self.world.actor(name)

    def person(self, name: str) -> UUID:
        """The id of the person."""
        return self.world.person_id(name)

    def vault(self, name: str) -> Vault:
        """Her keys, as after unlocking."""
        return Vault(self.person(name), {self.keys[name].pk: self.seeds[name]}, until=None)

    def send(self, **told: Any) -> Receipt:
        """A report, with what a test says of it."""
        values: dict[str, Any] = {"channel": "pressure", "way": "full", "mode": "anonymous", "story": CANARY}
        return submit(Submission(**values | told), Code.new())

    def report(self, receipt: Receipt) -> Report:
        """The row behind a receipt."""
        return Report.objects.get(reference=receipt.reference)

    def case(self, receipt: Receipt) -> Case:
        """The case behind a receipt, as it is now."""
        return Case.load(self.report(receipt).pk)

    def certify(self, name: str, role: str) -> None:
        """A key for a person: as the ceremony leaves it, without the cost of a passphrase."""
        seed = hpke.new_seed()
        key = RecipientKey(
            person_id=self.person(name),
            directory=DIRECTORY_OF[role],
            public=hpke.public_of(seed),
            created_on=today(),
        )
        years = replace(request_of(key), first=date(2024, 1, 1), last=date(2029, 12, 31))
        said = certificates.sign(ROOT, years)
        key.certificate, key.signature, key.state = said.text, said.signature, "certified"
        key.valid_from, key.valid_to = said.first, said.last
        key.certified_by_id, key.certified_on = self.world.person_id("administrator"), today()
        put(key, "recipient_key.certified")
        self.keys[name], self.seeds[name] = key, seed


@replayed
def build_desk() -> Desk:
    """The small municipality, with eight recipients."""
    desk = Desk(build_world())
    for role, names in PEOPLE.items():
        for name in names:
            desk.world.hire(name, role, authority=desk.world.other_authority)
            desk.certify(name, role)
    return desk

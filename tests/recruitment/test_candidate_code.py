"""A code to the candidate's page: whatever is wrong with it, it gets one answer, and it lapses by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from audit import clock
from audit.models import Entry
from tests.recruitment.candidates import (
    DECLARE,
    HOME,
    REPLY,
    code_for,
    come_in,
    spelled,
)
from tests.recruitment.walk import Walk
from tests.recruitment.world import World
from vetting.candidate import limits
from vetting.crypto import keystore
from vetting.crypto.written import Code
from vetting.policy.candidate_page import DAYS, DAYS_AFTER_END
from vetting.recruitment.actions.candidacy_outcome import (
    withdraw_candidacy,
)
from vetting.recruitment.actions.candidate_link import revoke_link
from vetting.recruitment.models import CandidateLink

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


def spoil_wrong(walk: Walk, finalist: Any, code: Code) -> str:
    return spelled(Code.new())


def spoil_sign(walk: Walk, finalist: Any, code: Code) -> str:
    return spelled(code)[:-1] + ("7" if spelled(code)[-1] != "7" else "8")


def spoil_empty(walk: Walk, finalist: Any, code: Code) -> str:
    return ""


def spoil_revoked(walk: Walk, finalist: Any, code: Code) -> str:
    case = walk.case()
    revoke_link(case, by=walk.world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    return spelled(code)


def spoil_renewed(walk: Walk, finalist: Any, code: Code) -> str:
    code_for(walk, finalist)
    return spelled(code)


def spoil_disposed(walk: Walk, finalist: Any, code: Code) -> str:
    keystore.destroy(finalist.pk)
    return spelled(code)


SPOILT = [spoil_wrong, spoil_sign, spoil_empty, spoil_revoked, spoil_renewed, spoil_disposed]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_code_that_leads_nowhere_gets_one_answer_whatever_is_wrong_with_it(
    buyer: tuple[Walk, Any], spoil: Callable[[Walk, Any, Code], str]
) -> None:
    walk, finalist = buyer
    tried = spoil(walk, finalist, code_for(walk, finalist))
    one = Client().post(HOME, {"code": spelled(Code.new())})
    other = Client().post(HOME, {"code": tried})
    assert (one.status_code, other.status_code) == (422, 422)
    assert TOKEN.sub(b"", one.content) == TOKEN.sub(b"", other.content)
    assert len(one.content) == len(other.content)
    assert settings.CANDIDATE_COOKIE_NAME not in other.cookies
    refused = Entry.objects.filter(action="candidate_page.refused")
    assert [(entry.subject, entry.facts) for entry in refused] == [(None, {"role": "system"})] * 2


def test_a_code_lapses_by_itself_and_three_weeks_after_the_end(buyer: tuple[Walk, Any], world: World) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    start = clock.now()
    with clock.at(start + timedelta(days=DAYS)):
        come_in(code)
    with clock.at(start + timedelta(days=DAYS + 1)):
        assert Client().post(HOME, {"code": spelled(code)}).status_code == 422
    case = walk.case()
    withdraw_candidacy(case, by=world.actor("hr"), candidacy=case.candidacy(finalist.pk))
    page = come_in(code).get(HOME).content.decode()
    assert "Din kandidatur är avslutad" in page
    assert "Fyll i försäkran" not in page
    assert come_in(code).get(DECLARE).status_code == 409
    with clock.at(start + timedelta(days=DAYS_AFTER_END + 1)):
        assert Client().post(HOME, {"code": spelled(code)}).status_code == 422


def test_too_many_codes_in_a_minute_have_to_wait(
    buyer: tuple[Walk, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, finalist = buyer
    monkeypatch.setattr(limits, "ATTEMPTS_A_MINUTE", 2)
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_000_000.0)
    code = code_for(walk, finalist)
    answers = [Client().post(HOME, {"code": spelled(Code.new())}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    waited = Client().post(HOME, {"code": spelled(code)})
    assert (waited.status_code, waited["Retry-After"]) == (429, "60")


def test_no_address_holds_a_code_and_a_question_in_one_is_no_address(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    for address in (HOME, DECLARE, REPLY):
        assert come_in(code).get(f"{address}?kod={spelled(code)}").status_code == 404


def test_what_the_database_holds_of_a_code_is_no_way_in(buyer: tuple[Walk, Any]) -> None:
    walk, finalist = buyer
    code = code_for(walk, finalist)
    link = CandidateLink.objects.get()
    stored = bytes(link.digest)
    assert len(stored) == 32
    assert stored not in (code.bits, code.key("candidate page"), code.key("candidate link"))
    for tried in (stored.hex(), str(link.pk)):
        assert Client().post(HOME, {"code": tried}).status_code == 422

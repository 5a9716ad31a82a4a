"""Coming back with a code that leads nowhere: the same answer, whatever is wrong with it."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.reports.public.visitor import Visitor
from tests.reports.recipients import Desk
from vetting.crypto import envelopes
from vetting.crypto.written import Code


def wrong_codes(desk: Desk) -> dict[str, str]:
    """Codes of every kind that leads nowhere."""
    disposed = desk.send()
    envelopes.destroy(desk.report(disposed).pk)
    right = "".join(desk.send().code.groups)
    swapped = right[:-1] + ("A" if right[-1] != "A" else "B")
    return {
        "disposed": "".join(disposed.code.groups),
        "unknown": "".join(Code.new().groups),
        "mistyped": swapped,
        "empty": "",
        "long": "A" * 5_000,
        "prose": "jag har glömt koden",
    }


def test_they_get_one_answer_of_one_size(desk: Desk) -> None:
    found = {
        (answer.status, len(answer.body), answer.text, tuple(answer.headers))
        for answer in (
            Visitor().post("/anmal/inkorg/", {"code": code}) for code in wrong_codes(desk).values()
        )
    }
    assert len(found) == 1
    assert "Koden leder ingenstans" in next(iter(found))[2]


def test_they_ask_the_database_the_same_questions(desk: Desk) -> None:
    asked = {}
    for name, code in wrong_codes(desk).items():
        with CaptureQueriesContext(connection) as found:
            Visitor().post("/anmal/inkorg/", {"code": code})
        asked[name] = [query["sql"].partition("WHERE")[0] for query in found]
    assert len({tuple(each) for each in asked.values()}) == 1, asked


def test_a_code_is_never_taken_from_an_address(desk: Desk) -> None:
    code = "".join(desk.send().code.groups)
    for address in (f"/anmal/inkorg/?code={code}", f"/anmal/inkorg/{code}/", f"/anmal/inkorg/{code}"):
        assert Visitor().get(address).status == 404


def test_a_code_is_on_no_page_but_the_receipt(desk: Desk) -> None:
    code = desk.send().code
    page = Visitor().post("/anmal/inkorg/", {"code": "".join(code.groups)})
    assert not any(group in page.text for group in ("-".join(code.groups), "".join(code.groups)))

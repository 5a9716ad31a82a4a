"""A report's key: what is sealed under it, who gets it, and that the service's own keys are no use."""

import pickle
import uuid

import pytest
from django.db import models

from vetting.crypto import hpke
from vetting.crypto.content_key import ContentKey, ReportField
from vetting.crypto.errors import SealError
from vetting.crypto.sealed import Sealed, seal_into
from vetting.crypto.written import Code

REPORT = uuid.uuid4()


class Page(models.Model):
    """A row of a report, as far as sealing goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    report_id = models.UUIDField(default=REPORT)
    body = ReportField("page.body", key="report_id", null=True)
    facts = ReportField("page.facts", key="report_id", null=True)

    class Meta:
        app_label = "crypto_probe"


def test_what_is_sealed_opens_with_the_key_in_its_own_place_alone() -> None:
    key, page, other = ContentKey.new(REPORT), Page(), Page()
    key.put(page, "body", "Det sades vid grinden.")
    key.put_json(page, "facts", {"kind": "threat", "times": 2})
    assert key.text(page, "body") == "Det sades vid grinden."
    assert key.json(page, "facts") == {"kind": "threat", "times": 2}
    assert key.text(other, "body") == ""
    assert key.json(other, "facts") is None
    other.body, page.facts = page.body, page.body
    for row, field in ((other, "body"), (page, "facts")):
        with pytest.raises(SealError):
            key.text(row, field)
    with pytest.raises(SealError):
        ContentKey.new(REPORT).text(page, "body")
    with pytest.raises(SealError):
        ContentKey.new(uuid.uuid4()).text(page, "body")


def test_a_report_is_not_sealed_under_a_key_of_the_service() -> None:
    with pytest.raises(TypeError):
        seal_into(Page(), "body", "text")
    with pytest.raises(TypeError):
        Page().body = "text"
    with pytest.raises(SealError):
        ContentKey.new(REPORT).put(Page(), "body", "\ud800")


def test_each_holder_and_the_code_have_the_key() -> None:
    key, page, code = ContentKey.new(REPORT), Page(), Code.new()
    key.put(page, "body", "text")
    seeds = [hpke.new_seed() for _ in range(3)]
    sealed = [key.to(hpke.public_of(seed), b"info") for seed in seeds]
    for seed, blob in zip(seeds, sealed, strict=True):
        assert ContentKey.opened(REPORT, seed, blob, b"info").text(page, "body") == "text"
    with pytest.raises(SealError):
        ContentKey.opened(REPORT, seeds[0], sealed[1], b"info")
    under = key.under(code.key("report"), "report.receipt")
    assert (
        ContentKey.from_under(REPORT, code.key("report"), under, "report.receipt").text(page, "body")
        == "text"
    )
    for owner, secret, label in (
        (REPORT, Code.new().key("report"), "report.receipt"),
        (REPORT, code.key("lookup"), "report.receipt"),
        (REPORT, code.key("report"), "report.identity"),
        (uuid.uuid4(), code.key("report"), "report.receipt"),
    ):
        with pytest.raises(SealError):
            ContentKey.from_under(owner, secret, under, label)


def test_two_parts_give_it_back_and_one_does_not() -> None:
    key, page = ContentKey.new(REPORT), Page()
    key.put(page, "body", "text")
    parts = key.parts(2, (1, 2, 3))
    assert ContentKey.joined(REPORT, {1: parts[1], 3: parts[3]}).text(page, "body") == "text"
    with pytest.raises(ValueError):
        ContentKey.joined(REPORT, {1: parts[1]})
    with pytest.raises(SealError):
        ContentKey.joined(REPORT, {1: parts[1], 2: parts[3]}).text(page, "body")


def test_the_key_shows_nothing_and_is_not_stored() -> None:
    key = ContentKey.new(REPORT)
    assert repr(key) == str(key) == "<ContentKey>"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(SealError):
        ContentKey(REPORT, b"short")
    page = Page()
    key.put(page, "body", "text")
    assert isinstance(page.body, Sealed)

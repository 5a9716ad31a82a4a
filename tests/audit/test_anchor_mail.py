"""The one mail that leaves the service: a checkpoint to the auditor, over a server that is who it says."""

import ssl
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from audit import anchor_mail, anchors
from audit.models import Checkpoint
from audit.recorder import Who
from config.outside import Relay
from tests.audit.smtp_sink import Sink
from tests.audit.test_anchors import at, kinds
from tests.audit.test_signing import write

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_state(settings, tmp_path: Path) -> None:
    settings.LOG_STATE = tmp_path / "log"
    settings.LOG_ORIGIN = "kommun.se/logg"


@pytest.fixture
def mailed(settings) -> Callable[..., None]:
    """Let the checkpoints be mailed through the sink."""

    def mail(sink: Sink, tls: str = "", host: str = "127.0.0.1") -> None:
        settings.ANCHOR_RELAY = Relay(host, sink.port, tls, "", "", "logg@kommun.se", 2)
        settings.ANCHOR_MAIL_TO = ["revisor@kommun.se", "revision@region.se"]

    return mail


def test_the_auditor_gets_the_note_and_one_sentence_once_a_day(who: Who, mailed) -> None:
    with Sink() as sink:
        mailed(sink)
        for hours in (0, 1, 2, 11.9, 12, 13):
            with at(hours):
                write(who, 1)
                anchors.checkpoint()
    first, second = Checkpoint.objects.get(size=1), Checkpoint.objects.get(size=5)
    assert len(sink.mails) == 2
    for mail, row in zip(sink.mails, (first, second), strict=True):
        assert mail.get_content().replace("\r\n", "\n") == f"{anchor_mail.SENTENCE}\n\n{row.note}"
        assert not mail.is_multipart()
        assert mail["Subject"] == anchor_mail.SUBJECT
        assert (mail["From"], mail["To"]) == ("logg@kommun.se", "revisor@kommun.se, revision@region.se")
        assert {name.lower() for name in mail} == {
            "subject", "from", "to", "date", "message-id", "auto-submitted", "mime-version", "content-type",
            "content-transfer-encoding",
        }  # fmt: skip
    assert [word.upper() for word in sink.said if word.upper().startswith("RCPT")] == [
        "RCPT TO:<REVISOR@KOMMUN.SE>", "RCPT TO:<REVISION@REGION.SE>",
    ] * 2  # fmt: skip


def test_a_mail_of_every_tree_with_a_note(who: Who, mailed) -> None:
    with Sink() as sink:
        mailed(sink)
        with at(0):
            write(who, 1)
            write(who, 1, "report.read")
            anchors.checkpoint()
        with at(24):
            anchors.checkpoint()
    assert [row.size for row in Checkpoint.objects.all()] == [1, 1, 1]
    assert len(sink.mails) == 3


@pytest.mark.parametrize("how", ["refuse", "silent", "hang up", "gone"])
def test_a_mail_server_that_fails_stops_nothing_and_is_tried_again(
    who: Who, mailed, how: str, caplog: pytest.LogCaptureFixture, capfd
) -> None:
    sink = Sink(how)
    with sink if how != "gone" else nullcontext(), at(0):
        if how == "gone":
            sink.close()
        mailed(sink)
        write(who, 1)
        anchors.checkpoint()
    assert kinds() == [(1, "file"), (1, "stdout")]
    assert len([r for r in caplog.records if "no checkpoint is anchored by mail" in r.getMessage()]) == 1
    assert "nobody of that name" not in caplog.text
    with Sink() as sink:
        mailed(sink)
        with at(0.25):
            anchors.checkpoint()
    assert len(sink.mails) == 1
    assert (1, "mail") in kinds()


@pytest.fixture
def certified(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's TLS under a certificate of its own for localhost, and the file that makes it known."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    known, secret = tmp_path / "known.pem", tmp_path / "key.pem"
    known.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(known, secret)
    return context, known


def test_a_mail_server_is_trusted_by_its_certificate_alone(
    who: Who, mailed, certified, monkeypatch: pytest.MonkeyPatch, caplog, settings
) -> None:
    context, known = certified
    with Sink(tls=context) as sink:
        mailed(sink, "after greeting", "localhost")
        with at(0):
            write(who, 1)
            anchors.checkpoint()
        assert sink.mails == []
        assert "no checkpoint is anchored by mail" in caplog.text
        monkeypatch.setenv("SSL_CERT_FILE", str(known))
        with at(0.25):
            anchors.checkpoint()
        assert (len(sink.mails), sink.secure) == (1, [True])
    with Sink() as plain:
        mailed(plain, "after greeting", "localhost")
        with at(24):
            anchors.checkpoint()
    assert plain.mails == []

"""The example of nginx in docs/operator.md, run as it stands: it starts, and keeps nothing of the reporting pages."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NGINX = os.environ.get("NGINX") or shutil.which("nginx")
PAGE = Path(__file__).parents[2] / "docs" / "operator.md"
CANARY = "T9V8-N6ZT-8AX9"
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine (or name it in NGINX)")


class Service:
    """What stands behind the proxy: remembers the heads it is sent, and answers with a cookie and a long page."""

    def __init__(self) -> None:
        self.heads: list[tuple[str, dict[str, str]]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                service.heads.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", "16384")
                self.send_header("Referrer-Policy", "same-origin")
                self.end_headers()
                self.wfile.write(b"x" * 16384)

            do_POST = do_GET

            def log_message(self, *args: object) -> None:
                """Nothing on standard error."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Gone, as when gunicorn restarts."""
        self.server.shutdown()
        self.server.server_close()


def examples() -> list[str]:
    """The two servers: over TLS, and for the onion address."""
    return re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3))
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[tuple[Service, int, int, Path]]:
    """The service, the two ports of nginx, and the folder of its logs."""
    service, tls, onion = Service(), free(), free()
    certificate(tmp_path)
    keys = f"ssl_certificate {tmp_path}/cert.pem; ssl_certificate_key {tmp_path}/key.pem;"
    first, second = examples()
    first = first.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2; {keys}")
    second = second.replace("listen 127.0.0.1:8080;", f"listen 127.0.0.1:{onion};")
    servers = (first + second).replace("http://127.0.0.1:8001", f"http://127.0.0.1:{service.port}")
    assert servers.count(f":{service.port};") == 4
    temps = " ".join(
        f"{kind}_temp_path {tmp_path}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; {user} pid {tmp_path}/pid; error_log {tmp_path}/error.log info; events {{}}\n"
        f"http {{ access_log {tmp_path}/access.log; gzip on; gzip_types text/html; {temps}\n{servers}}}\n",
        encoding="utf-8",
    )
    running = subprocess.Popen(
        [str(NGINX), "-p", str(tmp_path), "-c", "nginx.conf", "-e", str(tmp_path / "error.log")]
    )
    try:
        end = time.monotonic() + 20
        while time.monotonic() < end and running.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", tls)) == 0:
                    break
            time.sleep(0.1)
        assert running.poll() is None, (tmp_path / "error.log").read_text()
        yield service, tls, onion, tmp_path
    finally:
        running.terminate()
        running.wait(10)


def ask(
    port: int, path: str, *, tls: bool = True, host: str = "localhost", body: str = ""
) -> http.client.HTTPResponse:
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=trusting)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    )
    head = {"Host": host, "Cookie": "__Host-session=1", "Accept-Encoding": "gzip", "User-Agent": CANARY}
    head["X-Forwarded-For"] = "203.0.113.9"
    connection.request("POST" if body else "GET", path, body or None, head)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def logged(folder: Path) -> str:
    """Everything that nginx has written anywhere."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".pem", ".conf")]
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def test_nothing_of_the_reporting_pages_is_kept_or_passed_on(proxy: tuple[Service, int, int, Path]) -> None:
    service, tls, _onion, folder = proxy
    paths = ("/anmal/", "/ANMAL/inkorg/", "//anmal/kort/", "/anmal", "/static/app/report.css")
    for path in paths:
        answer = ask(tls, path, body=f"code={CANARY}" if "inkorg" in path else "")
        assert answer.status == 200
        assert "static" in path or answer.getheader("Content-Encoding") is None
        assert answer.getheader("Referrer-Policy") == "same-origin"
        assert "set-cookie" not in {name.lower() for name, _value in answer.getheaders()}
    for path, head in service.heads:
        assert head["host"] == "localhost"
        assert head["x-forwarded-proto"] == "https"
        if "static" not in path:
            assert not {"cookie", "x-forwarded-for", "x-real-ip", "forwarded"} & head.keys()
    ask(tls, "/logga-in/")
    assert service.heads[-1][1]["x-forwarded-for"] == "127.0.0.1", (
        "what the browser says of itself is not believed"
    )
    service.stop()
    assert ask(tls, "/anmal/inkorg/", body=f"code={CANARY}").status == 502
    assert ask(tls, "/anmal/", body="x" * 24_000_000).status == 413, "more than a file with its form"
    said = logged(folder)
    assert "/logga-in/" in said, "the rest of the service is logged"
    assert "anmal" not in said.lower().replace(str(folder).lower(), "")
    assert f"code={CANARY}" not in said


def test_the_onion_address_knows_the_reporting_pages_alone(proxy: tuple[Service, int, int, Path]) -> None:
    service, _tls, onion, folder = proxy
    host = "abcdefghijklmnop.onion"
    assert ask(onion, "/anmal/", tls=False, host=host).status == 200
    path, head = service.heads[-1]
    assert (path, head["host"], head["x-forwarded-proto"]) == ("/anmal/", host, "http")
    assert not {"cookie", "x-forwarded-for"} & head.keys()
    for outside in ("/", "/logga-in/", "/anmalningar/", "/anmalan/"):
        assert ask(onion, outside, tls=False, host=host).status == 404, outside
    assert len(service.heads) == 1
    assert CANARY not in logged(folder)
    assert ".onion" not in logged(folder)

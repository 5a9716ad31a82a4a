"""The demonstration's web server and its worker, as one process group that stops together."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from types import FrameType

THREADS = 8
# How long a process may take to end its requests before it is killed, in seconds.
GRACE = 10


def addresses(port: int) -> list[str]:
    """The loopback addresses of this machine that can be listened on, as gunicorn writes them.

    Raises SystemExit with one line of advice where the port is taken.
    """
    usable = []
    for family, host, written in (
        (socket.AF_INET, "127.0.0.1", "127.0.0.1"),
        (socket.AF_INET6, "::1", "[::1]"),
    ):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as attempt:
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                attempt.bind((host, port))
        except OSError as error:
            if error.errno == 98:
                raise SystemExit(
                    f"Port {port} is taken: stop what uses it, or choose another with PORT=…."
                ) from None
            continue  # a machine without IPv6 answers on IPv4 alone
        usable.append(f"{written}:{port}")
    return usable


def commands(port: int) -> list[list[str]]:
    """The command lines of the web server and of the worker."""
    bound = [part for address in addresses(port) for part in ("--bind", address)]
    server = ["-m", "gunicorn", "config.wsgi", "--worker-class", "gthread", "--workers", "1"]
    quiet = [
        "--threads",
        str(THREADS),
        "--log-level",
        "warning",
        "--graceful-timeout",
        str(GRACE - 2),
        "--no-control-socket",
    ]
    return [[sys.executable, *server, *quiet, *bound], [sys.executable, "manage.py", "work"]]


def wait_for(port: int, running: Iterable[subprocess.Popen[bytes]], seconds: float = 60) -> bool:
    """Wait until the server answers; False when a process ended first or the time passed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and all(process.poll() is None for process in running):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            time.sleep(0.1)
    return False


def listing(moved: str | None) -> str:
    """The command that lists the accounts, as it must be typed where the demonstration's folder was moved."""
    where = f"DATA_DIR={shlex.quote(moved)} " if moved and moved != "./data" else ""
    return f"{where}DJANGO_SETTINGS_MODULE=config.settings_demo .venv/bin/python manage.py demo_accounts"


def main() -> int:
    """Serve until interrupted, or until one of the two ends; the exit code says which."""
    try:
        port = int(os.environ.get("PORT", "8000"))
    except ValueError:
        raise SystemExit("PORT must be a whole number.") from None

    def halt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, halt)
    running = [subprocess.Popen(command) for command in commands(port)]
    try:
        if wait_for(port, running):
            sys.stdout.write(
                f"\nhttp://localhost:{port}\n"
                f"Demonstration accounts: http://localhost:{port}/demo/, or {listing(os.environ.get('DATA_DIR'))}\n"
                "Stop with Ctrl-C.\n"
            )
            sys.stdout.flush()
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        stop(running)


def stop(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask every process to end, and end those that do not."""
    # Whoever presses Ctrl-C once more while they do has asked already.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    raise SystemExit(main())

"""Whoever stops the demonstration, once or in impatience several times, sees it stop and nothing else."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Says when it runs and when it is asked to end, and takes a moment for that.
SLOW = """
import signal, sys, time
def end(number, frame):
    print("asked", flush=True)
    time.sleep(1)
    sys.exit(0)
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, end)
print("runs", flush=True)
time.sleep(60)
"""
SERVE = """
import signal, sys
from config import serve
# As from a terminal: what is started in the background inherits that it hears no Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
serve.commands = lambda port: [[sys.executable, "-c", sys.argv[1]]]
serve.wait_for = lambda port, running: False
raise SystemExit(serve.main())
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_twice_it_stops_without_a_word(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE, SLOW],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        try:
            assert serving.stdout is not None
            assert serving.stdout.readline() == "runs\n"
            serving.send_signal(number)
            assert serving.stdout.readline() == "asked\n"
            serving.send_signal(number)
            assert serving.communicate() == ("", "")
            assert serving.returncode == 0
        finally:
            serving.kill()

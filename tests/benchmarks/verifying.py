"""The stand-alone verifier on bundles of a hundred thousand and of a million entries: seconds, and peak memory.

Each in a process of its own as the auditor runs it, on a bundle made without the service.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audit import verifier
from tests.audit.tampering.synthetic import Made, made
from tests.benchmarks.measure import Figure

SIZES = (100_000, 1_000_000)
ROUNDS, WITHIN = 2, 5.0
# Runs the file as the auditor does, then tells its processor time and the peak of its own memory (KiB). That of the
# operating system's accounts begins with the memory of whoever started it.
MEASURED = """
import resource, runpy, sys
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(used.ru_utime + used.ru_stime, peak, file=sys.stderr)
"""


def figures() -> list[Figure]:
    """Seconds for the smaller size, and how processor time and memory grow from it to the larger."""
    small, large = (measured(size) for size in SIZES)
    times = SIZES[1] / SIZES[0]
    like = f"{times:g} × {SIZES[0]:,}"
    return [
        Figure(
            "verifier",
            "offline, all keys and notes",
            SIZES[0],
            "s",
            small.seconds,
            "goal",
            WITHIN,
            ("≤", 1.0),
        ),
        Figure(
            "verifier",
            "processor time",
            SIZES[1],
            "s",
            large.processor,
            like,
            times * small.processor,
            ("≤", 1.3),
        ),
        Figure(
            "verifier",
            "peak memory",
            SIZES[1],
            "MiB",
            large.memory,
            f"{SIZES[0]:,}",
            small.memory,
            ("≤", 1.2),
        ),
    ]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds on the wall, seconds of the processor, and peak memory in MiB."""

    seconds: float
    processor: float
    memory: float


def measured(size: int) -> Run:
    """The quickest of some runs on a bundle of so many entries."""
    with TemporaryDirectory() as folder:
        sys.stderr.write(f"A bundle of {size:,} entries …\n")
        bundle = made(Path(folder) / "bundle", size, every=max(500, size // 1000))
        runs = [verified(bundle) for _ in range(ROUNDS)]
    return Run(*(min(values) for values in zip(*map(astuple, runs), strict=True)))


def verified(bundle: Made) -> Run:
    """One run. Raises RuntimeError where it finds anything."""
    command = [sys.executable, "-I", "-S", "-c", MEASURED, verifier.__file__, "verify", str(bundle.folder)]
    began = time.perf_counter()
    ran = subprocess.run([*command, *bundle.arguments()], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if ran.returncode or ran.stdout:
        raise RuntimeError(f"an untouched bundle was found changed: {ran.returncode}")
    processor, memory = map(float, ran.stderr.split()[-2:])
    return Run(seconds, processor, memory / 1024)

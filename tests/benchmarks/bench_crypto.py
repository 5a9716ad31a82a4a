"""What sealing costs: run with `python tests/benchmarks/bench_crypto.py`. Microseconds a value, and the floor beside.

The floor is one AES-GCM operation under a key at hand: no derivation, no commitment, no padding.
"""

import os
import sys
import timeit
import uuid
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from vetting.crypto import envelope

ROUNDS = 20_000


def microseconds(work: Callable[[], object]) -> float:
    """The best of five series, per call."""
    return min(timeit.repeat(work, number=ROUNDS // 5, repeat=5)) / (ROUNDS // 5) * 1e6


def main() -> None:
    """Print one line per length of text."""
    key, where = os.urandom(32), envelope.place("bench.value", uuid.uuid4(), uuid.uuid4())
    bare = AESGCM(key)
    out = sys.stdout.write
    out(f"{'bytes':>8} {'stored':>8} {'seal µs':>8} {'unseal µs':>10} {'floor µs':>9}\n")
    for length in (12, 200, 4_000, 64_000):
        plain = os.urandom(length)
        blob, floor = envelope.seal(key, where, plain), bare.encrypt(bytes(12), plain, where)
        seal = microseconds(lambda plain=plain: envelope.seal(key, where, plain))
        unseal = microseconds(lambda blob=blob: envelope.unseal(key, where, blob))
        least = microseconds(lambda floor=floor: bare.decrypt(bytes(12), floor, where))
        out(f"{length:>8} {len(blob):>8} {seal:>8.1f} {unseal:>10.1f} {least:>9.1f}\n")


if __name__ == "__main__":
    main()

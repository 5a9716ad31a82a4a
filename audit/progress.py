"""How far a long command has come, on the operator's screen; nothing where standard error is a file or a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from tqdm import tqdm

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""
SECONDS = 0.2


@contextmanager
def shown(words: str, unit: str = "") -> Iterator[Progress]:
    """A bar that begins with `words`, for the block: what is given moves it to done and total, both in `unit`."""
    # None: only on a terminal.
    with tqdm(desc=words, unit=unit or "it", disable=None, dynamic_ncols=True) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell


@contextmanager
def growing(words: str, path: Path, total: int | None) -> Iterator[None]:
    """A bar of the bytes of a file that something else writes during the block; `total`: about how many."""
    over = Event()
    with tqdm(desc=words, unit="B", unit_scale=True, total=total, disable=None, dynamic_ncols=True) as bar:

        def look() -> None:
            while not over.wait(SECONDS):
                size = path.stat().st_size if path.exists() else bar.n
                bar.update(size - bar.n)

        watcher = Thread(target=look, daemon=True)
        if not bar.disable:
            watcher.start()
        try:
            yield
        finally:
            over.set()
            if watcher.is_alive():
                watcher.join()

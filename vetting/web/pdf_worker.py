"""The process that sets a page as PDF/A: HTML on standard input, the document on standard output.

Started alone (`python -I`), with nothing of the service in its environment, so that the memory and the faults of the
typesetter stay here. It fetches nothing but the two files it is told of: no address in a text leads anywhere.
"""

from __future__ import annotations

import hashlib
import resource
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

SECONDS, MEMORY = 60, 2 << 30
VARIANT = "pdf/a-2a"
PLACE = "https://record.invalid/app/record.css"
"""Where the stylesheet says it lies: what it asks for beside it is the font, and is read from the disk."""


def main(stylesheet: str, font: str) -> int:
    """Exit code 0 with the document written, 3 where the typesetter or its libraries are not on this machine."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:  # OSError: pango is not there to be loaded
        sys.stderr.write(f"{type(error).__name__}: {str(error).splitlines()[0]}\n")
        return 3

    class Fetcher(URLFetcher):
        """Gives the font, and refuses everything else."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url != urljoin(PLACE, f"../vendor/{Path(font).name}"):
                raise ValueError("nothing is fetched")
            return URLFetcherResponse(url, Path(font).read_bytes(), {"Content-Type": "font/woff2"})

    html = sys.stdin.buffer.read()
    fetcher, fonts = Fetcher(), FontConfiguration()
    style = CSS(
        string=Path(stylesheet).read_text(encoding="utf-8"),
        base_url=PLACE,
        url_fetcher=fetcher,
        font_config=fonts,
    )
    paper = HTML(string=html.decode(), url_fetcher=fetcher).write_pdf(
        stylesheets=[style],
        font_config=fonts,
        pdf_variant=VARIANT,
        # The same page gives the same bytes.
        pdf_identifier=hashlib.sha256(html).digest()[:16],
    )
    sys.stdout.buffer.write(paper)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

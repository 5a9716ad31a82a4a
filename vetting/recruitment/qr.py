"""A square that a telephone's camera reads."""

from __future__ import annotations

import base64
from io import BytesIO


def drawn(text: str) -> str:
    """`text` as an SVG image in a data address, black on white."""
    # Read when a letter is made: nothing else here draws.
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    made = BytesIO()
    qrcode.make(text, image_factory=SvgPathFillImage).save(made)
    return "data:image/svg+xml;base64," + base64.b64encode(made.getvalue()).decode()

"""Pictures, drawn anew from their points: nothing else that stood in the file comes along."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from vetting.reports.files import jpeg
from vetting.reports.files.kinds import Clean, Found, NotTaken, require_alone, shown

PIXELS = {"jpeg": 50_000_000, "png": 16_000_000, "webp": 16_000_000}
"""The most points of a picture: what fits in the memory of the process. JPEG is made smaller as it is read."""
SIDE = 3000
"""Points of the longer side of the copy: what a letter held before the camera is readable at, with room to spare."""
QUALITY = 90
_GPS, _EXIF = 0x8825, 0x8769
_TIME = (("DateTimeOriginal", _EXIF), ("DateTimeDigitized", _EXIF), ("DateTime", 0))
_DEVICE = (("Make", 0), ("Model", 0), ("BodySerialNumber", _EXIF), ("LensModel", _EXIF), ("HostComputer", 0))
_AUTHOR = (("Artist", 0), ("Copyright", 0), ("CameraOwnerName", _EXIF), ("XPAuthor", 0))
_PROGRAM = (("Software", 0),)
_TEXTS = {
    "author": "author",
    "artist": "author",
    "creator": "author",
    "copyright": "author",
    "creation time": "time",
}


def clean(data: bytes, kind: str) -> Clean:
    """The picture alone. Raises NotTaken: `damaged`, `pixels`, `two_in_one`."""
    behind = _behind(data, kind)
    require_alone(behind)
    Image.MAX_IMAGE_PIXELS = None  # asked below, with limits of our own
    warnings.simplefilter("ignore")
    try:
        with Image.open(BytesIO(data), formats=[kind.upper()]) as picture:
            if picture.width * picture.height > PIXELS[kind] or max(picture.size) > 30_000:
                raise NotTaken("pixels")
            found = hidden(picture)
            if b"ftyp" in behind[:4096]:
                found.append(("film", ""))
            return _drawn(picture, found)
    except (
        OSError,
        SyntaxError,
        ValueError,
        UnidentifiedImageError,
        EOFError,
        IndexError,
        KeyError,
        TypeError,
    ) as error:
        raise error if isinstance(error, NotTaken) else NotTaken("damaged") from error


def _drawn(picture: Any, found: Found) -> Clean:
    """The picture the right way up, in colours alone."""
    picture.draft("RGB", (SIDE, SIDE))
    turn = picture.getexif().get(0x0112, 1)
    picture.load()
    has_holes = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    wanted = "RGBA" if has_holes else "RGB"
    # As it stands where that will do: a second copy of the largest pictures would not fit.
    plain = picture if picture.mode in (wanted, "L") else picture.convert(wanted)
    is_png = picture.format == "PNG" or has_holes
    plain.thumbnail((SIDE, SIDE))
    plain.info = {}
    if turn != 1:
        note = Image.Exif()
        note[0x0112] = turn
        plain.info["exif"] = note.tobytes()
        plain = ImageOps.exif_transpose(plain)
        plain.info = {}
    out = BytesIO()
    if is_png:
        plain.save(out, "PNG")
        return Clean("png", out.getvalue(), found)
    plain.save(out, "JPEG", quality=QUALITY)
    return Clean("jpeg", out.getvalue(), found)


def hidden(picture: Any) -> Found:
    """What the picture tells besides itself."""
    found: Found = []
    exif = picture.getexif()
    place = exif.get_ifd(_GPS)
    if place:
        found.append(("place", _degrees(place)))
    for code, tags in (("time", _TIME), ("device", _DEVICE), ("author", _AUTHOR), ("program", _PROGRAM)):
        values = [shown(value) for name, ifd in tags if (value := _tag(exif, name, ifd))]
        if values:
            found.append((code, values[0].replace(":", "-", 2) if code == "time" else ", ".join(values)))
    for key, value in picture.info.items():
        meant = _TEXTS.get(str(key).lower())
        if isinstance(value, str) and meant and meant not in dict(found):
            found.append((meant, shown(value)))
        elif str(key).lower() in ("comment", "description", "title") and value:
            found.append(("comment", shown(value)))
    if exif.get_ifd(1):
        found.append(("thumbnail", ""))
    if any(key in picture.info for key in ("xmp", "XML:com.adobe.xmp", "photoshop")):
        found.append(("more", ""))
    return found


def _tag(exif: Any, name: str, ifd: int) -> Any:
    number = ExifTags.Base[name].value
    value = (exif.get_ifd(ifd) if ifd else exif).get(number)
    return (
        value.decode("utf-16-le", "replace") if name.startswith("XP") and isinstance(value, bytes) else value
    )


def _degrees(place: Any) -> str:
    """The place in degrees, with four decimals: some ten metres. Nothing where it is not written as it should be."""
    try:
        numbers = []
        for ref, value in ((place[1], place[2]), (place[3], place[4])):
            degrees = float(value[0]) + float(value[1]) / 60 + float(value[2]) / 3600
            numbers.append(f"{-degrees if ref in ('S', 'W') else degrees:.4f}")
        return ", ".join(numbers)
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError):
        return ""


def _behind(data: bytes, kind: str) -> bytes:
    """What stands in the file after the picture's own end. Raises NotTaken for a picture without an end."""
    if kind == "jpeg":
        return data[jpeg.end_of(data) :]
    if kind == "webp":
        return data[8 + int.from_bytes(data[4:8], "little") :]
    at = 8
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND":
            return data[at:]
    raise NotTaken("damaged")

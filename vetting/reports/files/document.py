"""PDF, built anew of its pages alone: no scripts, forms, attachments, links or notes, and nothing about who made it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf

from vetting.reports.files import jpeg
from vetting.reports.files.kinds import Clean, Found, NotTaken, require_alone, shown

PAGES, OBJECTS = 300, 100_000
_PAGE = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Group")
_ABOUT = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/OPI",
    "/AF",
    "/StructParent",
    "/StructParents",
    "/Private",
)
_INFO = {
    "/Author": "author",
    "/Creator": "program",
    "/Producer": "program",
    "/CreationDate": "time",
    "/Title": "comment",
}
_ACTIVE = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/RichMedia",
    "/EmbeddedFile",
    "/XFA",
    "/OpenAction",
    "/AA",
    "/SubmitForm",
)


def clean(data: bytes) -> Clean:
    """The pages. Raises NotTaken: `locked`, `damaged`, `two_in_one`, `pages`, `picture_in_it`."""
    ends = data.rfind(b"%%EOF")
    require_alone(data[ends:] if ends >= 0 else b"")
    if b"%PDF-" in data[8:1024] or ends < 0:
        raise NotTaken("two_in_one" if ends >= 0 else "damaged")
    try:
        with pikepdf.open(BytesIO(data)) as old:
            return _rebuilt(old)
    except pikepdf.PasswordError as error:
        raise NotTaken("locked") from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise error if isinstance(error, NotTaken) else NotTaken("damaged") from error


def _rebuilt(old: pikepdf.Pdf) -> Clean:
    if len(old.pages) > PAGES or len(old.objects) > OBJECTS:
        raise NotTaken("pages")
    if not len(old.pages):
        raise NotTaken("damaged")
    found = hidden(old)
    for page in old.pages:
        for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            # Kept by the tree of pages, of which the new document has none.
            if name not in page.obj and (value := _inherited(page.obj, name)) is not None:
                page.obj[name] = value
        for key in page.obj.keys() - {*_PAGE, "/Type", "/Parent"}:
            del page.obj[key]
    with pikepdf.new() as new:
        new.pages.extend(old.pages)
        for each in new.objects:
            _strip(each, found)
        out = BytesIO()
        new.remove_unreferenced_resources()
        new.save(out, deterministic_id=True, linearize=False)
    return Clean("pdf", out.getvalue(), found)


def _inherited(page: Any, name: str) -> Any:
    for _step in range(50):
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
        if name in page:
            return page[name]
    return None


def hidden(old: pikepdf.Pdf) -> Found:
    """What the document tells besides its pages."""
    found: Found = []
    info = old.trailer.get("/Info")
    for name, code in _INFO.items():
        said: Any = info.get(name) if isinstance(info, pikepdf.Dictionary) else None
        if said is not None and shown(str(said)) and code not in dict(found):
            found.append((code, shown(str(said)).removeprefix("D:")))
    if "/Metadata" in old.Root:
        found.append(("more", ""))
    if any(_is_active(each) for each in old.objects):
        found.append(("active", ""))
    return found


def _is_active(each: Any) -> bool:
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return False
    return any(name in each for name in _ACTIVE) or each.get("/Type") in ("/EmbeddedFile", "/Filespec")


def _strip(each: Any, found: Found) -> None:
    """Take away what an object tells of its making; pictures in it as `jpeg.without_notes`."""
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return
    for name in (*_ABOUT, *_ACTIVE):
        if name in each:
            del each[name]
    if not isinstance(each, pikepdf.Stream):
        return
    filters = each.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or ())
    if "/JPXDecode" in names:
        raise NotTaken("picture_in_it")
    if "/DCTDecode" in names:
        if len(names) > 1:
            raise NotTaken("picture_in_it")
        raw = each.read_raw_bytes()
        bare = jpeg.without_notes(raw)
        if b"Exif\0" in raw and ("more", "") not in found:
            found.append(("more", ""))
        told = each.get("/DecodeParms")
        parms = told if isinstance(told, pikepdf.Dictionary | pikepdf.Array) else None
        each.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parms)

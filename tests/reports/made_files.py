"""Files as they come: with everything hidden in them, and those that are made to do harm."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

AUTHOR, DEVICE = "Kanarie Karin", "Kanarietelefon 7"


def noise(width: int, height: int) -> Image.Image:
    """A picture that is not easily made small."""
    return (
        Image.effect_noise((max(width // 8, 1), max(height // 8, 1)), 60)
        .convert("RGB")
        .resize((width, height))
    )


def photo(width: int = 400, height: int = 300, kind: str = "JPEG", **options: object) -> bytes:
    """A photograph with place, time, telephone, author, a turned camera and a small copy of itself."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112], exif[0x013B] = "Kanarie", DEVICE, 6, AUTHOR
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (59.0, 19.0, 45.0), "E", (18.0, 4.0, 7.0)
    exif.get_ifd(0x8769)[0x9003] = "2026:11:20 21:14:00"
    out = BytesIO()
    noise(width, height).save(out, kind, exif=exif, **options)
    return out.getvalue()


def document(**more: object) -> bytes:
    """A PDF with a photograph in it, an author, a script that runs when it is opened, and a file attached."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    picture = pdf.make_stream(photo(200, 104))
    picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
    picture.Width, picture.Height, picture.ColorSpace, picture.BitsPerComponent = 200, 104, Name.DeviceRGB, 8
    page = pdf.pages[0]
    page.Resources = Dictionary(XObject=Dictionary(Im=picture))
    page.Contents = pdf.make_stream(b"q 200 0 0 104 0 0 cm /Im Do Q")
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('kanarie')")
    pdf.attachments["kanarie.exe"] = b"MZ kanarie"
    pdf.docinfo["/Author"] = AUTHOR
    out = BytesIO()
    pdf.save(out, **more)
    return out.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def enormous_png(side: int = 50_000) -> bytes:
    """A few kilobytes that say they are `side` points wide and high."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000_000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def zeros(megabytes: int) -> bytes:
    """So many times a million zeros, compressed: one part of ten million over and over, as each stands for itself."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    part = packer.compress(b"\0" * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    count = megabytes * 1_000_000
    # RFC 1950: the sum of zeros is one, and how many they are.
    sums = (count % 65521) << 16 | 1
    return b"\x78\xda" + part * (megabytes // 10) + b"\x03\x00" + struct.pack(">I", sums)


def text_bomb_png() -> bytes:
    """A small picture with a compressed text of a gigabyte and a half beside it."""
    out = BytesIO()
    noise(16, 16).save(out, "PNG")
    whole = out.getvalue()
    return whole[:33] + _chunk(b"zTXt", b"Comment\0\0" + zeros(1500)) + whole[33:]


def object_bomb_pdf() -> bytes:
    """A PDF whose table of objects unpacks to a gigabyte."""
    packed = zeros(1000)
    head = b"%PDF-1.7\n"
    table = (
        b"1 0 obj\n<< /Type /XRef /Size 9 /W [1 2 2] /Root 2 0 R /Filter /FlateDecode /Length "
        + str(len(packed)).encode()
        + b" >>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    return head + table + b"startxref\n" + str(len(head)).encode() + b"\n%%EOF\n"

"""The key ceremony: the root's key and the certificates it signs, on a machine that is never connected."""

from __future__ import annotations

import base64
import binascii
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vetting.crypto import hpke, statements
from vetting.reports import certificates
from vetting.reports.ceremony import protocol
from vetting.reports.errors import BadCertificate


class Command(BaseCommand):
    """Needs no database: requests come in as files, certificates and a protocol to be printed go out."""

    help = (
        "On the offline machine. A new root: recipient_ceremony --new-root root.key. A certificate:"
        " recipient_ceremony --root root.key --request eva.txt --certificate eva.cert."
        " The protocol is printed: sign it."
    )
    requires_system_checks: Any = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which root, and what it is to certify."""
        parser.add_argument("--new-root", type=Path, help="file to make a new root in; keep it offline")
        parser.add_argument("--root", type=Path, help="file with the root's private key")
        parser.add_argument("--request", type=Path, help="file with a recipient's request")
        parser.add_argument("--certificate", type=Path, help="file to write the certificate to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError (exit 2) for files that are missing, unreadable, or there already."""
        try:
            if options["new_root"] is not None:
                self._new_root(options["new_root"])
            elif None in (options["root"], options["request"], options["certificate"]):
                raise CommandError("Give --new-root, or --root, --request and --certificate.", returncode=2)
            else:
                self._certify(options["root"], options["request"], options["certificate"])
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=2) from None

    def _new_root(self, path: Path) -> None:
        seed = os.urandom(32)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(base64.b64encode(seed).decode() + "\n")
        public = statements.public_of(seed)
        self.stdout.write(protocol("root", {"RECIPIENT_ROOT": base64.b64encode(public).decode()}))

    def _certify(self, root: Path, request: Path, out: Path) -> None:
        try:
            seed = base64.b64decode(root.read_text(encoding="ascii").strip(), validate=True)
            asked = certificates.read(request.read_text(encoding="utf-8"))
            public = statements.public_of(seed)
            if len(asked.public) not in hpke.PUBLIC_BYTES.values() or asked.last < asked.first:
                raise BadCertificate("unreadable")
        except (BadCertificate, ValueError, binascii.Error):
            raise CommandError("The root or the request cannot be read.", returncode=2) from None
        said = certificates.sign(seed, asked)
        with out.open("x", encoding="utf-8") as file:
            file.write(said.written)
        told = {
            "register": said.directory,
            "person": str(said.person),
            "nyckel": str(said.key),
            "fingeravtryck": said.fingerprint,
            "gäller": f"{said.first} – {said.last}",
            "rotens fingeravtryck": hpke.fingerprint(public),
        }
        self.stdout.write(protocol("certificate", told))

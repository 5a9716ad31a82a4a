"""A mail server for a test: takes what it is given, or fails in the way it is told to."""

import socket
import ssl
import threading
from contextlib import ExitStack, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any


class Sink:
    """Listens on a free port of 127.0.0.1 while its block lasts. `how`: "", "refuse", "silent" or "hang up"."""

    def __init__(self, how: str = "", tls: ssl.SSLContext | None = None) -> None:
        self.how, self.tls = how, tls
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.said: list[str] = []
        self.secure: list[bool] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "Sink":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        self._thread.join(5)

    def close(self) -> None:
        """Listen no more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(5)
            with ExitStack() as open_still, suppress(OSError):
                self._talk(open_still.enter_context(connection), open_still)

    def _talk(self, connection: Any, open_still: ExitStack) -> None:
        if self.how == "silent":
            connection.recv(1)
            return
        if self.how == "hang up":
            return
        lines, secure = open_still.enter_context(connection.makefile("rwb")), False

        def say(text: str) -> None:
            lines.write(text.encode() + b"\r\n")
            lines.flush()

        say("220 sink")
        while line := lines.readline():
            command = line.decode().strip()
            self.said.append(command)
            verb = command.split(" ")[0].upper()
            if verb == "EHLO":
                say("250-sink")
                if self.tls and not secure:
                    say("250-STARTTLS")
                say("250 AUTH PLAIN")
            elif verb == "STARTTLS" and self.tls:
                say("220 go on")
                wrapped = open_still.enter_context(self.tls.wrap_socket(connection, server_side=True))
                lines, secure = open_still.enter_context(wrapped.makefile("rwb")), True
            elif verb == "RCPT" and self.how == "refuse":
                say("550 nobody of that name")
            elif verb == "DATA":
                say("354 go on")
                body = b"".join(iter(lines.readline, b".\r\n"))
                self.raw.append(body)
                self.mails.append(message_from_bytes(body, policy=default))  # type: ignore[arg-type]
                self.secure.append(secure)
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            elif verb == "AUTH":
                say("235 welcome")
            else:
                say("250 ok")

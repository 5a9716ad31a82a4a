"""People who sign in for the first time, each in a browser of her own, as on a municipality's first day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.test import Client
from django.urls import reverse

NEW_PASSWORD = "en ny och lång fras av {}"
SHOWN = re.compile(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){4})</code>")


@dataclass
class Day:
    """Everybody's browser by user name."""

    clients: dict[str, Client] = field(default_factory=dict)

    def bootstrap(self, *args: str) -> dict[str, str]:
        """Run the command; user name → first password."""
        out = StringIO()
        call_command("bootstrap", *args, stdout=out)
        return dict(line.split("\t") for line in out.getvalue().splitlines())

    def arrive(self, username: str, first: str) -> None:
        """Sign in with the first password, replace it, and show once more who one is."""
        client, new = Client(), NEW_PASSWORD.format(username)
        answer = client.post("/logga-in/", {"login": username, "password": first})
        assert answer.status_code == 302, username
        change = reverse("account_change_password")
        assert client.get("/arbete/").headers["Location"] == change
        sent = {"old_password": first, "new_password1": new, "new_password2": new}
        answer = client.post(change, sent)
        assert answer.status_code == 302, answer.content.decode()
        self.clients[username] = client
        self.confirm(username)
        assert client.get("/arbete/").status_code == 200, username

    def confirm(self, username: str) -> None:
        """The password once more, before what asks for it."""
        sent = {"password": NEW_PASSWORD.format(username), "next": "/arbete/"}
        assert self.clients[username].post(reverse("account_reauthenticate"), sent).status_code == 302

    def page(self, username: str, name: str, **parts: Any) -> Any:
        """The page, which the person may open."""
        answer = self.clients[username].get(reverse(name, kwargs=parts))
        assert answer.status_code == 200, f"{username} {name}: {answer.status_code}"
        return answer

    def does(self, username: str, name: str, typed: dict[str, Any] | None = None, **parts: Any) -> Any:
        """Fill in the page's form and press its button. The act is done: the answer leads on."""
        sent = {"once": str(uuid4()), **(typed or {})}
        answer = self.clients[username].post(reverse(name, kwargs=parts), sent)
        assert answer.status_code == 302, f"{username} {name}: {answer.status_code} {said(answer)}"
        return answer

    def new_account(self, by: str, username: str, name: str, manager: str = "") -> None:
        """An account laid up by an administrator; its person arrives with the password that was shown."""
        sent = {"once": str(uuid4()), "name": name, "username": username, "email": "", "manager": manager}
        answer = self.clients[by].post(reverse("create_account"), sent)
        found = SHOWN.search(answer.content.decode())
        assert found is not None, said(answer)
        self.arrive(username, found[1])


def said(answer: Any) -> str:
    """What a page says is wrong, for whoever reads the failing test."""
    form = (answer.context or {}).get("form") if answer.context else None
    return str(getattr(form, "errors", "")) or answer.content.decode()[-600:]

"""Every page declares its permission here; a route without a declaration fails the build.

A page reads, in autocommit; a POST acts through the room's actions, which ask the door again under the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from audit.recorder import record
from vetting.access.actor import Actor, actor_of
from vetting.access.door import NOTHING, Answer, Denied, Facts, ask, may_somewhere
from vetting.crypto import keyring
from vetting.crypto.errors import Locked
from vetting.web.errors import locked

View = Callable[..., HttpResponseBase]


class HasFacts(Protocol):
    """An object the door can be asked about."""

    def facts_for(self, actor: Actor) -> Facts:
        """What the door needs to know of the object for this actor."""
        ...


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a route promises: the permission asked, and whether it is open to anyone.

    `keeps_no_form`: what is typed there is never carried through the sign-in page.
    """

    permission: str
    public: bool
    methods: tuple[str, ...]
    has_object: bool = False
    keeps_no_form: bool = False


_ANSWER = "answer"


def answer_of(request: HttpRequest) -> Answer | None:
    """What the door said of the object of this page; None on a page that is about no object."""
    answer: Answer | None = vars(request).get(_ANSWER)
    return answer


def role_in(request: HttpRequest) -> str:
    """The role in which the page's object is seen. Raises LookupError on a page that is about no object."""
    answer = answer_of(request)
    if answer is None:
        raise LookupError("The page has loaded no object to ask the door about.")
    return answer.role


def public(
    permission: str, *, methods: tuple[str, ...] = ("GET", "HEAD"), keeps_no_form: bool = False
) -> Callable[[View], View]:
    """Declare a page that needs no sign-in; its permission must be granted to `anyone` by the policy."""

    def declare(view: View) -> View:
        wrapped = require_http_methods(list(methods))(view)
        wrapped.declaration = Declaration(permission, True, methods, False, keeps_no_form)  # type: ignore[attr-defined]
        wrapped.public_page = True  # type: ignore[attr-defined]
        return wrapped

    return declare


def page(
    permission: str,
    *,
    load: Callable[..., HasFacts] | None = None,
    methods: tuple[str, ...] = ("GET", "HEAD"),
) -> Callable[[View], View]:
    """Declare a signed-in page. `load(**url_kwargs)` fetches the object (Http404 when absent).

    The view is called as `view(request, actor, obj, **kwargs)` or, without `load`, `view(request, actor, **kwargs)`.
    Outside the actor's scope the answer is 404, the same as for what does not exist. Without the master keys it is
    503: nothing sealed is read or written, and there is no other way in.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if not keyring.is_open():
                return locked(request)
            actor = actor_of(request)
            if load is None:
                decision = ask(actor, permission, OWNER)
                if not decision.allowed and not may_somewhere(actor, permission):
                    raise Http404
                return view(request, actor, **kwargs)
            obj = load(**kwargs)
            decision = ask(actor, permission, obj.facts_for(actor))
            if not decision.allowed:
                if request.method == "POST":
                    note_refusal(actor, permission)
                raise Http404
            vars(request)[_ANSWER] = decision
            try:
                return view(request, actor, obj, **kwargs)
            except Denied:
                raise Http404 from None
            except Locked:
                return locked(request)

        wrapped = require_http_methods(list(methods))(guarded)
        wrapped.declaration = Declaration(permission, False, methods, load is not None)  # type: ignore[attr-defined]
        return wrapped

    return declare


def note_refusal(actor: Actor, permission: str) -> None:
    """An act tried where the door says no leaves an entry; what it was tried on is not told. Reading leaves none."""
    role = next((held.role for held in actor.roles if held.role != "employee"), "employee")
    record("access.refused", actor.who(role), facts={"role": role, "permission": permission})


OWNER = Facts(is_own=True, relations=frozenset({"owner"}))
__all__ = ["NOTHING", "Declaration", "page", "public"]

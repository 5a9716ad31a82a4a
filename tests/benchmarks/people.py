"""Who asks for the pages, and what they ask for, in a seeded database."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count
from django.test import Client

from vetting.access.actor import Actor, load_actor
from vetting.accounts.models import Account
from vetting.crypto.sealed import Opening, unseal
from vetting.policy.roles import ROLES
from vetting.recruitment.demo.accounts import password_of
from vetting.recruitment.models import Candidacy, Recruitment, RecruitmentGrant


def busiest(role: str) -> Account:
    """The account with most assignments in `role`. Raises LookupError where nobody has any."""
    granted = RecruitmentGrant.objects.filter(permission__codename=f"act_as_{role}").values("user")
    first = granted.annotate(number=Count("pk")).order_by("-number", "user").first()
    if first is None:
        raise LookupError(f"Nobody is assigned as {role}: seed more recruitments.")
    return Account.objects.select_related("person").get(pk=first["user"])


def one_of_each_role() -> list[tuple[str, Account]]:
    """For every role in force one account, the busiest where there are assignments."""
    found = []
    for role in ROLES:
        try:
            found.append((role, busiest(role)))
        except LookupError:
            holders = Account.objects.filter(
                person__role_grants__role=role, person__role_grants__state="active"
            )
            found += [
                (role, account) for account in holders.select_related("person").order_by("username")[:1]
            ]
    return found


def actor_of(account: Account) -> Actor:
    """The actor behind the account."""
    return load_actor(account)


def signed_in(account: Account) -> Client:
    """A browser in which the person has signed in on the page. Raises RuntimeError where that failed."""
    client = Client()
    client.post("/logga-in/", {"login": account.username, "password": password_of(account.username)})
    if "_auth_user_id" not in client.session:
        raise RuntimeError(f"{account.username} could not sign in.")
    return client


def fullest_recruitment(account: Account) -> UUID:
    """Of the person's ongoing assignments the one with most checks."""
    granted = RecruitmentGrant.objects.filter(user=account).values("content_object")
    going = Recruitment.objects.filter(pk__in=granted, state__in=["open", "decided", "onboarding"])
    found: UUID = (
        going.annotate(n=Count("checks")).order_by("-n", "reference").values_list("pk", flat=True)[0]
    )
    return found


def known_number(account: Account) -> str:
    """The number of a finalist in one of the person's assignments."""
    granted = RecruitmentGrant.objects.filter(user=account).values("content_object")
    rows = Candidacy.objects.filter(recruitment__in=granted, number__isnull=False, blind_index__isnull=False)
    return unseal(rows.order_by("created_on", "pk")[0], "number", Opening(0))

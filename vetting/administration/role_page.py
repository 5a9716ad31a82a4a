"""One role in words: its facts for the page, and links to the recruitments it leaves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vetting.access.actor import Actor
from vetting.access.door import ask, may_somewhere
from vetting.access.models import RoleGrant
from vetting.accounts.models import Account, Person
from vetting.administration.explained import day, name_of
from vetting.administration.queries.role_holders import where
from vetting.policy.access_review import CAUSES
from vetting.policy.reasons import GUEST, ROLE_ENDED_BY_LINK, ROLE_REJECTED, ROLE_REVOKED
from vetting.policy.workflow import state
from vetting.recruitment.case import Case
from vetting.recruitment.models import GuestInvitation, Recruitment, RecruitmentGrant
from vetting.web.marks import when
from vetting.web.parts import Fact, Link


def facts_of(grant: RoleGrant, on: date) -> list[Fact]:
    """Label and value, in the order they are asked about."""
    code = grant.state_on(on)
    facts = [
        Fact(_("Läge"), _(state("role_grant", code).label), note=review_words(grant, on)),
        Fact(_("Var"), where(grant) or _("Hela kommunen")),
        Fact(_("Från och med"), when(grant.valid_from)),
        Fact(_("Till och med"), when(grant.valid_to) if grant.valid_to else _("Tills vidare")),
    ]
    if grant.reference:
        facts.append(Fact(_("Beslut"), grant.reference))
    if grant.decided_on:
        facts.append(Fact(_("Beslutsdag"), when(grant.decided_on)))
    if grant.proposed_by:
        facts.append(Fact(_("Föreslagen av"), name_of(grant.proposed_by)))
    if grant.confirmed_by:
        facts.append(Fact(_("Bekräftad av"), name_of(grant.confirmed_by)))
    if grant.ended_by and grant.ended_on:
        reasons = ROLE_REJECTED | ROLE_REVOKED | ROLE_ENDED_BY_LINK
        facts.append(Fact(_("Avslutad av"), name_of(grant.ended_by), note=when(grant.ended_on)))
        if grant.reason:
            facts.append(Fact(_("Anledning"), _(reasons.get(grant.reason, grant.reason))))
    return facts


def invited_to(grant: RoleGrant, actor: Actor) -> list[Fact]:
    """Of a guest's role: whence, and - for whoever may see the recruitment - why and to which one."""
    invitation = GuestInvitation.objects.filter(role_grant=grant).first()
    if invitation is None:
        return []
    found = [Fact(_("Kommer från"), invitation.home)]
    case = Case.load(invitation.recruitment_id)
    if ask(actor, "recruitment.view", case.facts_for(actor)).allowed:
        found += [
            Fact(_("Rekrytering"), f"{case.recruitment.reference} – {case.position.title}"),
            Fact(_("Varför en gäst"), _(GUEST[invitation.because]), note=invitation.reason),
        ]
    return found


def review_words(grant: RoleGrant | RecruitmentGrant, on: date) -> str:
    """Until when a review can be answered, and what follows otherwise; empty where there is none."""
    if grant.answer_by is None:
        return ""
    words = {"cause": _(CAUSES[grant.review_cause]), "day": day(grant.answer_by)}
    if grant.answer_by < on:
        return _("%(cause)s. Ingen svarade i genomgången, så åtkomsten upphörde efter %(day)s.") % words
    return _("%(cause)s. Åtkomsten upphör av sig själv efter %(day)s om ingen svarar i genomgången.") % words


def links_to(recruitments: Iterable[Recruitment]) -> list[Link]:
    """The recruitments by reference and post, each leading to the page where work is handed out."""
    return [
        Link(
            f"{each.reference} – {each.position.title}", reverse("assign_recruitment", kwargs={"pk": each.pk})
        )
        for each in recruitments
    ]


def ask_about(grant: RoleGrant, actor: Actor) -> list[Link]:
    """The two questions about access with the person filled in; none about one whose name is not shown."""
    if grant.person.is_protected:
        return []
    pages = (
        ("access.preview", "preview_access", _("Vad skulle personen se?")),
        ("access.explain", "explain_access", _("Varför ser personen en rekrytering?")),
    )
    return [
        Link(words, f"{reverse(name)}?roll={grant.pk}")
        for permission, name, words in pages
        if may_somewhere(actor, permission)
    ]


def whose(grant: RoleGrant) -> tuple[list[Fact], bool]:
    """Of a proposal: the accounts it would give the role to, and whether another person has the same name.

    Two people can have one name, and whoever administers chooses what a new account is called: what is confirmed is
    the account.
    """
    accounts = Account.objects.filter(person=grant.person_id, is_active=True).order_by("created_at")
    facts = [
        Fact(_("Konto"), each.username, note=_("upplagt %(day)s") % {"day": day(localtime(each.created_at))})
        for each in accounts
    ]
    namesakes = Person.objects.filter(display_name__iexact=grant.person.display_name)
    return facts, namesakes.exclude(pk=grant.person_id).filter(accounts__is_active=True).exists()

"""One account in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from vetting.accounts.first_password import has_run_out
from vetting.accounts.models import Account
from vetting.web.marks import when
from vetting.web.parts import Fact


def facts_about_account(account: Account) -> list[Fact]:
    """Label and value. Of a protected person neither name nor address is told."""
    person = account.person
    facts = [Fact(_("Läge"), _("Öppet") if account.is_active else _("Stängt"))]
    if person.is_protected:
        facts.append(Fact(_("Person"), _("Skyddade personuppgifter: handläggs manuellt")))
    else:
        facts += [Fact(_("Namn"), person.display_name), Fact(_("E-post"), person.email or "–")]
    if person.line_manager is not None:
        facts.append(Fact(_("Närmaste chef"), person.line_manager.display_name))
    facts.append(Fact(_("Upplagt"), when(account.created_at)))
    if account.must_change_password:
        gone = has_run_out(account)
        said = _("Det första lösenordet har gått ut. Föreslå återställd inloggning.") if gone else ""
        facts.append(Fact(_("Lösenord"), said or _("Det första lösenordet är inte bytt än")))
    return facts


def address_of(account: Account) -> str:
    """The account's page."""
    return reverse("account_one", kwargs={"account": account.pk})

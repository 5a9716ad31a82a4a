"""*Varningar*: what the rules pointed out to this auditor; opened under an entry of its own, closed with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from audit.errors import AlreadyDone
from vetting.access.actor import Actor
from vetting.access.door import Denied, Facts
from vetting.access.pages import page
from vetting.access.reveal import open_fields
from vetting.accounts.resume import is_resumed
from vetting.oversight.actions.alerts import close_alert, facts_for
from vetting.oversight.forms.alerts import CloseForm
from vetting.oversight.models import Alert
from vetting.oversight.queries.alerts import Opened, alerts_of, opened
from vetting.oversight.views.base import acting_role, trail
from vetting.policy.alerts import RESULTS, RETENTION_MONTHS, RULES
from vetting.recruitment.actions.errors import BadInput, WrongState
from vetting.recruitment.input_errors import INPUT_ERRORS
from vetting.recruitment.views.base import done, show
from vetting.web.errors import conflict
from vetting.web.parts import Link

KINDS = {"open": "assess", "explained": "done", "forwarded": "waiting"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The alert that a page is about, for the door."""

    alert: Alert

    def facts_for(self, actor: Actor) -> Facts:
        """Assigned to its auditor, to nobody else."""
        return facts_for(self.alert, actor)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: what the rule is called, and how far it has come; nobody's name."""

    alert: Alert
    name: str
    kind: str
    words: str


def load_alert(alert: UUID, **kwargs: object) -> Subject:
    """The alert of the address. Raises Http404."""
    found = Alert.objects.filter(pk=alert).first()
    if found is None:
        raise Http404
    return Subject(found)


@page("alert.view")
def alert_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This auditor's alerts: number, rule and state. Whom one concerns is seen when it is opened."""
    context = {
        "breadcrumbs": trail(actor, Link(_("Varningar"))),
        "rows": [row_of(alert) for alert in alerts_of(actor)],
        "rules": [(_(rule.name), _(rule.why), _(rule.source)) for rule in RULES.values()],
        "months": RETENTION_MONTHS,
    }
    return show(request, actor, "oversight/alerts.html", context)


@page("alert.view", load=load_alert)
def alert_view(request: HttpRequest, actor: Actor, subject: Subject, alert: UUID) -> HttpResponse:
    """One alert: the rule's reason, whom it concerns and where; the entry that says so is written first."""
    return _shown(request, actor, subject.alert, CloseForm())


@page("alert.close", load=load_alert, methods=("POST",))
def alert_close(request: HttpRequest, actor: Actor, subject: Subject, alert: UUID) -> HttpResponse:
    """*Förklarat* or *vidare*, with the reason."""
    form = CloseForm(request.POST)
    if is_resumed(request) or not form.is_valid():
        return _shown(request, actor, subject.alert, form, status=200 if is_resumed(request) else 422)
    typed = form.cleaned_data
    try:
        close_alert(
            subject.alert.pk, by=actor, result=typed["result"], reason=typed["reason"], once=form.once_key
        )
    except AlreadyDone:
        pass
    except (Denied, Alert.DoesNotExist):
        raise Http404 from None
    except BadInput as error:
        for name, code in error.errors.items():
            form.add_error(name, str(INPUT_ERRORS[code]))
        return _shown(request, actor, subject.alert, form, status=422)
    except WrongState:
        back = reverse("alert_view", kwargs={"alert": alert})
        return conflict(request, what=_("Varningen är redan stängd."), back_url=back)
    done(request, _("Varningen är stängd."))
    return redirect("alert_list")


def row_of(alert: Alert) -> Row:
    """The alert in words."""
    state = str(alert.state)
    words = _("Att bedöma") if state == Alert.State.OPEN else _(RESULTS[state])
    return Row(alert, _(RULES[alert.rule].name), KINDS[state], words)


def _shown(
    request: HttpRequest, actor: Actor, alert: Alert, form: CloseForm, *, status: int = 200
) -> HttpResponse:
    role = acting_role(actor, "alert.view")
    facts = {"role": role, "alert": alert.number, "rule": alert.rule}
    fields = ("findings", "closing")
    opening = open_fields(
        actor.who(role), "alert.viewed", subject=alert.pk, facts=facts, fields=fields, purpose="review_alert"
    )
    found, rule = opened(alert, opening), RULES[alert.rule]
    context = {
        "breadcrumbs": trail(actor, Link(_("Varningar"), reverse("alert_list")), Link(alert.number)),
        "row": row_of(alert),
        "rule": {"why": _(rule.why), "source": _(rule.source)},
        "found": found,
        "sentence": _(rule.sentence).format(count=found.count, threshold=found.threshold) if found else "",
        "log_url": _in_the_log(found) if found and found.person else "",
        "form": form if alert.state == Alert.State.OPEN else None,
    }
    return show(request, actor, "oversight/alert.html", context, status=status)


def _in_the_log(found: Opened) -> str:
    """The person's readings of those days, in the log."""
    days = {"fran": localdate(found.since).isoformat(), "till": localdate(found.at).isoformat()}
    return f"{reverse('log_view')}?{urlencode({'person': str(found.person_id), **days})}"

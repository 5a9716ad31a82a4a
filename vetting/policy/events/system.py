"""Events of accounts, access and the installation itself."""

from __future__ import annotations

from audit.events import EventSpec
from vetting.policy.text import _

DECLARED = (
    EventSpec(
        "access.explained",
        _("{role} tog fram varför en person har åtkomst till {reference}."),
        ("role", "reference", "target_role"),
    ),
    EventSpec(
        "access.previewed",
        _("{role} tog fram vad rollen {target_role} skulle se."),
        ("role", "target_role"),
    ),
    EventSpec("access.refused", _("{role} nekades {permission}."), ("role", "permission")),
    EventSpec(
        "access_review.answered",
        _("{role} besvarade genomgången av rollen {target_role}: {result}."),
        ("role", "target_role", "result"),
    ),
    EventSpec(
        "access_review.started", _("{role} startade genomgång av {count} åtkomster."), ("role", "count")
    ),
    EventSpec("account.created", _("{role} lade upp ett konto."), ("role", "method")),
    EventSpec(
        "account.disabled",
        _("{role} stängde ett konto ({reason_code})."),
        ("role", "reason_code", "target_role"),
    ),
    EventSpec(
        "account.reset_confirmed",
        _("{role} bekräftade återställd inloggning för ett konto."),
        ("role", "target_role"),
    ),
    EventSpec(
        "account.reset_proposed",
        _("{role} föreslog återställd inloggning för ett konto."),
        ("role", "target_role"),
    ),
    EventSpec(
        "account.reset_rejected",
        _("{role} avslog återställd inloggning för ett konto."),
        ("role", "target_role"),
    ),
    EventSpec("account.session_ended", _("{role} avslutade {count} inloggningar."), ("role", "count")),
    EventSpec(
        "account.session_expired",
        _("En inloggning avslutades efter {minutes} minuter utan användning."),
        ("minutes",),
    ),
    EventSpec(
        "account.sign_in_edited",
        _("{role} ändrade sitt sätt att logga in ({method})."),
        ("role", "method", "digest"),
    ),
    EventSpec("account.sign_in_failed", _("En inloggning misslyckades ({method})."), ("method",)),
    EventSpec("account.signed_in", _("{role} loggade in."), ("role", "method")),
    EventSpec(
        "action.refused",
        _("{role} försökte {permission} i {reference}, men steget var inte tillåtet ({reason_code})."),
        ("role", "permission", "reference", "reason_code"),
    ),
    EventSpec("clock.stepped_back", _("Serverns klocka gick bakåt; tidigare tid användes."), ("date",)),
    EventSpec(
        "delegation.created",
        _("{role} utsåg ersättare {from_date}–{until}."),
        ("role", "from_date", "until", "target_role"),
    ),
    EventSpec(
        "delegation.created_for",
        _("{role} utsåg ersättare åt {target_role} {from_date}–{until}."),
        ("role", "from_date", "until", "target_role", "reason_code"),
    ),
    EventSpec(
        "delegation.ended",
        _("{role} avslutade en ersättning i förtid."),
        ("role", "target_role"),
    ),
    EventSpec(
        "log.restarted",
        _(
            "{role} lät loggen börja om efter {tree}, som slutade med {count} händelser ({result}; {reason_code})."
        ),
        ("role", "tree", "count", "digest", "result", "reason_code", "other"),
    ),
    EventSpec("person.edited", _("{role} ändrade {field} för en person."), ("role", "field")),
    EventSpec(
        "person.link_proposed",
        _("{role} föreslog att två konton hör till samma person."),
        ("role", "count"),
    ),
    EventSpec(
        "person.link_rejected",
        _("{role} avslog att två konton hör till samma person."),
        ("role", "count"),
    ),
    EventSpec(
        "person.linked",
        _("{role} bekräftade att två konton hör till samma person."),
        ("role", "count"),
    ),
    EventSpec(
        "position.approvers_set",
        _("{role} satte antal yttranden för {position} till {count}."),
        ("role", "position", "count"),
    ),
    EventSpec(
        "position.created",
        _("{role} lade upp befattningen {position}."),
        ("role", "position", "profile", "unit"),
    ),
    EventSpec(
        "position.designated",
        _("{role} antecknade beslut om utpekad befattning {position}."),
        ("role", "position", "section", "date"),
    ),
    EventSpec("position.retired", _("{role} avvecklade befattningen {position}."), ("role", "position")),
    EventSpec(
        "position.risk_assessed",
        _("{role} bedömde risken för befattningen {position}, gäller till {until}."),
        ("role", "position", "until"),
    ),
    EventSpec(
        "position.risk_confirmed",
        _("{role} fastställde riskbedömningen för {position}."),
        ("role", "position", "until"),
    ),
    EventSpec(
        "role.confirmed",
        _("{role} bekräftade rollen {target_role}."),
        ("role", "target_role", "unit", "until", "section"),
    ),
    EventSpec(
        "role.proposed",
        _("{role} föreslog rollen {target_role}."),
        ("role", "target_role", "unit", "until", "section"),
    ),
    EventSpec(
        "role.rejected",
        _("{role} avslog rollen {target_role}."),
        ("role", "target_role", "reason_code"),
    ),
    EventSpec(
        "role.revoked",
        _("{role} tog bort rollen {target_role} ({reason_code})."),
        ("role", "target_role", "reason_code"),
    ),
    EventSpec(
        "role.withdrawn",
        _("{role} tog tillbaka förslaget om rollen {target_role}."),
        ("role", "target_role"),
    ),
)

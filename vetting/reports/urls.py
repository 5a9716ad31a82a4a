"""The room's addresses, all under /anmalningar/: for recipients who have signed in."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.reports.views import (
    acting,
    duty,
    figures,
    files,
    giving,
    inbox,
    keys,
    oral,
    parts,
    recovery,
    report,
    vault,
)

ROOM = "anmalningar"
ONE = f"{ROOM}/<uuid:report>"
KEY = f"{ROOM}/nycklar/<uuid:key>"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", inbox.report_inbox, name="report_inbox"),
    path(f"{ROOM}/las-upp/", vault.vault_unlock, name="vault_unlock"),
    path(f"{ROOM}/las/", vault.vault_lock, name="vault_lock"),
    path(f"{ROOM}/muntlig/", oral.report_oral, name="report_oral"),
    path(f"{ROOM}/siffror/", figures.report_figures, name="report_figures"),
    path(
        f"{ROOM}/siffror/<str:channel>/<int:year>/", figures.report_figures_leave, name="report_figures_leave"
    ),
    path(f"{ROOM}/jour/", duty.duty_roster, name="duty_roster"),
    path(f"{ROOM}/jour/kontakt/", duty.duty_contact, name="duty_contact"),
    path(f"{ROOM}/jour/nytt/", duty.duty_add, name="duty_add"),
    path(f"{ROOM}/jour/<uuid:shift>/lamna/", duty.duty_hand_over, name="duty_hand_over"),
    path(f"{ROOM}/larm/<uuid:alarm>/", duty.duty_acknowledge, name="duty_acknowledge"),
    path(f"{ROOM}/nycklar/", keys.key_list, name="key_list"),
    path(f"{ROOM}/nycklar/ny/", keys.key_create, name="key_create"),
    path(f"{ROOM}/nycklar/intyg/", keys.key_import, name="key_import"),
    path(f"{ROOM}/nycklar/sparra/", keys.key_revocable, name="key_revocable"),
    path(f"{KEY}/begaran/", keys.key_request, name="key_request"),
    path(f"{KEY}/losenfras/", keys.key_rewrap, name="key_rewrap"),
    path(f"{KEY}/sparra/", keys.key_revoke, name="key_revoke"),
    path(f"{KEY}/reservkod/", recovery.key_code, name="key_code"),
    path(f"{KEY}/aterskapa/", recovery.key_recover, name="key_recover"),
    path(f"{KEY}/aterskapa/be/", recovery.key_ask, name="key_ask"),
    path(f"{KEY}/del/", recovery.key_share, name="key_share"),
    path(f"{ONE}/", report.report_view, name="report_view"),
    path(f"{ONE}/handelser/", report.report_history, name="report_history"),
    path(f"{ONE}/fil/<uuid:file>/", files.file_copy, name="report_file"),
    path(f"{ONE}/fil/<uuid:file>/original/", files.file_original, name="report_file_original"),
    path(f"{ONE}/atgard/<uuid:measure>/klar/", parts.measure_done, name="report_measure_done"),
    path(f"{ONE}/krets/<uuid:member>/medge/", parts.member_consent, name="report_member_consent"),
    path(f"{ONE}/krets/<uuid:member>/neka/", parts.member_reject, name="report_member_reject"),
    path(f"{ONE}/namn/<uuid:asked>/medge/", parts.name_confirm, name="report_name_confirm"),
    path(f"{ONE}/namn/<uuid:asked>/neka/", parts.name_reject, name="report_name_reject"),
    path(f"{ONE}/namn/<uuid:asked>/visa/", parts.name_reveal, name="report_name_reveal"),
    path(f"{ONE}/polis/<uuid:disclosure>/", giving.disclosure_view, name="report_disclosure"),
    path(f"{ONE}/polis/<uuid:disclosure>/lamna/", giving.disclosure_decide, name="report_disclosure_decide"),
    path(f"{ONE}/polis/<uuid:disclosure>/neka/", giving.disclosure_decline, name="report_disclosure_decline"),
    path(f"{ONE}/masked/", giving.report_masked, name="report_masked"),
    path(f"{ONE}/export/", giving.report_export, name="report_export"),
    *acting.routes(ROOM),
]

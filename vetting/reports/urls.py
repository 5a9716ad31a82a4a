"""The room's addresses, all under /anmalningar/: for recipients who have signed in."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.reports.views import acting, duty, files, inbox, oral, parts, report, vault

ROOM = "anmalningar"
ONE = f"{ROOM}/<uuid:report>"

urlpatterns: list[URLPattern] = [
    path(f"{ROOM}/", inbox.report_inbox, name="report_inbox"),
    path(f"{ROOM}/las-upp/", vault.vault_unlock, name="vault_unlock"),
    path(f"{ROOM}/las/", vault.vault_lock, name="vault_lock"),
    path(f"{ROOM}/muntlig/", oral.report_oral, name="report_oral"),
    path(f"{ROOM}/jour/", duty.duty_roster, name="duty_roster"),
    path(f"{ROOM}/jour/nytt/", duty.duty_add, name="duty_add"),
    path(f"{ROOM}/jour/<uuid:shift>/lamna/", duty.duty_hand_over, name="duty_hand_over"),
    path(f"{ROOM}/larm/<uuid:alarm>/", duty.duty_acknowledge, name="duty_acknowledge"),
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
    *acting.routes(ROOM),
]

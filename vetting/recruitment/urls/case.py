"""Addresses of one recruitment, its finalists and its checks."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import (
    candidacies,
    candidate_link,
    checks,
    deferring,
    detail,
    groups,
    moves,
    questions,
    reveal,
    waivers,
)

ONE = "rekryteringar/<uuid:pk>"
FINALIST = f"{ONE}/slutkandidat/<uuid:candidacy>"
CHECK = f"{ONE}/kontroll/<uuid:check>"
WAIVER = f"{ONE}/undantag/<uuid:waiver>"

urlpatterns: list[URLPattern] = [
    path(f"{ONE}/", detail.recruitment_view, name="recruitment_view"),
    path(f"{ONE}/handelser/", detail.recruitment_timeline, name="recruitment_timeline"),
    path(f"{ONE}/oppna/", questions.open_recruitment, name="open_recruitment"),
    path(f"{ONE}/grupp/<slug:group>/", groups.record_group, name="record_group"),
    path(f"{ONE}/uppdrag/ta/", moves.join_recruitment, name="join_recruitment"),
    path(f"{ONE}/uppgifter/", moves.edit_recruitment, name="edit_recruitment"),
    path(f"{ONE}/gallringsstopp/", moves.set_legal_hold, name="set_legal_hold"),
    path(f"{ONE}/diarienummer/", moves.set_diary, name="set_diary"),
    path(f"{ONE}/pausa/", moves.hold_recruitment, name="hold_recruitment"),
    path(f"{ONE}/ateruppta/", moves.resume_recruitment, name="resume_recruitment"),
    path(f"{ONE}/platser/avsluta/", moves.settle_places, name="settle_places"),
    path(f"{ONE}/avbryt/", moves.cancel_recruitment, name="cancel_recruitment"),
    path(f"{ONE}/avsluta/", moves.close_recruitment, name="close_recruitment"),
    path(f"{ONE}/oppna-igen/", moves.reopen_recruitment, name="reopen_recruitment"),
    path(f"{ONE}/slutkandidat/ny/", candidacies.create_candidacy, name="create_candidacy"),
    path(f"{ONE}/slutkandidat/ordning/", candidacies.rank_candidacies, name="rank_candidacies"),
    path(f"{FINALIST}/uppgifter/", candidacies.edit_candidacy, name="edit_candidacy"),
    path(f"{FINALIST}/ga-vidare/", candidacies.proceed_candidacy, name="proceed_candidacy"),
    path(f"{FINALIST}/ta-over/", candidacies.take_over_candidacy, name="take_over_candidacy"),
    path(f"{FINALIST}/reserv/", candidacies.set_reserve, name="set_reserve"),
    path(f"{FINALIST}/atertagit/", candidacies.withdraw_candidacy, name="withdraw_candidacy"),
    path(f"{FINALIST}/inte-aktuell/", candidacies.mark_not_selected, name="mark_not_selected"),
    path(f"{FINALIST}/skyddad/", candidacies.mark_protected, name="mark_protected"),
    path(f"{FINALIST}/visa/", reveal.reveal_candidacy, name="reveal_candidacy"),
    path(f"{FINALIST}/dolj/", reveal.hide_candidacy, name="hide_candidacy"),
    path(f"{FINALIST}/egen-sida/", candidate_link.candidate_link, name="candidate_link"),
    path(f"{FINALIST}/egen-sida/ny/", candidate_link.issue_candidate_link, name="issue_candidate_link"),
    path(f"{FINALIST}/egen-sida/sparra/", candidate_link.revoke_candidate_link, name="revoke_candidate_link"),
    path(f"{CHECK}/ta-in/", candidate_link.take_in_given, name="take_in_given"),
    path(f"{CHECK}/", checks.check_view, name="check_view"),
    path(f"{CHECK}/anteckna/", checks.record_check, name="record_check"),
    path(f"{CHECK}/behorigheter/", checks.record_access, name="record_access"),
    path(f"{CHECK}/paborja/", checks.begin_check, name="begin_check"),
    path(f"{CHECK}/be-om-underlag/", checks.ask_candidate, name="ask_candidate"),
    path(f"{CHECK}/underlag/", checks.record_answer, name="record_answer"),
    path(f"{CHECK}/pausa/", checks.pause_check, name="pause_check"),
    path(f"{CHECK}/ateruppta/", checks.resume_check, name="resume_check"),
    path(f"{CHECK}/behovs-inte/", checks.mark_not_applicable, name="mark_not_applicable"),
    path(f"{CHECK}/behovs-anda/", checks.restore_check, name="restore_check"),
    path(f"{CHECK}/ratta/", checks.reopen_check, name="reopen_check"),
    path(f"{CHECK}/tidigare/", checks.reuse_check, name="reuse_check"),
    path(f"{CHECK}/informera/", checks.notify_candidate, name="notify_candidate"),
    path(f"{CHECK}/svar/", checks.record_reply, name="record_reply"),
    path(f"{CHECK}/bedom/", checks.assess_check, name="assess_check"),
    path(f"{CHECK}/undantag/", checks.propose_waiver, name="propose_waiver"),
    path(f"{CHECK}/efter-start/", deferring.defer_check, name="defer_check"),
    path("undantag/", waivers.waiver_list, name="waiver_list"),
    path(f"{WAIVER}/", waivers.waiver_view, name="waiver_view"),
    path(f"{WAIVER}/las/", waivers.reveal_waiver, name="reveal_waiver"),
    path(f"{WAIVER}/skriv-under/", waivers.confirm_waiver, name="confirm_waiver"),
    path(f"{WAIVER}/avsla/", waivers.reject_waiver, name="reject_waiver"),
    path(f"{WAIVER}/avsluta/", waivers.end_waiver, name="end_waiver"),
    path(f"{CHECK}/provning/begar/", checks.request_vetting, name="request_vetting"),
    path(f"{CHECK}/provning/klar/", checks.confirm_vetting, name="confirm_vetting"),
    path(f"{CHECK}/provning/avsluta/", checks.end_vetting, name="end_vetting"),
    path(f"{CHECK}/visa/", reveal.reveal_check, name="reveal_check"),
    path(f"{CHECK}/dolj/", reveal.hide_check, name="hide_check"),
]

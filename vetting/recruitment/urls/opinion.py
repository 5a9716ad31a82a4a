"""Addresses of opinion, lift, decision, start and engagement."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.recruitment.views import (
    board,
    decision,
    decision_paper,
    decision_record,
    engagements,
    escalation,
    opinion_many,
    opinion_page,
    opinion_request,
    opinion_reveal,
    opinions,
    start,
)

QUEUE = "godkannanden"
ONE = f"{QUEUE}/<uuid:pk>/<uuid:opinion>"
ASK = "rekryteringar/<uuid:pk>/yttrande/<uuid:candidacy>"
DECISION = "rekryteringar/<uuid:pk>/beslut/<uuid:candidacy>"
AFTER = "anstallningar/<uuid:pk>/<uuid:candidacy>"

urlpatterns: list[URLPattern] = [
    path(f"{QUEUE}/", opinions.opinion_list, name="opinion_list"),
    path(f"{QUEUE}/tidigare/", opinions.opinions_given, name="opinions_given"),
    path(f"{QUEUE}/ta-nasta/", opinions.take_next, name="take_next"),
    path(f"{QUEUE}/tillstyrk/", opinion_many.support_many, name="support_many"),
    path(f"{ONE}/", opinion_page.opinion_view, name="opinion_view"),
    path(f"{ONE}/", opinion_page.opinion_view, name="opinion_page"),
    path(f"{ONE}/ta/", opinion_page.take, name="take_opinion"),
    path(f"{ONE}/visa-uppgifter/", opinion_reveal.reveal_material, name="reveal_opinion"),
    path(f"{ONE}/visa-skal/", opinion_reveal.reveal_reason, name="reveal_reason"),
    path(f"{ONE}/yttrande/", opinion_page.decide, name="decide_opinion"),
    path(f"{ONE}/ta-tillbaka/", opinion_page.withdraw, name="withdraw_vote"),
    path(f"{ONE}/begar/", opinion_request.request_now, name="request_opinion"),
    path(f"{ONE}/aterkalla/", opinion_request.recall, name="recall_opinion"),
    path(f"{ONE}/lyft/", escalation.lift, name="escalate_opinion"),
    path(f"{ONE}/besluta-efter-lyft/", escalation.decide, name="decide_escalation"),
    path(f"{ONE}/namndens-beslut/", escalation.record_board, name="record_board_escalation"),
    path(f"{ASK}/", opinion_request.prepare, name="prepare_opinion"),
    path(f"{ASK}/fornya/", opinion_request.renew, name="renew_opinion"),
    path("rekryteringar/namnd/", board.report_list, name="report_to_board"),
    path("rekryteringar/namnd/justering/", board.dates_list, name="record_dates"),
    path(f"{DECISION}/", decision.decision_view, name="sign_decision"),
    path(f"{DECISION}/besluta/", decision.sign, name="sign_decision_now"),
    path(f"{DECISION}/utdrag/<uuid:check>/", decision.note_shown, name="record_shown"),
    path(f"{DECISION}/namnd/", decision_paper.record_board, name="record_board_decision"),
    path(f"{DECISION}/skriv-ut/", decision_paper.print_decision, name="print_decision"),
    path(f"{DECISION}/beslutshandling/", decision_record.decision_record, name="decision_record"),
    path(f"{DECISION}/har-borjat/", start.confirm, name="confirm_start"),
    path("anstallningar/", engagements.engagement_list, name="engagement_list"),
    path(f"{AFTER}/", engagements.engagement_view, name="engagement_view"),
    path(f"{AFTER}/fornya/", engagements.renew, name="record_renewal"),
    path(f"{AFTER}/avsluta/", engagements.begin, name="begin_exit"),
    path(f"{AFTER}/angra/", engagements.cancel, name="cancel_exit"),
    path(f"{AFTER}/avslutad/", engagements.complete, name="complete_exit"),
]

"""Addresses of these pages."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from vetting.recruitment.views import (
    about,
    access_page,
    assign,
    catalogue,
    declarations,
    guests,
    manager,
    merit,
    own_log,
    own_notices,
    position_edit,
    positions,
    prints,
    recusals,
    search,
)

CASE = "rekryteringar/<uuid:pk>/"
ONE = f"{CASE}slutkandidat/<uuid:candidacy>/"

urlpatterns: list[URLPattern] = [
    path("min-laslogg/", own_log.own_log, name="own_log"),
    path("befattningar/", positions.position_list, name="position_list"),
    path("befattningar/ny/", positions.create_position, name="create_position"),
    path("befattningar/<uuid:pk>/", positions.position_view, name="position_view"),
    path("befattningar/<uuid:pk>/andra/", position_edit.edit_position_page, name="edit_position"),
    path("befattningar/<uuid:pk>/risk/", positions.assess_risk, name="assess_risk"),
    path("befattningar/<uuid:pk>/risk/faststall/", positions.confirm_risk, name="confirm_risk"),
    path("befattningar/<uuid:pk>/peka-ut/", positions.designate_position, name="designate_position"),
    path("befattningar/<uuid:pk>/yttranden/", positions.set_approvers, name="set_approvers"),
    path("befattningar/<uuid:pk>/avveckla/", positions.retire_position, name="retire_position"),
    path(f"{CASE}javsforklaring/", declarations.give_declaration, name="give_declaration"),
    path(f"{CASE}javsforklaring/namn/", declarations.show_finalists, name="show_finalists"),
    path(f"{CASE}jav/", declarations.declaration_list, name="declaration_list"),
    path(f"{CASE}deltar-inte/", declarations.recusal_list, name="recusal_list"),
    path(f"{CASE}jav/satt/", recusals.set_recusal, name="set_recusal"),
    path(f"{CASE}jav/<uuid:recusal>/", recusals.decide_declaration, name="decide_declaration"),
    path(f"{CASE}jav/<uuid:recusal>/las/", recusals.read_declaration, name="read_declaration"),
    path(f"{CASE}jav/<uuid:recusal>/hav/", recusals.lift_recusal, name="lift_recusal"),
    path(f"{CASE}jav/<uuid:recusal>/traff/", recusals.answer_match, name="answer_match"),
    path("jav/traffar/", recusals.matches_to_answer, name="matches_to_answer"),
    path("jav/", recusals.declarations_to_decide, name="declarations_to_decide"),
    path(f"{CASE}gast/", guests.propose, name="propose_guest"),
    path(f"{CASE}atkomst/", access_page.recruitment_access, name="recruitment_access"),
    path(f"{CASE}chef/", manager.change_manager, name="change_manager"),
    path(f"{CASE}uppdrag/", assign.assign_recruitment, name="assign_recruitment"),
    path(f"{CASE}uppdrag/<uuid:grant>/", assign.unassign_recruitment, name="unassign_recruitment"),
    path("rekryteringar/sok/", search.search_number, name="search_number"),
    path("rekryteringar/sok/namn/", search.search_name, name="search_name"),
    path(f"{CASE}utskrift/", prints.print_recruitment, name="print_recruitment"),
    path(f"{CASE}meritbesked/", merit.issue_merit_statement, name="issue_merit_statement"),
    path(f"{ONE}checklista/", prints.print_checklist, name="print_checklist"),
    path(f"{ONE}information/", prints.candidate_information, name="candidate_information"),
    path(f"{ONE}information/skriv-ut/", prints.print_information, name="print_information"),
    path(f"{ONE}forsakran/skriv-ut/", prints.print_declaration_form, name="print_declaration_form"),
    path("kontroller/", catalogue.catalogue, name="catalogue"),
    path("regler/", catalogue.policy, name="policy_view"),
    path("om/tillganglighet/", about.accessibility, name="accessibility"),
    path("konto/aviseringar/", own_notices.own_notices, name="own_notices"),
    path("om/kortkommandon/", about.shortcuts, name="shortcuts"),
    path("om/personuppgifter/", about.personal_data, name="personal_data"),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", about.demo_accounts, name="demo_accounts"))

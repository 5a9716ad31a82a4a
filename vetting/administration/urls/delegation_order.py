"""Addresses of the delegation order, and of the work that functions do for others."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import agreements, delegation_order

ORDER = "behorigheter/delegationsordning/"
PROPOSAL = f"{ORDER}forslag/<uuid:proposal>/"
WORK = "behorigheter/uppdrag/"
WAITING = f"{WORK}forslag/<uuid:proposal>/"

urlpatterns: list[URLPattern] = [
    path(ORDER, delegation_order.delegation_order, name="delegation_order"),
    path(f"{ORDER}ny/", delegation_order.propose_point, name="propose_point"),
    path(f"{ORDER}<uuid:point>/upphor/", delegation_order.propose_point_end, name="propose_point_end"),
    path(PROPOSAL, delegation_order.confirm_point, name="confirm_point"),
    path(f"{PROPOSAL}avsla/", delegation_order.reject_point, name="reject_point"),
    path(WORK, agreements.agreement_list, name="agreement_list"),
    path(f"{WORK}nytt/", agreements.propose_agreement, name="propose_agreement"),
    path(f"{WORK}<uuid:agreement>/upphor/", agreements.propose_agreement_end, name="propose_agreement_end"),
    path(WAITING, agreements.confirm_agreement, name="confirm_agreement"),
    path(f"{WAITING}avsla/", agreements.reject_agreement, name="reject_agreement"),
]

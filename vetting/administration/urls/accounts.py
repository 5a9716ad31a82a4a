"""Addresses of accounts."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import accounts, nearest_manager, proposals

ROOM = "behorigheter/konton/"
ONE = f"{ROOM}<uuid:account>/"
RESET = "behorigheter/aterstallning/<uuid:proposal>/"
MANAGER = "behorigheter/narmaste-chef/<uuid:proposal>/"
LINK = "behorigheter/samma-person/<uuid:proposal>/"

urlpatterns: list[URLPattern] = [
    path(ROOM, accounts.account_list, name="account_list"),
    path(f"{ROOM}nytt/", accounts.create_account, name="create_account"),
    path(f"{ROOM}stang/", accounts.account_closable, name="account_closable"),
    path(ONE, accounts.account_one, name="account_one"),
    path(f"{ONE}uppgifter/", accounts.edit_person, name="edit_person"),
    path(f"{ONE}aterstall/", proposals.propose_reset, name="propose_reset"),
    path(f"{ONE}samma-person/", proposals.propose_link, name="propose_link"),
    path(f"{ONE}chef/", nearest_manager.propose_manager, name="propose_nearest_manager"),
    path(MANAGER, nearest_manager.confirm_manager, name="confirm_nearest_manager"),
    path(f"{MANAGER}avsla/", nearest_manager.reject_manager, name="reject_nearest_manager"),
    path(f"{MANAGER}ta-tillbaka/", nearest_manager.withdraw_manager, name="withdraw_nearest_manager"),
    path(RESET, proposals.confirm_reset, name="confirm_reset"),
    path(f"{RESET}avsla/", proposals.reject_reset, name="reject_reset"),
    path(LINK, proposals.confirm_link_page, name="confirm_link"),
    path(f"{LINK}avsla/", proposals.reject_link, name="reject_link"),
    path(f"{ONE}stang/", accounts.disable_account, name="disable_account"),
]

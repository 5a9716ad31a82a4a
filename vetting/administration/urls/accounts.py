"""Addresses of accounts."""

from __future__ import annotations

from django.urls import URLPattern, path

from vetting.administration.views import accounts

ROOM = "behorigheter/konton/"
ONE = f"{ROOM}<uuid:account>/"

urlpatterns: list[URLPattern] = [
    path(ROOM, accounts.account_list, name="account_list"),
    path(f"{ROOM}nytt/", accounts.create_account, name="create_account"),
    path(ONE, accounts.account_one, name="account_one"),
    path(f"{ONE}uppgifter/", accounts.edit_person, name="edit_person"),
    path(f"{ONE}stang/", accounts.disable_account, name="disable_account"),
]

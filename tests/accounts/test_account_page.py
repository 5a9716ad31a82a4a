"""One's own account: the password, and the sign-ins in other browsers."""

from django.test import Client

from audit.models import Entry
from vetting.accounts.models import Account

FIRST = "en lång fras som ingen gissar"
NEW = "en helt annan lång fras"


def change(post, old=FIRST, new=NEW):
    return post("/konto/losenord/", {"old_password": old, "new_password1": new, "new_password2": new})


def elsewhere(account):
    other = Client()
    other.force_login(account)
    return other


def test_a_new_password_ends_the_sign_ins_elsewhere_and_keeps_this_one(anna, sign_in, post, browser):
    sign_in()
    other = elsewhere(anna)
    assert other.get("/konto/").status_code == 200
    assert change(post).url == "/konto/"
    assert browser.get("/konto/").status_code == 200
    assert other.get("/konto/").status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(NEW)
    assert Entry.objects.filter(action="account.sign_in_edited", subject=anna.pk).count() == 1


def test_the_old_password_is_asked_for_and_short_ones_are_refused(anna, sign_in, post):
    sign_in()
    assert change(post, old="fel").status_code == 200
    assert change(post, new="kort").status_code == 200
    anna.refresh_from_db()
    assert anna.check_password(FIRST)


def test_a_generated_first_password_only_opens_the_page_that_replaces_it(
    make_account, sign_in, post, browser
):
    make_account("ny", must_change_password=True)
    sign_in("ny")
    assert browser.get("/konto/").url == "/konto/losenord/"
    change(post)
    assert not Account.objects.get(username="ny").must_change_password
    assert browser.get("/konto/").status_code == 200


def test_other_sign_ins_are_listed_and_can_be_ended(anna, make_account, sign_in, post, browser):
    sign_in()
    other, stranger = elsewhere(anna), elsewhere(make_account("bo"))
    assert "En annan webbläsare" in browser.get("/konto/").content.decode()
    post("/konto/inloggningar/")
    assert other.get("/konto/").status_code == 302
    assert stranger.get("/konto/").status_code == 200
    assert "En annan webbläsare" not in browser.get("/konto/").content.decode()
    assert Entry.objects.get(action="account.session_ended").subject == anna.pk

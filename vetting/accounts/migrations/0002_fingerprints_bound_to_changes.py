"""Binds the fingerprints that are right to the newest change of their account; those that are not stay as they are."""

from hmac import compare_digest

from django.db import migrations

from vetting.accounts.fingerprints import CHANGES, fingerprint_of


def bind(apps, schema_editor):
    Account, Entry = apps.get_model("accounts", "Account"), apps.get_model("audit", "Entry")
    for account in Account.objects.using(schema_editor.connection.alias).iterator(2000):
        told = Entry.objects.using(schema_editor.connection.alias).filter(subject=account.pk, action__in=CHANGES)
        newest = told.order_by("-id").values_list("id", flat=True).first()
        if newest and compare_digest(bytes(account.fingerprint), fingerprint_of(account, 0)):
            Account.objects.using(schema_editor.connection.alias).filter(pk=account.pk).update(
                fingerprint=fingerprint_of(account, newest)
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("audit", "0002_checkpoint")]
    operations = [migrations.RunPython(bind, migrations.RunPython.noop)]

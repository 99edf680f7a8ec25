"""The cache shared by the processes (rate limits of sign-in) is a table: made here, so that ``migrate`` is enough."""

from django.core.management import call_command
from django.db import migrations


def create_table(_apps, editor):
    call_command("createcachetable", database=editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("comptes", "0002_codes_et_invitations")]

    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]

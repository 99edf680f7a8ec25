"""Whole cents on 64 bits: on PostgreSQL, 32 bits stop at 21 million euros."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]

    operations = [
        migrations.AlterField("gel", "cout", models.BigIntegerField(verbose_name="coût à répartir")),
        migrations.AlterField(
            "effetcommune", "contribution", models.BigIntegerField(null=True, verbose_name="contribution")
        ),
        migrations.AlterField(
            "effetcommune", "depense", models.BigIntegerField(null=True, verbose_name="dépense d'aujourd'hui")
        ),
        migrations.AlterField(
            "effetcommune",
            "ecart",
            models.BigIntegerField(null=True, verbose_name="écart par rapport à aujourd'hui"),
        ),
        migrations.AlterField(
            "effetcommune",
            "cout_seul",
            models.BigIntegerField(null=True, verbose_name="coût seule pour le même service"),
        ),
        migrations.AlterField(
            "effetcommune", "bas", models.BigIntegerField(null=True, verbose_name="bas de la fourchette")
        ),
        migrations.AlterField(
            "effetcommune", "haut", models.BigIntegerField(null=True, verbose_name="haut de la fourchette")
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0001_initial"),
        ("territoires", "0002_demarche"),
    ]

    operations = [
        migrations.CreateModel(
            name="Acte",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instant", models.DateTimeField(verbose_name="quand")),
                ("qui", models.CharField(max_length=250, verbose_name="en quel nom")),
                ("verbe", models.CharField(max_length=60, verbose_name="acte")),
                ("phrase", models.CharField(max_length=500, verbose_name="ce qui a été fait")),
                (
                    "portee",
                    models.CharField(
                        choices=[
                            ("table", "toutes les personnes de la démarche"),
                            ("elus", "les élus et les élues, les secrétaires de mairie et l'équipe projet"),
                            ("equipe", "l'équipe projet, la présidence et les vice-présidences"),
                            ("commune", "celles et ceux qui agissent pour la commune"),
                            ("personne", "la personne qui a agi"),
                        ],
                        max_length=10,
                        verbose_name="qui peut le lire",
                    ),
                ),
                ("objet", models.CharField(blank=True, max_length=40, verbose_name="objet")),
                ("objet_id", models.BigIntegerField(null=True, verbose_name="numéro de l'objet")),
                (
                    "commune",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actes",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actes", to="territoires.demarche"
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actes",
                        to="comptes.mandat",
                    ),
                ),
            ],
            options={
                "verbose_name": "acte",
                "ordering": ("-instant", "-pk"),
                "indexes": [
                    models.Index(fields=["demarche", "-instant"], name="acte_par_demarche"),
                    models.Index(fields=["objet", "objet_id"], name="acte_par_objet"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("portee__in", ["table", "elus", "equipe", "commune", "personne"])),
                        name="acte_portee_connue",
                        violation_error_message="Portée inconnue : dites qui peut lire cet acte.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("portee", "commune"), _negated=True), ("commune__isnull", False), _connector="OR"
                        ),
                        name="acte_commune_si_portee_commune",
                        violation_error_message="Un acte réservé à une commune dit laquelle.",
                    ),
                ],
            },
        ),
    ]

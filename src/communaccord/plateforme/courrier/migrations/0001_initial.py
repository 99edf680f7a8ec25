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
            name="Courriel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=120, unique=True, verbose_name="clé d'unicité")),
                ("adresse", models.EmailField(max_length=254, verbose_name="adresse")),
                ("sujet", models.CharField(max_length=200, verbose_name="sujet")),
                ("corps", models.TextField(verbose_name="texte")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("a_envoyer", "à envoyer"),
                            ("en_cours", "en cours d'envoi"),
                            ("envoye", "envoyé"),
                            ("echec", "non remis"),
                        ],
                        default="a_envoyer",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("cree_le", models.DateTimeField(verbose_name="demandé le")),
                ("pris_le", models.DateTimeField(null=True, verbose_name="pris en charge le")),
                ("envoye_le", models.DateTimeField(null=True, verbose_name="remis au serveur d'envoi le")),
                ("essais", models.IntegerField(default=0, verbose_name="essais")),
                ("erreur", models.CharField(blank=True, max_length=300, verbose_name="dernière erreur")),
                (
                    "demarche",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courriels",
                        to="territoires.demarche",
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courriels",
                        to="comptes.mandat",
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel",
                "ordering": ("-cree_le", "-pk"),
                "indexes": [models.Index(fields=["etat", "cree_le"], name="courriel_par_etat")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["a_envoyer", "en_cours", "envoye", "echec"])),
                        name="courriel_etat_connu",
                        violation_error_message="État de courriel inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "envoye"), _negated=True), ("envoye_le__isnull", False), _connector="OR"
                        ),
                        name="courriel_envoye_date",
                        violation_error_message="Un courriel envoyé porte la date de son envoi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PieceJointe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nom", models.CharField(max_length=120, verbose_name="nom du fichier")),
                ("type_contenu", models.CharField(max_length=100, verbose_name="type")),
                ("contenu", models.BinaryField(verbose_name="contenu")),
                (
                    "courriel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="courrier.courriel"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce jointe",
                "ordering": ("pk",),
            },
        ),
    ]

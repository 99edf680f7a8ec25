import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("territoires", "0002_demarche"),
    ]

    operations = [
        migrations.CreateModel(
            name="Compte",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Un compte porte déjà cette adresse."},
                        max_length=254,
                        unique=True,
                        verbose_name="adresse électronique",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                ("is_staff", models.BooleanField(default=False, verbose_name="administre l'installation")),
                ("date_joined", models.DateTimeField(auto_now_add=True, verbose_name="créé le")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        name="compte_adresse_donnee",
                        violation_error_message="Un compte porte une adresse électronique.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Personne",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nom", models.CharField(max_length=150, verbose_name="nom ou fonction")),
                ("courriel", models.EmailField(blank=True, max_length=254, verbose_name="adresse pour la joindre")),
                (
                    "code_empreinte",
                    models.CharField(blank=True, max_length=200, verbose_name="empreinte du code personnel"),
                ),
                (
                    "code_provisoire",
                    models.BooleanField(default=False, verbose_name="code à remplacer à la première utilisation"),
                ),
                ("code_pose_le", models.DateTimeField(blank=True, null=True, verbose_name="code posé le")),
                ("code_essais", models.IntegerField(default=0, verbose_name="essais manqués")),
                ("code_bloque_jusque", models.DateTimeField(blank=True, null=True, verbose_name="code bloqué jusqu'à")),
                (
                    "compte",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="personnes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="personnes", to="territoires.demarche"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne",
                "ordering": ("nom", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("nom", ""), _negated=True),
                        name="personne_nom_donne",
                        violation_error_message="Dites comment nommer cette personne : son nom, ou sa fonction.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("dgs_epci", "DGS de l'intercommunalité"),
                            ("equipe_projet", "équipe projet"),
                            ("president", "présidence de l'intercommunalité"),
                            ("vice_president", "vice-présidence"),
                            ("maire", "maire"),
                            ("secretaire", "secrétariat de mairie"),
                            ("direction", "direction ou chef de service"),
                            ("drh", "direction des ressources humaines"),
                            ("conseiller_communautaire", "conseiller ou conseillère communautaire"),
                            ("conseiller_municipal", "conseiller ou conseillère municipale"),
                            ("representant_personnel", "représentant ou représentante du personnel"),
                            ("agent", "agent ou agente"),
                            ("consultant", "consultant ou consultante"),
                            ("observateur", "observateur ou observatrice"),
                        ],
                        max_length=26,
                        verbose_name="rôle",
                    ),
                ),
                ("fonction", models.CharField(blank=True, max_length=150, verbose_name="fonction")),
                ("debut", models.DateField(verbose_name="à partir du")),
                ("fin", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandats",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "personne",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandats", to="comptes.personne"
                    ),
                ),
            ],
            options={
                "verbose_name": "mandat",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "dgs_epci",
                                    "equipe_projet",
                                    "president",
                                    "vice_president",
                                    "maire",
                                    "secretaire",
                                    "direction",
                                    "drh",
                                    "conseiller_communautaire",
                                    "conseiller_municipal",
                                    "representant_personnel",
                                    "agent",
                                    "consultant",
                                    "observateur",
                                ],
                            )
                        ),
                        name="mandat_role_connu",
                        violation_error_message="Rôle inconnu : choisissez-en un dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fin__isnull", True), ("fin__gte", models.F("debut")), _connector="OR"),
                        name="mandat_dates_dans_l_ordre",
                        violation_error_message="Un mandat finit après avoir commencé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["conseiller_municipal", "maire", "secretaire"]), _negated=True),
                            ("commune__isnull", False),
                            _connector="OR",
                        ),
                        name="mandat_commune_dite",
                        violation_error_message="Ce rôle s'exerce dans une commune : dites laquelle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role__in", ["consultant"]), _negated=True),
                            ("fin__isnull", False),
                            _connector="OR",
                        ),
                        name="mandat_a_terme",
                        violation_error_message="L'accès d'un consultant a une date de fin : donnez-la.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("fin__isnull", True), ("role", "maire")),
                        fields=("commune",),
                        name="mandat_un_seul_maire",
                        violation_error_message="Cette commune a déjà un ou une maire : mettez d'abord fin à ce mandat.",
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0002_codes_et_invitations"),
        ("territoires", "0002_demarche"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("titre", models.CharField(max_length=150, verbose_name="titre")),
                (
                    "domaine",
                    models.CharField(
                        choices=[
                            ("urbanisme", "Urbanisme (instruction des autorisations)"),
                            ("paie", "Paie"),
                            ("informatique", "Informatique"),
                            ("commande_publique", "Commande publique"),
                            ("libre", "Autre service"),
                        ],
                        default="libre",
                        max_length=20,
                        verbose_name="domaine",
                    ),
                ),
                ("unite", models.CharField(blank=True, max_length=80, verbose_name="unité d'œuvre")),
                ("actes", models.JSONField(blank=True, default=list, verbose_name="actes comptés")),
                ("objectif", models.TextField(blank=True, verbose_name="objectif du projet de territoire servi")),
                ("pilote", models.CharField(blank=True, max_length=150, verbose_name="piloté par")),
                ("service_avant", models.TextField(blank=True, verbose_name="service rendu aujourd'hui")),
                ("service_apres", models.TextField(blank=True, verbose_name="service rendu demain")),
                ("ce_qui_change", models.TextField(blank=True, verbose_name="ce qui change pour le ou la maire")),
                (
                    "ce_qui_ne_change_pas",
                    models.TextField(blank=True, verbose_name="ce qui ne change pas pour le ou la maire"),
                ),
                ("sortie", models.TextField(blank=True, verbose_name="comment on en sort")),
                ("sensible", models.BooleanField(default=False, verbose_name="dossier sensible")),
                (
                    "collecte_ouverte",
                    models.BooleanField(default=False, verbose_name="collecte des chiffres ouverte aux mairies"),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("brouillon", "en préparation"),
                            ("presente", "présenté"),
                            ("conclu", "conclu"),
                            ("retire", "retiré"),
                        ],
                        default="brouillon",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("version", models.IntegerField(default=1, verbose_name="version")),
                ("cree_par", models.CharField(max_length=250, verbose_name="créé par")),
                ("cree_le", models.DateTimeField(verbose_name="créé le")),
                ("modifie_par", models.CharField(max_length=250, verbose_name="modifié par")),
                ("modifie_le", models.DateTimeField(verbose_name="modifié le")),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dossiers", to="territoires.demarche"
                    ),
                ),
                (
                    "porteur",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers_portes",
                        to="comptes.mandat",
                        verbose_name="porté politiquement par",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "ordering": ("titre", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["brouillon", "presente", "conclu", "retire"])),
                        name="dossier_etat_connu",
                        violation_error_message="État de dossier inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("domaine__in", ["urbanisme", "paie", "informatique", "commande_publique", "libre"])
                        ),
                        name="dossier_domaine_connu",
                        violation_error_message="Domaine inconnu : choisissez-en un dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("titre", ""), _negated=True),
                        name="dossier_titre_donne",
                        violation_error_message="Un dossier porte un titre : donnez-le.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat__in", ("presente", "conclu")), _negated=True),
                            models.Q(
                                models.Q(("service_avant", ""), _negated=True),
                                models.Q(("service_apres", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_presente_dit_le_service",
                        violation_error_message="Un dossier présenté dit l'effet sur le service aux habitants, avant et après.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DonneesCommune",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valeurs", models.JSONField(default=dict, verbose_name="chiffres")),
                (
                    "agents",
                    models.IntegerField(blank=True, null=True, verbose_name="agents qui y travaillent aujourd'hui"),
                ),
                (
                    "agents_concernes",
                    models.IntegerField(blank=True, null=True, verbose_name="agents qui rejoindraient le service"),
                ),
                ("annee", models.IntegerField(blank=True, null=True, verbose_name="année des chiffres")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "qualite",
                    models.CharField(
                        choices=[("estime", "estimé"), ("etabli", "établi (comptes, logiciel, relevé)")],
                        default="estime",
                        max_length=8,
                        verbose_name="qualité",
                    ),
                ),
                (
                    "origine",
                    models.CharField(
                        choices=[
                            ("saisie", "saisis dans la page"),
                            ("import", "collés ou importés d'un tableau"),
                            ("simulation", "repris d'une simulation"),
                        ],
                        default="saisie",
                        max_length=12,
                        verbose_name="origine",
                    ),
                ),
                ("par_la_commune", models.BooleanField(default=False, verbose_name="donnés par la mairie")),
                ("version", models.IntegerField(default=1, verbose_name="version")),
                ("saisi_par", models.CharField(max_length=250, verbose_name="saisi par")),
                ("saisi_le", models.DateTimeField(verbose_name="saisi le")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="donnees_dossiers",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="donnees", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "verbose_name": "chiffres d'une commune",
                "ordering": ("dossier", "commune__cle_tri", "commune__code"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "commune"),
                        name="donnees_commune_unique",
                        violation_error_message="Quelqu'un vient de saisir les chiffres de cette commune : relisez-les.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qualite__in", ["estime", "etabli"])),
                        name="donnees_qualite_connue",
                        violation_error_message="Dites si ces chiffres sont estimés ou établis.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origine__in", ["saisie", "import", "simulation"])),
                        name="donnees_origine_connue",
                        violation_error_message="Origine de chiffres inconnue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agents__isnull", True), ("agents__gte", 0), _connector="OR"),
                            models.Q(("agents_concernes__isnull", True), ("agents_concernes__gte", 0), _connector="OR"),
                        ),
                        name="donnees_agents_positifs",
                        violation_error_message="Un nombre d'agents ne peut être négatif.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agents__isnull", True),
                            ("agents_concernes__isnull", True),
                            ("agents_concernes__lte", models.F("agents")),
                            _connector="OR",
                        ),
                        name="donnees_agents_concernes_parmi_les_agents",
                        violation_error_message="Les agents qui rejoindraient le service sont parmi ceux qui y travaillent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annee__isnull", True),
                            models.Q(("annee__gte", 2000), ("annee__lte", 2100)),
                            _connector="OR",
                        ),
                        name="donnees_annee_possible",
                        violation_error_message="Écrivez l'année des chiffres sur quatre chiffres.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoriqueDossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instant", models.DateTimeField(verbose_name="quand")),
                ("qui", models.CharField(max_length=250, verbose_name="en quel nom")),
                (
                    "etat_avant",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("brouillon", "en préparation"),
                            ("presente", "présenté"),
                            ("conclu", "conclu"),
                            ("retire", "retiré"),
                        ],
                        max_length=10,
                        verbose_name="état d'avant",
                    ),
                ),
                (
                    "etat_apres",
                    models.CharField(
                        choices=[
                            ("brouillon", "en préparation"),
                            ("presente", "présenté"),
                            ("conclu", "conclu"),
                            ("retire", "retiré"),
                        ],
                        max_length=10,
                        verbose_name="état d'après",
                    ),
                ),
                ("motif", models.CharField(blank=True, max_length=500, verbose_name="pourquoi")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="historique", to="dossiers.dossier"
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.mandat"
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d'un dossier",
                "ordering": ("dossier", "instant", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rang", models.IntegerField(verbose_name="rang")),
                ("numero", models.IntegerField(default=1, verbose_name="version")),
                ("libelle", models.CharField(max_length=80, verbose_name="libellé")),
                (
                    "forme",
                    models.CharField(
                        choices=[
                            ("service_commun", "service commun (CGCT L5211-4-2)"),
                            ("mise_a_disposition", "mise à disposition de service (CGCT L5211-4-1)"),
                            ("partage_de_biens", "partage de biens (CGCT L5211-4-3)"),
                            ("prestation", "prestation de services par convention"),
                            ("groupement", "groupement de commandes"),
                            ("entente", "entente entre communes"),
                            ("transfert", "transfert de compétence"),
                            ("autre", "autre forme, à préciser"),
                            ("a_choisir", "pas encore choisie"),
                        ],
                        default="a_choisir",
                        max_length=20,
                        verbose_name="forme juridique",
                    ),
                ),
                (
                    "forme_precision",
                    models.CharField(blank=True, max_length=200, verbose_name="précision sur la forme"),
                ),
                ("leviers", models.JSONField(default=dict, verbose_name="leviers")),
                ("engagements", models.JSONField(blank=True, default=list, verbose_name="engagements")),
                (
                    "hausse_max",
                    models.IntegerField(
                        blank=True, null=True, verbose_name="plafond de hausse annuelle, en centièmes de pour cent"
                    ),
                ),
                ("version", models.IntegerField(default=1, verbose_name="version de la saisie")),
                ("cree_par", models.CharField(max_length=250, verbose_name="créé par")),
                ("cree_le", models.DateTimeField(verbose_name="créé le")),
                ("modifie_par", models.CharField(max_length=250, verbose_name="modifié par")),
                ("modifie_le", models.DateTimeField(verbose_name="modifié le")),
                ("fige_le", models.DateTimeField(blank=True, null=True, verbose_name="figé le")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scenarios", to="dossiers.dossier"
                    ),
                ),
                (
                    "remplace",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remplacement",
                        to="dossiers.scenario",
                        verbose_name="remplace",
                    ),
                ),
            ],
            options={
                "verbose_name": "scénario",
                "ordering": ("dossier", "rang", "numero"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "rang", "numero"),
                        name="scenario_version_unique",
                        violation_error_message="Cette version du scénario vient d'être créée par quelqu'un d'autre.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("libelle", ""), _negated=True),
                        name="scenario_libelle_donne",
                        violation_error_message="Un scénario porte un libellé : donnez-le.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("numero__gte", 1), ("rang__gte", 1)),
                        name="scenario_rang_positif",
                        violation_error_message="Le rang et la version d'un scénario commencent à un.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "forme__in",
                                [
                                    "service_commun",
                                    "mise_a_disposition",
                                    "partage_de_biens",
                                    "prestation",
                                    "groupement",
                                    "entente",
                                    "transfert",
                                    "autre",
                                    "a_choisir",
                                ],
                            )
                        ),
                        name="scenario_forme_connue",
                        violation_error_message="Forme juridique inconnue : choisissez-en une dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hausse_max__isnull", True),
                            models.Q(("hausse_max__gte", 0), ("hausse_max__lte", 10000)),
                            _connector="OR",
                        ),
                        name="scenario_hausse_possible",
                        violation_error_message="Un plafond de hausse va de 0 à 100 % par an.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("numero", 1), ("remplace__isnull", True)),
                            models.Q(("numero__gt", 1), ("remplace__isnull", False)),
                            _connector="OR",
                        ),
                        name="scenario_remplace_la_precedente",
                        violation_error_message="Une nouvelle version remplace la précédente.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instant", models.DateTimeField(verbose_name="figé le")),
                ("qui", models.CharField(max_length=250, verbose_name="figé par")),
                ("entree", models.TextField(verbose_name="données figées")),
                ("empreinte", models.CharField(max_length=64, verbose_name="SHA-256 des données")),
                ("moteur", models.CharField(max_length=80, verbose_name="version du moteur")),
                ("resultat", models.TextField(verbose_name="résultat figé")),
                ("phrase", models.TextField(verbose_name="phrase du résultat")),
                ("estime", models.BooleanField(verbose_name="chiffres estimés")),
                ("annee_debut", models.IntegerField(verbose_name="première année")),
                ("annee_fin", models.IntegerField(verbose_name="dernière année")),
                ("annee_reference", models.IntegerField(verbose_name="année de croisière")),
                ("participantes", models.IntegerField(verbose_name="communes qui participent")),
                ("moins", models.IntegerField(null=True, verbose_name="communes qui paieraient moins")),
                ("cout", models.IntegerField(verbose_name="coût à répartir")),
                ("etp", models.CharField(blank=True, max_length=40, verbose_name="postes du service")),
                ("cle", models.CharField(blank=True, max_length=300, verbose_name="clé de répartition")),
                ("temps", models.TextField(blank=True, verbose_name="temps d'agents libéré")),
                ("couts", models.JSONField(default=list, verbose_name="lignes de coût et leur formule")),
                ("avertissements", models.JSONField(default=list, verbose_name="avertissements")),
                (
                    "mandat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.mandat"
                    ),
                ),
                (
                    "scenario",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gel", to="dossiers.scenario"
                    ),
                ),
            ],
            options={
                "verbose_name": "scénario figé",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annee_debut__lte", models.F("annee_reference")),
                            ("annee_reference__lte", models.F("annee_fin")),
                        ),
                        name="gel_annees_dans_l_ordre",
                        violation_error_message="L'année de croisière est l'une des années simulées.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EffetCommune",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("participe", models.BooleanField(verbose_name="participe")),
                ("population", models.IntegerField(verbose_name="population")),
                ("contribution", models.IntegerField(null=True, verbose_name="contribution")),
                ("depense", models.IntegerField(null=True, verbose_name="dépense d'aujourd'hui")),
                ("ecart", models.IntegerField(null=True, verbose_name="écart par rapport à aujourd'hui")),
                ("cout_seul", models.IntegerField(null=True, verbose_name="coût seule pour le même service")),
                ("bas", models.IntegerField(null=True, verbose_name="bas de la fourchette")),
                ("haut", models.IntegerField(null=True, verbose_name="haut de la fourchette")),
                ("estime", models.BooleanField(default=False, verbose_name="chiffres estimés")),
                ("agents_avant", models.IntegerField(null=True, verbose_name="agents de la commune aujourd'hui")),
                (
                    "agents_concernes",
                    models.IntegerField(null=True, verbose_name="agents qui rejoindraient le service"),
                ),
                ("agents_apres", models.IntegerField(null=True, verbose_name="agents de la commune ensuite")),
                ("annees", models.JSONField(default=list, verbose_name="effets par année")),
                ("explication", models.JSONField(default=dict, verbose_name="explication")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="effets",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="effets", to="dossiers.scenario"
                    ),
                ),
            ],
            options={
                "verbose_name": "effet sur une commune",
                "ordering": ("scenario", "commune__cle_tri", "commune__code"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scenario", "commune"),
                        name="effet_commune_unique",
                        violation_error_message="L'effet sur cette commune est déjà écrit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contribution__gte", 0), ("contribution__isnull", False), ("participe", True)),
                            models.Q(("contribution__isnull", True), ("participe", False)),
                            _connector="OR",
                        ),
                        name="effet_contribution_si_participe",
                        violation_error_message="Une commune paie si et seulement si elle participe.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ecart__isnull", True),
                            models.Q(
                                ("contribution__isnull", False),
                                ("depense__isnull", False),
                                (
                                    "ecart",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("contribution"), "-", models.F("depense")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="effet_ecart_exact",
                        violation_error_message="L'écart est la contribution moins la dépense d'aujourd'hui.",
                    ),
                ],
            },
        ),
    ]

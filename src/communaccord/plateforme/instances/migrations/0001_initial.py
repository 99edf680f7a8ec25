import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accords", "0001_initial"),
        ("comptes", "0003_table_du_cache"),
        ("dossiers", "0001_initial"),
        ("territoires", "0002_demarche"),
    ]

    operations = [
        migrations.CreateModel(
            name="Instance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("copil", "comité de pilotage (COPIL)"),
                            ("cotech", "comité technique de projet (COTECH)"),
                            ("bureau", "bureau communautaire"),
                            ("commission", "commission"),
                            ("conference_des_maires", "conférence des maires"),
                            ("groupe_de_travail", "groupe de travail"),
                            ("reunion_concertation", "réunion de concertation"),
                            ("reunion_information", "réunion d'information"),
                            ("conseil_communautaire", "conseil communautaire"),
                            ("conseil_municipal", "conseil municipal"),
                            ("clect", "commission locale d'évaluation des charges transférées (CLECT)"),
                        ],
                        max_length=24,
                        verbose_name="type",
                    ),
                ),
                (
                    "fonction",
                    models.CharField(
                        choices=[
                            ("regulation", "régulation : se parler, arbitrer"),
                            ("decision", "décision : orienter, arbitrer"),
                            ("production", "production : étudier, préparer"),
                        ],
                        max_length=12,
                        verbose_name="à quoi elle sert",
                    ),
                ),
                ("nom", models.CharField(max_length=150, verbose_name="nom")),
                (
                    "ouverte_aux_municipaux",
                    models.BooleanField(
                        default=False, verbose_name="ouverte aux conseillers et conseillères municipales"
                    ),
                ),
                (
                    "adjoint_admis",
                    models.BooleanField(
                        default=True, verbose_name="un adjoint ou une adjointe peut remplacer le ou la maire"
                    ),
                ),
                ("en_exercice", models.IntegerField(blank=True, null=True, verbose_name="membres en exercice")),
                ("creee_le", models.DateTimeField(verbose_name="créée le")),
                ("close_le", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instances",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instances", to="territoires.demarche"
                    ),
                ),
                (
                    "prepare_pour",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preparee_par",
                        to="instances.instance",
                    ),
                ),
                (
                    "presidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presidences",
                        to="comptes.mandat",
                    ),
                ),
            ],
            options={
                "verbose_name": "instance",
                "ordering": ("demarche", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "type__in",
                                [
                                    "copil",
                                    "cotech",
                                    "bureau",
                                    "commission",
                                    "conference_des_maires",
                                    "groupe_de_travail",
                                    "reunion_concertation",
                                    "reunion_information",
                                    "conseil_communautaire",
                                    "conseil_municipal",
                                    "clect",
                                ],
                            )
                        ),
                        name="instance_type_connu",
                        violation_error_message="Type d'instance inconnu : choisissez-en un dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fonction__in", ["regulation", "decision", "production"])),
                        name="instance_fonction_connue",
                        violation_error_message="Dites à quoi sert l'instance : régulation, décision ou production.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nom", ""), _negated=True),
                        name="instance_nom_donne",
                        violation_error_message="Donnez un nom à l'instance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("commune__isnull", False), ("type", "conseil_municipal")),
                            models.Q(models.Q(("type", "conseil_municipal"), _negated=True), ("commune__isnull", True)),
                            _connector="OR",
                        ),
                        name="instance_commune_si_conseil_municipal",
                        violation_error_message="Un conseil municipal est celui d'une commune ; les autres instances, non.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("en_exercice__isnull", True), ("en_exercice__gte", 1), _connector="OR"),
                        name="instance_en_exercice_positif",
                        violation_error_message="Un conseil compte au moins un membre en exercice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prepare_pour__isnull", True),
                            models.Q(("prepare_pour", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="instance_ne_se_prepare_pas_elle_meme",
                        violation_error_message="Une instance ne prépare pas ses propres séances.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("close_le__isnull", True),
                            (
                                "type__in",
                                [
                                    "bureau",
                                    "clect",
                                    "conference_des_maires",
                                    "conseil_communautaire",
                                    "copil",
                                    "cotech",
                                ],
                            ),
                        ),
                        fields=("demarche", "type"),
                        name="instance_unique",
                        violation_error_message="Cette démarche a déjà cette instance.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("close_le__isnull", True), ("type", "conseil_municipal")),
                        fields=("commune",),
                        name="instance_conseil_municipal_unique",
                        violation_error_message="Cette commune a déjà son conseil municipal dans la démarche.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Piece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nom", models.CharField(max_length=150, verbose_name="nom du fichier")),
                ("contenu", models.BinaryField(verbose_name="contenu")),
                ("taille", models.IntegerField(verbose_name="taille en octets")),
                ("empreinte", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("deposee_le", models.DateTimeField(verbose_name="déposée le")),
                ("deposee_par", models.CharField(max_length=250, verbose_name="par")),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="territoires.demarche"
                    ),
                ),
            ],
            options={
                "verbose_name": "pièce",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("taille__gt", 0)),
                        name="piece_pleine",
                        violation_error_message="Ce fichier est vide.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rang", models.IntegerField(verbose_name="rang")),
                ("titre", models.CharField(max_length=200, verbose_name="titre")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("information", "information"),
                            ("avis", "avis de travail"),
                            ("deliberation", "délibération"),
                        ],
                        default="information",
                        max_length=12,
                        verbose_name="ce qui est attendu",
                    ),
                ),
                ("presente_par", models.CharField(blank=True, max_length=150, verbose_name="présenté par")),
                ("duree_minutes", models.IntegerField(blank=True, null=True, verbose_name="durée prévue, en minutes")),
                ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                ("resultat_tour", models.TextField(blank=True, verbose_name="résultat du tour de consultation")),
                ("sensible", models.BooleanField(default=False, verbose_name="dossier sensible")),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                ("version", models.IntegerField(default=0, verbose_name="version")),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "prepare_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="prepare",
                        to="instances.point",
                    ),
                ),
                (
                    "tour",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="accords.tour",
                    ),
                ),
            ],
            options={
                "verbose_name": "point de l'ordre du jour",
                "ordering": ("seance", "rang", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("titre", ""), _negated=True),
                        name="point_titre_donne",
                        violation_error_message="Donnez un titre au point.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["information", "avis", "deliberation"])),
                        name="point_type_connu",
                        violation_error_message="Dites ce qui est attendu : information, avis de travail ou délibération.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("duree_minutes__isnull", True),
                            models.Q(("duree_minutes__gte", 1), ("duree_minutes__lte", 600)),
                            _connector="OR",
                        ),
                        name="point_duree_possible",
                        violation_error_message="La durée d'un point va d'une minute à dix heures.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prepare_par__isnull", True),
                            models.Q(("prepare_par", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="point_ne_se_prepare_pas_lui_meme",
                        violation_error_message="Un point n'est pas préparé par lui-même.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvitePoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("qualite", models.CharField(max_length=150, verbose_name="qualité")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invites", to="instances.point"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne invitée sur un point",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("qualite", ""), _negated=True),
                        name="invite_qualite_donnee",
                        violation_error_message="Dites à quel titre cette personne est invitée.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deliberation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.CharField(blank=True, max_length=40, verbose_name="numéro")),
                ("date", models.DateField(verbose_name="date de la délibération")),
                ("en_exercice", models.IntegerField(verbose_name="membres en exercice")),
                ("presents", models.IntegerField(verbose_name="membres présents")),
                ("pouvoirs", models.IntegerField(default=0, verbose_name="pouvoirs")),
                (
                    "exclus",
                    models.IntegerField(
                        default=0, verbose_name="membres qui n'ont pas pris part (intérêt à l'affaire)"
                    ),
                ),
                ("pour", models.IntegerField(verbose_name="pour")),
                ("contre", models.IntegerField(verbose_name="contre")),
                ("abstentions", models.IntegerField(default=0, verbose_name="abstentions")),
                ("blancs", models.IntegerField(default=0, verbose_name="bulletins blancs ou nuls")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("ordinaire", "à main levée"),
                            ("public", "scrutin public"),
                            ("secret", "scrutin secret"),
                        ],
                        default="ordinaire",
                        max_length=10,
                        verbose_name="mode de scrutin",
                    ),
                ),
                (
                    "majorite",
                    models.CharField(
                        choices=[
                            ("absolue", "majorité absolue des suffrages exprimés"),
                            ("deux_tiers_exprimes", "deux tiers des suffrages exprimés"),
                            ("deux_tiers_membres", "deux tiers des membres en exercice"),
                            ("deux_tiers_statuant", "deux tiers du conseil, sans autre précision du texte"),
                        ],
                        default="absolue",
                        max_length=20,
                        verbose_name="majorité requise",
                    ),
                ),
                (
                    "vote_presidence",
                    models.CharField(
                        blank=True,
                        choices=[("pour", "pour"), ("contre", "contre"), ("abstention", "abstention")],
                        max_length=10,
                        verbose_name="voix de la présidence",
                    ),
                ),
                ("adoptee", models.BooleanField(verbose_name="adoptée, d'après le procès-verbal")),
                ("version", models.IntegerField(default=1, verbose_name="version")),
                (
                    "piece",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliberations",
                        to="instances.piece",
                    ),
                ),
                (
                    "point",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliberation", to="instances.point"
                    ),
                ),
            ],
            options={
                "verbose_name": "délibération",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "majorite__in",
                                ["absolue", "deux_tiers_exprimes", "deux_tiers_membres", "deux_tiers_statuant"],
                            ),
                            ("mode__in", ["ordinaire", "public", "secret"]),
                            ("vote_presidence__in", ["", "pour", "contre", "abstention"]),
                        ),
                        name="deliberation_modes_connus",
                        violation_error_message="Mode de scrutin, majorité ou voix inconnus.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("abstentions__gte", 0),
                            ("blancs__gte", 0),
                            ("contre__gte", 0),
                            ("en_exercice__gte", 1),
                            ("exclus__gte", 0),
                            ("pour__gte", 0),
                            ("pouvoirs__gte", 0),
                            ("presents__gte", 0),
                        ),
                        name="deliberation_comptes_positifs",
                        violation_error_message="Un nombre de membres ou de voix ne peut être négatif.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "presents__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("en_exercice"), "-", models.F("exclus")
                                ),
                            )
                        ),
                        name="deliberation_presents_en_exercice",
                        violation_error_message="Il y a plus de membres présents que de membres à compter.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "presents__gte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("pour"), "+", models.F("contre")
                                            ),
                                            "+",
                                            models.F("abstentions"),
                                        ),
                                        "+",
                                        models.F("blancs"),
                                    ),
                                    "-",
                                    models.F("pouvoirs"),
                                ),
                            )
                        ),
                        name="deliberation_voix_comptees",
                        violation_error_message="Il y a plus de voix que de membres présents et de pouvoirs.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nom", models.CharField(max_length=100, verbose_name="nom")),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="poles", to="territoires.demarche"
                    ),
                ),
            ],
            options={
                "verbose_name": "pôle",
                "ordering": ("nom", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("demarche", "nom"),
                        name="pole_nom_unique",
                        violation_error_message="Un pôle porte déjà ce nom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nom", ""), _negated=True),
                        name="pole_nom_donne",
                        violation_error_message="Donnez un nom au pôle.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MembreInstance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "qualite",
                    models.CharField(
                        choices=[
                            ("presidence", "présidence"),
                            ("membre", "membre"),
                            ("suppleant", "suppléance"),
                            ("invite", "invité ou invitée permanente"),
                        ],
                        default="membre",
                        max_length=10,
                        verbose_name="qualité",
                    ),
                ),
                ("depuis", models.DateField(verbose_name="depuis le")),
                ("jusqu_au", models.DateField(blank=True, null=True, verbose_name="jusqu'au")),
                (
                    "instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="membres", to="instances.instance"
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sieges_instances",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "pole",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="representants",
                        to="instances.pole",
                    ),
                ),
            ],
            options={
                "verbose_name": "membre d'une instance",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("qualite__in", ["presidence", "membre", "suppleant", "invite"])),
                        name="membre_qualite_connue",
                        violation_error_message="Qualité inconnue : choisissez-en une dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("jusqu_au__isnull", True), ("jusqu_au__gte", models.F("depuis")), _connector="OR"
                        ),
                        name="membre_dates_dans_l_ordre",
                        violation_error_message="On quitte une instance après y être entré.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("jusqu_au__isnull", True)),
                        fields=("instance", "mandat"),
                        name="membre_unique",
                        violation_error_message="Cette personne siège déjà dans l'instance.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoleCommune",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "commune",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lien_pole",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "pole",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="liens", to="instances.pole"
                    ),
                ),
            ],
            options={
                "verbose_name": "commune d'un pôle",
                "ordering": ("commune__cle_tri", "pk"),
            },
        ),
        migrations.AddField(
            model_name="pole",
            name="communes",
            field=models.ManyToManyField(
                related_name="poles", through="instances.PoleCommune", to="territoires.communemembre"
            ),
        ),
        migrations.CreateModel(
            name="Reserve",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("texte", models.CharField(max_length=500, verbose_name="réserve")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reserves",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reserves", to="instances.point"
                    ),
                ),
            ],
            options={
                "verbose_name": "réserve",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("texte", ""), _negated=True),
                        name="reserve_ecrite",
                        violation_error_message="Écrivez la réserve telle que la commune l'a dite.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("debut", models.DateTimeField(verbose_name="début")),
                ("duree_minutes", models.IntegerField(default=120, verbose_name="durée prévue, en minutes")),
                ("lieu", models.CharField(max_length=200, verbose_name="lieu")),
                ("visioconference", models.CharField(blank=True, max_length=300, verbose_name="visioconférence")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("preparation", "en préparation"),
                            ("convoquee", "convoquée"),
                            ("tenue", "tenue, relevé à valider"),
                            ("releve_valide", "relevé validé"),
                            ("annulee", "annulée"),
                        ],
                        default="preparation",
                        max_length=14,
                        verbose_name="état",
                    ),
                ),
                ("urgence", models.BooleanField(default=False, verbose_name="convoquée en urgence")),
                ("motif_urgence", models.CharField(blank=True, max_length=300, verbose_name="pourquoi l'urgence")),
                (
                    "seconde_convocation",
                    models.BooleanField(
                        default=False, verbose_name="seconde convocation, faute de quorum à la première"
                    ),
                ),
                ("reponse_avant", models.DateField(blank=True, null=True, verbose_name="réponse attendue avant le")),
                ("convoquee_le", models.DateTimeField(blank=True, null=True, verbose_name="convoquée le")),
                ("agenda_version", models.IntegerField(default=0, verbose_name="version de l'invitation")),
                ("en_exercice", models.IntegerField(blank=True, null=True, verbose_name="membres en exercice")),
                ("presents", models.IntegerField(blank=True, null=True, verbose_name="membres présents")),
                ("pouvoirs", models.IntegerField(blank=True, null=True, verbose_name="pouvoirs")),
                ("releve_version", models.IntegerField(default=0, verbose_name="versions validées du relevé")),
                ("motif", models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle est annulée")),
                ("creee_le", models.DateTimeField(verbose_name="créée le")),
                (
                    "instance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seances", to="instances.instance"
                    ),
                ),
                (
                    "presidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seances_presidees",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "secretaire",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secretariats",
                        to="comptes.mandat",
                    ),
                ),
            ],
            options={
                "verbose_name": "séance",
                "ordering": ("-debut", "pk"),
                "indexes": [models.Index(fields=["etat", "debut"], name="seance_par_etat")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("etat__in", ["preparation", "convoquee", "tenue", "releve_valide", "annulee"])
                        ),
                        name="seance_etat_connu",
                        violation_error_message="État de séance inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lieu", ""), _negated=True),
                        name="seance_lieu_donne",
                        violation_error_message="Dites où se tient la séance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("duree_minutes__gte", 5), ("duree_minutes__lte", 1440)),
                        name="seance_duree_possible",
                        violation_error_message="La durée prévue va de cinq minutes à une journée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "convoquee"), _negated=True),
                            ("convoquee_le__isnull", False),
                            _connector="OR",
                        ),
                        name="seance_convoquee_datee",
                        violation_error_message="Une séance convoquée dit quand elle l'a été.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "annulee"), _negated=True),
                            models.Q(("motif", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="seance_annulee_motivee",
                        violation_error_message="Dites pourquoi la séance est annulée : les personnes convoquées le liront.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("urgence", False), models.Q(("motif_urgence", ""), _negated=True), _connector="OR"
                        ),
                        name="seance_urgence_motivee",
                        violation_error_message="Dites pourquoi l'urgence : le conseil se prononce à l'ouverture.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "releve_valide"), _negated=True),
                            ("releve_version__gte", 1),
                            _connector="OR",
                        ),
                        name="seance_releve_valide_compte",
                        violation_error_message="Un relevé validé porte une version.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("en_exercice__isnull", True), ("en_exercice__gte", 1), _connector="OR"),
                            models.Q(("presents__isnull", True), ("presents__gte", 0), _connector="OR"),
                            models.Q(("pouvoirs__isnull", True), ("pouvoirs__gte", 0), _connector="OR"),
                        ),
                        name="seance_comptes_positifs",
                        violation_error_message="Un nombre de membres ne peut être négatif.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Releve",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField(verbose_name="version")),
                ("contenu", models.TextField(verbose_name="contenu figé")),
                ("pdf", models.BinaryField(verbose_name="relevé en PDF")),
                ("docx", models.BinaryField(verbose_name="relevé modifiable")),
                ("empreinte", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("valide_le", models.DateTimeField(verbose_name="validé le")),
                ("qui", models.CharField(max_length=250, verbose_name="validé par")),
                ("motif", models.CharField(blank=True, max_length=500, verbose_name="pourquoi cette version")),
                (
                    "mandat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releves_valides", to="comptes.mandat"
                    ),
                ),
                (
                    "seance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="releves", to="instances.seance"
                    ),
                ),
            ],
            options={
                "verbose_name": "relevé de conclusions",
                "ordering": ("seance", "version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seance", "version"),
                        name="releve_version_unique",
                        violation_error_message="Cette version du relevé vient d'être validée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="releve_version_possible",
                        violation_error_message="Un relevé porte une version à partir de un.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version", 1), models.Q(("motif", ""), _negated=True), _connector="OR"),
                        name="releve_correction_motivee",
                        violation_error_message="Une correction du relevé dit pourquoi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("present", "présente"),
                            ("represente", "représentée"),
                            ("excuse", "excusée"),
                            ("absent", "absente"),
                        ],
                        max_length=10,
                        verbose_name="présence",
                    ),
                ),
                ("par_qui", models.CharField(blank=True, max_length=150, verbose_name="représentée par")),
                ("notee_le", models.DateTimeField(verbose_name="notée le")),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "mandat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presences",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "seance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="presences", to="instances.seance"
                    ),
                ),
            ],
            options={
                "verbose_name": "présence",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["present", "represente", "excuse", "absent"])),
                        name="presence_etat_connu",
                        violation_error_message="Présence inconnue : choisissez-en une dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("commune__isnull", False), ("mandat__isnull", True)),
                            models.Q(("commune__isnull", True), ("mandat__isnull", False)),
                            _connector="OR",
                        ),
                        name="presence_commune_ou_personne",
                        violation_error_message="Une ligne de présence est celle d'une commune, ou celle d'une personne.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("commune__isnull", False)),
                        fields=("seance", "commune"),
                        name="presence_par_commune_unique",
                        violation_error_message="La présence de cette commune est déjà notée.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("mandat__isnull", False)),
                        fields=("seance", "mandat"),
                        name="presence_par_personne_unique",
                        violation_error_message="La présence de cette personne est déjà notée.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="point",
            name="seance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="points", to="instances.seance"
            ),
        ),
        migrations.CreateModel(
            name="HistoriqueSeance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instant", models.DateTimeField(verbose_name="quand")),
                ("qui", models.CharField(max_length=250, verbose_name="en quel nom")),
                (
                    "etat_avant",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("preparation", "en préparation"),
                            ("convoquee", "convoquée"),
                            ("tenue", "tenue, relevé à valider"),
                            ("releve_valide", "relevé validé"),
                            ("annulee", "annulée"),
                        ],
                        max_length=14,
                        verbose_name="état d'avant",
                    ),
                ),
                (
                    "etat_apres",
                    models.CharField(
                        choices=[
                            ("preparation", "en préparation"),
                            ("convoquee", "convoquée"),
                            ("tenue", "tenue, relevé à valider"),
                            ("releve_valide", "relevé validé"),
                            ("annulee", "annulée"),
                        ],
                        max_length=14,
                        verbose_name="état d'après",
                    ),
                ),
                ("motif", models.CharField(blank=True, max_length=500, verbose_name="pourquoi")),
                (
                    "mandat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.mandat"
                    ),
                ),
                (
                    "seance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="historique", to="instances.seance"
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d'une séance",
                "ordering": ("seance", "instant", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Convocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("envoyee_le", models.DateTimeField(verbose_name="envoyée le")),
                ("par_courriel", models.BooleanField(default=False, verbose_name="envoyée par courriel")),
                (
                    "reponse",
                    models.CharField(
                        choices=[
                            ("attendue", "réponse attendue"),
                            ("present", "sera là"),
                            ("excuse", "sera absent ou absente"),
                            ("represente", "sera représenté ou représentée"),
                        ],
                        default="attendue",
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                ("par_qui", models.CharField(blank=True, max_length=150, verbose_name="représentation")),
                ("repondue_le", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
                (
                    "mandat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="convocations", to="comptes.mandat"
                    ),
                ),
                (
                    "notee_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reponses_notees",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "seance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="convocations", to="instances.seance"
                    ),
                ),
            ],
            options={
                "verbose_name": "convocation",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seance", "mandat"),
                        name="convocation_unique",
                        violation_error_message="Cette personne est déjà convoquée à la séance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reponse__in", ["attendue", "present", "excuse", "represente"])),
                        name="convocation_reponse_connue",
                        violation_error_message="Réponse inconnue : choisissez-en une dans la liste.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reponse", "represente"), _negated=True),
                            models.Q(("par_qui", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="convocation_represente_par_quelqu_un",
                        violation_error_message="Dites par qui vous serez représenté ou représentée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reponse", "attendue"), ("repondue_le__isnull", False), _connector="OR"),
                        name="convocation_reponse_datee",
                        violation_error_message="Une réponse porte sa date.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Suite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=300, verbose_name="ce qui est à faire")),
                ("responsable", models.CharField(max_length=150, verbose_name="par qui")),
                ("echeance", models.DateField(blank=True, null=True, verbose_name="pour le")),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="suites", to="instances.point"
                    ),
                ),
            ],
            options={
                "verbose_name": "suite",
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", ""), _negated=True), models.Q(("responsable", ""), _negated=True)
                        ),
                        name="suite_dite",
                        violation_error_message="Dites ce qui est à faire, et par qui.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SuiviConseil",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transmis_le", models.DateField(blank=True, null=True, verbose_name="transmis le")),
                ("seance_le", models.DateField(blank=True, null=True, verbose_name="séance du")),
                ("numero", models.CharField(blank=True, max_length=40, verbose_name="numéro de la délibération")),
                (
                    "sens",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("favorable", "favorable"),
                            ("reserves", "favorable avec réserves"),
                            ("defavorable", "défavorable"),
                            ("pris_acte", "a pris acte"),
                        ],
                        max_length=12,
                        verbose_name="sens",
                    ),
                ),
                ("version", models.IntegerField(default=0, verbose_name="version")),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suivis_conseils",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suivis_conseils",
                        to="territoires.demarche",
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suivis",
                        to="instances.piece",
                    ),
                ),
            ],
            options={
                "verbose_name": "suivi d'un conseil",
                "ordering": ("demarche", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("commune__isnull", False)),
                        fields=("demarche", "commune"),
                        name="suivi_conseil_municipal_unique",
                        violation_error_message="Ce conseil municipal est déjà suivi.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("commune__isnull", True)),
                        fields=("demarche",),
                        name="suivi_conseil_communautaire_unique",
                        violation_error_message="Le conseil communautaire est déjà suivi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sens__in", ["", "favorable", "reserves", "defavorable", "pris_acte"])),
                        name="suivi_sens_connu",
                        violation_error_message="Sens inconnu : choisissez-en un dans la liste.",
                    ),
                ],
            },
        ),
    ]

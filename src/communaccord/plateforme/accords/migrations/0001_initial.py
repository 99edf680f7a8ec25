import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("comptes", "0003_table_du_cache"),
        ("dossiers", "0001_initial"),
        ("territoires", "0002_demarche"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegleDuJeu",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.IntegerField(verbose_name="version")),
                ("articles", models.JSONField(verbose_name="articles")),
                (
                    "mode_ouverture",
                    models.CharField(
                        choices=[
                            ("horloge", "par l'horloge, à la date de clôture"),
                            ("assesseurs", "par deux des trois maires assesseurs"),
                        ],
                        max_length=10,
                        verbose_name="ouverture des plis",
                    ),
                ),
                ("seuil", models.IntegerField(default=5, verbose_name="rien sur un groupe de moins de")),
                ("conservation_mois", models.IntegerField(default=24, verbose_name="durée de conservation, en mois")),
                ("redigee_le", models.DateTimeField(verbose_name="rédigée le")),
                ("adoptee_le", models.DateField(blank=True, null=True, verbose_name="adoptée le")),
                ("adoptee_par", models.CharField(blank=True, max_length=150, verbose_name="adoptée par")),
                ("enregistree_le", models.DateTimeField(blank=True, null=True, verbose_name="adoption enregistrée le")),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regles_du_jeu",
                        to="territoires.demarche",
                    ),
                ),
            ],
            options={
                "verbose_name": "règle du jeu",
                "ordering": ("demarche", "-version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("demarche", "version"),
                        name="regle_version_unique",
                        violation_error_message="Cette version de la règle du jeu existe déjà.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode_ouverture__in", ["horloge", "assesseurs"])),
                        name="regle_mode_connu",
                        violation_error_message="Dites comment les plis sont ouverts : par l'horloge ou par les assesseurs.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seuil__gte", 3), ("seuil__lte", 20)),
                        name="regle_seuil_raisonnable",
                        violation_error_message="Le seuil de publication va de 3 à 20 communes ; 5 est la valeur proposée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("conservation_mois__gte", 1), ("conservation_mois__lte", 120)),
                        name="regle_conservation_bornee",
                        violation_error_message="La durée de conservation va de 1 à 120 mois.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("adoptee_le__isnull", True), ("adoptee_par", ""), ("enregistree_le__isnull", True)
                            ),
                            models.Q(
                                ("adoptee_le__isnull", False),
                                ("enregistree_le__isnull", False),
                                models.Q(("adoptee_par", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="regle_adoption_entiere",
                        violation_error_message="Une règle adoptée porte la date et l'instance qui l'a adoptée.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("a_preparer", "à préparer"),
                            ("brouillon", "brouillon"),
                            ("soumise", "soumise au ou à la maire"),
                            ("validee", "validée"),
                        ],
                        default="a_preparer",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "origine",
                    models.CharField(
                        choices=[
                            ("en_ligne", "en ligne"),
                            ("papier", "sur papier, sous enveloppe"),
                            ("visite", "recueillie lors d'une visite"),
                            ("telephone", "recueillie par téléphone"),
                        ],
                        default="en_ligne",
                        max_length=10,
                        verbose_name="comment elle est venue",
                    ),
                ),
                ("version", models.IntegerField(default=0, verbose_name="version")),
                ("modifiee_le", models.DateTimeField(blank=True, null=True, verbose_name="modifiée le")),
                ("modifiee_par", models.CharField(blank=True, max_length=250, verbose_name="modifiée par")),
                ("validee_le", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
                ("sel", models.BinaryField(null=True, verbose_name="sel du code")),
                ("sceau", models.CharField(blank=True, max_length=64, verbose_name="sceau de l'installation")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reponses",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reponses", to="dossiers.dossier"
                    ),
                ),
                (
                    "validee_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reponses_validees",
                        to="comptes.mandat",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse d'une commune",
                "ordering": ("tour", "commune", "dossier"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["a_preparer", "brouillon", "soumise", "validee"])),
                        name="reponse_etat_connu",
                        violation_error_message="État de réponse inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("origine__in", ["en_ligne", "papier", "visite", "telephone"])),
                        name="reponse_origine_connue",
                        violation_error_message="Dites comment la réponse est venue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("etat", "validee"),
                                ("validee_le__isnull", False),
                                models.Q(("sceau", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("etat", "validee"), _negated=True),
                                ("sceau", ""),
                                ("validee_le__isnull", True),
                                ("validee_par__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="reponse_validee_entiere",
                        violation_error_message="Une réponse validée porte sa date et son sceau ; les autres n'en portent pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "validee"), _negated=True),
                            ("validee_par__isnull", False),
                            ("origine", "papier"),
                            _connector="OR",
                        ),
                        name="reponse_validee_par_une_personne",
                        violation_error_message="Une réponse en ligne est validée par une personne ; une enveloppe est signée.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoriqueReponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("instant", models.DateTimeField(verbose_name="quand")),
                ("qui", models.CharField(max_length=250, verbose_name="en quel nom")),
                (
                    "etat_avant",
                    models.CharField(
                        choices=[
                            ("a_preparer", "à préparer"),
                            ("brouillon", "brouillon"),
                            ("soumise", "soumise au ou à la maire"),
                            ("validee", "validée"),
                        ],
                        max_length=10,
                        verbose_name="état d'avant",
                    ),
                ),
                (
                    "etat_apres",
                    models.CharField(
                        choices=[
                            ("a_preparer", "à préparer"),
                            ("brouillon", "brouillon"),
                            ("soumise", "soumise au ou à la maire"),
                            ("validee", "validée"),
                        ],
                        max_length=10,
                        verbose_name="état d'après",
                    ),
                ),
                ("version", models.IntegerField(verbose_name="version")),
                ("motif", models.CharField(blank=True, max_length=200, verbose_name="pourquoi")),
                (
                    "mandat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="comptes.mandat"
                    ),
                ),
                (
                    "reponse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="historique", to="accords.reponse"
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d'une réponse",
                "ordering": ("reponse", "instant", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Element",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("position", "position et son motif"),
                            ("clause", "souhait ou condition"),
                            ("priorite", "place du dossier parmi les autres"),
                            ("notes", "notes personnelles"),
                        ],
                        max_length=10,
                        verbose_name="nature",
                    ),
                ),
                ("rang", models.IntegerField(default=1, verbose_name="rang")),
                (
                    "visibilite",
                    models.CharField(
                        choices=[
                            ("notes", "notes personnelles : la commune seule"),
                            ("pli", "sous pli : le moteur seul s'en sert"),
                            ("partage", "partagé avec la table après la clôture"),
                        ],
                        max_length=10,
                        verbose_name="qui le lit",
                    ),
                ),
                ("contenu", models.BinaryField(null=True, verbose_name="contenu, fermé pour la commune")),
                ("pli", models.BinaryField(null=True, verbose_name="contenu, scellé pour le tour")),
                ("copie", models.BinaryField(null=True, verbose_name="copie, fermée par le code")),
                (
                    "reponse",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="elements", to="accords.reponse"
                    ),
                ),
            ],
            options={
                "verbose_name": "élément d'une réponse",
                "ordering": ("reponse", "nature", "rang"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reponse", "nature", "rang"),
                        name="element_unique",
                        violation_error_message="Cet élément est déjà dans la réponse.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("nature__in", ["position", "clause", "priorite", "notes"])),
                        name="element_nature_connue",
                        violation_error_message="Nature d'élément inconnue.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("visibilite__in", ["notes", "pli", "partage"])),
                        name="element_visibilite_connue",
                        violation_error_message="Dites qui lit cet élément : vous, le moteur seul, ou la table.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rang", 1),
                            models.Q(("nature", "clause"), ("rang__gte", 1), ("rang__lte", 3)),
                            _connector="OR",
                        ),
                        name="element_trois_clauses",
                        violation_error_message="Une réponse porte trois souhaits ou conditions au plus.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nature", "notes"), ("visibilite", "notes")),
                            models.Q(
                                models.Q(("nature", "notes"), _negated=True),
                                models.Q(("visibilite", "notes"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="element_notes_seulement_en_notes",
                        violation_error_message="Les notes restent à la commune ; le reste va sous pli ou à la table.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("contenu__isnull", False), ("copie__isnull", True), ("pli__isnull", True)),
                            models.Q(("contenu__isnull", True), ("pli__isnull", False), ("visibilite", "pli")),
                            _connector="OR",
                        ),
                        name="element_ferme_une_seule_fois",
                        violation_error_message="Un élément est un brouillon fermé ou un pli scellé, jamais les deux.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.IntegerField(verbose_name="numéro")),
                ("titre", models.CharField(max_length=150, verbose_name="titre")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("horloge", "par l'horloge, à la date de clôture"),
                            ("assesseurs", "par deux des trois maires assesseurs"),
                        ],
                        max_length=10,
                        verbose_name="ouverture des plis",
                    ),
                ),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("preparation", "en préparation"),
                            ("ouvert", "ouvert"),
                            ("depouille", "dépouillé"),
                            ("non_depouillable", "non dépouillable"),
                            ("abandonne", "abandonné"),
                        ],
                        default="preparation",
                        max_length=16,
                        verbose_name="état",
                    ),
                ),
                ("ouvre_le", models.DateTimeField(verbose_name="ouvre le")),
                ("cloture_le", models.DateTimeField(verbose_name="clôture le")),
                ("prepare_le", models.DateTimeField(verbose_name="préparé le")),
                ("depouille_le", models.DateTimeField(blank=True, null=True, verbose_name="dépouillé le")),
                ("motif", models.CharField(blank=True, max_length=500, verbose_name="pourquoi il s'est arrêté")),
                ("validations", models.IntegerField(default=0, verbose_name="réponses validées")),
                ("graine", models.CharField(blank=True, max_length=200, verbose_name="texte du tirage au sort")),
                ("cle_publique", models.BinaryField(null=True, verbose_name="clé publique")),
                ("cle_privee", models.BinaryField(null=True, verbose_name="clé privée, fermée")),
                (
                    "empreinte_coffre",
                    models.CharField(blank=True, max_length=16, verbose_name="empreinte de la clé du coffre"),
                ),
                ("cles_oubliees_le", models.DateTimeField(blank=True, null=True, verbose_name="clés détruites le")),
                (
                    "demarche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tours", to="territoires.demarche"
                    ),
                ),
                (
                    "precedent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suivants",
                        to="accords.tour",
                        verbose_name="tour précédent",
                    ),
                ),
                (
                    "regle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tours", to="accords.regledujeu"
                    ),
                ),
            ],
            options={
                "verbose_name": "tour de consultation",
                "ordering": ("demarche", "-numero"),
                "indexes": [models.Index(fields=["etat", "cloture_le"], name="tour_par_cloture")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("demarche", "numero"),
                        name="tour_numero_unique",
                        violation_error_message="Un autre tour vient de prendre ce numéro : réessayez.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("etat__in", ["preparation", "ouvert", "depouille", "non_depouillable", "abandonne"])
                        ),
                        name="tour_etat_connu",
                        violation_error_message="État de tour inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["horloge", "assesseurs"])),
                        name="tour_mode_connu",
                        violation_error_message="Dites comment les plis sont ouverts : par l'horloge ou par les assesseurs.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("titre", ""), _negated=True),
                        name="tour_titre_donne",
                        violation_error_message="Un tour porte un titre : donnez-le.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cloture_le__gt", models.F("ouvre_le"))),
                        name="tour_dates_dans_l_ordre",
                        violation_error_message="Un tour se clôt après s'être ouvert : vérifiez les deux dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("etat__in", ("preparation", "abandonne")), ("cle_publique__isnull", False), _connector="OR"
                        ),
                        name="tour_lance_avec_cle",
                        violation_error_message="Un tour lancé porte sa clé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cle_privee__isnull", True), ("mode", "horloge"), _connector="OR"),
                        name="tour_cle_privee_par_horloge",
                        violation_error_message="La clé d'un tour à assesseurs n'est gardée nulle part.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "depouille"), ("depouille_le__isnull", False)),
                            models.Q(models.Q(("etat", "depouille"), _negated=True), ("depouille_le__isnull", True)),
                            _connector="OR",
                        ),
                        name="tour_depouille_date",
                        violation_error_message="Un tour dépouillé dit quand ; les autres ne le disent pas.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat__in", ("abandonne", "non_depouillable")), _negated=True),
                            models.Q(("motif", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tour_arret_motive",
                        violation_error_message="Dites pourquoi le tour s'arrête : toute la table le lira.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("validations__gte", 0)),
                        name="tour_validations_positives",
                        violation_error_message="Un nombre de réponses ne peut être négatif.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Resultat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("calcule_le", models.DateTimeField(verbose_name="calculé le")),
                ("ouvert_par", models.CharField(max_length=500, verbose_name="plis ouverts par")),
                ("entrees", models.BinaryField(verbose_name="entrées du calcul, scellées")),
                ("empreinte", models.CharField(max_length=64, verbose_name="SHA-256 des entrées")),
                ("version_moteur", models.CharField(max_length=20, verbose_name="version du moteur")),
                ("publication", models.JSONField(verbose_name="ce qui est publié")),
                (
                    "tour",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="resultat", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "résultat d'un tour",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("empreinte", ""), _negated=True), models.Q(("version_moteur", ""), _negated=True)
                        ),
                        name="resultat_empreinte_donnee",
                        violation_error_message="Un résultat porte l'empreinte de ses entrées et la version du moteur.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="reponse",
            name="tour",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reponses", to="accords.tour"
            ),
        ),
        migrations.CreateModel(
            name="Partage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("element", "élément de sa réponse"),
                            ("a_vous_seule", "ajustement qui lui a été montré à elle seule"),
                        ],
                        max_length=12,
                        verbose_name="nature",
                    ),
                ),
                ("contenu", models.JSONField(verbose_name="contenu")),
                ("partage_le", models.DateTimeField(verbose_name="partagé le")),
                ("partage_par", models.CharField(max_length=250, verbose_name="partagé par")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partages",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "element",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partage",
                        to="accords.element",
                    ),
                ),
                (
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="partages", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "élément partagé",
                "ordering": ("tour", "dossier", "commune", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("element__isnull", False), ("nature", "element")),
                            models.Q(("element__isnull", True), ("nature", "a_vous_seule")),
                            _connector="OR",
                        ),
                        name="partage_element_dit",
                        violation_error_message="Un partage dit son élément, sauf celui d'un retour à la commune seule.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("nature", "a_vous_seule")),
                        fields=("tour", "dossier", "commune"),
                        name="partage_a_vous_seule_une_fois",
                        violation_error_message="Cet ajustement est déjà partagé.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoriqueTour",
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
                            ("ouvert", "ouvert"),
                            ("depouille", "dépouillé"),
                            ("non_depouillable", "non dépouillable"),
                            ("abandonne", "abandonné"),
                        ],
                        max_length=16,
                        verbose_name="état d'avant",
                    ),
                ),
                (
                    "etat_apres",
                    models.CharField(
                        choices=[
                            ("preparation", "en préparation"),
                            ("ouvert", "ouvert"),
                            ("depouille", "dépouillé"),
                            ("non_depouillable", "non dépouillable"),
                            ("abandonne", "abandonné"),
                        ],
                        max_length=16,
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
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="historique", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d'un tour",
                "ordering": ("tour", "instant", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Enveloppe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("numero", models.IntegerField(verbose_name="numéro")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("recue", "reçue, fermée"),
                            ("rendue", "rendue à la commune"),
                            ("saisie", "ouverte et recopiée, à relire par une seconde personne"),
                            ("confirmee", "recopiée et relue"),
                            ("ecartee", "écartée : illisible ou vide"),
                        ],
                        default="recue",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("recue_le", models.DateTimeField(verbose_name="reçue le")),
                ("saisie", models.BinaryField(null=True, verbose_name="contenu recopié, fermé")),
                ("saisie_le", models.DateTimeField(blank=True, null=True, verbose_name="recopiée le")),
                ("confirmee_le", models.DateTimeField(blank=True, null=True, verbose_name="relue le")),
                ("motif", models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle est écartée")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enveloppes",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "confirmee_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enveloppes_relues",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "recue_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enveloppes_recues",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "saisie_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enveloppes_saisies",
                        to="comptes.mandat",
                    ),
                ),
                (
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="enveloppes", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "enveloppe",
                "ordering": ("tour", "numero"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tour", "numero"),
                        name="enveloppe_numero_unique",
                        violation_error_message="Une autre enveloppe vient de prendre ce numéro : réessayez.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("etat", "rendue"), _negated=True),
                        fields=("tour", "commune"),
                        name="enveloppe_une_par_commune",
                        violation_error_message="Une enveloppe de cette commune est déjà reçue : rendez-la d'abord.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["recue", "rendue", "saisie", "confirmee", "ecartee"])),
                        name="enveloppe_etat_connu",
                        violation_error_message="État d'enveloppe inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "saisie"), ("saisie__isnull", False), ("saisie_par__isnull", False)),
                            models.Q(models.Q(("etat", "saisie"), _negated=True), ("saisie__isnull", True)),
                            _connector="OR",
                        ),
                        name="enveloppe_saisie_fermee",
                        violation_error_message="Le contenu recopié n'est gardé que jusqu'à sa relecture.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmee_par__isnull", True),
                            models.Q(("confirmee_par", models.F("saisie_par")), _negated=True),
                            _connector="OR",
                        ),
                        name="enveloppe_relue_par_une_autre_personne",
                        violation_error_message="Une enveloppe est relue par une autre personne que celle qui l'a recopiée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "ecartee"), _negated=True),
                            models.Q(("motif", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="enveloppe_ecartee_motivee",
                        violation_error_message="Dites pourquoi cette enveloppe est écartée.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AVousSeule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contenu", models.BinaryField(verbose_name="contenu, fermé pour la commune")),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="a_vous_seules",
                        to="territoires.communemembre",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="a_vous_seules", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "à vous seule",
                "ordering": ("tour", "dossier"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tour", "dossier", "commune"),
                        name="a_vous_seule_unique",
                        violation_error_message="Ce retour a déjà été calculé.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assesseur",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rang", models.IntegerField(verbose_name="rang au tirage")),
                (
                    "etat",
                    models.CharField(
                        choices=[
                            ("tire", "désigné par le sort, réponse attendue"),
                            ("accepte", "a accepté"),
                            ("decline", "a décliné"),
                        ],
                        default="tire",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("appele_le", models.DateTimeField(verbose_name="appelé le")),
                ("repondu_le", models.DateTimeField(blank=True, null=True, verbose_name="a répondu le")),
                ("cle_publique", models.BinaryField(null=True, verbose_name="clé publique")),
                ("cle_privee", models.BinaryField(null=True, verbose_name="clé privée, fermée par le code")),
                ("sel", models.BinaryField(null=True, verbose_name="sel du code")),
                ("part_scellee", models.BinaryField(null=True, verbose_name="part de la clé, scellée")),
                (
                    "part_en_attente",
                    models.BinaryField(null=True, verbose_name="part donnée, en attente de la seconde"),
                ),
                ("contribuee_le", models.DateTimeField(blank=True, null=True, verbose_name="part donnée le")),
                (
                    "mandat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assesseurs", to="comptes.mandat"
                    ),
                ),
                (
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assesseurs", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "maire assesseur",
                "ordering": ("tour", "rang"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tour", "rang"),
                        name="assesseur_rang_unique",
                        violation_error_message="Ce rang du tirage est déjà pris.",
                    ),
                    models.UniqueConstraint(
                        fields=("tour", "mandat"),
                        name="assesseur_une_fois",
                        violation_error_message="Cette personne est déjà désignée pour ce tour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("etat__in", ["tire", "accepte", "decline"])),
                        name="assesseur_etat_connu",
                        violation_error_message="État d'assesseur inconnu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("etat", "accepte"), _negated=True),
                            ("cle_publique__isnull", False),
                            _connector="OR",
                        ),
                        name="assesseur_accepte_avec_cle",
                        violation_error_message="Un ou une assesseure qui a accepté porte une clé.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Annonce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.CharField(max_length=60, verbose_name="laquelle")),
                ("instant", models.DateTimeField(verbose_name="quand")),
                (
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="annonces", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "annonce d'un tour",
                "ordering": ("tour", "instant", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tour", "cle"),
                        name="annonce_une_fois",
                        violation_error_message="Cette annonce est déjà partie.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TourDossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordre", models.IntegerField(verbose_name="ordre")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="liens_tours", to="dossiers.dossier"
                    ),
                ),
                (
                    "tour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="liens_dossiers", to="accords.tour"
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier d'un tour",
                "ordering": ("tour", "ordre"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tour", "dossier"),
                        name="tour_dossier_unique",
                        violation_error_message="Ce dossier est déjà dans le tour.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="tour",
            name="dossiers",
            field=models.ManyToManyField(related_name="tours", through="accords.TourDossier", to="dossiers.dossier"),
        ),
        migrations.CreateModel(
            name="TourScenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordre", models.IntegerField(verbose_name="ordre")),
                ("offre", models.TextField(blank=True, verbose_name="chiffres figés")),
                ("empreinte", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 des chiffres")),
                (
                    "lien",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scenarios", to="accords.tourdossier"
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="liens_tours", to="dossiers.scenario"
                    ),
                ),
            ],
            options={
                "verbose_name": "scénario d'un tour",
                "ordering": ("lien", "ordre"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("lien", "scenario"),
                        name="tour_scenario_unique",
                        violation_error_message="Ce scénario est déjà dans le tour.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("empreinte", ""), ("offre", "")),
                            models.Q(
                                models.Q(("offre", ""), _negated=True), models.Q(("empreinte", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="tour_scenario_fige_entier",
                        violation_error_message="Des chiffres figés portent leur empreinte.",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="reponse",
            index=models.Index(fields=["tour", "etat"], name="reponse_par_etat"),
        ),
        migrations.AddConstraint(
            model_name="reponse",
            constraint=models.UniqueConstraint(
                fields=("tour", "dossier", "commune"),
                name="reponse_unique",
                violation_error_message="Cette commune a déjà une réponse sur ce dossier.",
            ),
        ),
    ]

"""One case goes through the whole product, in a real browser: from an account to the relevé de conclusions of a COPIL.

The site is a demo, so that its clock can be moved; the territory is real (a communauté of ten communes), its people and
what they say are fictif. Axe reads each kind of page at 1280 and 390 pixels; none scrolls sideways at 320.
"""

import sys

from tests.navigateur.demarche import consultation, dossier, fondation, seances

FONDATION = (fondation.sign_up, fondation.open_demarche, fondation.import_personnes, fondation.confirm_demarche)
GENS = (fondation.invite_personnes, fondation.give_code, fondation.install_instances)
DOSSIER = (dossier.prepare_dossier, dossier.adopt_regle, dossier.launch_tour)
REPONSES = (consultation.prepare_three, consultation.validate_three, consultation.answer_alone)
AUTRES = (consultation.answer_sans_script, consultation.receive_enveloppe)
RESULTAT = (consultation.close_tour, consultation.open_plis, consultation.read_resultat)
SEANCES = (
    seances.convoke_copil,
    seances.answer_convocation,
    seances.note_copil,
    seances.validate_releve,
    seances.follow_conseil,
)


def test_the_whole_chain(monde):
    for step in FONDATION:
        step(monde)
    gens = fondation.read_gens(monde)
    for step in (*GENS, *DOSSIER, *REPONSES, *AUTRES, *RESULTAT, *SEANCES):
        step(monde, gens)
        monde.close()
    told = f"Réponse au téléphone : {monde.gestes} gestes ; {len(monde.vues)} sortes de pages lues par axe."
    sys.stderr.write(f"\n{told}\n")
    assert monde.gestes <= consultation.GESTES_MAX
    assert not monde.erreurs

"""The options of ``communaccord sieges`` on the agreements; none is chosen by default, no more than a reading."""

from argparse import ArgumentParser


def add_options(sieges: ArgumentParser) -> None:
    """Add what asks for the agreements on seats, and how the open points are to be read."""
    sieges.add_argument("--accords", action="store_true", help="les répartitions que les communes peuvent décider")
    sieges.add_argument("--proposes", metavar="FICHIER", help="vérifie une répartition (.json ou .csv : code;sieges)")
    sieges.add_argument("--verifier", action="store_true", help="vérifie les sièges constatés au registre")
    sieges.add_argument("--tunnel", choices=("stricte", "pratique"), help="lecture des 20 %% (point ouvert)")
    sieges.add_argument(
        "--siege-unique", choices=("toujours", "minimum"), help="lecture du siège unique (point ouvert)"
    )
    sieges.add_argument(
        "--ordre", choices=("libre", "croissant"), help="lecture de l'ordre des communes (point ouvert)"
    )
    sieges.add_argument(
        "--moitie", choices=("interdite", "admise"), help="lecture de la moitié, pour les 10 %% (point ouvert)"
    )
    sieges.add_argument("--total", type=int, metavar="SIÈGES", help="les premières répartitions de ce total")
    sieges.add_argument("--premiers", type=int, metavar="NOMBRE", help="combien de répartitions montrer (3 par défaut)")

#!/usr/bin/env python3
"""Fetch the third-party files of the front (fonts, htmx, axe-core) and check them against their manifest.

`python tools/vendor_front.py` verifies the files in place; `--telecharger` fetches each package once with
`npm pack NAME@VERSION` and writes the files whose SHA-256 is the one of the manifest; `--figer` rewrites the
sums after a version was changed by hand in the manifest (read the diff before you commit it).
Standard library only: no Node at set-up or run time.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
MANIFESTE = RACINE / "src/communaccord/plateforme/socle/static/vendor/manifest.json"


def compute_sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def find_differences(manifest: dict, root: Path) -> list[str]:
    """One French sentence for each file that is missing or differs from its recorded sum."""
    problems = []
    for package in manifest["paquets"]:
        for file in package["fichiers"]:
            path = root / file["chemin"]
            if not path.is_file():
                problems.append(f"{file['chemin']} manque : lancez « python tools/vendor_front.py --telecharger ».")
            elif compute_sha256(path.read_bytes()) != file["sha256"]:
                problems.append(f"{file['chemin']} diffère de la somme inscrite au manifeste.")
    return problems


def pack_package(name: str, version: str, folder: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    output = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return folder / output.strip().splitlines()[-1]


def read_member(archive: Path, member: str) -> bytes:
    with tarfile.open(archive) as tar:
        stream = tar.extractfile(f"package/{member}")
        if stream is None:
            raise FileNotFoundError(member)
        return stream.read()


def fetch(manifest: dict, root: Path, *, freeze: bool) -> list[str]:
    """Write every file of every package; with `freeze` record the sums found instead of requiring them."""
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        for package in manifest["paquets"]:
            archive = pack_package(package["nom"], package["version"], Path(temporary))
            for file in package["fichiers"]:
                content = read_member(archive, file["source"])
                if freeze:
                    file["sha256"] = compute_sha256(content)
                elif compute_sha256(content) != file["sha256"]:
                    problems.append(
                        f"{package['nom']} {package['version']} : {file['source']} n'a pas la somme attendue."
                    )
                    continue
                path = root / file["chemin"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return problems


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Fichiers tiers de l'interface : vérifier, télécharger, figer.")
    parser.add_argument("--telecharger", action="store_true", help="télécharge les paquets et contrôle chaque somme")
    parser.add_argument("--figer", action="store_true", help="télécharge et récrit les sommes du manifeste")
    options = parser.parse_args(arguments)
    manifest = json.loads(MANIFESTE.read_text(encoding="utf-8"))
    problems = []
    if options.telecharger or options.figer:
        problems = fetch(manifest, RACINE, freeze=options.figer)
    if options.figer:
        MANIFESTE.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    problems = problems or find_differences(manifest, RACINE)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("Tous les fichiers tiers sont ceux du manifeste.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

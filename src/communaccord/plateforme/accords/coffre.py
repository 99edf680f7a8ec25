"""The safe: every key of the table des accords, and nothing else. No cryptography of our own: PyNaCl and Shamir.

Three ways of closing something:
- `lock` (symmetric): by the master key of the installation, kept outside the database, or by a personal code;
- `seal` (to a public key): whoever seals cannot read again;
- `split_cle`: a private key in three parts, of which any two make it again.

Whatever is closed is padded first, so that its length tells nothing, and bound to its `contexte`: moved to another
row, it no longer opens. No error of this module carries a content, a code or a key.
"""

import base64
import binascii
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from nacl import pwhash
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from communaccord.plateforme.socle.permis import Conflit

VARIABLE = "COMMUNACCORD_COFFRE"
NOM_FICHIER = "cle-du-coffre"
TAILLE_CLE = 32
TAILLE_SEL = 16
PARTS = 3
PARTS_REQUISES = 2
# A position alone and a position with three clauses are as long as each other.
BLOC = 1024
# argon2id, "interactive" limits of libsodium: 64 MiB, two passes; about 0.1 s (bench: tests/plateforme/accords).
ARGON2_PASSES = pwhash.argon2id.OPSLIMIT_INTERACTIVE
ARGON2_MEMOIRE = pwhash.argon2id.MEMLIMIT_INTERACTIVE


class CoffreIllisible(Conflit):
    """Something closed does not open with this key, in this place. Carries no content."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            message
            or "Ce contenu ne s'ouvre pas avec cette clé. Si la base vient d'être restaurée, remettez aussi en place "
            f"le fichier « {NOM_FICHIER} » (ou la variable {VARIABLE}) sauvegardé avec elle."
        )


@dataclass(frozen=True, slots=True)
class Paire:
    """A key pair. The private half is never printed."""

    publique: bytes
    privee: bytes = field(repr=False)


# --- The master key ---------------------------------------------------------------------------------------------------


def get_chemin() -> Path:
    return Path(settings.DOSSIER_DONNEES) / NOM_FICHIER


def read_cle_maitresse() -> bytes:
    """The 32 bytes of the installation: the variable when it is given, else the file, made once when it is missing."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return decode_cle(given, f"La variable {VARIABLE}")
    path = get_chemin()
    if not path.exists():
        create_fichier(path)
    if path.stat().st_mode & 0o077:
        raise ImproperlyConfigured(
            f"Le fichier « {NOM_FICHIER} » peut être lu par d'autres comptes de la machine : faites chmod 600 dessus."
        )
    return decode_cle(path.read_text(encoding="ascii", errors="replace"), f"Le fichier « {NOM_FICHIER} »")


def decode_cle(text: str, origine: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != TAILLE_CLE:
        raise ImproperlyConfigured(
            f"{origine} n'est pas une clé du coffre : {TAILLE_CLE} octets écrits en base64 sont attendus. "
            "Remettez celle de votre sauvegarde : une autre clé n'ouvrirait rien de ce qui est déjà fermé."
        )
    return key


def create_fichier(path: Path) -> None:
    """Write a new key beside, then give it its name in one step: of two processes at once, one wins, both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(TAILLE_CLE)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def derive_cle(usage: str, contexte: str = "") -> bytes:
    """A key for one usage (16 bytes at most) and one owner, from the master key: BLAKE2b, keyed and personalised."""
    return blake2b(contexte.encode(), key=read_cle_maitresse(), person=usage.encode(), digest_size=TAILLE_CLE).digest()


def compute_empreinte_coffre() -> str:
    """A public mark of the master key: tells that it changed, and nothing more."""
    return derive_cle("empreinte").hex()[:16]


def derive_cle_code(code: str, sel: bytes) -> bytes:
    """The key that only a personal code gives: argon2id, then the master key as pepper.

    A copy of the database alone cannot try codes; with the master key as well, each trial costs ARGON2.
    """
    stretched = pwhash.argon2id.kdf(TAILLE_CLE, code.encode(), sel, opslimit=ARGON2_PASSES, memlimit=ARGON2_MEMOIRE)
    return blake2b(stretched, key=derive_cle("code"), person=b"code personnel", digest_size=TAILLE_CLE).digest()


def create_sel() -> bytes:
    return secrets.token_bytes(TAILLE_SEL)


def compute_sceau(contexte: str, contents: Iterable[bytes]) -> str:
    """A mark that only this installation can make on a list of contents, in their order, in one place."""
    mark = blake2b(contexte.encode(), key=derive_cle("sceau"), person=b"sceau", digest_size=TAILLE_CLE)
    for content in contents:
        mark.update(len(content).to_bytes(8, "big") + content)
    return mark.hexdigest()


# --- Close and open ---------------------------------------------------------------------------------------------------


def lock(cle: bytes, content: str, contexte: str) -> bytes:
    """Close a text with a key, for one place."""
    return bytes(build_boite(cle, contexte).encrypt(sodium_pad(content.encode(), BLOC)))


def unlock(cle: bytes, locked: bytes, contexte: str) -> str:
    try:
        return sodium_unpad(build_boite(cle, contexte).decrypt(bytes(locked)), BLOC).decode()
    except (CryptoError, ValueError):
        raise CoffreIllisible from None


def build_boite(cle: bytes, contexte: str) -> SecretBox:
    return SecretBox(blake2b(contexte.encode(), key=cle, person=b"place", digest_size=TAILLE_CLE).digest())


def create_paire() -> Paire:
    private = PrivateKey.generate()
    return Paire(publique=bytes(private.public_key), privee=bytes(private))


def get_publique(privee: bytes) -> bytes:
    return bytes(PrivateKey(privee).public_key)


def seal(publique: bytes, content: str, contexte: str) -> bytes:
    """Close a text so that only the holder of the private half opens it, in this place."""
    place = contexte.encode()
    whole = len(place).to_bytes(2, "big") + place + content.encode()
    return bytes(SealedBox(PublicKey(bytes(publique))).encrypt(sodium_pad(whole, BLOC)))


def unseal(privee: bytes, sealed: bytes, contexte: str) -> str:
    try:
        whole = sodium_unpad(SealedBox(PrivateKey(privee)).decrypt(bytes(sealed)), BLOC)
    except (CryptoError, ValueError):
        raise CoffreIllisible from None
    place = contexte.encode()
    head = len(place).to_bytes(2, "big") + place
    if not whole.startswith(head):
        raise CoffreIllisible("Ce pli n'est pas à sa place : il a été scellé pour une autre réponse ou un autre tour.")
    return whole[len(head) :].decode()


# --- A key in parts ---------------------------------------------------------------------------------------------------


def split_cle(privee: bytes) -> list[str]:
    """Three parts in words; any two make the key again, one alone tells nothing (Shamir, SLIP-0039)."""
    return generate_mnemonics(1, [(PARTS_REQUISES, PARTS)], privee, iteration_exponent=0)[0]


def join_parts(parts: Iterable[str]) -> bytes:
    try:
        return combine_mnemonics(list(parts))
    except MnemonicError:
        raise CoffreIllisible("Ces deux parts ne font pas la clé de ce tour.") from None

"""What is slow on purpose in the product (stretching a code, a password) is quick in the tests of everything else."""

from nacl import pwhash

from communaccord.plateforme.accords import coffre

COUT_REEL = (coffre.ARGON2_PASSES, coffre.ARGON2_MEMOIRE)
COUT_DES_ESSAIS = (pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)


def set_cout(cout: tuple[int, int]) -> None:
    coffre.ARGON2_PASSES, coffre.ARGON2_MEMOIRE = cout

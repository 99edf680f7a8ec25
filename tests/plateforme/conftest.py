"""The tests of the platform stretch codes as little as the library allows; test_vitesse.py holds the real cost."""

from tests.plateforme.vitesse import COUT_DES_ESSAIS, set_cout

set_cout(COUT_DES_ESSAIS)

"""What a reader asks of the journal."""

from dataclasses import dataclass
from typing import Self

from django.utils.datastructures import MultiValueDict

TEXTE_MAX = 100


@dataclass(frozen=True, slots=True)
class JournalForm:
    """Words to look for, acts of one's own commune only, and the page: anything else is read as nothing asked."""

    texte: str
    ma_commune: bool
    page: int

    @classmethod
    def read(cls, data: MultiValueDict) -> Self:
        page = data.get("page", "")
        return cls(
            texte=data.get("q", "").replace("\0", "").strip()[:TEXTE_MAX],
            ma_commune=data.get("commune", "") == "oui",
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

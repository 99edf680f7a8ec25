"""Words of the noyau that pages and papers write."""

from communaccord.noyau.accord import Position

POSITIONS: tuple[str, ...] = tuple(position.label for position in Position)

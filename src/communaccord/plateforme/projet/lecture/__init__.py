"""What is read and compared without writing: plans that come as files, versions of the frame, what leaves it."""

from communaccord.plateforme.projet.lecture.cadre import list_ecarts, list_ecarts_plan, list_ecarts_services

__all__ = ["list_ecarts", "list_ecarts_plan", "list_ecarts_services"]

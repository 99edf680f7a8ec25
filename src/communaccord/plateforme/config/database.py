"""Database settings from one address: SQLite by default, PostgreSQL beyond one machine (DATABASE_URL)."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def build_sqlite(path: Path) -> dict[str, Any]:
    """Write-ahead log, immediate transactions, full synchronisation: nothing acknowledged is lost."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def build_postgresql(url: str) -> dict[str, Any]:
    """postgresql://user:password@host:port/name, or ?host=/socket for a local socket."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {"pool": True, **query},
    }


def parse_database_url(url: str | None, default: Path) -> dict[str, Any]:
    if not url:
        return build_sqlite(default)
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return build_sqlite(Path(urlsplit(url).path))
    if scheme in {"postgres", "postgresql"}:
        return build_postgresql(url)
    raise ImproperlyConfigured(
        f"DATABASE_URL commence par « {scheme} » : donnez une adresse sqlite:///chemin ou postgresql://…"
    )

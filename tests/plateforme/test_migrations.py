"""The tests make their tables from the models; the site makes them by `migrate`: they are the same ones.

Column by column, with types, defaults, keys, checks and indexes, in the words of the database itself.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.base, pytest.mark.xdist_group("installations")]
# What `migrate` keeps for itself; and a table of Django itself, whose migration numbers its rows on 32 bits (nothing of
# ours is kept in it).
HORS = {"django_migrations", "auth_group_permissions"}
COLONNES = """
SELECT table_name, 'COLUMN ' || concat_ws(' ', column_name, data_type, character_maximum_length, numeric_precision,
       is_nullable, column_default, is_identity, collation_name)
FROM information_schema.columns WHERE table_schema = 'public'
"""
CONTRAINTES = """
SELECT r.relname, 'CONSTRAINT ' || pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
WHERE n.nspname = 'public'
"""
INDEX = """
SELECT tablename, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON') FROM pg_indexes WHERE schemaname = 'public'
"""


def split_parts(body: str) -> Iterator[str]:
    """The definitions between the brackets of a CREATE TABLE."""
    depth, start = 0, 0
    for place, sign in enumerate(body):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield body[start:place].strip()
            start = place + 1
    yield body[start:].strip()


def read_definitions(base) -> list[tuple[str, str]]:
    """(Table, what it holds), in no order: columns, keys, checks, indexes."""
    with base.cursor() as cursor:
        if base.vendor == "postgresql":
            rows = [row for query in (COLONNES, CONTRAINTES, INDEX) for row in cursor.execute(query).fetchall()]
            return sorted(row for row in rows if row[0] not in HORS)
        cursor.execute(
            "SELECT tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        )
        rows = [row for row in cursor.fetchall() if row[0] not in HORS]
    found = []
    for table, kind, sql in rows:
        if kind == "table":
            found += [(table, part) for part in split_parts(sql[sql.index("(") + 1 : sql.rindex(")")])]
        else:
            found.append((table, re.sub(r'INDEX "\w+"', "INDEX", sql)))
    return sorted(found)


def test_migrate_makes_the_tables_of_the_models(base_migree):
    migrated = connection.copy("migree")
    migrated.settings_dict["NAME"] = base_migree
    try:
        found, expected = read_definitions(migrated), read_definitions(connection)
    finally:
        migrated.close()
    assert len(expected) > 500
    assert sorted(set(expected) ^ set(found)) == []
    assert found == expected

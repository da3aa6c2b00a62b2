"""Words of documents are found by an index, with their marks and without"""

from alembic import op

from storage.finding import POSTGRES_MOST_LETTERS, folding_tables

revision = "words_0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    if op.get_bind().dialect.name == "postgresql":
        _postgres()
    else:
        _sqlite()


def _sqlite() -> None:
    # Filled by triggers, so that restoring a copy fills them too. The tokenizer folds marks but not the bar of đ.
    for name, marks, text in (
        ("find_exact", 0, "new.text"),
        ("find_plain", 2, "replace(replace(new.text, 'đ', 'd'), 'Đ', 'D')"),
    ):
        op.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(document_id UNINDEXED, text, "
            f"tokenize = 'unicode61 remove_diacritics {marks}')"
        )
        put = f"INSERT INTO {name} (document_id, text) VALUES (new.id, {text});"  # noqa: S608
        op.execute(f"CREATE TRIGGER {name}_added AFTER INSERT ON document BEGIN {put} END")
        op.execute(
            f"CREATE TRIGGER {name}_changed AFTER UPDATE OF text ON document "  # noqa: S608
            f"BEGIN DELETE FROM {name} WHERE document_id = old.id; {put} END"
        )
        op.execute(
            f"INSERT INTO {name} (document_id, text) SELECT id, {text.replace('new.', '')} FROM document"  # noqa: S608
        )


def _postgres() -> None:
    # What counts as a letter or a small letter differs by the database's locale: all is spelled out.
    for name, plain in (("find_exact", False), ("find_plain", True)):
        source, target = folding_tables(plain)
        op.execute(
            f"CREATE FUNCTION {name}(t text) RETURNS tsvector IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql AS "
            f"$$SELECT to_tsvector('simple'::regconfig, "
            f"translate(left(t, {POSTGRES_MOST_LETTERS}), E'{source}', E'{target}'))$$"
        )
        op.execute(f"CREATE INDEX ix_{name} ON document USING gin ({name}(text))")

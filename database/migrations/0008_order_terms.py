"""The trigrams that the index of orders holds, as a table: what begins with two characters is looked up there."""

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    db.execute_sql("CREATE VIRTUAL TABLE order_terms USING fts5vocab(order_text, row)")

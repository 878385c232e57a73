"""The audit log of one person."""

from typing import Any

STATEMENTS = (
    "CREATE INDEX audit_who ON audit (who, id)",
    "CREATE INDEX audit_whom ON audit (whom, id) WHERE whom IS NOT NULL",
    "CREATE INDEX fsm_chat ON fsm (chat)",
    "CREATE INDEX cases_owner ON cases (owner_id) WHERE owner_id IS NOT NULL AND closed_at IS NULL",
)


def up(_migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)

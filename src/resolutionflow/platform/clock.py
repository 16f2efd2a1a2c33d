"""Time is the database's: web and worker machines whose clocks differ still agree on leases, figures and tokens.

`app.now()` answers `clock_timestamp()`, or what `work(at=…)` set for its own transaction (the demo writes a believable past with it).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.sql.functions import Function


def now() -> Function[Any]:
    """The SQL expression for "now"; use it in statements, never Python's clock."""
    return func.app.now()


def as_text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""

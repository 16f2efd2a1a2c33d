"""The database: one engine a process, short units of work, two roles."""

from resolutionflow.platform.db.base import Base, Fields, Moment, Query, account_column, id_column
from resolutionflow.platform.db.work import Database, Db, Work

__all__ = ["Base", "Database", "Db", "Fields", "Moment", "Query", "Work", "account_column", "id_column"]

"""A PostgreSQL of our own under the data directory: nothing to install, the same engine and policies as in production.

What lies there: `passwords.json`, `postgres.log`, `run/` (who uses it, who starts it, whether it lives) and `postgres/`, the
server's home. Only the home belongs to the user the server runs as.
"""

from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError
from resolutionflow.platform.db.embedded.launcher import EmbeddedPostgres
from resolutionflow.platform.db.embedded.roles import Cluster

__all__ = ["Cluster", "EmbeddedPostgres", "EmbeddedPostgresError"]

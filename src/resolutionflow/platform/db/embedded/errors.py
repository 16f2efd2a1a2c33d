"""The one error of this package."""


class EmbeddedPostgresError(RuntimeError):
    """A sentence the operator can act on."""

from sqlalchemy.engine import make_url


def conninfo(url: str) -> str:
    """A SQLAlchemy URL as psycopg reads it, password included."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

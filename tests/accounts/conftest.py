import pytest

from resolutionflow.app.runtime import Runtime
from tests.factories.accounts import Browsers
from tests.factories.make import Make


@pytest.fixture(scope="session")
def usual_browsers(runtime: Runtime) -> Browsers:
    return Browsers(runtime)


@pytest.fixture
def browsers(usual_browsers: Browsers, make: Make) -> Browsers:
    """Asks for `make`, so that the tables are swept afterwards."""
    return usual_browsers

"""Every table, for Alembic's comparison of models with migrations."""

import resolutionflow.accounts.models
import resolutionflow.events.models
import resolutionflow.handoffs.models
import resolutionflow.notifications.models
import resolutionflow.sessions.models
from resolutionflow.platform.db import Base

metadata = Base.metadata
FEATURES = (
    resolutionflow.accounts.models,
    resolutionflow.events.models,
    resolutionflow.handoffs.models,
    resolutionflow.notifications.models,
    resolutionflow.sessions.models,
)

"""Named points at which a test kills the process, to prove that nothing is lost there.

Off unless RESOLUTIONFLOW_FAILPOINTS names a point; settings refuse the variable in production.
"""

import os
import signal

_ARMED = os.environ.get("RESOLUTIONFLOW_FAILPOINTS", "")


def failpoint(name: str) -> None:
    """`NAME=FILE` in the variable arms it: while FILE exists the next pass removes it and dies by SIGKILL, as a power cut would."""
    if not _ARMED:
        return
    for armed in _ARMED.split(","):
        point, _, trigger = armed.partition("=")
        if point == name and os.path.exists(trigger):
            os.unlink(trigger)
            os.kill(os.getpid(), signal.SIGKILL)

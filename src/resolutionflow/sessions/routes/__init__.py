from fastapi import APIRouter

from resolutionflow.sessions.routes.sessions import router as sessions
from resolutionflow.sessions.routes.talking import router as talking

router = APIRouter()
router.include_router(sessions)
router.include_router(talking)

from fastapi import APIRouter

from resolutionflow.accounts.identity import Engineer
from resolutionflow.analytics import queries
from resolutionflow.analytics.schemas import EscalationFigures, Period

router = APIRouter(prefix="/analytics", tags=["analytics"])


@router.get("/flowpilot/escalations")
async def measure_escalations(edge: Engineer, period: Period = Period.MONTH) -> EscalationFigures:
    return await queries.escalation_figures(edge.db, period=period)

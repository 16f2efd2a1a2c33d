from fastapi import APIRouter

from resolutionflow.accounts.routes import account, auth, clients

router = APIRouter()
router.include_router(auth.router)
router.include_router(account.router)
router.include_router(clients.router)

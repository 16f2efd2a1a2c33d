from fastapi import APIRouter, Request, Response

from resolutionflow.accounts import queries
from resolutionflow.accounts.actions import invitations, passwords, people, registration, sign_in, tokens
from resolutionflow.accounts.errors import SignInRefused, WrongPassword
from resolutionflow.accounts.identity import Known, SignedIn, claims_of
from resolutionflow.accounts.policy import must_be_uncommon
from resolutionflow.accounts.routes.door import AtTheDoor
from resolutionflow.accounts.schemas import Acceptance, Credentials, Me, PasswordChange, ProfileChange, Registration, Tokens
from resolutionflow.platform.crypto import hash_password, verify_password
from resolutionflow.platform.errors import NotAuthenticated

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/register", status_code=201)
async def register(door: AtTheDoor, body: Registration, response: Response) -> Tokens:
    must_be_uncommon(body.password)
    mode = door.settings.registration_mode
    async with door.work(None) as db:
        await registration.admit(db, mode=mode, limit=door.registration_limit())
    password_hash = await hash_password(body.password)
    async with door.work(None) as db:
        granted = await registration.register(
            db, mode=mode, account_name=body.account_name, name=body.name, email=body.email, password_hash=password_hash, mint=door.mint
        )
    return door.hand_over(response, granted)


@router.post("/login")
async def login(door: AtTheDoor, body: Credentials, response: Response) -> Tokens:
    limits = door.sign_in_limits(body.email)
    async with door.work(None) as db:
        whom = await sign_in.candidate(db, email=body.email, limits=limits)
    fits = await verify_password(body.password, whom.password_hash if whom else None)
    async with door.work(whom.account_id if whom else None) as db:
        granted = await sign_in.admit(db, whom=whom if fits else None, limits=limits, mint=door.mint, with_demo=door.with_demo)
    if granted is None:
        raise SignInRefused
    return door.hand_over(response, granted)


@router.post("/refresh")
async def refresh(door: AtTheDoor, request: Request, response: Response) -> Tokens:
    token = door.refresh_token(request)
    if token is None:
        raise NotAuthenticated
    async with door.work(None) as db:
        granted = await tokens.refresh(db, token=token, mint=door.mint, with_demo=door.with_demo)
    if granted is None:
        raise NotAuthenticated("Your sign-in ended. Sign in again.")
    return door.hand_over(response, granted)


@router.post("/logout", status_code=204)
async def logout(door: AtTheDoor, request: Request, response: Response) -> None:
    """Ends the sign-in of the access token, and that of the cookie: each is enough by itself."""
    token = door.refresh_token(request)
    families = set()
    if token is not None:
        async with door.work(None) as db:
            families.add(await tokens.account_of(db, token))
    if token is None or "authorization" in request.headers:
        claims = claims_of(request.scope, door.key)
        families.add((claims.account_id, claims.family_id))
    for account_id, family_id in filter(None, families):
        async with door.work(account_id) as db:
            await tokens.sign_out(db, family_id=family_id)
    door.forget(response)


@router.get("/me")
async def read_me(edge: SignedIn) -> Me:
    return await queries.me(edge.db, edge.actor)


@router.patch("/me")
async def change_me(edge: SignedIn, body: ProfileChange) -> Me:
    await people.change_self(edge.db, edge.actor, to=body)
    return await queries.me(edge.db, edge.actor)


@router.post("/password", status_code=204)
async def change_password(door: AtTheDoor, actor: Known, body: PasswordChange) -> None:
    """Ends this person's other sign-ins."""
    must_be_uncommon(body.password)
    async with door.work(actor.account_id) as db:
        stored, limits = await passwords.stored(db, actor, limits_of=door.sign_in_limits)
    fits = await verify_password(body.current_password, stored)
    becomes = await hash_password(body.password) if fits else None
    async with door.work(actor.account_id) as db:
        changed = await passwords.change(db, actor, was=stored, becomes=becomes, limits=limits)
    if not changed:
        raise WrongPassword


@router.post("/accept-invitation", status_code=201)
async def accept_invitation(door: AtTheDoor, body: Acceptance, response: Response) -> Tokens:
    must_be_uncommon(body.password)
    async with door.work(None) as db:
        offer = await invitations.look_up(db, token=body.token)
    password_hash = await hash_password(body.password)
    async with door.work(offer.account_id) as db:
        granted = await invitations.accept(db, offer=offer, name=body.name, password_hash=password_hash, mint=door.mint)
    return door.hand_over(response, granted)

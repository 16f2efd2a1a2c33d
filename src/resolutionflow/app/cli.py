"""The command `resolutionflow`."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import SecretStr

from resolutionflow.app import doctor as doctor_
from resolutionflow.app import places, reactions
from resolutionflow.app import serve as server
from resolutionflow.app.api import create_api
from resolutionflow.app.demo import people, story
from resolutionflow.app.playbooks import playbooks
from resolutionflow.app.runtime import build, opened, work_forever
from resolutionflow.assistant.playbooks.library import PlaybookError
from resolutionflow.assistant.playbooks.recognition.evaluation import EvaluationError
from resolutionflow.platform import logs
from resolutionflow.platform.db.embedded import EmbeddedPostgresError
from resolutionflow.platform.db.roles import UnsafeRole
from resolutionflow.platform.settings import LOOPBACK, Settings, SettingsError, load

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="ResolutionFlow: escalations that arrive live."
)
cli.add_typer(playbooks, name="playbooks")
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port; 0 takes a free one.", min=0, max=65_535)]
DataDir = Annotated[Path | None, typer.Option(help="Where the embedded database and the keys lie.")]


def _settings(data_dir: Path | None = None) -> Settings:
    settings = load(**({"data_dir": data_dir} if data_dir else {}))
    logs.configure(settings.log_format)
    return settings


def _say(sentence: str) -> None:
    print(sentence, flush=True)


@cli.command()
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    data_dir: DataDir = None,
    demo: Annotated[bool, typer.Option(help="Load the demo account and show its sign-ins (loopback only).")] = False,
) -> None:
    """Migrate, then web and worker in one process; without a database URL on the embedded PostgreSQL."""
    server.end_cleanly_on_signals()
    settings = _settings(data_dir)
    if demo and host not in LOOPBACK:
        raise SettingsError("--demo shows sign-ins to everybody and is only for 127.0.0.1; leave --host away.")
    listener = server.listen(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}"
    if "public_url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"public_url": address})
    _say("Starting the database …")
    with places.database(settings) as found:
        places.migrated(found)
        if demo:
            _say("Loading the demo account …")
            asyncio.run(story.tell(build(settings, found.app_url), found.owner_url))
        _say(f"\nResolutionFlow is at {address}\n")
        if demo:
            _say(people.sheet())
        server.run(settings, found.app_url, listener, worker=True, demo=people.demo_sign_ins() if demo else None)


@cli.command()
def web(host: Host = "127.0.0.1", port: Port = 8000, data_dir: DataDir = None) -> None:
    """The web process alone; run `worker` beside it."""
    server.end_cleanly_on_signals()
    settings = _settings(data_dir)
    listener = server.listen(host, port)
    with places.database(settings) as found:
        server.run(settings, found.app_url, listener, worker=False)


@cli.command()
def worker(data_dir: DataDir = None) -> None:
    """The worker alone: reactions after the commit, and the clock's work."""
    settings = _settings(data_dir)

    async def work(url: str) -> None:
        async with opened(build(settings, url), web=False, worker=False) as runtime:
            await work_forever(runtime.queue, signals=True)

    with places.database(settings) as found:
        asyncio.run(work(found.app_url))


@cli.command()
def migrate(data_dir: DataDir = None) -> None:
    """Bring the database to this version (RESOLUTIONFLOW_DATABASE_OWNER_URL, or the embedded one)."""
    settings = _settings(data_dir)
    with places.database(settings) as found:
        if found.owner_url is None:
            raise SettingsError("RESOLUTIONFLOW_DATABASE_OWNER_URL is needed to migrate: the role that owns the database.")
        places.migrated(found)
    _say("The database is up to date.")


@cli.command()
def demo(data_dir: DataDir = None) -> None:
    """Load the demo account into the database without serving it."""
    settings = _settings(data_dir)
    if settings.is_production:
        raise SettingsError("The demo account is not for production.")
    with places.database(settings) as found:
        places.migrated(found)
        asyncio.run(story.tell(build(settings, found.app_url), found.owner_url))
    _say(people.sheet())


@cli.command()
def doctor(data_dir: DataDir = None) -> None:
    """Check every configured part and say what is wrong."""
    findings = asyncio.run(doctor_.examine(_settings(data_dir)))
    for finding in findings:
        _say(f"{'ok  ' if finding.ok else 'FAIL'} {finding.part}: {finding.sentence}")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@cli.command()
def events() -> None:
    """The table of facts: where each goes and what reacts to it."""
    reactions.checked()
    for fact, goes, within, on in reactions.table():
        _say(f"{fact:<24} {goes:<14} within: {', '.join(within) or '–'}   on: {', '.join(on) or '–'}")


@cli.command()
def openapi(out: Annotated[Path | None, typer.Option(help="File to write; standard output without it.")] = None) -> None:
    """The API document."""
    settings = Settings(_env_file=None, secret_key=SecretStr("nothing is signed with it"))
    api = create_api(build(settings, "postgresql+psycopg://"), worker=False, demo=None)
    text = json.dumps(api.openapi(), indent=1, ensure_ascii=False) + "\n"
    if out is None:
        _say(text.rstrip())
    else:
        out.write_text(text)


def main() -> None:
    """What an operator did wrong is one sentence, not a traceback."""
    try:
        cli()
    except (SettingsError, UnsafeRole, EmbeddedPostgresError, PlaybookError, EvaluationError) as error:
        print(f"resolutionflow: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except OSError as error:
        if error.errno is None:
            raise
        print(f"resolutionflow: {error.strerror}: is another program using this address? Try --port 0.", file=sys.stderr)
        raise SystemExit(2) from None

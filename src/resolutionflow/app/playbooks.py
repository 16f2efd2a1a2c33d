"""The commands `resolutionflow playbooks …`: check the built-in assistant's data, and measure and train its recognition."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from resolutionflow.assistant.kinds import NAMES
from resolutionflow.assistant.playbooks.check import dead_ends
from resolutionflow.assistant.playbooks.library import PlaybookError, load, shipped
from resolutionflow.assistant.playbooks.recognition import evaluation
from resolutionflow.assistant.playbooks.recognition import recognise as recognised
from resolutionflow.assistant.playbooks.schema import Playbook

playbooks = typer.Typer(no_args_is_help=True, help="Check the built-in assistant, and measure how well it recognises problems.")
Tickets = Annotated[Path, typer.Argument(help="Tickets as JSON lines with body, kind and, where known, subject, origin, source.")]
_SHOWN = 3


@playbooks.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(exists=True, file_okay=False, help="Folder of playbooks; without it those that are shipped.")
    ] = None,
) -> None:
    """Walk every branch of every playbook and say what leads nowhere."""
    try:
        books = load(folder) if folder else shipped()
    except PlaybookError as error:
        typer.echo(str(error))
        raise typer.Exit(1) from None
    is_well = True
    for playbook in books.values():
        typer.echo(f"{playbook.kind}: {_counts(playbook)} … ", nl=False)
        found = dead_ends(playbook)
        typer.echo("no dead ends" if not found else "\n  " + "\n  ".join(found))
        is_well = is_well and not found
    raise typer.Exit(0 if is_well else 1)


def _counts(playbook: Playbook) -> str:
    return (
        f"{len(playbook.symptoms)} symptoms, {len(playbook.questions)} questions, {len(playbook.causes)} causes, "
        f"{len(playbook.actions)} actions, {len(playbook.stops)} stops"
    )


@playbooks.command()
def evaluate(file: Tickets) -> None:
    """Cross-validate recognition on tickets, beside naive Bayes and the largest kind."""
    for line in evaluation.evaluate(file).lines():
        typer.echo(line)


@playbooks.command()
def train(
    file: Tickets,
    out: Annotated[Path | None, typer.Option(help="File to write; without it the weights that are shipped.")] = None,
) -> None:
    """Learn the weights of recognition from tickets and the vocabulary."""
    target = out or Path(str(files("resolutionflow.assistant.playbooks.recognition") / "weights.json"))
    try:
        count = evaluation.train(file, target)
    except OSError as error:
        raise evaluation.EvaluationError(f"{target} cannot be written: {error.strerror}.") from None
    typer.echo(f"Learnt from {count} tickets; the weights are in {target}.")


@playbooks.command()
def recognise(text: str) -> None:
    """What kind of problem a text is about, and which words decided."""
    seen = recognised(text)
    typer.echo(f"{NAMES[seen.kind] if seen.kind else 'Nothing is recognised'} ({'sure' if seen.sure else 'not sure'})")
    for kind, chance in seen.ranked[:_SHOWN]:
        typer.echo(f"  {chance:>4.0%} {kind}")
    if seen.words:
        typer.echo(f"Words that decided: {', '.join(f'{word} {weight:+.2f}' for word, weight in seen.words)}")

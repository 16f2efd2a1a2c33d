"""`python -m bench [post] [delivery] [streams] [reply] [--quick] [--write]`: the product beside a peer of the same minutes."""

import argparse
import sys
from datetime import UTC, datetime

from bench import conversing, delivering, fanning_out, handing_off, machine, peers, product, report
from bench.findings import Finding, table
from bench.ground import Ground, prepared
from bench.machine import Skipped

PARTS = ("post", "delivery", "streams", "reply")


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="part", help=f"{', '.join(PARTS)}; all without any")
    asked.add_argument("--quick", action="store_true", help="few rounds: shows that it works, not how fast")
    asked.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    arguments = asked.parse_args()
    if unknown := set(arguments.parts) - set(PARTS):
        asked.error(f"{', '.join(sorted(unknown))}: not one of {', '.join(PARTS)}")
    parts = arguments.parts or list(PARTS)
    machine.allow_many_files()
    began, load = datetime.now(UTC), machine.load_average()
    findings: list[Finding] = []
    skipped = peers.missing()
    with prepared() as ground:
        for part in parts:
            print(f"{part} …", file=sys.stderr, flush=True)
            try:
                findings += _measured(part, ground, quick=arguments.quick)
            except Skipped as reason:
                skipped.append(f"{part} is skipped: {reason}.")
        conditions = machine.description(ground.version())
    print(table(findings))
    print("\n".join(["", *conditions, f"Load average {load} before, {machine.load_average()} after.", *skipped]))
    if arguments.write:
        if skipped or arguments.quick or set(parts) != set(PARTS):
            sys.exit("Not written: the table in docs/performance.md has every part, none of them skipped or quick.")
        report.write(table(findings), conditions, began=began, load=(load, machine.load_average()))


def _measured(part: str, ground: Ground, *, quick: bool) -> list[Finding]:
    if part == "post":
        return handing_off.measure(ground, rounds=3 if quick else 15, handoffs=20 if quick else 40)
    if part == "reply":
        return conversing.measure(ground, rounds=1 if quick else 5, calls=5 if quick else 20)
    client = machine.client()
    event = product.specimen(ground)
    if part == "delivery":
        return delivering.measure(ground, client, event, rounds=1 if quick else 3, events=50 if quick else 400)
    return fanning_out.measure(ground, client, event, rounds=1 if quick else 3, streams=1000, events=10 if quick else 40)


if __name__ == "__main__":
    main()

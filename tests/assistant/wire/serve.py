"""`python -m tests.assistant.wire.serve --port 0 --protocol openai`: prints the base URL and answers sensibly until it is stopped."""

import argparse
import asyncio
from contextlib import suppress

from tests.assistant.wire.protocols import PROTOCOLS
from tests.assistant.wire.server import serving


async def serve(arguments: argparse.Namespace) -> None:
    async with serving(arguments.protocol, *arguments.script, port=arguments.port, slowness=arguments.slowness) as wire:
        print(wire.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--protocol", choices=PROTOCOLS, default="anthropic")
    parser.add_argument("--script", nargs="*", default=["slow"], help="what is done to each request, the last going on")
    parser.add_argument("--slowness", type=float, default=0.02, help="seconds between two pieces")
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(parser.parse_args()))

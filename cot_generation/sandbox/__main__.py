"""`python -m cot_generation.sandbox`: the sandbox endpoint as a process of its own."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Sequence

from cot_generation.sandbox.server import Options, Sandbox
from cot_generation.sandbox.wire import listen


def share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("a share lies between 0 and 1")
    return value


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m cot_generation.sandbox", description="A model endpoint that needs no model."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8790, help="0 takes a free one and prints it")
    parser.add_argument(
        "--key", default=os.environ.get("SANDBOX_KEY") or "sandbox", help="the bearer key it wants (else SANDBOX_KEY)"
    )
    parser.add_argument("--skill", type=share, default=0.85, help="how often a cell is judged rightly")
    parser.add_argument("--latency-ms", type=float, default=150.0, help="mean time to an answer, 20 %% either way")
    parser.add_argument("--failure-rate", type=share, default=0.02, help="share of requests that go wrong")
    parser.add_argument("--batch-seconds", type=float, default=3.0, help="how long a batch waits before its turn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--truth",
        nargs="*",
        default=[],
        metavar="[SLUG=]PATH",
        help="truth.jsonl files or folders of them; read again when they change",
    )
    return parser.parse_args(arguments)


async def serve(given: argparse.Namespace) -> None:
    options = Options(
        key=given.key,
        skill=given.skill,
        latency_ms=given.latency_ms,
        failure_rate=given.failure_rate,
        seed=given.seed,
        batch_seconds=given.batch_seconds,
        truth=tuple(given.truth),
    )
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    server = await listen(Sandbox(options), given.host, given.port)
    port = server.sockets[0].getsockname()[1]
    sys.stdout.write(f"The sandbox endpoint answers at http://{given.host}:{port}/v1\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()


if __name__ == "__main__":
    try:
        asyncio.run(serve(parse(sys.argv[1:])))
    except OSError as error:
        sys.exit(f"The sandbox cannot listen: {error.strerror}. Choose another --port.")

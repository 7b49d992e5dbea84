"""The words of `./loupe`.

Belongs here: choosing what to do and turning a Problem into one sentence and a status.
Does not: doing it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from config.launcher import paths, say
from config.launcher.say import Problem

HELP = """\
Usage: ./loupe WORD …

  demo [--detach]     everything from an empty clone: environment, database, pages, a demo project; prints the address
  test [WHAT …]       install what is missing and run every check; WHAT selects (tests/annotation), --fast leaves out
                      browser and trainer
  up [--detach]       the same services without the demo
  down                stop what runs in this folder
  status              what runs where
  manage …            manage.py with the services' addresses
  check               format, lint, types, borders, generated files; nothing is changed
  fix                 formatters
  types               write the OpenAPI file and the TypeScript types again
  bench NAME …        a benchmark: --size N, --write records it in docs/experiments
  trainer …           the trainer's command line in its own environment
  help                this
"""


def main(arguments: list[str]) -> int:
    """The exit status."""
    os.environ.setdefault("LOUPE_STARTED_AT", str(time.time()))
    word, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if word in {"help", "--help", "-h"}:
        print(HELP)
        return 0
    try:
        return _do(word, rest)
    except Problem as problem:
        say.error(f"loupe: {problem}")
        return 1
    except KeyboardInterrupt:
        return 130


def _do(word: str, rest: list[str]) -> int:
    from config.launcher import environment

    if word in {"demo", "up"}:
        from config.launcher import state, up

        _only(word, rest, {"--detach"})
        if "--detach" in rest:
            return up.detach(word)
        _check_var()
        if other := state.running():
            where = f" at {other['url']} (process {other['pid']})" if other.get("url") else ""
            raise Problem(f"Loupe already runs in this folder{where}. Open that, or stop it with ./loupe down.")
        environment.ensure("platform")
        environment.enter()
        return up.run(demo=word == "demo")
    if word in {"down", "status"}:
        from config.launcher import up

        _only(word, rest, set())
        return up.down() if word == "down" else up.status()
    if word == "manage":
        from config.launcher import manage

        environment.ensure("platform")
        environment.enter()
        return manage.run(rest)
    if word in {"test", "check", "fix", "types"}:
        from config.launcher import checks

        environment.ensure("dev")
        environment.enter()
        return checks.run(word, rest)
    if word == "bench":
        from config.launcher import manage

        environment.ensure("dev")
        environment.enter()
        return manage.bench(rest)
    if word == "trainer":
        python = environment.ensure_trainer()
        argv = [python, "-m", "training_bridge.trainer", *rest]
        return subprocess.run(argv, cwd=paths.ROOT, env=paths.contained(), check=False).returncode
    say.error(f"loupe: there is no word {word!r}.\n\n{HELP}")
    return 2


def _only(word: str, rest: list[str], allowed: set[str]) -> None:
    if unknown := [each for each in rest if each not in allowed]:
        raise Problem(f"./loupe {word} does not know {' '.join(unknown)}. See ./loupe help.")


def _check_var() -> None:
    from config.launcher import state

    state.load()
    if not os.access(paths.VAR, os.W_OK):
        raise Problem(f"{paths.VAR} cannot be written to; change its owner, or move it away, and run this again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

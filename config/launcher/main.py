"""The words of `./loupe`.

Belongs here: choosing what to do and turning a Problem into one sentence and a status.
Does not: doing it.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

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
  types               write the OpenAPI file, the TypeScript types and the compiled Chinese again
  bench NAME …        a benchmark: --size N, --write records it in docs/experiments
  trainer …           the trainer's command line in its own environment (--install: only make that environment)
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
        _read_secret_files()
        return _do(word, rest)
    except Problem as problem:
        say.error(f"loupe: {problem}")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _do(word: str, rest: list[str]) -> int:
    from config.launcher import environment, state

    if word in {"demo", "up"}:
        from config.launcher import up

        _only(word, rest, {"--detach"})
        state.load()  # a damaged var/ is said before anything is installed
        if "--detach" in rest:
            return up.detach(word)
        state.take_lock(word=word)
        environment.ensure("platform")
        environment.enter()
        return up.run(demo=word == "demo")
    if word in {"down", "status"}:
        from config.launcher import up

        _only(word, rest, set())
        return up.down() if word == "down" else up.status()
    if word == "manage":
        from config.launcher import manage

        say.aside()
        environment.ensure("platform")
        environment.enter()
        return manage.run(rest)
    if word in {"test", "check", "fix", "types"}:
        from config.launcher import checks, testing

        environment.ensure("dev")
        environment.enter()
        if word == "test":
            return testing.run(rest)
        _only(word, rest, set())
        return {"check": checks.check, "fix": checks.fix, "types": checks.types}[word]()
    if word == "bench":
        from config.launcher import manage

        say.aside()
        environment.ensure("dev")
        environment.enter()
        return manage.bench(rest)
    if word == "trainer":
        return _trainer(rest)
    say.error(f"loupe: there is no word {word!r}.\n\n{HELP}")
    return 2


def _trainer(rest: list[str]) -> int:
    from config.launcher import environment

    say.aside()
    python = environment.ensure_trainer()
    if rest == ["--install"]:
        return 0
    # This process becomes the trainer, so that SIGTERM and Ctrl-C reach it and it can save before it ends.
    env = {**paths.contained(), "PYTHONPATH": str(paths.ROOT)}
    return os.execve(python, [python, "-m", "training_bridge.trainer", *rest], env)  # noqa: S606  (no shell is wanted)


def _read_secret_files() -> None:
    """`DATABASE_URL_FILE` and its kind: from here on the value itself, as if it had been set."""
    for name in ("DATABASE_URL", "BROKER_URL", "STORAGE_URL", "SECRET_KEY", "ENCRYPTION_KEY"):
        file = os.environ.get(f"{name}_FILE")
        if file and name not in os.environ:
            try:
                os.environ[name] = Path(file).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise Problem(f"{name}_FILE cannot be read ({error.strerror}: {file}); correct the path.") from None


def _only(word: str, rest: list[str], allowed: set[str]) -> None:
    if unknown := [each for each in rest if each not in allowed]:
        raise Problem(f"./loupe {word} does not know {' '.join(unknown)}. See ./loupe help.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

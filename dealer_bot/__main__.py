"""`python -m dealer_bot`: a Python that can't run it says which one can."""

import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
OURS = ("dealer_bot", "database")


def where_it_runs() -> str:
    """The program in the project's own environment, if there is one and this is not it; else nothing."""
    for place in (".venv/bin/python", ".venv/Scripts/python.exe"):
        python = HOME / place
        if python.exists() and Path(sys.prefix).resolve() != python.parent.parent.resolve():
            return f"{python} -m dealer_bot"
    return ""


def start() -> int:
    """Run the command. What it needs is imported when it needs it, so any library may turn out to be missing."""
    try:
        from dealer_bot.cli.entry import main

        return main()
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] in OURS:
            raise
        way_out = where_it_runs() or f"{sys.executable} -m pip install -r {HOME / 'requirements.txt'}"
        sys.exit(f"dealer_bot: у этого Python нет библиотеки {missing.name}; выполните {way_out}")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - who starts it by hand may have an older one
        sys.exit(
            f"dealer_bot: нужен Python 3.11 или новее, а это {sys.version.split()[0]}; {where_it_runs()}".rstrip("; ")
        )
    sys.exit(start())

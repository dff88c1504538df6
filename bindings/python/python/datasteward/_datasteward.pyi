"""The compiled half: text and bytes in, JSON text out."""

from collections.abc import Sequence

__all__ = [
    "DataError",
    "OptionError",
    "__version__",
    "check",
    "check_with_data",
    "explain",
    "fix",
    "inspect",
    "render",
    "rules",
]

__version__: str

class OptionError(ValueError):
    """An option, a rule or a form that datasteward does not know."""

class DataError(ValueError):
    """Data that cannot be read, or that belongs to none of the records."""

def check(documents: Sequence[tuple[str, bytes, bool]], options: str) -> str: ...
def check_with_data(
    documents: Sequence[tuple[str, bytes, bool]], options: str, name: str, bytes: bytes | None
) -> str: ...
def inspect(documents: Sequence[tuple[str, bytes, bool]], options: str) -> str: ...
def fix(
    document: tuple[str, bytes, bool], options: str, unsafe_too: bool, only: list[str]
) -> str: ...
def explain(rule: str) -> str: ...
def rules() -> str: ...
def render(report: str, form: str) -> str: ...

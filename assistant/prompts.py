"""What is said to language models: one Markdown file per call, with the variables it takes named in its header.

A file begins with a line `variables: one, two` (or `variables: none`) and an empty line; a variable stands in the text
as {{one}}.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_PACKAGED = Path(__file__).with_name("_prompts")
_CHECKOUT = Path(__file__).parent.parent / "prompts"
_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_HEADER = re.compile(r"variables:[ ]*(.+)\n\n")


class Prompt(NamedTuple):
    """A prompt's text and the variables that its header declares."""

    name: str
    variables: frozenset[str]
    text: str

    def filled(self, **values: str) -> str:
        """The text with every variable replaced. Raises ValueError unless exactly the declared ones are given."""
        if set(values) != self.variables:
            raise ValueError(
                f"the prompt “{self.name}” takes {', '.join(sorted(self.variables)) or 'no variables'}; "
                f"given: {', '.join(sorted(values)) or 'none'}"
            )
        return _VARIABLE.sub(lambda match: values[match[1]], self.text)


@lru_cache(maxsize=32)
def load_prompt(name: str) -> Prompt:
    """The prompt of this name: from the installed package, or from the checkout that the package lies in.

    Raises FileNotFoundError; ValueError when header and text name different variables.
    """
    folder = next((each for each in (_PACKAGED, _CHECKOUT) if (each / f"{name}.md").is_file()), None)
    if folder is None:
        raise FileNotFoundError(f"there is no prompt “{name}” in {_PACKAGED} or {_CHECKOUT}")
    return read_prompt(name, (folder / f"{name}.md").read_text(encoding="utf-8"))


def read_prompt(name: str, written: str) -> Prompt:
    """A prompt from the text of its file. Raises ValueError."""
    header = _HEADER.match(written)
    if header is None:
        raise ValueError(f"the prompt “{name}” does not begin with the line “variables: …” and an empty one")
    declared = frozenset(word.strip() for word in header[1].split(",")) - {"none"}
    text = written[header.end() :].strip()
    used = frozenset(_VARIABLE.findall(text))
    if declared != used:
        raise ValueError(f"the prompt “{name}” declares {sorted(declared)} and uses {sorted(used)}")
    return Prompt(name, declared, text)


def prompt(name: str, **values: str) -> str:
    """The text of a prompt with its variables filled in. Raises as `load_prompt` and `Prompt.filled`."""
    return load_prompt(name).filled(**values)

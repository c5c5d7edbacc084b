"""The step of the build that turns every `.po` into a `.mo`. Only the build loads this file, on its own."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface[BuilderConfig]):
    """Compiles the catalogues next to their sources, for wheels and editable installs alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Runs before the files of a wheel are collected."""
        for source in Path(self.root).glob("pipetui/language/locales/*/LC_MESSAGES/*.po"):
            with source.open("rb") as file:
                messages = read_po(file)
            with source.with_suffix(".mo").open("wb") as file:
                write_mo(file, messages)

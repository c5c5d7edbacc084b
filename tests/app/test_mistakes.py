"""Mistakes of ours: one sentence, details in the log, and the app goes on."""

from pathlib import Path

import pytest

from pipetui.app.app import PipetuiApp

from .making import SMALL, seat

Unforeseen = list[BaseException]


async def test_an_action_that_fails_is_told_and_the_app_goes_on(
    deals: Path, own_world: Path, unforeseen: Unforeseen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_app: PipetuiApp) -> None:
        raise LookupError("[/] nobody foresaw this")

    monkeypatch.setattr(PipetuiApp, "action_keys", broken)
    async with seat(deals, SMALL) as someone:
        await someone.press("?")
        assert someone.toast.startswith("Something went wrong that should not have.")
        log = own_world / "state" / "pipetui" / "pipetui.log"
        assert str(log) in someone.toast
        assert "LookupError: [/] nobody foresaw this" in log.read_text(encoding="utf-8")
        await someone.press("l", "h", "L")
        assert "→" in someone.toast
    assert [str(error) for error in unforeseen] == ["[/] nobody foresaw this"]
    unforeseen.clear()

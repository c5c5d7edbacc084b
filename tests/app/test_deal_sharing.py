"""A note written outside of the app, a summary in the clipboard, a plan in a file."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from .making import SMALL, rows, seat

NOTES = "SELECT deal_id, text FROM note ORDER BY id"


@pytest.fixture
def in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that can be given to somebody else, as the headless one of the tests cannot."""
    monkeypatch.setattr(HeadlessDriver, "can_suspend", property(lambda _self: True))
    monkeypatch.setattr(HeadlessDriver, "suspend_application_mode", lambda _self: None)
    monkeypatch.setattr(HeadlessDriver, "resume_application_mode", lambda _self: None)
    monkeypatch.setattr(HeadlessDriver, "no_automatic_restart", lambda _self: nullcontext())


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_a_terminal: None) -> Path:
    """An editor that adds a note, and tells of the file that it was given."""
    script = tmp_path / "my editor.sh"
    lines = (
        "#!/bin/sh",
        f'cp -p "$2" "{tmp_path}/given"',
        f'echo "$2" > "{tmp_path}/where"',
        f'cat "{tmp_path}/note" >> "$2"',
    )
    script.write_text("\n".join(lines))
    script.chmod(0o700)
    (tmp_path / "note").write_text("# Call\n\n- they [b]sign[/b]\x07 on Monday\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")
    return tmp_path


async def test_a_note_from_the_editor(deals: Path, editor: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "enter", "e")
        assert "note kept" in someone.toast
        assert rows(deals, NOTES) == [(6, "# Call\n\n- they [b]sign[/b] on Monday")]
        where = Path((editor / "where").read_text().strip())
        assert not where.exists(), "deleted afterwards"
        assert where.suffix == ".md"
        assert (editor / "given").stat().st_mode & 0o777 == 0o600
        await someone.press("G")
        assert "- they [b]sign[/b] on Monday" in someone.words
        await someone.press("ctrl+z")
        assert "- they" not in someone.words


async def test_nothing_written_is_no_note(deals: Path, editor: Path) -> None:
    (editor / "note").write_text(" \n\n")
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter", "e")
        assert "Nothing was written" in someone.toast
    assert rows(deals, NOTES) == []


async def test_a_note_begun_in_a_line_goes_on_in_the_editor(deals: Path, editor: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "N", *"Begun: ", "ctrl+o")
        assert "note kept" in someone.toast
    assert rows(deals, NOTES) == [(6, "Begun: # Call\n\n- they [b]sign[/b] on Monday")]


async def test_an_editor_that_fails_is_named(
    deals: Path, editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seat(deals) as someone:
        await someone.press("enter")
        for command, why in (("no-such-editor", "No such file"), ("false", "it ended with code 1")):
            monkeypatch.setenv("VISUAL", command)
            await someone.press("e")
            assert f"The editor “{command}” did not do: {why}" in someone.toast
    assert rows(deals, NOTES) == []


async def test_without_an_editor_it_is_said_how_to_name_one(
    deals: Path, in_a_terminal: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    async with seat(deals) as someone:
        await someone.press("enter", "e")
        assert "EDITOR=nano" in someone.toast


async def test_a_terminal_that_cannot_be_given_away(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with seat(deals) as someone:
        await someone.press("enter", "e")
        assert "cannot be given to an editor" in someone.toast
        await someone.press("N", "ctrl+o")
        assert "cannot be given to an editor" in someone.words
        await someone.press(*"short", "enter")
    assert rows(deals, NOTES) == [(1, "short")]


async def test_what_cannot_be_stored_is_not_lost(
    deals: Path, editor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipetui.deals.errors import Problem

    def locked(*_edits: object) -> None:
        raise Problem("The store is locked.")

    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        monkeypatch.setattr(someone.app.session, "apply", locked)
        await someone.press("e")
        assert "The store is locked. What you wrote is kept in" in someone.toast
        where = Path((editor / "where").read_text().strip())
        assert "on Monday" in where.read_text()
        where.unlink()


async def test_the_summary_goes_to_the_clipboard(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter", "y")
        assert "the summary is in the clipboard" in someone.toast
        assert someone.app.clipboard.startswith(
            "Portail fournisseurs (Nordimat), €46,000, in Demo for 31 days"
        )
        assert "\n" not in someone.app.clipboard


async def test_the_plan_is_shared(deals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await someone.press("P", "down", "down", "enter")
        assert "a calendar would be empty" in someone.toast
        await someone.press("t", *"write the offer", "tab", "tab", *"+2w", "enter")
        await someone.press("P", "enter")
        assert "- [ ] " in someone.app.clipboard
        assert "write the offer" in someone.app.clipboard
        await someone.press("P", "down", "enter", "enter")
        assert "Written to" in someone.toast
        assert "write the offer" in (tmp_path / "plan-portail-fournisseurs.md").read_text()
        await someone.press("P", "down", "down", "enter", "enter")
        assert "BEGIN:VEVENT" in (tmp_path / "plan-portail-fournisseurs.ics").read_text()

"""Writing a file whole or not at all."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipetui.deals.errors import Problem
from pipetui.language import _


def write_file(path: Path, data: bytes | Iterable[bytes], *, never: Path | None = None) -> None:
    """Put a file in the place of what stands there; until it is complete, that stays.

    Args:
        path: Where; a link is followed, a device or pipe is written to as it is.
        data: The whole content, or one part after the other.
        never: A file that must not be replaced, such as the store.

    Raises:
        Problem: it cannot be written, or is the store.
    """
    parts = (data,) if isinstance(data, bytes) else data
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise Problem(_("“%(path)s” is a folder: name a file in it.") % {"path": path})
        if never is not None and target.exists() and never.exists() and target.samefile(never):
            raise Problem(_("“%(path)s” is the store itself: name another file.") % {"path": path})
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                device.writelines(parts)
            return
        if target.exists():
            target.open("ab").close()  # what is read-only is meant to stay
        _replace(target, parts)
    except OSError as error:
        raise Problem(
            _("“%(path)s” cannot be written: %(reason)s.") % {"path": path, "reason": error.strerror or error}
        ) from None


def _replace(target: Path, parts: Iterable[bytes]) -> None:
    draft = target.with_name(f".{target.name[:100]}.{os.getpid()}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise

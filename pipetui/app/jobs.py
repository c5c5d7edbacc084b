"""Slow work off the event loop, and what becomes of mistakes of ours."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from rich.text import Text
from textual.app import App
from textual.worker import WorkerCancelled

from pipetui.app.messages import Failed
from pipetui.app.saying import unexpected
from pipetui.deals.errors import Problem

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

T = TypeVar("T")


class JobsApp(App[None]):
    """An app that runs slow jobs in threads; what goes wrong in a job or an action becomes one sentence."""

    def run_job(self, job: Callable[[], object], *, fatal: bool = False) -> None:
        """Run a job that posts its own result; a failure is posted as `Failed`."""

        def guarded() -> None:
            try:
                job()
            except Problem as problem:
                self.post_message(Failed(str(problem), fatal))
            except Exception as error:
                self.post_message(Failed(unexpected(error), fatal))

        self.run_worker(guarded, thread=True, exit_on_error=False)

    async def off_the_loop(self, job: Callable[[], T]) -> T:
        """What a job leads to.

        Raises:
            Problem: the job's own; for a mistake of ours one that says where it is kept.
        """

        def guarded() -> T | Exception:
            try:
                return job()
            except Exception as error:
                return error

        try:
            result = await self.run_worker(guarded, thread=True, exit_on_error=False).wait()
        except WorkerCancelled:  # the app is closing; what is being written is written to its end
            raise asyncio.CancelledError from None
        if isinstance(result, Problem):
            raise result
        if isinstance(result, Exception):
            raise Problem(unexpected(result)) from result
        return result

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: "DOMNode | None" = None,
        namespaces: "Mapping[str, DOMNode] | None" = None,
    ) -> bool:
        """Do what a key or a command asks for; if that fails, say so and go on."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Exception as error:
            self.post_message(Failed(unexpected(error)))
            return False

    def _fatal_error(self) -> None:
        """End after a mistake that nobody can go on from: with a sentence, where Textual shows the code."""
        if self._exception is not None and not self._exit:
            self.exit(return_code=1, message=Text(unexpected(self._exception)))
            self._close_messages_no_wait()

"""Slow work off the event loop."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from textual.app import App
from textual.worker import WorkerCancelled

from pipetui.app.messages import Failed
from pipetui.app.saying import unexpected
from pipetui.deals.errors import Problem

T = TypeVar("T")


class JobsApp(App[None]):
    """An app that runs slow jobs in threads; what goes wrong in one becomes one sentence."""

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

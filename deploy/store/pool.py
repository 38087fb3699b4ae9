"""Several connections for one login, each lent to one request at a time.

More than there are cores, so that short questions share them with a long one instead of standing behind it, and writers
wait for the disk side by side. A reader's question takes one core, whatever else is idle.
"""

import asyncio
from collections.abc import Callable, Sequence

from deploy.store.session import Answer, Session


class Pool:
    """Lends whichever session is free."""

    def __init__(self, sessions: Sequence[Session]) -> None:
        self._free: asyncio.LifoQueue[Session] = asyncio.LifoQueue()
        for session in sessions:
            self._free.put_nowait(session)

    async def run(self, work: Callable[[Session], Answer]) -> Answer:
        """Do the work on a free session, off the event loop. It is finished even if the caller goes away."""
        session = await self._free.get()
        task = asyncio.create_task(asyncio.to_thread(work, session))
        task.add_done_callback(lambda _: self._free.put_nowait(session))
        return await asyncio.shield(task)

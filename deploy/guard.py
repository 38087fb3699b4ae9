"""Runs a command that must not outlive its starter: `guard.py STARTER_PID NICE COMMAND…`, as a script.

A script that replaces itself instead of code between fork and exec, which is unsafe in a program with
threads. The kernel keeps the promise, also when the starter is killed with -9, and keeps it across exec.
"""

import ctypes
import os
import signal
import sys
from contextlib import suppress

PR_SET_PDEATHSIG = 1


def main(starter: int, nice: int, command: list[str]) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != starter:  # it died before the promise was made
        sys.exit(1)
    if nice:
        stand_back(nice)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec would pass that on
    os.execvp(command[0], command)  # noqa: S606


def stand_back(nice: int) -> None:
    """Linux shares the processors among sessions first, where it is so set, and within them by niceness.

    Each child has a session of its own, so that its niceness alone would change nothing.
    """
    now = os.nice(nice)
    with suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as session:  # noqa: PTH123
        session.write(str(now))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])

"""Runs a command that must not outlive its starter: `guard.py STARTER_PID COMMAND…`, as a script.

A script that replaces itself instead of code between fork and exec, which is unsafe in a program with
threads. The kernel keeps the promise, also when the starter is killed with -9, and keeps it across exec.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(starter: int, command: list[str]) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != starter:  # it died before the promise was made
        sys.exit(1)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and exec would pass that on
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])

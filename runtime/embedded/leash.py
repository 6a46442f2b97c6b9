"""Put a child on a leash, then become it. A script, run by path, never imported.

    python -I -S leash.py PARENT SIGNAL ACCOUNT -- PROGRAM ARGUMENT ...

A separate step between fork and the real program, because code run in the fork of a
program with threads may deadlock. It drops root's rights to ACCOUNT (`uid:gid`, or
`-` to stay), asks Linux to send SIGNAL when PARENT dies, and executes PROGRAM under
the same process id. On other systems orphans are ended at the next start instead.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def main() -> None:
    """Read the arguments, take the leash, execute the program."""
    parent, death_signal, account = sys.argv[1:4]
    program = sys.argv[5:]
    os.umask(0o077)
    if account != "-":
        _drop(*(int(part) for part in account.split(":")))
    if sys.platform == "linux":
        # After the change of account: that change would clear the setting.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != int(parent):  # the parent died before the leash was on
            os._exit(1)
    os.execv(program[0], program)  # noqa: S606  # the caller's own argument list


def _drop(uid: int, gid: int) -> None:
    """Give up root's rights for good; the order matters."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


if __name__ == "__main__":
    main()

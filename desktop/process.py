"""Keeping the memory of this process to itself: no core dump, no reading by other processes.

It raises the cost for another program of the same user; an administrator can still read all.
"""

from __future__ import annotations

import ctypes
import sys

_PR_SET_DUMPABLE = 4
_PT_DENY_ATTACH = 31
_SEM_FAILCRITICALERRORS = 0x0001
_SEM_NOGPFAULTERRORBOX = 0x0002


def harden_process() -> bool:
    """Turn dumps off and keep other processes of this user out; call it before any key is there.

    True if the system took every step. On Windows (not yet tried on a real one) it turns off the
    error report that would hold memory, and no more.
    """
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS | _SEM_NOGPFAULTERRORBOX)
        return True
    return _no_core_dump() and _no_reading()


if sys.platform != "win32":
    import resource

    def _no_core_dump() -> bool:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)

    def _no_reading() -> bool:
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.ptrace(_PT_DENY_ATTACH, 0, 0, 0) == 0)
        return bool(library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)

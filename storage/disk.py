"""What a full disk looks like."""

from __future__ import annotations

import errno

# EFBIG: a limit on the size of files, as an administrator may set one.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_full(error: OSError) -> bool:
    """Whether there was no room, rather than no right or no device."""
    return error.errno in _FULL

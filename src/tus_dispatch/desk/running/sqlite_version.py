"""Which SQLite libraries damage a file that two processes write to and checkpoint at once."""

Version = tuple[int, int, int]

FIRST_SOUND: Version = (3, 51, 3)
# Older branches in which the fault was mended, with the first sound release of each.
_MENDED = {(3, 50): 7, (3, 44): 6}
_FIRST_WITH_LOG: Version = (3, 7, 0)


def has_log_reset_fault(version: Version) -> bool:
    """Tell whether a library can reset its write-ahead log while another process writes.

    Parameters
    ----------
    version
        As ``sqlite3.sqlite_version_info``.

    Returns
    -------
    bool
        Then one process alone may write; ours always does.

    Examples
    --------
    >>> [has_log_reset_fault(v) for v in ((3, 40, 1), (3, 44, 6), (3, 50, 6), (3, 51, 3))]
    [True, False, True, False]
    """
    if version >= FIRST_SOUND or version < _FIRST_WITH_LOG:
        return False
    mended_from = _MENDED.get(version[:2])
    return mended_from is None or version[2] < mended_from

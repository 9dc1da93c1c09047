"""Codes from a phone: valid half a minute, taken once."""

import hmac

import pyotp

_STEP_S = 30
_ISSUER = "tus-dispatch"


def enrolment_uri(secret: str, login: str) -> str:
    """Return what a phone reads as a QR code.

    Parameters
    ----------
    secret
        Base32.
    login
        Shown on the phone.

    Returns
    -------
    str
        ``otpauth://…``.
    """
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)


def step_of(code: str, secret: str, now_at: int, last_step: int | None) -> int | None:
    """Return the half minute a code stands for, if it may be taken now.

    Parameters
    ----------
    code
        Six digits.
    secret
        Base32.
    now_at
        UTC epoch seconds.
    last_step
        The half minute of the last code taken, or None.

    Returns
    -------
    int or None
        To be kept as the last one; None for a wrong, late or repeated code.
        A clock may be off by one half minute.
    """
    totp, here = pyotp.TOTP(secret), now_at // _STEP_S
    found = None
    for step in (here - 1, here, here + 1):
        # All three are compared, so that the time taken says nothing.
        if hmac.compare_digest(totp.at(step * _STEP_S).encode(), code.encode()):
            found = step
    return None if found is None or (last_step is not None and found <= last_step) else found

"""Passwords and codes: how they are kept, and when they count."""

from pyotp import TOTP

from tus_dispatch.desk import passwords, second_factor
from tus_dispatch.desk.tokens import derived_password, derived_pin, derived_token, new_token

KEY = bytes(range(32))


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own() -> None:
    first, second = passwords.hashed("quatre chaises"), passwords.hashed("quatre chaises")

    assert first.startswith("$argon2id$")
    assert first != second
    assert passwords.matches("quatre chaises", first) == (True, None)
    assert passwords.matches("quatre chaise", first) == (False, None)


def test_nobody_has_no_password_that_matches() -> None:
    assert passwords.matches("anything", None) == (False, None)


def test_ten_failures_take_longer_than_an_hour_and_the_first_three_nothing() -> None:
    delays = [passwords.delay_s(failures) for failures in range(1, passwords.MOST_TRIES + 1)]

    assert delays[:3] == [0, 0, 0]
    assert delays == sorted(delays)
    assert delays[-1] == 3600


def test_no_code_opens_twice_and_none_after_a_later_one() -> None:
    secret, now_at = "JBSWY3DPEHPK3PXP" * 2, 1_774_429_200
    here = now_at // 30
    wrong = [second_factor.step_of(each, secret, now_at, None) for each in ("", "12345", "é12345")]

    code = TOTP(secret).at(now_at)

    assert wrong == [None, None, None]
    assert second_factor.step_of(code, secret, now_at, None) == here
    assert second_factor.step_of(code, secret, now_at, here) is None
    assert second_factor.step_of(code, secret, now_at, here - 1) == here


def test_derived_words_are_the_same_for_one_name_and_differ_by_name_purpose_and_key() -> None:
    words = {
        derived_token(KEY, "link", "a"),
        derived_token(KEY, "link", "a"),
        derived_token(KEY, "link", "b"),
        derived_token(KEY, "token", "a"),
        derived_token(bytes(32), "link", "a"),
    }

    assert len(words) == 4
    assert {len(each) for each in words} == {43}


def test_new_tokens_are_256_bits_and_never_the_same() -> None:
    assert len({new_token() for _ in range(1000)}) == 1000
    assert len(new_token()) == 43


def test_pins_are_six_digits_and_first_passwords_can_be_read_out() -> None:
    assert all(
        len(pin) == 6 and pin.isdigit() for pin in (derived_pin(KEY, str(n)) for n in range(200))
    )
    assert passwords.weakness(derived_password(KEY, "a"), "lea") is None

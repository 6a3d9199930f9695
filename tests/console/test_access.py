"""The token lets programs in; a one-time link lets a browser in."""

from console.access import Access


def test_only_the_token_is_taken() -> None:
    access = Access("right")
    assert access.token_is("right")
    assert not access.token_is("wrong")
    assert not access.token_is("错")


def test_a_code_starts_one_session() -> None:
    access = Access("token")
    code = access.new_code()
    session = access.use_code(code)
    assert session
    assert access.session_is_open(session)
    assert access.use_code(code) is None


def test_a_made_up_session_is_refused() -> None:
    access = Access("token")
    for cookie in ("", "a", "a.b", "a.9999999999.f", "员.9999999999.工"):
        assert not access.session_is_open(cookie)


def test_a_session_outlives_a_restart_but_not_a_new_token() -> None:
    access = Access("token")
    session = access.use_code(access.new_code()) or ""
    assert Access("token").session_is_open(session)
    assert not Access("another").session_is_open(session)

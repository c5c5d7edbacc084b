import pytest

from pipetui.exchange.exporting.markdown import escaped


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("R&D, 50 % (2026)!", "R&D, 50 % (2026)!"),
        ("**bold** _it_ `code` ~no~", r"\*\*bold\*\* \_it\_ \`code\` \~no\~"),
        ("[x](http://x) | <b> # \\", r"\[x\](http://x) \| \<b\> \# " + "\\\\"),
        ("&copy; &#60;b&#62; &x", r"\&copy; \&#60;b\&#62; &x".replace("#", r"\#")),
        (" two\n\nlines\t", "two lines"),
        ("46\u202f000\u00a0€", "46\u202f000\u00a0€"),
    ],
)
def test_text_is_shown_as_it_is(text: str, markdown: str) -> None:
    assert escaped(text) == markdown

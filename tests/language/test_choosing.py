"""Which language is spoken."""

import pytest

from pipetui.language import _, choose, current, labelled, ngettext, quoted, use


@pytest.mark.parametrize(
    ("wanted", "environ", "spoken"),
    [
        (None, {}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "fr"),
        (None, {"LANG": "fr_CA"}, "fr"),
        (None, {"LANG": "fr_FR@euro"}, "fr"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "POSIX", "LANGUAGE": "fr"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        (None, {"LANG": "fr_FR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        (None, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        (None, {"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ("fr", {"LANG": "en_GB.UTF-8"}, "fr"),
        ("FR-fr", {}, "fr"),
        ("en", {"LANG": "fr_FR.UTF-8"}, "en"),
        ("de", {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_wanted_language_then_the_locale_then_english(
    wanted: str | None, environ: dict[str, str], spoken: str
) -> None:
    assert choose(wanted, environ) == spoken


def test_messages_follow_the_language() -> None:
    assert _("Discovery") == "Discovery"
    use("fr")
    assert current() == "fr"
    assert _("Discovery") == "Découverte"
    use("en")
    assert _("Discovery") == "Discovery"


def test_what_the_catalogue_lacks_is_shown_in_english() -> None:
    use("fr")
    assert _("Nobody ever wrote this") == "Nobody ever wrote this"
    assert ngettext("%(n)d fox", "%(n)d foxes", 2) % {"n": 2} == "2 foxes"


def test_quotes_and_colons_are_the_languages_own() -> None:
    assert quoted("100 % [sure]") == "“100 % [sure]”"
    assert labelled("need", "unknown") == "need: unknown"
    use("fr")
    assert quoted("100 % [sure]") == "«\u00a0100 % [sure]\u00a0»"
    assert labelled("besoin", "à qualifier") == "besoin\u00a0: à qualifier"

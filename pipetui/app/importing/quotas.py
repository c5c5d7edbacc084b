"""What is said of an import that brought quotas and no deals."""

from typing import TYPE_CHECKING

from pipetui.language import _, format, ngettext

if TYPE_CHECKING:
    from pipetui.exchange.importing.report import ImportReport


def told(title: str, report: "ImportReport") -> str:
    """How many were set, and what was left out: "quotas.csv: 8 quotas set · ctrl+z undoes"."""
    if not report.quotas:
        said = [_("%(file)s: nothing new; everything in it was known.") % {"file": title}]
    else:
        n = ngettext("%(n)d quota set", "%(n)d quotas set", report.quotas) % {"n": report.quotas}
        said = [_("%(file)s: %(counts)s · ctrl+z undoes") % {"file": title, "counts": n}]
    return " · ".join([*said, *_rejected(report)])


def refused(report: "ImportReport") -> str:
    """Why nothing of a file could be taken; "" if something was, or was known already."""
    if report.new or report.changed or report.unchanged or not report.rejected:
        return ""
    return " · ".join([_("No quota was set."), *_rejected(report)])


def _rejected(report: "ImportReport") -> list[str]:
    """How many rows could not be read, and what is wrong with the first."""
    if not report.rejected:
        return []
    first = report.rejects[0]
    n = report.rejected
    count = ngettext("%(n)s row rejected", "%(n)s rows rejected", n) % {"n": format.number(n)}
    line = _("line %(line)d: %(reason)s") % {"line": first.line, "reason": first.reason}
    return [f"{count} ({line})"]

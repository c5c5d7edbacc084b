"""The texts of the built-in playbook, which is a file in English and is read in the language in use."""

from pipetui.language import N_, _

TEXTS = frozenset(
    {
        # Translators: stages of a sales process.
        N_("Qualification"),
        N_("Discovery"),
        N_("Demo"),
        N_("Proposal"),
        N_("Negotiation"),
        N_("Closing"),
        N_("Won"),
        N_("Lost"),
        # Translators: what must be true before a deal leaves a stage.
        N_("We can say what the buyer needs"),
        N_("There is a first estimate of the amount"),
        N_("The next step has a date"),
        N_("The buyer has confirmed the need"),
        N_("We know who decides"),
        N_("The budget has been spoken about"),
        N_("We know by when the buyer wants to decide"),
        N_("The decision makers saw the demo"),
        N_("The buyer has confirmed who decides"),
        N_("Somebody on the buyer's side speaks for us"),
        N_("We have named what could go wrong"),
        N_("The buyer has confirmed the budget"),
        N_("The buyer has confirmed the timeline"),
        N_("The sponsor has confirmed to us that they want this"),
        N_("The buyer has answered the proposal, and we know the objections"),
        N_("Price and terms are agreed"),
        N_("The buyer agrees on what could go wrong and how to avoid it"),
        N_("The buyer has agreed to the next step"),
        # Translators: reasons for which a deal was won or lost.
        N_("Best answer to the need"),
        N_("Price"),
        N_("Relationship"),
        N_("Reference customer"),
        N_("Fastest to deliver"),
        N_("No budget"),
        N_("No decision"),
        N_("Competitor"),
        N_("Missing feature"),
        N_("Bad timing"),
        N_("Solved in-house"),
        N_("Contact gone silent"),
    }
)
"""Stage names, exit criteria and close reasons, as `playbook/default.toml` has them."""


def shown(text: str) -> str:
    """A text of the playbook as shown: a built-in one translated, others as the team wrote them."""
    return _(text) if text in TEXTS else text

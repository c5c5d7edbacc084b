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

PROFILES = frozenset(
    {
        # Translators: what has to be known of a deal (standard, MEDDPICC, BANT, SPICED).
        N_("need"),
        N_("decision makers"),
        N_("budget"),
        N_("timeline"),
        N_("risk"),
        N_("next step"),
        N_("sponsor"),
        N_("metrics"),
        N_("economic buyer"),
        N_("decision criteria"),
        N_("decision process"),
        N_("paper process"),
        N_("pain"),
        N_("champion"),
        N_("competition"),
        N_("authority"),
        N_("situation"),
        N_("impact"),
        N_("critical event"),
        N_("decision"),
        # Translators: what to ask the buyer, or oneself, to learn it.
        N_("What is not working today, and what does that cost them?"),
        N_("Who signs, who is asked before, and who can say no?"),
        N_("How much is set aside, by whom, and what else is it wanted for?"),
        N_("By when do they want to decide, and what happens if they do not?"),
        N_("What could still make this fail, and what would we do then?"),
        N_("What has the buyer agreed to do next, and by which day?"),
        N_("Who speaks for us when we are not in the room, and what do they gain?"),
        N_("Which figure of theirs will be better, by how much, and who has worked that out?"),
        N_("Who can release the money, and have we spoken with them?"),
        N_("By what will they compare the offers, and who has written that down?"),
        N_("Which steps lead to the decision, with whom, and by which day?"),
        N_("What do legal, security and purchasing need, and how long does that take?"),
        N_("What hurts, whom does it hurt, and what happens if nothing changes?"),
        N_("Who has influence, wants us to win, and has done something to show it?"),
        N_("Against whom are we, doing nothing included, and why would we lose?"),
        N_("How do they work today, with what, and with how many people?"),
        N_("What would a solution be worth to them, in money and to the people?"),
        N_("Which day makes this urgent, and what happens if they miss it?"),
        N_("Who decides, by what, and in which steps?"),
    }
)
"""Titles and questions of qualification items, as `playbook/profiles.toml` has them."""


def shown(text: str) -> str:
    """A text of the playbook as shown: a built-in one translated, others as the team wrote them."""
    return _(text) if text in TEXTS or text in PROFILES else text

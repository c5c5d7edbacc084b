"""Any other export: the words that people use for the columns of a deal list, in English and French."""

from pipetui.exchange.importing.presets.base import Preset

PRESET = Preset(
    name="generic",
    title="",
    fields={
        "id": (
            "id", "deal id", "opportunity id", "record id", "external id", "deal number", "opportunity number", "identifiant",
            "id affaire", "id opportunité", "référence", "ref", "numéro", "n°", "numéro d'affaire", "lead id",
        ),
        "name": (
            "deal name", "opportunity name", "name", "deal", "opportunity", "title", "deal title", "opportunity title", "subject",
            "nom de l'affaire", "nom de l'opportunité", "nom", "affaire", "opportunité", "intitulé", "titre", "libellé", "projet",
            "project", "project name", "nom du projet",
        ),
        "account": (
            "account name", "account", "company name", "company", "customer name", "customer", "client name", "client",
            "organization name", "organization", "organisation", "nom du compte", "compte", "nom de la société", "société",
            "entreprise", "nom de l'entreprise", "nom du client", "raison sociale", "prospect", "account id", "company id",
            "customer id",
        ),
        "owner": (
            "owner", "owner name", "deal owner", "opportunity owner", "owner rep", "sales rep", "sales representative", "rep",
            "rep name", "salesperson", "sales person", "sales owner", "account executive", "ae", "assigned to", "assignee",
            "sales agent", "commercial", "nom du commercial", "propriétaire", "responsable", "vendeur", "chargé d'affaires",
            "ingénieur commercial", "account manager", "owner id",
        ),
        "team": ("team", "sales team", "team name", "équipe", "équipe commerciale"),
        "pipeline": ("pipeline", "pipeline name", "sales process", "processus de vente"),
        "stage": (
            "stage", "stage name", "deal stage", "sales stage", "opportunity stage", "pipeline stage", "current stage", "étape",
            "étape de vente", "étape commerciale", "étape de l'affaire", "phase", "phase de vente",
        ),
        "status": (
            "status", "deal status", "opportunity status", "outcome", "result", "won/lost", "statut", "statut de l'affaire",
            "résultat", "état", "issue",
        ),
        "amount": (
            "amount", "deal amount", "opportunity amount", "value", "deal value", "opportunity value", "contract value", "deal size",
            "revenue", "montant", "montant ht", "montant de l'affaire", "montant estimé", "valeur", "chiffre d'affaires", "ca",
            "ca ht", "total contract value", "tcv", "acv", "arr", "price", "prix", "total", "total amount", "expected revenue",
        ),
        "currency": ("currency", "currency code", "devise", "monnaie", "amount currency", "value currency"),
        "probability": (
            "probability", "probability (%)", "win probability", "probabilité", "probabilité (%)", "proba", "confidence",
        ),
        "created": (
            "created date", "created", "create date", "creation date", "date created", "created at", "created on", "created time",
            "date de création", "créé le", "créée le", "création", "open date", "opened", "date opened", "engage date",
            "date d'ouverture", "start date", "entry date",
        ),
        "close_date": (
            "expected close date", "expected close", "close date", "closing date", "expected closing", "expected closing date",
            "estimated close date", "target close date", "forecast close date", "closing", "date de clôture prévue",
            "date de clôture", "clôture prévue", "date de clôture estimée", "date de signature prévue", "signature prévue",
            "date de signature", "date de closing", "date de fermeture", "échéance", "date prévue",
        ),
        "closed": (
            "actual close date", "closed date", "date closed", "closed at", "closed on", "closed time", "date de clôture réelle",
            "clôturé le", "clôturée le", "date de clôture effective", "signé le",
        ),
        "won_on": ("won date", "won time", "won on", "date de gain"),
        "lost_on": ("lost date", "lost time", "lost on", "date de perte"),
        "last_activity": (
            "last activity date", "last activity", "last activity time", "last contact", "last contact date", "last contacted",
            "last touch", "last interaction", "dernière activité", "date de dernière activité", "date de la dernière activité",
            "dernier contact", "date du dernier contact",
        ),
        "last_stage_change": (
            "last stage change", "last stage change date", "stage change date", "stage changed", "stage since", "date entered stage",
            "stage entered", "entered stage", "dernier changement d'étape", "changement d'étape", "date de changement d'étape",
            "date d'entrée dans l'étape", "dans l'étape depuis",
        ),
        "next_step": (
            "next step", "next steps", "next action", "prochaine action", "prochaine étape", "étape suivante", "action suivante",
        ),
        "next_step_date": (
            "next step date", "next action date", "next activity date", "next activity", "follow up date", "follow up",
            "date de la prochaine action", "date prochaine action", "date de prochaine action", "date de la prochaine étape",
            "date de la prochaine activité", "prochaine activité", "date de relance", "relance",
        ),
        "category": (
            "forecast category", "forecast", "category", "catégorie de prévision", "catégorie de prévisions", "prévision",
            "catégorie",
        ),
        "lead_source": (
            "lead source", "source", "deal source", "origin", "channel", "origine", "origine de la piste", "provenance", "canal",
        ),
        "type": ("type", "deal type", "opportunity type", "type d'affaire", "type d'opportunité"),
        "segment": ("segment", "industry", "sector", "vertical", "market", "secteur", "secteur d'activité", "marché"),
        "loss_reason": (
            "loss reason", "lost reason", "reason lost", "closed lost reason", "close reason", "reason for loss",
            "raison de la perte", "raison de perte", "motif de perte", "motif de la perte", "cause de perte",
        ),
        "description": ("description", "notes", "note", "comments", "comment", "commentaires", "commentaire", "details"),
        "need": ("need", "needs", "pain", "besoin", "besoins", "enjeu", "enjeux"),
        "decision_makers": (
            "decision makers", "decision maker", "economic buyer", "décideurs", "décideur", "décisionnaires", "décisionnaire",
        ),
        "budget": ("budget", "budget client"),
        "timeline": ("timeline", "timing", "timeframe", "calendrier", "échéancier", "planning"),
        "risk": ("risk", "risks", "risque", "risques"),
        "sponsor": ("sponsor", "champion"),
        "is_closed": ("is closed",),
        "is_won": ("is won", "is closed won"),
        "is_deleted": ("is deleted",),
        "updated": (
            "last modified date", "last modified", "modified date", "modified time", "updated at", "updated", "last update",
            "last updated", "update time", "date de modification", "modifié le", "date de dernière modification",
            "dernière modification", "mis à jour le",
        ),
    },
    telling=(),
    percent=False,
)  # fmt: skip

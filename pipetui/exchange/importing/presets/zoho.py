"""Zoho CRM: deal exports in English and French, older ones ("Potential …") and its API's names."""

from pipetui.exchange.importing.presets.base import Preset, Standard

PRESET = Preset(
    name="zoho",
    title="Zoho",
    fields={
        "id": ("Record Id", "Deal Id", "Id de l'enregistrement", "ID de l'affaire", "Potential Id", "Id"),
        "name": (
            "Deal Name", "Potential Name", "Nom de l'affaire", "Nom du deal", "Nom de la transaction",
            "Nom de l'opportunité",
        ),
        "account": ("Account Name", "Nom du compte", "Nom de l'entreprise", "Account Name.id"),
        "owner": (
            "Deal Owner", "Potential Owner", "Propriétaire de l'affaire", "Propriétaire de la transaction",
            "Propriétaire du deal", "Owner", "Deal Owner.id",
        ),
        "pipeline": ("Pipeline",),
        "stage": ("Stage", "Étape", "Phase"),
        "amount": ("Amount", "Montant"),
        "currency": ("Currency", "Devise"),
        "probability": ("Probability (%)", "Probability", "Probabilité (%)", "Probabilité"),
        "created": ("Created Time", "Heure de création", "Date de création"),
        "close_date": ("Closing Date", "Date de clôture", "Date de fermeture"),
        "last_activity": ("Last Activity Time", "Heure de la dernière activité", "Dernière activité"),
        "last_stage_change": ("Stage Modified Time", "Heure de modification de l'étape"),
        "next_step": ("Next Step", "Étape suivante", "Prochaine étape"),
        "category": ("Forecast Category", "Catégorie de prévision"),
        "lead_source": ("Lead Source", "Source du prospect", "Source de prospect", "Source du lead"),
        "type": ("Type",),
        "loss_reason": ("Reason For Loss", "Reason For Loss.", "Raison de la perte", "Motif de la perte"),
        "description": ("Description",),
        "updated": ("Modified Time", "Heure de modification", "Date de modification"),
    },
    telling=(
        "Record Id", "Deal Owner", "Deal Name", "Closing Date", "Deal Owner.id", "Account Name.id",
        "Created Time", "Modified Time", "Last Activity Time", "Stage Modified Time", "Potential Name",
        "Potential Owner", "Sales Cycle Duration", "Overall Sales Duration", "Lead Conversion Time",
        "Reason For Loss", "Created By.id", "Modified By.id", "Contact Name.id", "Campaign Source",
        "Id de l'enregistrement", "Propriétaire de l'affaire", "Heure de création", "Heure de modification",
        "Heure de la dernière activité", "Durée du cycle de vente",
        "Nombre del trato", "Propietario del trato",
        "Hora de creación", "Hora de modificación", "Fuente del posible cliente",
    ),
    stages=(
        Standard(("Qualification",), 0.1),
        Standard(("Needs Analysis", "Analyse des besoins", "Análisis de necesidades"), 0.2),
        Standard(("Value Proposition", "Proposition de valeur"), 0.4),
        Standard(("Identify Decision Makers", "Identification des décideurs", "Id. Decision Makers"), 0.6),
        Standard(("Proposal/Price Quote", "Proposition/Devis"), 0.75),
        Standard(("Negotiation/Review", "Négociation/Révision"), 0.9),
        Standard(("Closed Won", "Fermé gagné", "Conclu - Gagné", "Clos gagné"), 1.0),
        Standard(("Closed Lost", "Fermé perdu", "Conclu - Perdu", "Clos perdu"), 0.0),
        Standard(("Closed Lost to Competition", "Closed-Lost to Competition",
        "Fermé perdu au profit d'un concurrent"), 0.0),
    ),
)  # fmt: skip

"""Salesforce: reports in English and French, and raw object dumps (API names, snake case too)."""

from pipetui.exchange.importing.presets.base import Preset, Standard

PRESET = Preset(
    name="salesforce",
    title="Salesforce",
    fields={
        "id": ("Opportunity ID", "Opportunity ID 18", "Id", "Opportunity Id (18)", "ID de l'opportunité", "ID opportunité"),
        "name": ("Opportunity Name", "Name", "Nom de l'opportunité", "Nom opportunité", "Opportunity"),
        "account": (
            "Account Name", "Account.Name", "Account: Account Name", "Nom du compte", "Account", "Compte",
            "AccountId", "ID du compte",
        ),
        "owner": (
            "Opportunity Owner", "Owner.Name", "Opportunity Owner: Full Name", "Owner Name", "Owner Full Name",
            "Propriétaire de l'opportunité", "Propriétaire de l'opportunité: Nom complet", "Owner", "Propriétaire", "OwnerId",
        ),
        "team": ("Owner Role", "Rôle du propriétaire", "Owner.UserRole.Name", "Opportunity Owner: Role", "Team", "Équipe"),
        "stage": ("Stage", "StageName", "Étape"),
        "amount": ("Amount", "Montant", "Amount (converted)", "Montant (converti)"),
        "currency": (
            "Amount Currency", "Opportunity Currency", "CurrencyIsoCode", "Currency", "Devise de Montant", "Montant Devise",
            "Devise du montant", "Montant (devise)", "Devise de l'opportunité", "Devise", "Amount (converted) Currency",
        ),
        "probability": ("Probability (%)", "Probability", "Probabilité (%)", "Probabilité"),
        "created": ("Created Date", "CreatedDate", "Date de création"),
        "close_date": ("Close Date", "CloseDate", "Date de clôture", "Date de fermeture"),
        "last_activity": ("Last Activity Date", "Last Activity", "Dernière activité", "Date de la dernière activité"),
        "last_stage_change": (
            "Last Stage Change Date", "Last Stage Change", "Date du dernier changement d'étape", "Dernier changement d'étape",
            "Date de dernier changement d'étape",
        ),
        "next_step": ("Next Step", "NextStep", "Étape suivante", "Prochaine étape"),
        "next_step_date": ("Next Step Date", "Date de la prochaine étape", "Date étape suivante"),
        "category": (
            "ForecastCategoryName", "Forecast Category", "Catégorie de prévisions", "Catégorie de prévision",
            "Nom de la catégorie de prévisions",
        ),
        "lead_source": ("Lead Source", "Origine de la piste", "Source de la piste", "Piste d'origine"),
        "type": ("Type", "Opportunity Type", "Type d'opportunité"),
        "segment": ("Segment", "Account Segment", "Industry", "Secteur d'activité"),
        "loss_reason": (
            "Loss Reason", "Closed Lost Reason", "Lost Reason", "Reason Lost", "Raison de la perte", "Motif de la perte",
            "Motif de perte",
        ),
        "description": ("Description",),
        "is_closed": ("IsClosed", "Closed", "Clôturée", "Fermé"),
        "is_won": ("IsWon", "Won", "Gagnée", "Gagné"),
        "is_deleted": ("IsDeleted", "Deleted"),
        "updated": ("Last Modified Date", "SystemModstamp", "Date de dernière modification", "Dernière date de modification"),
    },
    telling=(
        "Opportunity ID", "Opportunity Name", "Opportunity Owner", "StageName", "ForecastCategoryName", "ForecastCategory",
        "IsClosed", "IsWon", "Fiscal Period", "FiscalQuarter", "Owner Role", "ExpectedRevenue", "HasOpportunityLineItem",
        "Pricebook2Id", "SystemModstamp", "Nom de l'opportunité", "Propriétaire de l'opportunité", "Origine de la piste",
        "Catégorie de prévisions",
    ),
    stages=(
        Standard(("Prospecting", "Prospection"), 0.1),
        Standard(("Qualification",), 0.1),
        Standard(("Needs Analysis", "Analyse des besoins"), 0.2),
        Standard(("Value Proposition", "Proposition de valeur"), 0.5),
        Standard(("Id. Decision Makers", "Identification des décideurs", "Id. décideurs"), 0.6),
        Standard(("Perception Analysis", "Analyse de la perception", "Analyse de perception"), 0.7),
        Standard(("Proposal/Price Quote", "Proposition/Devis", "Proposition / devis"), 0.75),
        Standard(("Negotiation/Review", "Négociation/Révision", "Négociation / révision"), 0.9),
        Standard(("Closed Won", "Clôturée gagnée", "Fermée gagnée", "Fermé gagné"), 1.0),
        Standard(("Closed Lost", "Clôturée perdue", "Fermée perdue", "Fermé perdu"), 0.0),
    ),
)  # fmt: skip

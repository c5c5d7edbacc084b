"""HubSpot: deal exports in English and French, and its API's property names."""

from pipetui.exchange.importing.presets.base import Preset, Standard

PRESET = Preset(
    name="hubspot",
    title="HubSpot",
    fields={
        "id": (
            "Record ID", "Deal ID", "hs_object_id", "Record ID - Deal", "ID de fiche d'informations", "ID de la fiche d'informations",
            "ID de l'enregistrement",
        ),
        "name": ("Deal Name", "dealname", "Nom de la transaction"),
        "account": (
            "Associated Company (Primary)", "Associated Company", "Associated Company Names", "Primary Associated Company",
            "Company name", "Entreprise associée (principale)", "Entreprise associée", "Nom de l'entreprise",
            "Associated Company IDs (Primary)", "Associated Company IDs",
        ),
        "owner": ("Deal owner", "Propriétaire de la transaction", "hubspot_owner_id", "owner_id"),
        "team": ("HubSpot Team", "Équipe HubSpot", "hubspot_team_id"),
        "pipeline": ("Pipeline", "deal_pipeline", "deal_pipeline_id"),
        "stage": ("Deal Stage", "dealstage", "Phase de la transaction", "Étape de la transaction", "deal_pipeline_stage_id"),
        "amount": ("Amount", "Montant", "Amount in company currency", "Montant dans la devise de l'entreprise"),
        "currency": ("Currency", "deal_currency_code", "Devise"),
        "probability": ("Deal probability", "hs_deal_stage_probability", "Probabilité de la transaction"),
        "created": ("Create Date", "createdate", "Date de création", "hs_createdate"),
        "close_date": ("Close Date", "closedate", "Date de fermeture", "Date de clôture"),
        "last_activity": (
            "Last Activity Date", "notes_last_updated", "Date de la dernière activité", "Date de dernière activité", "Last Contacted",
            "notes_last_contacted",
        ),
        "last_stage_change": (
            "Date entered current stage", "hs_v2_date_entered_current_stage", "Date d'entrée dans la phase actuelle",
        ),
        "next_step": ("Next step", "hs_next_step", "Prochaine étape", "Étape suivante"),
        "next_step_date": ("Next Activity Date", "notes_next_activity_date", "Date de la prochaine activité"),
        "category": ("Forecast category", "hs_manual_forecast_category", "Catégorie de prévision", "Catégorie de prévisions"),
        "lead_source": (
            "Original Traffic Source", "Original Source Type", "hs_analytics_source", "Source de trafic d'origine",
            "Source d'origine",
        ),
        "type": ("Deal Type", "dealtype", "Type de transaction"),
        "segment": ("Segment", "Industry", "Secteur d'activité"),
        "loss_reason": (
            "Closed Lost Reason", "Raison de la perte", "Raison de la fermeture pour perte", "Motif de la perte",
        ),
        "description": ("Deal Description", "Description", "Description de la transaction"),
        "is_closed": ("Is Closed", "hs_is_closed", "Is deal closed?", "La transaction est-elle fermée ?"),
        "is_won": ("Is Closed Won", "hs_is_closed_won", "Is deal closed won?"),
        "is_deleted": ("is_deleted",),
        "updated": ("Last Modified Date", "hs_lastmodifieddate", "Date de dernière modification"),
    },
    telling=(
        "Record ID", "Deal Name", "dealname", "Deal Stage", "dealstage", "Deal owner", "hubspot_owner_id", "hs_object_id",
        "deal_pipeline_id", "deal_pipeline_stage_id", "portal_id", "Record source", "Original Traffic Source",
        "Associated Company (Primary)", "Associated Contact", "ID de fiche d'informations", "Nom de la transaction",
        "Phase de la transaction", "Propriétaire de la transaction", "Create Date",
    ),
    stages=(
        Standard(("appointmentscheduled", "Appointment Scheduled", "Rendez-vous planifié", "Rendez-vous programmé"), 0.2),
        Standard(("qualifiedtobuy", "Qualified To Buy", "Qualifié pour l'achat", "Qualifié pour acheter"), 0.4),
        Standard(("presentationscheduled", "Presentation Scheduled", "Présentation planifiée", "Présentation programmée"), 0.6),
        Standard(("decisionmakerboughtin", "Decision Maker Bought-In", "Décideur convaincu", "Adhésion du décideur"), 0.8),
        Standard(("contractsent", "Contract Sent", "Contrat envoyé"), 0.9),
        Standard(("closedwon", "Closed Won", "Fermé gagné", "Fermée gagnée"), 1.0),
        Standard(("closedlost", "Closed Lost", "Fermé perdu", "Fermée perdue"), 0.0),
    ),
    company_ids=True,
    percent=False,
)  # fmt: skip

"""Pipedrive: deal exports in English ("Deal - …") and French ("Affaire - …")."""

from pipetui.exchange.importing.presets.base import Preset, Standard

PRESET = Preset(
    name="pipedrive",
    title="Pipedrive",
    fields={
        "id": ("ID", "Pipedrive System ID", "Deal ID", "ID Pipedrive"),
        "name": ("Title", "Titre"),
        "account": ("Organization", "Organisation", "Organization ID"),
        "owner": ("Owner", "Propriétaire"),
        "pipeline": ("Pipeline",),
        "stage": ("Stage", "Étape", "Stage (pipeline)"),
        "status": ("Status", "Statut"),
        "amount": ("Value", "Valeur"),
        "currency": ("Currency of Value", "Currency", "Devise de Valeur", "Devise de la valeur", "Devise"),
        "probability": ("Probability", "Probabilité"),
        "created": ("Deal created", "Creation date", "Affaire créée", "Date de création", "Add time"),
        "close_date": (
            "Expected close date", "Date de clôture prévue", "Date de clôture attendue",
            "Date de fermeture prévue",
        ),
        "closed": ("Deal closed on", "Closed on", "Affaire clôturée le", "Affaire fermée le",
            "Date de clôture"),
        "won_on": ("Won time", "Date de gain", "Heure du gain"),
        "lost_on": ("Lost time", "Date de perte", "Heure de l'échec"),
        "last_activity": ("Last activity date", "Date de la dernière activité", "Date de dernière activité"),
        "last_stage_change": ("Last stage change", "Dernier changement d'étape"),
        "next_step": ("Next activity subject", "Next activity", "Prochaine activité"),
        "next_step_date": ("Next activity date", "Date de la prochaine activité",
            "Date de prochaine activité"),
        "lead_source": ("Source channel", "Source origin", "Canal source", "Source"),
        "loss_reason": ("Lost reason", "Raison de la perte", "Raison de perte"),
        "updated": ("Update time", "Heure de mise à jour"),
    },
    telling=(),
    stages=(
        Standard(("Lead In", "Qualified", "Qualifié", "Qualifiée"), 0.1),
        Standard(("Contact Made", "Contact établi", "Contact pris"), 0.25),
        Standard(("Demo Scheduled", "Démo planifiée", "Démonstration planifiée", "Meeting Scheduled"), 0.4),
        Standard(("Proposal Made", "Proposition faite", "Proposition effectuée"), 0.6),
        Standard(("Negotiations Started", "Négociations commencées", "Négociation entamée",
        "Négociations entamées"), 0.8),
    ),
    prefixes=("deal - ", "affaire - "),
)  # fmt: skip

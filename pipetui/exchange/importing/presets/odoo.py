"""Odoo's CRM: exports with its labels in English and French, and with its fields' own names."""

from pipetui.exchange.importing.presets.base import Preset, Standard

PRESET = Preset(
    name="odoo",
    title="Odoo",
    fields={
        "id": ("External ID", "ID", "Identifiant externe", "ID externe"),
        "name": ("Opportunity", "Opportunité", "Name", "Nom", "Nom de l'opportunité"),
        "account": (
            "Customer", "partner_id", "partner_id/name", "Client", "Company Name", "partner_name",
            "Nom de l'entreprise", "Nom de la société", "Customer/Display Name",
        ),
        "owner": ("Salesperson", "user_id", "user_id/name", "Vendeur", "Commercial"),
        "team": ("Sales Team", "team_id", "team_id/name", "Équipe commerciale", "Équipe de vente",
        "Équipe de ventes"),
        "stage": ("Stage", "stage_id", "stage_id/name", "Étape"),
        "amount": (
            "Expected Revenue", "expected_revenue", "planned_revenue", "Revenu espéré", "Revenus espérés",
            "Revenu attendu", "Revenus attendus", "Revenu prévu", "Chiffre d'affaires espéré",
        ),
        "currency": ("Currency", "company_currency", "Company Currency", "Devise", "Devise de la société"),
        "probability": ("Probability", "probability", "Probabilité", "Success Rate (%)"),
        "created": ("Created on", "create_date", "Créé le", "Creation Date", "Date de création"),
        "close_date": (
            "Expected Closing", "date_deadline", "Fermeture prévue", "Clôture prévue", "Clôture attendue",
            "Fermeture attendue", "Fermeture espérée",
        ),
        "closed": ("Closed Date", "date_closed", "Date de clôture", "Date de fermeture", "Close Date"),
        "last_stage_change": (
            "Last Stage Update", "date_last_stage_update", "Dernière mise à jour de l'étape",
            "Dernière mise à jour d'étape",
        ),
        "next_step": (
            "Next Activity Summary", "activity_summary", "Résumé de l'activité suivante",
            "Résumé de la prochaine activité",
        ),
        "next_step_date": (
            "Next Activity Deadline", "activity_date_deadline", "Date limite de l'activité à venir",
            "Échéance de la prochaine activité", "Date limite de l'activité suivante",
        ),
        "lead_source": ("Source", "source_id", "source_id/name"),
        "type": ("Type", "type"),
        "loss_reason": ("Lost Reason", "lost_reason_id", "lost_reason", "Motif de la perte",
        "Raison de la perte"),
        "description": ("Notes", "Internal Notes", "description", "Note interne", "Notes internes"),
        "is_active": ("Active", "active", "Actif", "Active?", "Activo", "Активно", "Активный", "Aktywne",
        "Aktywny"),
        "is_won": ("Is Won", "Est gagné"),
        "status": ("won_status", "Won/Lost Status"),
        "updated": ("Last Updated on", "write_date", "Dernière mise à jour le", "Mis à jour le"),
    },
    telling=(
        "Expected Revenue", "Prorated Revenue", "Expected Closing", "Salesperson", "Sales Team",
        "Last Stage Update", "stage_id", "partner_id", "user_id", "team_id", "date_deadline",
        "expected_revenue", "planned_revenue", "date_last_stage_update", "partner_name", "email_from",
        "stage_id/name", "partner_id/name", "user_id/name", "activity_date_deadline", "lost_reason_id",
        "Next Activity Deadline", "Next Activity Summary", "Revenu espéré", "Revenus espérés",
        "Revenu attendu", "Revenus attendus", "Revenu calculé au prorata", "Revenu au prorata",
        "Fermeture prévue", "Clôture attendue", "Équipe commerciale", "Vendeur", "Ingresos esperados",
        "Ingreso esperado", "Cierre esperado", "Equipo de ventas", "Ожидаемый доход", "Ожидаемое закрытие",
        "Команда продаж", "Oczekiwany przychód", "Spodziewany przychód", "Oczekiwane zamknięcie",
        "Zespół sprzedaży",
    ),
    stages=(
        Standard(("New", "Nouveau", "Nouvelle", "Nuevo", "Nueva", "Новый", "Новая", "Nowe", "Nowy",
        "Nowa"), 0.1),
        Standard(("Qualified", "Qualifié", "Qualifiée", "Calificado", "Calificada", "Cualificado",
        "Квалифицирован", "Квалифицировано", "Zakwalifikowane"), 0.3),
        Standard(("Proposition", "Proposal", "Propuesta", "Предложение", "Propozycja"), 0.6),
        Standard(("Won", "Gagné", "Gagnée"), 1.0),
    ),
)  # fmt: skip

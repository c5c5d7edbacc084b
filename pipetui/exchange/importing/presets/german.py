"""What people call the columns of a deal list in German. Labels are separated by bars, the usual first."""

LABELS = {
    "id": "opportunity-id | deal-id | datensatz-id | kennung | nummer | opportunity-nr. | chancen-id",
    "name": "opportunity-name | name der opportunity | deal-name | name des deals | verkaufschance"
    " | chance | titel | bezeichnung | projekt | projektname | betreff",
    "account": "account-name | accountname | firma | unternehmen | kunde | kundenname | firmenname"
    " | organisation | name des unternehmens | zugehöriges unternehmen (primär) | konto",
    "owner": "opportunity-inhaber | inhaber | besitzer | zuständig | zuständiger mitarbeiter"
    " | verantwortlich | verantwortlicher | vertriebsmitarbeiter | verkäufer | betreuer | deal-besitzer"
    " | für deal zuständiger mitarbeiter | vertriebler | kundenbetreuer",
    "team": "team | vertriebsteam | rolle des inhabers",
    "pipeline": "pipeline | vertriebspipeline",
    "stage": "phase | verkaufsphase | deal-phase | stufe | vertriebsphase | verkaufsstufe"
    " | phase der opportunity",
    "status": "status | ergebnis | stand",
    "amount": "betrag | wert | auftragswert | volumen | summe | umsatz | erwarteter umsatz | deal-wert"
    " | angebotswert | auftragsvolumen | projektvolumen | preis",
    "currency": "währung | betrag währung | währung des betrags",
    "probability": "wahrscheinlichkeit | wahrscheinlichkeit (%) | abschlusswahrscheinlichkeit",
    "created": "erstelldatum | erstellt am | erstellungsdatum | anlagedatum | angelegt am | eröffnet am",
    "close_date": "erwartetes abschlussdatum | voraussichtliches abschlussdatum | geplantes abschlussdatum"
    " | abschlussdatum | schlusstermin | schließungsdatum | erwarteter abschluss | abschluss geplant"
    " | voraussichtlicher abschluss",
    "closed": "tatsächliches abschlussdatum | abgeschlossen am | geschlossen am",
    "won_on": "gewonnen am | gewinndatum",
    "lost_on": "verloren am | verlustdatum",
    "last_activity": "letzte aktivität | datum der letzten aktivität | letzter kontakt | letzte aktivität am",
    "last_stage_change": "letzte phasenänderung | letzter phasenwechsel | phasenwechsel am",
    "next_step": "nächster schritt | nächste schritte | nächste aktion",
    "next_step_date": "datum nächster schritt | nächste aktivität | datum der nächsten aktivität"
    " | wiedervorlage | nächster kontakt",
    "category": "prognosekategorie | forecast-kategorie | prognose",
    "lead_source": "lead-quelle | leadquelle | quelle | herkunft",
    "type": "typ | art | deal-typ | opportunity-typ",
    "segment": "segment | branche",
    "loss_reason": "verlustgrund | grund für verlust | ablehnungsgrund",
    "description": "beschreibung | bemerkung | bemerkungen | notizen | kommentar",
    "need": "bedarf",
    "decision_makers": "entscheider",
    "budget": "budget",
    "timeline": "zeitplan",
    "risk": "risiko | risiken",
    "sponsor": "fürsprecher",
    "is_closed": "geschlossen | abgeschlossen",
    "is_won": "gewonnen",
    "is_deleted": "gelöscht",
    "updated": "letzte änderung | geändert am | zuletzt geändert am | datum der letzten änderung"
    " | aktualisiert am",
}

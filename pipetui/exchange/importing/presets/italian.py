"""What people call the columns of a deal list in Italian. Labels are separated by bars, the usual first."""

LABELS = {
    "id": "id opportunità | id affare | id trattativa | id record | identificativo | codice"
    " | numero opportunità",
    "name": "nome opportunità | nome dell'opportunità | nome trattativa | nome affare | opportunità"
    " | trattativa | affare | titolo | oggetto | progetto",
    "account": "nome account | azienda | nome azienda | cliente | ragione sociale | società"
    " | organizzazione | azienda associata",
    "owner": "titolare opportunità | proprietario | proprietario dell'affare | responsabile | venditore"
    " | agente | commerciale di riferimento | assegnato a | titolare",
    "team": "team di vendita | squadra",
    "pipeline": "pipeline di vendita",
    "stage": "fase | fase trattativa | fase opportunità | stadio | fase di vendita | fase dell'affare",
    "status": "stato | esito",
    "amount": "importo | valore | valore trattativa | ammontare | ricavo previsto | ricavo atteso"
    " | fatturato previsto | valore opportunità | importo stimato",
    "currency": "valuta | importo valuta | divisa",
    "probability": "probabilità | probabilità (%)",
    "created": "data di creazione | data creazione | creato il | data apertura",
    "close_date": "data di chiusura prevista | data chiusura prevista | chiusura prevista"
    " | data di chiusura | data chiusura | data prevista chiusura",
    "closed": "data di chiusura effettiva | chiuso il",
    "last_activity": "ultima attività | data ultima attività | ultimo contatto",
    "last_stage_change": "ultimo cambio fase | data cambio fase",
    "next_step": "prossimo passo | fase successiva | passaggio successivo | prossima azione",
    "next_step_date": "data prossima azione | data prossimo passo | prossima attività"
    " | data prossima attività",
    "category": "categoria previsione | categoria di previsione | previsione",
    "lead_source": "fonte | origine | fonte lead | origine lead | provenienza",
    "type": "tipo | tipo opportunità",
    "segment": "segmento | settore",
    "loss_reason": "motivo perdita | motivo della perdita | motivo di perdita",
    "description": "descrizione | commenti",
    "need": "esigenza | bisogno",
    "decision_makers": "decisori | decisore",
    "budget": "budget",
    "timeline": "tempistiche",
    "risk": "rischio | rischi",
    "sponsor": "sponsor",
    "updated": "ultima modifica | data ultima modifica | modificato il",
}

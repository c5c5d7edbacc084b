"""What people call the columns of a deal list in Portuguese. Bars separate the labels, the usual first."""

LABELS = {
    "id": "id da oportunidade | id do negócio | id do registro | código",
    "name": "nome da oportunidade | nome do negócio | oportunidade | negócio | título | nome | assunto"
    " | projeto",
    "account": "nome da conta | conta | empresa | nome da empresa | cliente | organização | razão social",
    "owner": "proprietário da oportunidade | proprietário do negócio | proprietário | responsável"
    " | vendedor | consultor | atribuído a",
    "team": "equipe de vendas | equipe",
    "pipeline": "funil | funil de vendas | pipeline",
    "stage": "etapa | etapa do negócio | fase | estágio | fase da oportunidade | etapa do funil",
    "status": "status | situação",
    "amount": "valor | valor do negócio | quantia | montante | valor da oportunidade | receita esperada"
    " | receita prevista",
    "currency": "moeda",
    "probability": "probabilidade | probabilidade (%)",
    "created": "data de criação | criado em | data criação | negócio criado em",
    "close_date": "data de fechamento prevista | data prevista de fechamento | data de fechamento esperada"
    " | previsão de fechamento | data de fechamento | fechamento esperado | data de fecho",
    "closed": "data de fechamento real | fechado em | negócio fechado em",
    "won_on": "ganho em | data de ganho",
    "lost_on": "perdido em | data da perda",
    "last_activity": "última atividade | data da última atividade | último contato",
    "last_stage_change": "última alteração de etapa | última mudança de etapa",
    "next_step": "próximo passo | próxima etapa | próxima ação",
    "next_step_date": "data do próximo passo | data da próxima atividade | próxima atividade"
    " | data da próxima ação",
    "category": "categoria de previsão | previsão",
    "lead_source": "origem | origem do lead | fonte | fonte do lead",
    "type": "tipo | tipo de negócio",
    "segment": "segmento | setor | indústria",
    "loss_reason": "motivo da perda | motivo de perda | razão da perda",
    "description": "descrição | observações | comentários | notas",
    "need": "necessidade",
    "decision_makers": "decisores | tomador de decisão",
    "budget": "orçamento",
    "timeline": "prazo | cronograma",
    "risk": "risco | riscos",
    "sponsor": "patrocinador",
    "updated": "data de modificação | última modificação | última atualização | atualizado em"
    " | modificado em",
}

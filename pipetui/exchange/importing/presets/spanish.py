"""What people call the columns of a deal list in Spanish. Labels are separated by bars, the usual first."""

LABELS = {
    "id": "id. de registro | id de la oportunidad | id de oportunidad | id del negocio | id del trato"
    " | id de registro | id de objeto | identificador | nº de oportunidad | número de oportunidad"
    " | referencia | código | código de oportunidad | (no modificar) oportunidad | folio"
    " | n.º de oportunidad | nº oportunidad",
    "name": "nombre de la oportunidad | nombre de oportunidad | nombre del negocio | nombre del trato"
    " | oportunidad | trato | negocio | título | asunto | nombre | proyecto | nombre del proyecto | tema"
    " | nombre del lead | título del lead | oportunidad de negocio | nombre de trato | nombre trato",
    "account": "nombre de la cuenta | nombre de cuenta | cuenta | empresa | nombre de la empresa"
    " | nombre de empresa | cliente | nombre del cliente | organización | nombre de la organización"
    " | compañía | razón social | empresa asociada (principal) | empresa asociada | cliente potencial"
    " | relacionado con | empresa/cliente | empresa / cliente",
    "owner": "propietario de la oportunidad | propietario de oportunidad | propietario del negocio"
    " | propietario del trato | propietario | comercial | vendedor | responsable | asesor comercial"
    " | asesor | ejecutivo de cuenta | ejecutivo de ventas | ejecutivo | agente comercial | gestor"
    " | asignado a | representante de ventas | nombre del propietario | usuario responsable"
    " | usuario asignado | persona responsable | encargado | usuario",
    "team": "equipo de ventas | equipo comercial | equipo | función de propietario | función del propietario",
    "pipeline": "embudo | embudo de ventas | canal de ventas | proceso de ventas",
    "stage": "etapa | etapa del negocio | etapa de la oportunidad | etapa de ventas | etapa del trato"
    " | fase | fase de venta | fase de la oportunidad | nombre de la etapa | fase de la canalización"
    " | etapa del proceso | etapa del embudo | etapa del pipeline",
    "status": "estado | estado del trato | estado de la oportunidad | estatus | situación | resultado"
    " | estado de ganado/perdido | ganado/perdido",
    "amount": "importe | importe de la oportunidad | valor | valor del negocio | valor del trato"
    " | valor de la oportunidad | monto | monto del negocio | monto estimado | importe estimado"
    " | importe total | cantidad | ingreso esperado | ingresos esperados | ingresos previstos"
    " | ingreso previsto | presupuesto de la oferta | precio | valor del contrato | ingresos estimados"
    " | ingresos est. | valor estimado | ingresos reales | facturación prevista | facturación estimada"
    " | venta prevista | ventas previstas | cuantía",
    "won_amount": "ingresos reales | importe real",
    "currency": "moneda | divisa | moneda de valor | código de moneda | importe divisa | divisa de importe"
    " | moneda de la oportunidad",
    "probability": "probabilidad | probabilidad (%) | % probabilidad | probabilidad de cierre"
    " | probabilidad del negocio | prob. | prob. cierre | prob. de cierre | % éxito | % de cierre"
    " | % cierre | probabilidad de éxito",
    "created": "fecha de creación | creado el | fecha creación | creación | fecha de alta"
    " | fecha de apertura | alta | trato creado | hora de creación | fecha de entrada | fecha de inicio"
    " | creada el | creado | fecha de registro | fecha ingreso | fecha de ingreso | fecha de solicitud",
    "close_date": "fecha de cierre prevista | fecha prevista de cierre | fecha de cierre esperada"
    " | fecha estimada de cierre | fecha de cierre estimada | cierre previsto | cierre esperado"
    " | cierre estimado | fecha de cierre | fecha cierre | fecha cierre est. | fecha est. de cierre"
    " | cierre | fecha prevista | fecha de cierre pronosticada | fecha prevista firma"
    " | fecha prevista de firma | firma prevista | decisión prevista | mes de cierre | trimestre de cierre"
    " | fecha probable de cierre | fecha objetivo",
    "closed": "fecha de cierre real | cerrado el | trato cerrado el | fecha real de cierre | fecha de firma"
    " | fecha ganado/perdido | fecha de ganado/perdido | fecha de resolución",
    "won_on": "fecha de ganado | hora de ganado | ganado el | fecha ganada | hora ganada",
    "lost_on": "fecha de pérdida | hora de pérdida | hora de perdido | fecha de perdido | perdido el"
    " | fecha perdida | hora perdida",
    "last_activity": "fecha de última actividad | fecha de la última actividad | última actividad"
    " | última interacción | último contacto | fecha de último contacto | fecha del último contacto"
    " | último seguimiento | fecha último contacto | última llamada | última visita | última gestión",
    "last_stage_change": "último cambio de etapa | fecha del último cambio de etapa | cambio de etapa"
    " | fecha de cambio de etapa | última actualización de etapa",
    "next_step": "siguiente paso | paso siguiente | próximo paso | próximos pasos | próxima acción"
    " | siguiente acción | próxima tarea | siguiente tarea | siguiente actividad | próxima actividad"
    " | tarea pendiente | tarea",
    "next_step_date": "fecha del próximo paso | fecha próxima acción | fecha de la próxima acción"
    " | fecha de la siguiente acción | fecha de próxima actividad | fecha de la próxima actividad"
    " | próxima actividad | fecha de seguimiento | seguimiento | próxima tarea | siguiente tarea"
    " | siguiente actividad | fecha límite de la siguiente actividad | fecha tarea | fecha de la tarea"
    " | fecha siguiente paso | fecha próximo paso",
    "category": "categoría de previsión | categoría de pronóstico | previsión | pronóstico"
    " | categoría de previsiones",
    "lead_source": "origen del candidato | origen del prospecto | fuente | origen"
    " | origen de la oportunidad | canal | fuente del prospecto | fuente del posible cliente"
    " | fuente original | canal de origen | procedencia | cómo nos conoció",
    "type": "tipo | tipo de negocio | tipo de oportunidad | tipo de trato",
    "segment": "segmento | sector | industria | vertical | mercado",
    "loss_reason": "motivo de pérdida | motivo de la pérdida | razón de pérdida | razón de la pérdida"
    " | motivo de cierre perdido | causa de pérdida | motivo perdido | motivo de rechazo | causa de rechazo"
    " | motivo no venta | por qué se perdió",
    "description": "descripción | notas | comentarios | observaciones | detalle",
    "need": "necesidad | necesidades | problema",
    "decision_makers": "decisores | decisor | responsable de la decisión | comprador económico",
    "budget": "presupuesto | presupuesto del cliente",
    "timeline": "plazo | plazos | calendario",
    "risk": "riesgo | riesgos",
    "sponsor": "patrocinador | sponsor interno",
    "is_closed": "cerrado | cerrada | ¿está cerrado? | trato cerrado | está cerrada | está cerrado",
    "is_won": "ganado | ganada | ¿está ganado? | está ganada | está ganado",
    "is_lost": "perdido | perdida | ¿está perdido?",
    "is_deleted": "eliminado",
    "updated": "fecha de modificación | última modificación | modificado el | hora de actualización"
    " | fecha de la última modificación | fecha de última modificación | última actualización"
    " | actualizado el",
}

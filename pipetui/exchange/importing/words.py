"""What the words in an export mean: statuses, won and lost stages, booleans, categories, nobody."""

import re
from functools import lru_cache

from pipetui.deals.category import Category
from pipetui.deals.deal import Status
from pipetui.deals.text import fold, is_placeholder

_NOT_WORD = re.compile(r"[\W\d_]+")


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


_WON = _folded(
    "won win closedwon gagné gagnée gagnés gagnées signé signée remporté remportée conclu conclue vendu"
    " vendue ganado ganada ganados ganadas vendido vendida firmado firmada gewonnen erfolgreich vinto"
    " vinta vinte aggiudicata"
    " accepted accepté acceptée aceptado aceptada zaakceptowana zaakceptowano"
    " angenommen logrado lograda ganho ganha ganhos ganhas wygrana wygrane wygrany wygrano sukces sprzedane"
    " sprzedana продано продана выиграна выиграно выигран выиграны выигранная успешно успешна успешная"
    " успешные выиграли выигранные выигрышем победа успех signed sold adjudicada adjudicado adjudicadas"
    " podpisana"
    " podpisano podpisany podpisane zrealizowana zrealizowane zrealizowano pomyślnie"
)
_LOST = _folded(
    "lost lose loss dead closedlost cancelled canceled abandoned rejected disqualified perdu perdue perdus"
    " perdues abandonné abandonnée annulé annulée échec perdido perdida perdidos perdidas cancelado"
    " cancelada descartado descartada rechazado rechazada verloren abgelehnt absage perso persa perse"
    " perda przegrana przegrane przegrany przegrano utracona utracone stracona stracone odrzucona"
    " odrzucone anulowana porażka проиграна проиграно проигран проиграны потеряна потеряно потерян"
    " провалена провалено провал отказ отменена отменено сорвана неуспешна неуспешно отклонена отклонено"
    " refused declined refusé refusée refusés refusées nieaktualna nieaktualne nieaktualny rezygnacja"
    " withdrawn проиграли проигрышем porażką проигранная проигранные потерянная упущена упущено упущенная"
    " слив слита fracaso"
    " niepomyślnie"
)
_CLOSED = _folded(
    "closed close deal deals opportunity ferme fermée fermé fermés cloture clôturé clôturée clôturées"
    " clos close affaire transaction opportunité cerrado cerrada cerrados cerradas cierre abgeschlossen"
    " geschlossen closing zamknięte zamknięta zamknięty zakończona zakończone закрыто закрыта закрыт"
    " закрытая сделка сделки продажа реализовано status negocio trato oportunidad oportunidade fechado"
    " fechada chiuso chiusa chiuse trattativa opportunità szansa sprzedaż transakcja przez z jako conclu"
    " venta ventas vente sprzedaży szansy клиента - et and y i e und и con éxito завершена завершено завершен"
    " завершить devis commande commandes bon bons de contrat quote order contract presupuesto pedido contrato"
    " umowa zamówienie klienta договор заказ zakończony c"
)
_WON_PHRASES = frozenset(
    map(
        fold,
        [
            "успешно реализовано", "договор выполнен", "zakończona sukcesem", "cerrado con éxito",
            "closed successfully", "договор подписан",
            "vertrag unterzeichnet", "commande reçue", "commande passée", "po received", "order received",
            "venta cerrada", "éxito", "реализована", "реализовано", "gain", "заказ получен",
        ],
    )
)  # fmt: skip
_LOST_PHRASES = frozenset(
    map(
        fold,
        [
            "закрыто и не реализовано", "закрыто не реализовано", "не реализовано",
            "анализ причины провала", "сделка не состоялась", "zakończona niepowodzeniem",
            "cerrado sin éxito", "sans suite", "classé sans suite", "classée sans suite", "no decision",
            "closed no decision", "closed - no decision", "sin éxito", "não ganho", "no ganado",
            "no ganada", "nicht gewonnen", "not won", "no adjudicada", "no adjudicado", "perte",
            "non signé", "non signée", "not signed", "devis non signé",
        ],
    )
)  # fmt: skip
_SHUT = (
    r"(?:closed|ferme|fermee|cloture|cloturee|cerrado|cerrada|cierre"
    r"|zamkniet[aey]|zakonczon[aey]|закрыт[аоы]?)"
)
_LOST_FIRST = re.compile(
    rf"(?:{_SHUT}\s+)?(?:lost|loss|perdue?|perdid[oa]|przegran[aey]|utracon[aey]|проигран[аоы]?|потерян[аоы]?)\b"
    r"(?!\s+(?:lead|contact|contacto|контакт))"
)
_WON_FIRST = re.compile(
    rf"{_SHUT}\s+(?:won|gagnee?|ganad[oa]|wygran[aey]|sukcesem|успешно|успешна|выигран[аоы]?)\b"
)

_STATUS: dict[str, Status] = dict.fromkeys(
    map(
        fold,
        [
            "on hold", "standby", "stand by", "stalled", "paused", "suspended", "postponed", "overdue",
            "late", "en retard", "en pause", "suspendu", "suspendue", "reporté", "reportée", "en espera",
            "en pausa",
            "suspendido", "suspendida", "aplazado", "aplazada", "wstrzymana", "wstrzymane", "zawieszona",
            "odłożona", "приостановлена", "приостановлено", "на паузе", "отложена", "отложено",
            "in progress", "ongoing", "pending", "open", "opened", "working", "new", "active", "live",
            "à faire", "to do", "todo", "standby",
            "ouvert", "ouverte", "en cours", "actif", "nouveau", "nouvelle", "en attente", "abierto",
            "abierta", "en curso", "en proceso", "en progreso", "activo", "activa", "nuevo", "nueva",
            "pendiente", "offen", "laufend", "in bearbeitung", "aktiv", "neu", "aperto", "aperta",
            "in corso", "attivo", "attiva", "aberto", "aberta", "em andamento", "ativo", "ativa", "otwarta",
            "otwarte", "otwarty", "w toku", "w trakcie", "w realizacji", "aktywna",
            "aktywny", "aktywne", "nowa",
            "nowy",
            "открыта", "открыто", "открыт", "открытая", "в работе", "в процессе", "активна", "активная",
            "активно", "новая", "новый", "текущая",
        ],
    ),
    "open",
)  # fmt: skip
_TRUE = frozenset(
    [
        "true", "1", "1.0", "yes", "y", "t", "vrai", "oui", "o", "x", "si", "sí", "wahr", "ja", "da", "tak",
        "on", "checked", "✓", "✔", "да", "vero", "verdadero", "verdadeiro", "sim", "prawda", "истина",
    ]
)  # fmt: skip
_FALSE = frozenset(
    [
        "false", "0", "0.0", "no", "n", "f", "faux", "non", "falso", "falsch", "nein", "nie", "off",
        "unchecked", "нет", "nao", "fałsz", "falsz", "ложь",
    ]
)  # fmt: skip

_CATEGORY = {
    **dict.fromkeys(
        ["commit", "committed", "commit forecast", "engagement", "engage", "engagee", "validation",
         "valide", "certain", "compromiso", "comprometido", "confirmado", "обязательство", "подтверждено",
         "фиксация", "zobowiazanie", "zatwierdzone", "zatwierdzona", "potwierdzone", "zugesagt", "impegno",
         "confermato",
         "compromisso"],
        Category.COMMIT,
    ),
    **dict.fromkeys(
        ["best case", "bestcase", "best case forecast", "meilleur cas", "meilleur des cas",
         "meilleur scenario", "hypothese optimiste", "optimiste", "most likely", "mostlikely", "probable",
         "plus probable", "le plus probable", "mejor caso", "el mejor caso", "mejor de los casos",
         "лучший случаи", "лучшии случаи", "лучшии вариант", "лучшии сценарии", "оптимистичныи",
         "najlepszy przypadek",
         "najlepszy scenariusz", "optymistyczna", "bester fall", "caso migliore", "melhor caso"],
        Category.BEST_CASE,
    ),
    **dict.fromkeys(["upside", "potentiel", "a surveiller"], Category.UPSIDE),
    **dict.fromkeys(
        ["omitted", "omit", "omis", "omise", "exclu", "exclue", "not forecasted", "not forecast",
         "dont forecast", "non prevu", "non prevue", "ne pas prevoir", "hors prevision", "omitido",
         "omitida", "excluido", "пропущено", "опущено", "исключено", "не учитывать", "pominieto",
         "pominiete", "pominieta",
         "wykluczone", "ausgelassen", "omesso", "nicht berucksichtigt"],
        Category.OMITTED,
    ),
}  # fmt: skip
_UNCLASSIFIED = frozenset(
    ["pipeline", "open pipeline", "closed", "closed won", "closed lost", "ferme", "fermee", "cloture",
     "cloturee", "pipe", "non classe", "unclassified", "in pipeline", "cerrado", "cerrada", "canalizacion",
     "embudo", "закрыто", "воронка", "конвеиер", "zamkniete", "zamknieta", "lejek", "potok", "geschlossen",
     "chiuso",
     "fechado"]
)  # fmt: skip
_NOBODY = frozenset(
    map(
        fold,
        [
            "nobody", "no owner", "unassigned", "not assigned", "no one", "vacant", "open territory",
            "deleted user", "non assigné", "non assignée", "non attribué", "non attribuée", "personne",
            "aucun propriétaire", "sans propriétaire", "à attribuer", "à affecter", "non affecté", "(none)",
            "sin asignar", "sin propietario", "no asignado", "no asignada", "nadie", "nicht zugewiesen",
            "niemand", "kein besitzer", "non assegnato", "nessuno", "não atribuído", "sem proprietário",
            "ninguém", "не назначен", "не назначено", "не назначена", "без ответственного", "никто",
            "nieprzypisany", "nieprzypisana", "nieprzypisane", "nie przypisano", "bez właściciela", "nikt",
            "brak właściciela", "brak opiekuna",
        ],
    )
)  # fmt: skip
_GONE = re.compile(
    r"\s*[(\[](?:deactivated|inactive|disabled|former|désactivée?|inactif|inactive|desactivad[oa]|inactiv[oa]"
    r"|nieaktywn[ya]|dezaktywowan[ya]|деактивирован[а]?|неактивен|неактивна|deaktiviert|inaktiv"
    r"|(?:deactivated|inactive) user|utilisateur désactivé|usuario (?:desactivado|inactivo))[)\]]$",
    re.IGNORECASE,
)
"""What HubSpot and others write behind the name of somebody who has left: the deals are still theirs."""
_AROUND = " .()[]<>*-–—"
"""What CRMs put around the word: "(Unassigned)", "-- nobody --"."""
_END = " .!…"
_EMPTY = frozenset(
    fold(text).rstrip(_END)
    for text in (
        [
            "nan", "nat", "asap", "dès que possible",
            "ninguno", "ninguna", "sin definir", "por definir", "sin datos", "no aplica", "n/d", "s/d",
            "pendiente", "por confirmar", "sin determinar", "нет", "нет данных", "не указано", "не указана",
            "не указан", "н/д", "не определено", "не определена", "уточняется", "не задано", "отсутствует",
            "brak", "brak danych", "nie dotyczy", "do ustalenia", "nieznane", "nie ustalono",
            "do uzupełnienia", "nd.", "keine", "keine angabe", "k.a.", "k. a.", "unbekannt", "nessuna",
            "da definire", "n.p.", "nenhum", "a definir", "não definido", "não informado", "indéfini",
            "indéterminé", "non défini", "non définie", "nc", "n/c", "n.c.", "не закрыта", "не закрыто",
            "not closed", "non clôturé", "non clôturée", "no cerrado", "niezamknięta",
            "à chiffrer", "à estimer", "à évaluer", "à valider", "à préciser", "sur devis",
            "en cours de chiffrage", "to be quoted", "on request", "por cotizar", "por calcular",
            "a consultar", "a convenir", "do wyceny", "w wycenie", "по запросу", "auf anfrage",
            "no tasks", "no task", "aucune tâche", "sin tareas", "нет задач", "без задач", "brak zadań",
            "no activity", "aucune activité", "sin actividad", "нет дел", "brak aktywności",
        ]
    )
)  # fmt: skip
"""How other languages than English and French write nothing, and spreadsheets in these two."""
_DELETED = frozenset(
    map(
        fold,
        [
            "deleted", "trashed", "in trash", "supprimé", "supprimée", "eliminado", "eliminada", "borrado",
            "borrada", "удалена", "удалено", "удалён", "удален", "usunięty", "usunięta", "usunięte",
            "gelöscht", "eliminato", "eliminata", "excluído", "excluída",
        ],
    )
)  # fmt: skip
_NULLS = frozenset(
    [
        "#n/a",
        "#n/d",
        "#na",
        "#nv",
        "#null!",
        "#ref!",
        "#div/0!",
        "#valeur!",
        "#value!",
        "#н/д",
        "#знач!",
        "#ссылка!",
        "#nd!",
        "#adr!",
        "#arg!",
        "#dzielenie/0!",
        "#name?",
        "#num!",
        "#nom?",
        "--none--",
        "-none-",
        "--aucun--",
        "--aucune--",
        "--ninguno--",
        "--ninguna--",
        "--brak--",
        "-brak-",
        "--нет--",
        "(blank)",
        "(vide)",
        "\\n",
        "<null>",
        "(null)",
    ]
)


@lru_cache(maxsize=4096)
def closed_kind(name: str) -> Status | None:
    """Whether a stage's name says won or lost, in any of a few languages; `None` if it says neither."""
    folded = fold(name)
    if folded in _WON_PHRASES or folded in _LOST_PHRASES:
        return "won" if folded in _WON_PHRASES else "lost"
    bare = " ".join(_NOT_WORD.sub(" ", folded).split())
    if not bare:
        return None
    if _WON_FIRST.match(bare):
        return "won"
    if _LOST_FIRST.match(bare):
        return "lost"
    said = set(bare.split())
    if said <= _WON | _CLOSED and said & _WON:
        return "won"
    if said <= _LOST | _CLOSED and said & _LOST:
        return "lost"
    return None


@lru_cache(maxsize=4096)
def status(text: str) -> Status | None:
    """The status that a status column's word means; `None` if it is no such word."""
    return _STATUS.get(fold(text).strip(" .!")) or closed_kind(text)


def is_deleted(text: str) -> bool:
    """Whether a status column's word means that the deal was deleted."""
    return fold(text) in _DELETED


def is_status(text: str) -> bool:
    """Whether a word says how a deal stands, be it that it was deleted."""
    return status(text) is not None or is_deleted(text)


def boolean(text: str) -> bool | None:
    """True, false, or `None` for an empty or unknown word."""
    folded = fold(text)
    return True if folded in _TRUE else False if folded in _FALSE else None


def category(text: str) -> Category | None:
    """The forecast category a CRM's word means; a mere "Pipeline" has not been classified by anybody."""
    return _CATEGORY.get(" ".join(_NOT_WORD.sub(" ", fold(text).replace("'", "")).split())) or _CATEGORY.get(
        fold(text)
    )


def is_category(text: str) -> bool:
    """Whether a word is one of a CRM's forecast categories, those without a counterpart here included."""
    return category(text) is not None or fold(text) in _UNCLASSIFIED or closed_kind(text) is not None


def is_nobody(text: str) -> bool:
    """Whether an owner's name means that there is none."""
    return is_empty(text) or fold(text).strip(_AROUND) in _NOBODY


def person(text: str) -> str:
    """Whom an owner's name names, without a note that they have left; "" for nobody."""
    return "" if is_nobody(text) else _GONE.sub("", text)


def is_empty(text: str) -> bool:
    """Whether a cell holds no answer, in any of a few languages: blank, a placeholder or a null."""
    return is_placeholder(text) or is_null(text) or fold(text).rstrip(_END) in _EMPTY


def is_null(text: str) -> bool:
    """Whether a cell is a spreadsheet's or a database's way to write nothing, whatever the column."""
    return fold(text) in _NULLS

"""What people call the columns of a deal list in Polish. Labels are separated by bars, the usual first."""

LABELS = {
    "id": "id szansy | id szansy sprzedaży | identyfikator szansy | identyfikator rekordu | id rekordu"
    " | id transakcji | identyfikator | numer szansy | nr szansy | id okazji | nr | numer | kod | lp."
    " | id obiektu | identyfikator obiektu | (nie modyfikować) szansa sprzedaży",
    "name": "nazwa szansy | nazwa projektu | nazwa szansy sprzedaży | nazwa transakcji | nazwa okazji"
    " | nazwa deala | szansa | szansa sprzedaży | transakcja | okazja | tytuł | temat | nazwa | projekt"
    " | nazwa leada | tytuł leada",
    "account": "nazwa konta | konto | firma | nazwa firmy | klient | nazwa klienta | organizacja"
    " | nazwa organizacji | kontrahent | nazwa kontrahenta | spółka | odbiorca | powiązana firma"
    " | powiązana firma (podstawowa) | potencjalny klient | firma klienta | nabywca | podmiot",
    "owner": "właściciel szansy | właściciel szansy sprzedaży | właściciel transakcji | właściciel deala"
    " | właściciel | opiekun | opiekun handlowy | opiekun klienta | handlowiec | sprzedawca"
    " | osoba odpowiedzialna | odpowiedzialny | przypisano do | przypisany do | doradca"
    " | przedstawiciel handlowy | prowadzący | imię i nazwisko handlowca | przypisany użytkownik"
    " | odpowiedzialny użytkownik | użytkownik | przedstawiciel",
    "team": "zespół | zespół sprzedaży | dział | rola właściciela | zespół handlowy",
    "pipeline": "lejek | lejek sprzedaży | proces sprzedaży | lejek sprzedażowy",
    "stage": "etap | etap szansy | etap sprzedaży | etap transakcji | etap procesu | etap deala | faza"
    " | etap lejka | faza potoku | faza procesu | faza sprzedaży | etap potoku | etap pipeline",
    "status": "status | status szansy | stan | wynik | status transakcji | rozstrzygnięcie | wynik szansy",
    "amount": "kwota | wartość | wartość szansy | wartość transakcji | wartość netto | kwota netto"
    " | wartość kontraktu | przychód | oczekiwany przychód | spodziewany przychód | wartość oferty"
    " | wartość projektu | cena | kwota szansy | szacowana wartość | wartość brutto | szac. przychód"
    " | szacowany przychód | rzeczywisty przychód",
    "won_amount": "rzeczywisty przychód | rzeczywista wartość",
    "currency": "waluta | kwota waluta | waluta kwoty | kod waluty | waluta wartości | waluta szansy",
    "probability": "prawdopodobieństwo | prawdopodobieństwo (%) | prawdopodobieństwo % | szansa (%)"
    " | szansa % | prawdopodobieństwo zamknięcia | szansa",
    "created": "data utworzenia | utworzono | data dodania | data założenia | transakcja utworzona"
    " | szansa utworzona | utworzono szansę | utworzona | data rozpoczęcia | data otwarcia | data wpływu"
    " | utworzono dnia | data zapytania | data zgłoszenia | data rejestracji | data pozyskania",
    "close_date": "oczekiwana data zamknięcia | przewidywana data zamknięcia | planowana data zamknięcia"
    " | spodziewana data zamknięcia | szacowana data zamknięcia | data zamknięcia | oczekiwane zamknięcie"
    " | przewidywane zamknięcie | planowane zamknięcie | termin zamknięcia | termin | data finalizacji"
    " | przewidywana data finalizacji | spodziewane zamknięcie | planowany termin | przewidywany termin"
    " | planowana data podpisania | szac. data zamknięcia | planowane zakończenie"
    " | planowana data zakończenia | planowana data | miesiąc zamknięcia | kwartał zamknięcia"
    " | planowany termin zamknięcia | termin decyzji | przewidywany termin zamknięcia"
    " | oczekiwany termin zamknięcia | przewidywana data sprzedaży | planowana data sprzedaży",
    "closed": "rzeczywista data zamknięcia | faktyczna data zamknięcia | zamknięto | data podpisania"
    " | data faktycznego zamknięcia | zamknięto dnia | data rozstrzygnięcia | data wygranej/przegranej"
    " | data wygranej / przegranej | faktyczne zamknięcie | data zakończenia",
    "won_on": "data wygrania | data wygranej | czas wygranej | czas wygrania | wygrano",
    "lost_on": "data przegrania | data przegranej | czas przegranej | czas przegrania | data utraty"
    " | przegrano",
    "last_activity": "ostatnia aktywność | data ostatniej aktywności | ostatni kontakt"
    " | data ostatniego kontaktu | ostatnie działanie | data ostatniej czynności | ostatnia czynność"
    " | ostatnia rozmowa | ostatnie spotkanie | ostatnio kontaktowano",
    "last_stage_change": "ostatnia zmiana etapu | data ostatniej zmiany etapu | zmiana etapu"
    " | data zmiany etapu",
    "next_step": "następny krok | kolejny krok | następne działanie | kolejne działanie | następne kroki"
    " | dalsze kroki | najbliższe zadanie | następne zadanie | kolejne zadanie | następna czynność"
    " | następna aktywność | co dalej | działanie | zadanie",
    "next_step_date": "data następnego kroku | data kolejnego kroku | data następnej aktywności"
    " | data kolejnego kontaktu | termin następnego kroku | następna aktywność | data następnego działania"
    " | następny kontakt | najbliższe zadanie | następne zadanie | data następnej czynności"
    " | data kolejnej czynności | termin działania | termin następnej aktywności"
    " | termin następnego działania | data kontaktu | termin zadania | data kolejnego działania"
    " | data kolejnej aktywności | termin kroku | data działania | data zadania",
    "category": "kategoria prognozy | prognoza",
    "lead_source": "źródło namiaru | źródło leada | źródło | źródło szansy | źródło pozyskania | kanał"
    " | pochodzenie | oryginalne źródło ruchu | źródło potencjalnego klienta | źródło ruchu | skąd klient",
    "type": "typ | typ szansy | rodzaj | typ transakcji | rodzaj szansy",
    "segment": "segment | branża | sektor | rynek",
    "loss_reason": "powód przegranej | przyczyna przegranej | powód utraty | powód odrzucenia"
    " | przyczyna utraty | powód straty | powód zamknięcia | powód | dlaczego przegrana"
    " | dlaczego przegraliśmy",
    "description": "opis | uwagi | notatki | komentarz | komentarze | notatka",
    "need": "potrzeba | potrzeby",
    "decision_makers": "decydent | decydenci | osoba decyzyjna | osoby decyzyjne",
    "budget": "budżet | budżet klienta",
    "timeline": "harmonogram | ramy czasowe",
    "risk": "ryzyko | ryzyka",
    "sponsor": "sponsor",
    "is_closed": "zamknięta | zamknięte | zamknięty | zamknięto | czy zamknięta",
    "is_won": "wygrana | wygrane | wygrany | wygrano | czy wygrana",
    "is_lost": "przegrana | przegrane | przegrany | przegrano",
    "is_deleted": "usunięta | usunięte",
    "updated": "data modyfikacji | data ostatniej modyfikacji | ostatnia modyfikacja | czas aktualizacji"
    " | data aktualizacji | zmodyfikowano | ostatnia aktualizacja",
}

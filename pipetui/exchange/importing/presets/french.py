"""What people call the columns of a deal list in French. Labels are separated by bars, the usual first."""

LABELS = {
    "id": "identifiant | id affaire | id opportunité | référence | numéro | n° | numéro d'affaire"
    " | n° affaire | réf. | réf | code affaire | id de l'opportunité | id de l'affaire"
    " | (ne pas modifier) opportunité | id de l'élément",
    "name": "nom de l'affaire | nom de l'opportunité | nom | affaire | opportunité | intitulé | titre"
    " | libellé | projet | nom du projet | désignation | objet | rubrique | dossier | titre du lead"
    " | nom du lead | sujet | nom affaire | nom opportunité",
    "account": "organisation | nom du compte | compte | nom de la société | société | entreprise"
    " | nom de l'entreprise | nom du client | raison sociale | prospect | client / prospect | client final"
    " | tiers | nom client | donneur d'ordre | organisme | établissement | collectivité | client potentiel"
    " | compte client | dossier client | société principale",
    "owner": "commercial | nom du commercial | propriétaire | responsable | vendeur | chargé d'affaires"
    " | ingénieur commercial | suivi par | attribué à | assigné à | chargé de clientèle"
    " | propriétaire de l'affaire | propriétaire de l'opportunité | attaché commercial | porteur"
    " | resp. commercial | resp. | chef de projet | interlocuteur commercial | collaborateur affecté"
    " | collaborateur | utilisateur assigné | assigné | utilisateur responsable | affecté à"
    " | créateur de l'affaire | utilisateur | gestionnaire | responsable commercial | chargé de compte"
    " | commercial en charge",
    "team": "équipe | équipe commerciale",
    "pipeline": "processus de vente | pipe",
    "stage": "étape | étape de vente | étape commerciale | étape de l'affaire | phase de vente"
    " | étape du pipe | stade | avancement | maturité | jalon | état d'avancement | stade d'avancement"
    " | niveau d'avancement | étape du processus | étape du pipeline | phase",
    "status": "statut | statut de l'affaire | résultat | état | issue | situation | statut de l'opportunité"
    " | statut opportunité",
    "amount": "montant | montant ht | montant de l'affaire | montant estimé | valeur | chiffre d'affaires"
    " | ca | ca ht | prix | montant total | montant prévisionnel | ca prévisionnel | ca potentiel"
    " | valeur de l'affaire | montant de l'opportunité | enjeu financier | montant devis | potentiel"
    " | valeur estimée | revenu estimé | budget prévu | montant potentiel | montant signé | total ht"
    " | revenu est. | revenu réel | potentiel ht | facturation prévue | revenu | revenus"
    " | montant opportunité",
    "won_amount": "revenu réel | ca réel | montant réel",
    "currency": "devise | monnaie",
    "probability": "probabilité | probabilité (%) | proba | proba. | % proba | taux de réussite | chance"
    " | probabilité de signature | probabilité de gain | chances de succès | chances de gain"
    " | indice de confiance | % de chance | % de succès | % réussite",
    "created": "date de création | créé le | créée le | création | date d'ouverture | créée | ouvert le"
    " | date d'entrée | date de détection | date d'ajout | ajoutée le | ajouté le | date demande"
    " | date de la demande | date de saisie | date de réception | reçue le | reçu le | saisie le",
    "close_date": "date de clôture prévue | date de clôture | clôture prévue | date de clôture estimée"
    " | date de signature prévue | signature prévue | date de signature | date de closing"
    " | date de fermeture | échéance | date prévue | date prévisionnelle | date prévisionnelle de signature"
    " | date prévisionnelle de clôture | clôture | signature | date de décision | fermeture prévue"
    " | date cible | date d'échéance | date de clôture est. | date de signature estimée | décision client"
    " | date de commande prévue | commande prévue | mois de clôture | trimestre de clôture"
    " | mois de signature | trimestre de signature | date de fin prévue | date de fin prévisionnelle"
    " | date probable de signature | date probable de clôture",
    "closed": "date de clôture réelle | clôturé le | clôturée le | date de clôture effective | signé le"
    " | date de signature réelle | fermé le | date de fin réelle | date gain/perte | date de gain/perte"
    " | signée / perdue le | gagnée/perdue le | date d'issue",
    "won_on": "date de gain | gagnée le | gagné le",
    "lost_on": "date de perte | perdue le | perdu le",
    "is_closed": "clôturé | clôturée | fermé | fermée | est clôturée | est fermée | close",
    "is_won": "gagné | gagnée | est gagnée | est gagné | signé | signée | gagné ?",
    "is_lost": "perdu | perdue | est perdue | est perdu",
    "last_activity": "dernière activité | date de dernière activité | date de la dernière activité"
    " | dernier contact | date du dernier contact | dernier échange | dernière interaction"
    " | dernière relance | dernier rdv | dernier suivi | date dernier contact | date dernière relance"
    " | dernier appel | dernière action",
    "last_stage_change": "dernier changement d'étape | changement d'étape | date de changement d'étape"
    " | date d'entrée dans l'étape | dans l'étape depuis | depuis le",
    "next_step": "prochaine action | prochaine étape | étape suivante | action suivante | action à mener"
    " | actions à mener | prochaines actions | prochaine étape clé | à faire | prochaine tâche"
    " | prochain échange | prochaine activité | type de la prochaine activité",
    "next_step_date": "date de la prochaine action | date prochaine action | date de prochaine action"
    " | date de la prochaine étape | date de la prochaine activité | prochaine activité | date de relance"
    " | relance | date action | prochain rdv | prochain contact | date prochaine étape | prochaine échéance"
    " | prochaine tâche | relance le | à relancer le | rappel le | prochaine relance | à faire pour le",
    "category": "catégorie de prévision | catégorie de prévisions | prévision | catégorie",
    "lead_source": "origine | origine de la piste | provenance | canal | source | source d'origine"
    " | source d'origine du trafic | source de la piste | source du prospect | source du lead",
    "type": "type d'affaire | type d'opportunité",
    "segment": "secteur | secteur d'activité | marché | segmentation | type de client",
    "loss_reason": "raison de la perte | raison de perte | motif de perte | motif de la perte"
    " | cause de perte | raison de l'échec | motif d'échec | raison de la clôture | raison du refus"
    " | motif du refus | motif de refus | motif | pourquoi perdu | pourquoi perdue",
    "description": "commentaires | commentaire | remarques | remarque | observations | notes internes"
    " | détail | brief",
    "need": "besoin | besoins | enjeu | enjeux",
    "decision_makers": "décideurs | décideur | décisionnaires | décisionnaire",
    "budget": "budget client",
    "timeline": "calendrier | échéancier | planning",
    "risk": "risque | risques",
    "updated": "date de modification | modifié le | date de dernière modification | dernière modification"
    " | mis à jour le | (ne pas modifier) modifié le",
}

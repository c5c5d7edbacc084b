"""The words of the sample data. Every person, company and place in them is invented."""

FIRM = "Ardolys"
"""The firm that sells: portals and paperless processes for mid-sized French companies."""

TEAMS = {
    "Ouest": ("Gwenaëlle Kerdoncuff", ("Claire Dubois", "Yann Le Goff", "Mathilde Perrin")),
    "Île-de-France": ("Karim Benali", ("Julien Moreau", "Sophie Nguyen", "Thomas Lefèvre")),
    "Sud-Est": ("Hélène Castelli", ("Nadia Haddad", "Antoine Rousseau", "Camille Faure")),
}
"""Team → manager and reps."""

SANDBAGGER = "Antoine Rousseau"
SLIPPER = "Julien Moreau"
KEEPERS = ("Thomas Lefèvre", "Camille Faure")
"""They do not close what is dead."""

BELGIUM = ("Ardolys Belgique", "Lieve Vandamme", ("Maxime Delvaux", "Élise Verhaegen"))
"""The sister team that works in HubSpot: name, manager, reps."""
PARTNERS = ("Ardolys Partenaires", "Bruno Marchetti", ("Aurélie Simonet", "Idriss Traoré"))
"""The sister team that works in Pipedrive."""

NEW_CUSTOMER, KNOWN_CUSTOMER = "Nouveau client", "Client existant"

STAGES = ("Qualification", "Découverte", "Démo", "Proposition", "Négociation", "Closing")
WON, LOST = "Gagnée", "Perdue"
PROBABILITY = dict(zip((*STAGES, WON, LOST), (10, 20, 35, 50, 70, 90, 100, 0), strict=True))
"""Per cent, as the CRM gives it by stage."""

PROJECTS = {
    "Portail fournisseurs": 30,
    "Refonte intranet": 26,
    "Extranet clients": 27,
    "Signature électronique": 14,
    "Coffre-fort RH": 16,
    "GED technique": 32,
    "Dématérialisation factures": 28,
    "Portail adhérents": 24,
    "Onboarding salariés": 17,
    "Gestion des contrats": 33,
    "Notes de frais": 12,
    "Achats et approvisionnements": 38,
    "Facturation électronique 2026": 29,
    "Suivi qualité": 22,
    "Espace assurés": 41,
    "Plateforme SAV": 31,
    "Gestion des interventions": 36,
    "Portail candidats": 18,
    "Référentiel produits": 44,
    "Archivage légal": 23,
    "Parapheur numérique": 15,
    "Appels d’offres": 34,
    "Relation usagers": 37,
    "Suivi des chantiers": 39,
    "Base documentaire": 20,
    "Espace franchisés": 35,
    "Tableau de bord achats": 19,
    "Commande en ligne": 46,
    "Traçabilité des lots": 48,
    "Planification tournées": 52,
    "Workflow investissements": 43,
    "Gestion des habilitations": 25,
    "Portail distributeurs": 40,
    "Conformité RGPD": 13,
    "Registre sécurité": 16,
    "Bureau d’ordre": 21,
    "Pilotage sous-traitants": 45,
    "Catalogue formation": 18,
    "Gestion du patrimoine": 55,
    "Extension groupe": 62,
}
"""What is sold → its usual price in thousands of euros."""
NEW_LOTS = ("", "", "", "", "", "", " – pilote", " – siège", " – lot 1")
MORE_LOTS = ("", "", " – lot 2", " – phase 2", " – filiales", " – renouvellement")
"""Which part of it, for a new and for an old customer."""
FOLLOW_UPS = (" – lot 2", " – phase 2", " – renouvellement")
"""What continues a finished project, and is decided quickly."""

ROOTS = [
    "Nordi",
    "Cofi",
    "Altea",
    "Verdi",
    "Sogé",
    "Transa",
    "Armo",
    "Lumi",
    "Batéo",
    "Calvi",
    "Doma",
    "Élisio",
    "Ferro",
    "Galva",
    "Hydro",
    "Isomé",
    "Jovia",
    "Kalis",
    "Loga",
    "Manu",
    "Novi",
    "Orféa",
    "Plasti",
    "Quali",
    "Rivé",
    "Sava",
    "Tecno",
    "Urba",
    "Valo",
    "Wimé",
    "Xylo",
    "Ypsi",
    "Zéni",
    "Brévi",
    "Cléo",
    "Dura",
    "Euro",
    "Fibro",
]
ENDINGS = [
    "mat",
    "lux",
    "tis",
    "mar",
    "line",
    "plast",
    "bois",
    "pack",
    "dis",
    "gaz",
    "tech",
    "voie",
    "nor",
    "pôle",
    "soft",
    "rial",
    "ance",
    "via",
    "forme",
    "cap",
]
FAMILIES = [
    "Kermarrec",
    "Vauban",
    "Delorme",
    "Peltier",
    "Guéhenneuc",
    "Bastiani",
    "Lacombe",
    "Roussillon",
    "Hervouet",
    "Charpin",
    "Maillard",
    "Desroches",
    "Fontanel",
    "Grandjean",
    "Lestrade",
    "Morvan",
    "Noirot",
    "Ollivier",
    "Pradel",
    "Quéméneur",
    "Rambaud",
    "Sarrazin",
    "Thévenot",
    "Vasseur",
    "Wissocq",
    "Barbier-Lanoy",
    "Caradec",
    "Dumoulin",
    "Estève",
    "Ferrandi",
    "Gaillac",
    "Houdard",
    "Isnard",
    "Jaouen",
    "Lebreton",
    "Malfroy",
]
PLACES = [
    "Saint-Aubry",
    "Val d’Ombre",
    "Montfleury",
    "Roche-Blanche",
    "Kerlann",
    "Vernoise",
    "Bois-Joli",
    "Pont-l’Aubier",
    "Sainte-Ombeline",
    "Haute-Sève",
    "Grand-Marais",
    "Clairvent",
    "Villedoux",
    "Port-Armel",
    "Mas-Rougier",
    "Plaine-d’Yvon",
]

SECTORS = {
    "Industrie": (
        "{root}{ending}",
        "{root}{ending}",
        "Fonderies {family}",
        "Mécanique {family}",
        "Plastiques {family}",
    ),
    "Transport": ("Transports {family}", "{root}{ending} Logistique", "{family} Fret"),
    "BTP": ("{family} Construction", "Travaux publics {family}", "Menuiseries {family}"),
    "Agroalimentaire": (
        "Laiterie {place}",
        "Conserverie {family}",
        "Coopérative {place}",
        "Biscuiterie {family}",
    ),
    "Santé": ("Clinique {place}", "Laboratoires {family}", "Centre hospitalier {place}"),
    "Services": ("Groupe {family}", "{root}{ending} Conseil", "{family} & Associés", "Assurances {family}"),
    "Distribution": ("Maison {family}", "{root}{ending} Distribution", "Comptoir {place}"),
    "Secteur public": (
        "Ville de {place}",
        "Communauté de communes {place}",
        "Lycée {place}",
        "Habitat {place}",
    ),
}
"""Sector → shapes of company names."""

SOURCES = {
    "Prospection": 34,
    "Site web": 22,
    "Salon": 12,
    "Partenaire": 14,
    "Recommandation": 12,
    "Base clients": 6,
}
"""Lead source → weight."""

REASONS = {
    "Sans décision": 30,
    "Prix": 20,
    "Concurrent": 18,
    "Budget gelé": 14,
    "Projet abandonné": 10,
    "Sans réponse": 8,
}
DEMO_REASONS = {"Fonction manquante": 38, "Concurrent": 22, "Sans réponse": 20, "Sans décision": 20}
"""Why deals are lost, in general and right after a demo → weight."""

NEXT_STEPS = {
    "Qualification": (
        "Appel de qualification",
        "Identifier le décideur",
        "Envoyer la plaquette",
        "Rappeler le DSI",
    ),
    "Découverte": (
        "Atelier besoins",
        "Entretien avec le métier",
        "Cartographier les processus",
        "RDV sur site",
    ),
    "Démo": (
        "Démo au comité projet",
        "Préparer le scénario de démo",
        "Débrief de la démo",
        "Démo complémentaire",
    ),
    "Proposition": (
        "Présenter la proposition",
        "Chiffrer le lot 2",
        "Relire le cahier des charges",
        "Relancer le DAF",
    ),
    "Négociation": (
        "Point avec les achats",
        "Réviser la remise",
        "Valider le planning",
        "Comité d’engagement",
    ),
    "Closing": ("Relecture juridique", "Envoyer le contrat", "Obtenir la signature", "Bon de commande"),
}
VAGUE_STEPS = ("à définir", "relancer", "?", "voir plus tard", "à suivre", "-")

KNOWN = {
    "need": (
        "Fin du papier aux achats",
        "Outil actuel en fin de vie",
        "Délais de validation",
        "Obligation légale 2026",
        "Trop de ressaisies",
        "Audit défavorable",
        "Croissance externe",
        "Litiges fournisseurs",
    ),
    "decision_makers": (
        "DAF",
        "DG et DSI",
        "DSI, avis des achats",
        "Directrice des opérations",
        "Comité de direction",
        "DRH",
        "Président",
        "Responsable achats",
    ),
    "budget": (
        "Voté au budget",
        "30 k€ cette année",
        "À arbitrer en comité",
        "Ligne DSI",
        "Enveloppe validée DAF",
        "Budget achats",
        "Subvention demandée",
    ),
    "timeline": (
        "Avant clôture annuelle",
        "Démarrage en janvier",
        "Mise en service à la rentrée",
        "Fin de bail en juin",
        "Appel d’offres à l’été",
        "Dès signature",
    ),
    "risk": (
        "Concurrent en place",
        "DSI surchargée",
        "Gel des achats possible",
        "Projet ERP en parallèle",
        "Départ du sponsor",
        "Reprise des données",
    ),
    "sponsor": (
        "Directeur achats",
        "Contrôleuse de gestion",
        "DSI adjoint",
        "Directeur de site",
        "DAF",
        "Cheffe de projet",
    ),
}
"""What reps write about each qualification item once they know."""
VAGUE = ("à définir", "?", "n/a", "à compléter")

# Tous les échanges d'un mois, pour qui tient les comptes
ledger-title = Tous les échanges
ledger-month = Mois
ledger-state = Lesquels
ledger-state-tous = Tous
ledger-state-attente = En attente
ledger-state-inscrits = Enregistrés
ledger-state-annules = Annulés
ledger-state-abandonnes = Refusés, retirés ou sans réponse
ledger-sum =
    { $count ->
        [0] Aucun échange noté ce mois-là
        [one] 1 échange noté ce mois-là
       *[other] { $count } échanges notés ce mois-là
    }
ledger-sum-standing =
    { $count ->
        [0] Aucun n'est enregistré.
        [one] 1 est enregistré : { $amount }.
       *[other] { $count } sont enregistrés : { $amount } en tout.
    }
ledger-sum-waiting =
    { $count ->
        [0] { "" }
        [one] 1 attend une réponse.
       *[other] { $count } attendent une réponse.
    }
ledger-nothing = Rien ici. Choisissez un autre mois.
ledger-by = Noté par { $by } le { $day }
ledger-by-for = Noté par { $by } pour { $name } le { $day }
ledger-csv-day = Date
ledger-csv-payer = Donne, n°
ledger-csv-payee = Reçoit, n°
ledger-csv-amount = Combien
ledger-csv-label = En échange de
ledger-csv-state = État
ledger-csv-written = Noté
ledger-csv-slip = Bordereau
ledger-csv-category = Rubrique
exchange-category = rubrique
exchange-category-none = sans rubrique
member-turnover = En un an : { $gave } donnés, { $received } reçus

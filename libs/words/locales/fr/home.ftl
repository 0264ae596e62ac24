minus = moins
home-title = Bonjour { $name }
home-waiting =
    { $count ->
        [one] Un échange attend votre accord
       *[other] { $count } échanges attendent votre accord
    }
home-waiting-many = Plus de { $count } échanges attendent votre accord
home-statement = Voir mon relevé
home-fresh = Les annonces nouvelles
home-all-notices = Toutes les annonces
home-no-notices = Personne n'a encore publié d'annonce. Publiez la première.
home-desk-applications =
    { $count ->
        [one] Une personne à accueillir
       *[other] { $count } personnes à accueillir
    }
home-desk-exchanges =
    { $count ->
        [one] Un échange à confirmer pour quelqu'un sans courriel
       *[other] { $count } échanges à confirmer pour des adhérents sans courriel
    }
home-desk-exchanges-many = Plus de { $count } échanges à confirmer pour des adhérents sans courriel
balance-title = Votre solde
balance-even = Vous avez donné à peu près autant que vous avez reçu.
balance-received = Vous avez reçu { $time } de plus que vous n'avez donné. C'est normal : pour que les { $unit } circulent, il faut des soldes en dessous de zéro et d'autres au-dessus.
balance-given = Vous avez donné { $time } de plus que vous n'avez reçu.
balance-much = Vous avez donné { $time } de plus que vous n'avez reçu. C'est le moment de demander un coup de main.
balance-worth = Ce solde vaut { $time } de coups de main.
balance-below = Vous avez reçu plus que vous n'avez donné. C'est normal : pour que les { $unit } circulent, il faut des soldes en dessous de zéro et d'autres au-dessus.
balance-beyond = Vous avez reçu { $time } de plus que vous n'avez donné : c'est au-delà de la limite du SEL, { $limit }. C'est le moment de proposer un coup de main, ou d'en parler à la personne qui tient les comptes.
balance-limit = limite { $amount }
balance-scale = Solde de { $balance }, entre { $low } et { $high }.
statement-title = Mon relevé
statement-title-of = Le relevé de { $name }
statement-mine = Revenir à mon relevé
statement-lines-of = Échanges
statement-pending = En attente
statement-nothing-pending = Rien n'est en attente.
statement-all-pending = Voir tout ce qui attend
statement-say = Dire si c'est juste
statement-waits-for = { $name } doit donner son accord
statement-lines = Mes échanges
statement-empty = Aucun échange pour l'instant. Le premier se note en une minute.
statement-caption = Mes échanges, les derniers inscrits d'abord
statement-printed = { $name } (n° { $number }), le { $day }
statement-noted-on = inscrit le { $day }
statement-date = Date
statement-exchange = Échange
statement-balance = Solde
statement-pages = Pages du relevé
statement-newest = Revenir aux plus récents
statement-older = Échanges plus anciens
statement-written-by = saisi par { $name }
home-helped = J'agis pour
home-desk-approvals =
    { $count ->
        [one] 1 échange dépasse une limite
       *[other] { $count } échanges dépassent une limite
    }
home-desk-approvals-many = Plus de { $count } échanges dépassent une limite
home-desk-disputes =
    { $count ->
        [one] 1 désaccord en cours
       *[other] { $count } désaccords en cours
    }
home-desk-disputes-many = Plus de { $count } désaccords en cours
statement-all = Depuis le début
statement-since = Du { $from } à aujourd'hui
statement-until = Jusqu'au { $to }
statement-between = Du { $from } au { $to }
statement-count =
    { $count ->
        [0] aucun mouvement
        [one] 1 mouvement
       *[other] { $count } mouvements
    }
statement-period = Période
statement-tab-recent = { $months } mois
statement-tab-all = Tout
statement-other-period = Une autre période, ou le solde à une date
statement-from = Du
statement-to = Au
statement-show = Montrer
statement-opening = Solde de départ
statement-csv = Ouvrir dans un tableur
statement-solidarity = Compte d'entraide
statement-csv-day = Date
statement-csv-noted = Noté le
statement-csv-label = En échange de
statement-csv-with = Avec
statement-csv-number = Numéro
statement-csv-gave = Donné
statement-csv-received = Reçu
statement-csv-balance = Solde
statement-desk = Le bureau
statement-closing = Solde au { $day } : { $balance }

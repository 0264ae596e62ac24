# Les feuilles : ce qui était sur papier
sheet-list-title = Feuilles à recopier
sheet-list-lead = Ce qui a été noté sur papier se recopie ici, une ligne par échange : la liste d'une bourse, ou une pile de bordereaux.
sheet-list-open = Feuilles en cours
sheet-list-away = Feuilles terminées
sheet-none = Aucune feuille en cours.
sheet-none-away = Aucune feuille terminée.
sheet-new = Nouvelle feuille
sheet-what = Qu'avez-vous sous les yeux ?
sheet-kind-fair = Liste d'une bourse
sheet-kind-fair-hint = Tous les échanges sont du même jour.
sheet-kind-slips = Bordereaux
sheet-kind-slips-hint = Chacun a son numéro et sa date.
sheet-day = De quel jour ?
sheet-title = Nom de la feuille
sheet-title-hint = Laissez vide : nous mettrons le jour.
sheet-open = Ouvrir la feuille
sheet-usual-fair = Bourse du { $day }
sheet-usual-slips = Bordereaux recopiés le { $day }
sheet-state =
    { $posted ->
        [0] rien d'enregistré
        [one] 1 échange enregistré, { $amount }
       *[other] { $posted } échanges enregistrés, { $amount }
    }{ $waiting ->
        [0] { "" }
        [one] { " · 1 ligne en cours" }
       *[other] { " · " }{ $waiting } lignes en cours
    }
sheet-intro-fair = Recopiez les feuilles papier, une ligne par échange. Tapez les numéros, ou le début du nom ; les noms apparaissent dessous pour vérifier.
sheet-intro-slips = Une ligne par bordereau. Tapez les numéros, ou le début du nom ; les noms apparaissent dessous pour vérifier. Une date vide vaut la date de la feuille.
sheet-line = Ligne
sheet-slip = Bordereau
sheet-date = Date
sheet-payer = Donne les { $unit }
sheet-payee = Les reçoit
sheet-label = En échange de
sheet-box = Ligne { $line }, { $label }
sheet-echo = { $name } (n° { $number })
sheet-wrong =
    { $count ->
        [one] Une ligne à revoir
       *[other] { $count } lignes à revoir
    }
sheet-line-wrong = Ligne { $line } : { $said }
sheet-ready =
    { $count ->
        [0] Aucun échange prêt
        [one] 1 échange prêt, { $amount }
       *[other] { $count } échanges prêts, { $amount }
    }
sheet-rest =
    { $wrong ->
        [0] { "" }
        [one] { "1 ligne à revoir, " }
       *[other] { $wrong }{ " lignes à revoir, " }
    }{ $empty ->
        [0] aucune ligne vide
        [one] 1 ligne vide
       *[other] { $empty } lignes vides
    }
sheet-post =
    { $count ->
        [0] Enregistrer ce qui est prêt
        [one] Enregistrer l'échange prêt
       *[other] Enregistrer les { $count } échanges prêts
    }
sheet-check = Vérifier
sheet-more = Ajouter dix lignes
sheet-paste = Coller depuis un tableur
sheet-paste-label = Les lignes copiées
sheet-paste-fair = Quatre colonnes, dans cet ordre : qui donne, qui reçoit, combien, en échange de quoi.
sheet-paste-slips = Six colonnes, dans cet ordre : bordereau, date, qui donne, qui reçoit, combien, en échange de quoi.
sheet-paste-add = Ajouter ces lignes
sheet-file = Ou lire un fichier CSV
sheet-done =
    { $count ->
        [one] 1 échange enregistré, { $amount }. Les deux personnes reçoivent un courriel.
       *[other] { $count } échanges enregistrés, { $amount }. Chaque personne concernée reçoit un courriel.
    }
sheet-none-posted = Rien n'est enregistré : aucune ligne n'est prête. Ce que vous avez tapé est gardé.
sheet-posted =
    { $count ->
        [one] 1 échange enregistré, { $amount }
       *[other] { $count } échanges enregistrés, { $amount }
    }
sheet-put-away = Terminer cette feuille
sheet-take-out = Reprendre cette feuille
sheet-is-away = Terminée
sheet-away = « { $title } » est terminée. Vous la retrouvez parmi les feuilles terminées.
sheet-back = « { $title } » est de nouveau parmi les feuilles en cours.
sheet-import-title = Lire un fichier CSV
sheet-import-fair = Le fichier contient une ligne par échange : qui donne, qui reçoit, combien, en échange de quoi. Une première ligne avec le nom des colonnes permet un autre ordre. Rien n'est enregistré avant que vous ayez relu.
sheet-import-slips = Le fichier contient une ligne par échange : bordereau, date, qui donne, qui reçoit, combien, en échange de quoi. Une première ligne avec le nom des colonnes permet un autre ordre. Rien n'est enregistré avant que vous ayez relu.
sheet-import-file = Le fichier
sheet-import-read = Lire ce fichier
sheet-import-empty = Ce fichier ne contient aucune ligne. Choisissez un fichier CSV, enregistré par votre tableur.
sheet-imported =
    { $count ->
        [one] 1 ligne ajoutée à la feuille. Relisez-la, puis enregistrez.
       *[other] { $count } lignes ajoutées à la feuille. Relisez-les, puis enregistrez.
    }
sheet-below-floor = { $name } arrive à { $reached } ; la limite est de { $limit }.
sheet-above-ceiling = { $name } arrive à { $reached } ; la limite est de { $limit }.
exchange-another = C'est un autre échange
refusal-sheet-number = Aucun adhérent n'a le n° { $typed }.
refusal-sheet-name = Aucun adhérent ne s'appelle « { $typed } ».
refusal-sheet-left = { $name } a quitté le SEL.
refusal-sheet-oneself = C'est la même personne des deux côtés.
refusal-sheet-no-payer = Il manque qui donne.
refusal-sheet-no-payee = Il manque qui reçoit.
refusal-sheet-day = Écrivez la date ainsi : 13/6.
refusal-sheet-title = Le nom de la feuille tient en 80 lettres au plus.
refusal-sheet-slip = Le numéro du bordereau tient en 30 lettres au plus.
refusal-sheet-long = Une feuille tient 300 lignes. Ouvrez-en une autre pour la suite.
refusal-sheet-same = La ligne { $line } dit la même chose, ou porte le même bordereau. Est-ce un autre échange ?
refusal-exchange-alike = Cet échange ressemble à celui du { $day } : mêmes personnes, { $amount }, « { $label } ». Est-ce un autre ?
refusal-exchange-slip = Le bordereau { $slip } est déjà enregistré : { $amount }, « { $label } », le { $day }. Est-ce un autre ?
sheet-running = Tapé jusqu'ici : { $lines } lignes, { $sum } en tout
sheet-amount = Combien
refusal-sheet-label = Il manque ce qui a été échangé.
refusal-sheet-amount = Il manque le nombre de { $unit }.
refusal-sheet-not-a-number = Écrivez un nombre.
refusal-sheet-for-oneself = C'est vous qui recevez : écrivez cet échange en votre nom, l'autre personne confirmera. Ou laissez quelqu'un d'autre taper cette ligne.
sheet-left =
    { $count ->
        [one] 1 ligne collée n'a pas tenu : une feuille tient 300 lignes. Collez-la sur une autre feuille.
       *[other] { $count } lignes collées n'ont pas tenu : une feuille tient 300 lignes. Collez-les sur une autre feuille.
    }
sheet-keys = La touche Tab passe à la case suivante, la touche Entrée vérifie et garde tout.
sheet-to-total = Aller au total

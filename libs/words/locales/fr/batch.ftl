# Ce que le bureau décide pour plusieurs à la fois
batch-list-title = Mouvements collectifs
batch-list-lead = Cotisations en { $unit }, dons, tâches pour le SEL, ateliers : on voit d'abord ce que cela change pour chacun, puis on décide. Tout s'annule d'un coup si besoin.
batch-none = Rien n'a encore été décidé.
batch-new-title = Nouveau mouvement
batch-what = De quoi s'agit-il ?
batch-kind-fee = Cotisation
batch-kind-fee-hint = Chacun donne au SEL.
batch-kind-gift = Don
batch-kind-gift-hint = Le SEL donne à chacun.
batch-kind-task = Tâche
batch-kind-task-hint = Le SEL remercie ceux qui ont travaillé pour tous.
batch-kind-workshop = Atelier
batch-kind-workshop-hint = Les participants donnent à la personne qui anime, ou reçoivent d'elle.
batch-kind-demurrage = Fonte des gros soldes
batch-kind-demurrage-hint = Une part de ce qui dépasse un seuil revient au SEL.
batch-label = Son nom
batch-label-hint = Il se lit dans le relevé de chacun.
batch-amount = Combien de { $unit } chacun ?
batch-members = Quelles personnes ?
batch-members-hint = Des numéros ou des noms, séparés par des virgules.
batch-fund = Quel compte du SEL ?
batch-fund-sel = Compte du SEL
batch-leader = Qui anime l'atelier ?
batch-way = Dans quel sens ?
batch-way-pay = Les participants donnent
batch-way-paid = Les participants reçoivent
batch-percent = Quelle part des gros soldes, en pour cent ?
batch-percent-hint = De 1 à 50. 2 prend 2 % de ce qui dépasse le seuil.
batch-threshold = À partir de combien, en { $unit } ?
batch-threshold-hint = En dessous, personne ne donne rien.
batch-preview = Voir ce que cela change
batch-review-title = Est-ce bien cela ?
batch-sum =
    { $count ->
        [one] 1 personne, { $amount } en tout
       *[other] { $count } personnes, { $amount } en tout
    }
batch-member = Adhérent
batch-change = Mouvement
batch-before = Solde avant
batch-after = Solde après
batch-yes = Oui, décider
batch-note = Chaque personne qui a un courriel est prévenue. Rien ne s'efface : on peut annuler le tout, et tout reste lisible.
batch-done =
    { $count ->
        [one] C'est décidé : 1 mouvement, { $amount }.
       *[other] C'est décidé : { $count } mouvements, { $amount } en tout.
    }
batch-said =
    { $count ->
        [one] 1 mouvement, { $amount }. Décidé par { $name } le { $day }.
       *[other] { $count } mouvements, { $amount } en tout. Décidé par { $name } le { $day }.
    }
batch-said-undone =
    { $count ->
        [one] 1 mouvement, { $amount }. Décidé par { $name } le { $day }, annulé depuis.
       *[other] { $count } mouvements, { $amount } en tout. Décidé par { $name } le { $day }, annulé depuis.
    }
batch-line-gives = { $payer } donne { $amount }
batch-line-receives = { $payee } reçoit { $amount }
batch-line-both = { $payer } donne { $amount } à { $payee }
batch-undo = Annuler tout ce mouvement
batch-undo-what = L'inverse de chaque ligne sera inscrit. Cela ne se fait qu'une fois.
batch-undo-yes = Oui, annuler le tout
batch-undone =
    { $left ->
        [0] C'est annulé : l'inverse de chaque ligne est inscrit.
        [one] C'est annulé, sauf une ligne : ce compte est clos.
       *[other] C'est annulé, sauf { $left } lignes : ces comptes sont clos.
    }
batch-why-undone = Annulé : « { $reason } »
refusal-batch-kind = Choisissez de quoi il s'agit.
refusal-batch-leader = Écrivez qui anime l'atelier.
refusal-batch-nobody = Personne n'est concerné. Écrivez des numéros, ou changez le seuil.
refusal-batch-whom = Nous ne trouvons pas « { $typed } ». Écrivez un numéro.
refusal-batch-percent = Écrivez un nombre entre 1 et 50.
refusal-batch-threshold = Écrivez un nombre de { $unit }, 0 par exemple.
refusal-batch-undone = Ce mouvement est déjà annulé.
refusal-batch-changed = Quelque chose a changé entre-temps. Relisez avant de décider.
gift-title = Donner au compte d'entraide
gift-lead = Ce compte aide ceux qui en ont besoin : le bureau donne ce qu'il contient.
gift-stands = Il contient aujourd'hui { $amount }.
gift-usual = Don à l'entraide
gift-amount = Combien de { $unit } ?
gift-label = Un mot, lu dans votre relevé
gift-give = Donner
gift-done = Merci : vous avez donné { $amount } au compte d'entraide.
refusal-batch-for-oneself = C'est vous qui recevez : demandez à une autre personne du bureau de le décider.
refusal-batch-participants = Écrivez qui a participé à l'atelier.
batch-who = Pour qui ?
batch-who-all = Tous les adhérents
batch-who-some = Seulement certaines personnes
refusal-batch-who = Dites pour qui : tous les adhérents, ou seulement certaines personnes.

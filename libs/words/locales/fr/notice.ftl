notices-title = Annonces
notices-search = Que cherchez-vous ?
notices-search-button = Chercher
notices-tabs = Offres ou demandes
notices-all = Toutes
notices-offers = Offres
notices-wants = Demandes
notices-refine = Affiner
notices-rubric = Rubrique
notices-chips = Filtres choisis
notices-chip-words = « { $words } »
notices-chip-remove = : retirer ce filtre
notices-pages = Pages
notices-count =
    { $count ->
        [one] Une annonce
       *[other] { $count } annonces, les plus récentes d'abord
    }
notices-found =
    { $count ->
        [one] Une annonce pour « { $words } ».
       *[other] { $count } annonces pour « { $words } ».
    }
notices-found-none = Aucune annonce n'a tous ces mots : « { $words } ».
notices-some =
    { $count ->
        [one] Une annonce en a une partie.
       *[other] { $count } annonces en ont une partie.
    }
notices-empty = Personne n'a encore publié d'annonce. Publiez la première.
notices-empty-here = Il n'y a pas encore d'annonce ici. Publiez la vôtre.
notices-empty-words-here = Rien ici pour « { $words } ». Retirez un filtre, ou publiez une demande.
notices-empty-words = Aucune annonce ne parle encore de « { $words } ». Publiez une demande : quelqu'un saura peut-être.
notices-publish-want = Publier une demande
notices-publish-offer = Publier une offre
notices-where = Où chercher
notices-where-home = Mon SEL
notices-where-allies = SEL alliés
notices-where-all = Tous les SEL
notices-also = Aussi
notices-urgent = Urgentes
notices-gift = Dons
notices-since = Publiées depuis
notices-since-days = { $days } jours
notices-since-ever = toujours
notices-order = Dans quel ordre
notices-order-best = Les plus proches de vos mots
notices-order-newest = Les plus récentes
notices-order-nearest = Les plus près d'ici
notices-distance = Distance
notices-town = Depuis quelle commune ?
notices-town-which = Plusieurs communes portent ce nom. Laquelle ?
notices-town-meanwhile = Voici les annonces de partout, car nous hésitons sur la commune.
notices-town-maybe = Nous ne connaissons pas de commune nommée « { $typed } ». Vouliez-vous dire :
notices-town-unknown = Nous ne connaissons pas de commune nommée « { $typed } ». Les distances partent de votre SEL.
notices-radius = Jusqu'où ?
notices-radius-any = Peu importe
notices-radius-apply = Appliquer
notices-within = à moins de { $km } km
notices-within-of = à moins de { $km } km de { $town }
notices-from = Depuis { $town }
notices-order-nearest-to = Les plus près de { $town }
notices-on-farther = Chercher jusqu'à { $km } km
notices-quoted = « { $word } »
notices-others = Nous avons aussi cherché { $words }.
notices-on-unfiltered = Chercher sans ces filtres
notices-on-allies = Chercher aussi chez nos SEL alliés
notices-on-all = Chercher dans tous les SEL
notice-place-far = { $place }, à { $km } km
notices-mine-title = Mes annonces
notices-mine-empty = Vous n'avez pas encore d'annonce. Dites ce que vous proposez, ou ce que vous cherchez.
notices-mine-more = Seules vos cent dernières annonces sont montrées ici.
notice-offer = Offre
notice-want = Demande
notice-urgent = Urgent
notice-mine = La vôtre
notice-price-hours = { $amount } pour une heure
notice-price-hourly = { $amount } l'heure
notice-price-discuss = à discuter
notice-price-gift = don
notice-price-there = { $price }, soit { $here }
notice-shared = Montrée aux SEL alliés
notice-shared-platform = Montrée à tous les SEL
notice-shared-public = Montrée à tout le monde
notice-state-live = en ligne
notice-state-paused = en pause
notice-state-closed = retirée
notice-state-withdrawn = retirée par { $by }
notice-state-expired = expirée
notice-state-left = n'est plus montrée
notice-over = Expirée depuis le { $day }
notice-until = Valable jusqu'au { $day }
notice-back = Retour aux annonces
notice-fact-price = En échange
notice-fact-place = Où
notice-fact-dates = Publiée
notice-dates = le { $from }, valable jusqu'au { $until }
notice-dates-over = le { $from }, expirée depuis le { $until }
notice-photo = Photo { $place } de l'annonce
notice-author = L'auteur de l'annonce
notice-write = Écrire à { $name }
notice-message = Votre message
notice-message-hint = Dites ce dont vous avez besoin et quand. { $name } reçoit votre message par courriel et peut y répondre. Vos adresses restent cachées.
notice-write-there = Écrire à l'auteur de l'annonce
notice-message-there = Dites ce dont vous avez besoin et quand. L'auteur reçoit votre message par courriel, signé « { $signed } », et peut y répondre. Vos adresses restent cachées.
notice-message-there-want = Dites ce que vous proposez et quand. L'auteur reçoit votre message par courriel, signé « { $signed } », et peut y répondre. Vos adresses restent cachées.
notice-gone-title = Cette annonce n'est plus montrée à votre SEL
notice-gone = Elle a été retirée ou mise en pause, ou l'alliance entre les deux SEL est suspendue.
notice-known-there = Vous lui avez déjà écrit : relire vos messages
notice-no-email-there = L'auteur de cette annonce n'a pas de courriel : un message écrit ici ne serait lu par personne. Demandez au bureau de votre SEL de joindre celui de l'auteur.
notice-sel = Le SEL de l'auteur
notice-theirs = Cette annonce vient d'un SEL allié. Vous connaîtrez le nom de l'auteur quand il vous répondra. L'échange se fait ensuite comme avec un adhérent de votre SEL.
notice-theirs-beyond = Cette annonce vient d'un autre SEL. Vous connaîtrez le nom de l'auteur quand il vous répondra. Pour échanger, vos deux SEL doivent d'abord s'allier.
notice-theirs-board = Parlez-en à votre bureau.
notice-theirs-ask = Proposer une alliance à ce SEL
notice-theirs-answer = Ce SEL vous propose une alliance : répondre
notice-theirs-known = Voir où en est l'alliance avec ce SEL
notice-no-email = { $name } n'a pas de courriel : un message écrit ici ne serait lu par personne. Téléphonez, ou parlez-en à { $helpers }.
notice-message-kept = Votre message n'est pas parti. Le voici :
notice-send = Envoyer
notice-done = C'est fait : enregistrer l'échange
notice-others = { $name } publie aussi
notice-others-mine = Vous publiez aussi
notice-between-you = L'échange se décide entre vous. Le SEL met en relation et ne garantit pas le résultat.
notice-edit = Modifier
notice-renew = Renouveler
notice-pause = Mettre en pause
notice-resume = Remettre en ligne
notice-close = Retirer
notice-reopen = Rouvrir
notice-renewed = Annonce renouvelée : elle est valable jusqu'au { $day }. Vous pouvez la retirer à tout moment.
notice-paused = Annonce en pause : les adhérents ne la voient plus. « Remettre en ligne » la montre à nouveau.
notice-resumed = L'annonce est à nouveau en ligne. « Mettre en pause » la cache.
notice-resumed-expired = L'annonce est rouverte, mais elle a expiré le { $day }. « Renouveler » la montre à nouveau.
notice-closed = Annonce retirée : les adhérents ne la voient plus. « Rouvrir » la remet en ligne.
notice-published = Votre annonce est publiée. { $goes ->
        [members] Les adhérents la voient dès maintenant.
        [allies] Les adhérents et vos SEL alliés la voient dès maintenant.
        [platform] Les adhérents de tous les SEL la voient dès maintenant.
       *[public] Tout le monde la voit dès maintenant.
    }
notice-published-for = L'annonce de { $name } est publiée. { $goes ->
        [members] Les adhérents la voient dès maintenant.
        [allies] Les adhérents et vos SEL alliés la voient dès maintenant.
        [platform] Les adhérents de tous les SEL la voient dès maintenant.
       *[public] Tout le monde la voit dès maintenant.
    }
notice-changed = L'annonce est modifiée.
notice-new-title = Publier une annonce
notice-edit-title = Modifier l'annonce
notice-kind = Que publiez-vous ?
notice-kind-offer = Une offre
notice-kind-offer-how = je propose quelque chose
notice-kind-want = Une demande
notice-kind-want-how = je cherche un coup de main
notice-category-choose = Choisissez une rubrique
notice-field-title = Titre
notice-field-title-hint = En quelques mots, 80 lettres au plus.
notice-field-body = Texte
notice-field-body-hint = Dites quoi, où et quand. Sans téléphone ni adresse : on vous écrit depuis l'annonce.
notice-units = Que demande-t-on en échange ?
notice-units-hourly = Un nombre par heure
notice-units-fixed = Un nombre pour le tout
notice-units-discuss = À discuter
notice-units-gift = Un don
notice-units-amount = Combien de { $unit } ?
notice-units-hint-hours = Si vous comptez. Un quart d'heure s'écrit 0,25.
notice-units-hint = Si vous comptez. Une heure vaut { $amount }.
notice-days = Valable combien de temps ?
notice-days-usual = La durée habituelle du SEL : { $days } jours
notice-days-same = Jusqu'au { $day }, sans changement
notice-days-month = 1 mois
notice-days-three = 3 mois
notice-days-six = 6 mois
notice-days-year = 1 an
notice-urgent-tick = C'est urgent
notice-reach = Qui peut la voir ?
notice-reach-hint = Ailleurs, on lit le texte, les photos et la commune du SEL. Votre nom et votre numéro restent cachés tant que vous ne répondez pas.
notice-reach-members = Les adhérents du SEL
notice-reach-members-how = Personne d'autre.
notice-reach-allies = Nos SEL alliés aussi
notice-reach-allies-how = Leurs adhérents peuvent vous écrire.
notice-reach-platform = Tous les SEL
notice-reach-platform-how = Les adhérents de tous les SEL peuvent vous écrire.
notices-town-unknown-anywhere = Nous ne connaissons pas de commune nommée « { $typed } ». Voici les annonces de partout.
notice-reach-public = Tout le monde
notice-reach-public-how = Elle paraît aussi sur la page publique du SEL. Pour répondre, il faut être adhérent d'un SEL.
notice-reach-held = Votre SEL ne le permet plus. En attendant, { $most ->
        [members] elle reste entre nous.
        [allies] elle va jusqu'à nos SEL alliés.
       *[platform] elle va jusqu'aux adhérents de tous les SEL.
    }
notice-photos = Photos
notice-photos-add = Ajouter des photos
notice-photos-hint = Trois au plus, de 12 Mo au plus chacune. Nous effaçons le lieu et la date cachés dans les fichiers.
notice-photo-remove = Retirer la photo { $place }
notice-files-lost = Vos photos n'ont pas été gardées : choisissez-les à nouveau en bas du formulaire. Tout le reste y est.
notice-contacts = Dans votre texte se trouve { $contacts }. Tous ceux qui voient l'annonce le liront.
notice-contacts-why = On peut vous écrire depuis l'annonce. Dans le texte, vos coordonnées restent même quand elles changent.
notice-contacts-mend = Corriger le texte
notice-contacts-anyway = Publier quand même
notice-publish = Publier
notice-save = Enregistrer
notice-abandon = Abandonner
notice-watch = Modifier ou retirer cette annonce
notice-watch-text = Vous veillez sur les annonces, ou vous écrivez pour les autres. Si vous retirez celle-ci, un courriel prévient { $name }. Un mot avant évite souvent de le faire.
notice-helpers = { $most } ou { $last }

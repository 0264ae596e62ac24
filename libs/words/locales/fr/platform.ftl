# Les pages de Saline elle-même
platform-title = Saline, l'outil des SEL
platform-h1 = Entre voisins, on a tous quelque chose à s'offrir
platform-lead = Un SEL, système d'échange local, est une association de voisins qui s'échangent des coups de main, des savoirs et des objets. On ne compte pas en euros, on compte le temps.
platform-your-place = Votre commune, ou le nom de votre SEL
platform-find = Trouver
platform-week = Une semaine dans un SEL
platform-week-1 = Claire donne <b>90 grains</b> à Jean, qui a taillé ses rosiers.
platform-week-2 = Jean donne <b>60 grains</b> à Odette, qui a terminé son pull.
platform-week-3 = Odette donne <b>45 grains</b> à Fatima, qui l'a conduite à la gare.
platform-week-4 = Fatima donne <b>120 grains</b> à Claire, qui a relu son dossier.
platform-latest = Les derniers SEL ouverts
platform-latest-none = Aucun SEL n'est encore ouvert ici. Le vôtre peut être le premier.
platform-none-title = Aucun SEL près de chez vous ?
platform-none-text = Il suffit de quelques voisins et d'une première rencontre. Saline vous prête l'outil, et vous guide pas à pas.
platform-open-title = Ouvrir un SEL en une soirée
platform-open-1 = Dites qui vous êtes
platform-open-1-text = Le nom du SEL, votre commune, le nom de votre unité : grain, galet, piaf. Un lien arrive par courriel et ouvre votre SEL.
platform-open-2 = Choisissez vos règles
platform-open-2-text = Ce que vaut une heure, jusqu'où l'on descend sous zéro, qui accueille. Quatre pages à lire ensemble, presque tout se change ensuite.
platform-open-3 = Invitez vos voisins
platform-open-3-text = Par courriel, ou en inscrivant vous-même ceux qui n'en ont pas. On peut noter leurs échanges pour eux.
platform-open-ours = Ouvrir notre SEL
platform-is-title = Un outil, pas un maître
platform-is-text = Chaque SEL a son adresse, sa couleur, son unité et ses règles. Saline tient le catalogue, les comptes et les messages. Le reste se passe entre vous. C'est un logiciel libre : chacun peut le lire, l'installer et l'améliorer.
platform-not-title = Ce que Saline ne fera pas
platform-not-1 = afficher de la publicité
platform-not-2 = suivre ce que vous lisez
platform-not-3 = convertir vos unités en euros
platform-not-4 = montrer vos annonces hors du SEL sans votre accord
platform-find-title = Trouver un SEL
platform-find-near = Les SEL près de { $place }
platform-find-none-near = Saline ne connaît pas encore de SEL à moins de 100 km de { $place }.
platform-find-nothing = Nous ne trouvons ni SEL ni commune sous « { $typed } ». Vérifiez le nom, ou essayez une commune voisine.
platform-which = Quelle est votre commune ?
platform-members =
    { $count ->
        [one] { $count } adhérent
       *[other] { $count } adhérents
    }
platform-km = à { $km } km
platform-km-here = sur place
platform-place-detail =
    { $count ->
        [one] { $region }, { $people } habitant
       *[other] { $region }, { $people } habitants
    }
platform-at = à { $place }
platform-at-le = au { $place }
platform-at-les = aux { $place }
platform-login-title = Se connecter à son SEL
platform-login-text = On se connecte chez son propre SEL : chacun a son adresse. Dites-nous lequel est le vôtre, nous vous y menons.
platform-login-field = Nom ou adresse de votre SEL, ou votre commune
platform-login-mail = Chaque courriel que votre SEL vous envoie contient aussi son adresse.
country-fr = France
country-be = Belgique
country-ch = Suisse
country-lu = Luxembourg
country-mc = Monaco
country-gf = Guyane
country-gp = Guadeloupe
country-mq = Martinique
country-re = La Réunion
country-yt = Mayotte
platform-place-near = { $detail }, près de { $town }

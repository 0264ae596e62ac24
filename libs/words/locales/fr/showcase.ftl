showcase-title = Nos annonces publiques
showcase-lead = { $name } : { $count ->
        [one] un adhérent s'entraide
       *[other] { $count } adhérents s'entraident
    } sans argent. Voici les annonces que leurs auteurs montrent à tous.
showcases-title = Annonces près de chez vous
showcases-lead = Des coups de main, des savoirs et des objets, échangés sans argent dans les SEL de partout.
showcases-town = Près de quelle commune ?
showcase-empty = Ce SEL garde ses annonces pour ses adhérents.
showcases-empty = Aucun SEL ne montre encore d'annonce à tout le monde. Trouvez celui de chez vous : ses adhérents les voient.
showcase-empty-here = Rien ici avec ces choix.
showcase-empty-words = Aucune annonce publique ne parle de « { $words } ».
showcase-back = Toutes nos annonces publiques
showcase-answer-title = Pour répondre
showcase-answer = Les échanges se font entre adhérents. Rejoignez le SEL, ou connectez-vous si vous en êtes déjà.
showcases-answer = Les échanges se font entre adhérents de SEL. Trouvez celui de chez vous : presque tous accueillent de nouveaux voisins.
showcases-map = La carte des SEL
showcase-other-sel = Vous êtes d'un autre SEL ? Vous trouverez cette annonce chez vous, dans « Tous les SEL ».
showcase-inside = Voir l'annonce entre adhérents
showcase-inside-all = Voir toutes les annonces du SEL
showcase-all = Toutes les annonces de { $name }
showcase-embed-title = Montrer nos annonces sur notre site
showcase-embed-text = Si votre SEL a déjà un site, vos annonces publiques peuvent y paraître. Elles se mettent à jour toutes seules. Copiez cette ligne dans une page de votre site, là où la liste doit se trouver.
showcase-embed-line = La ligne à copier
showcase-embed-look = Voir à quoi cela ressemble
showcase-embed-cookie = La liste ne dépose aucun cookie chez vos visiteurs.
showcase-portal = Quelques annonces
map-title = La carte des SEL
map-lead = { $count ->
        [0] Aucun SEL n'est encore ouvert.
        [one] Un SEL est ouvert.
       *[other] { $count } SEL sont ouverts. Un rond plus grand en réunit plusieurs.
    }
map-alt = Carte de France, de Belgique, de Suisse et du Luxembourg, avec un rond là où se trouvent des SEL. La liste ci-dessous dit la même chose.
map-some = { $count } SEL autour de { $place }
map-list = Tous les SEL, par commune
map-pages = Pages de la liste
showcase-empty-words-here = Rien ici pour « { $words } » avec ces choix.

# Le cadre de toutes les pages
yes = Oui
skip = Aller au contenu
title-error = Erreur : { $title }
band-where = Où vous êtes
band-acting = Vous agissez pour { $name }.
band-desk = Bureau : ce que vous faites ici, vous le faites au nom du SEL.
band-desk-stop = Revenir à mon espace
nav-main = Principale
nav-everything = Toutes les pages
nav-home = Accueil
nav-notices = Annonces
nav-exchange = Échanger
nav-members = Adhérents
nav-statement = Mon relevé
nav-desk = Bureau
nav-all = Tout
nav-account = mon compte
nav-how = Comment ça marche
nav-join = Adhérer
nav-login = Se connecter
nav-map = La carte des SEL
nav-near = Annonces près de chez vous
nav-find = Trouver un SEL
nav-open = Ouvrir un SEL
foot-exchange = Échanger
foot-notices = Les annonces
foot-publish = Publier une annonce
foot-my-notices = Mes annonces
foot-record = Enregistrer un échange
foot-meet = Se retrouver
foot-members = Les adhérents
foot-messages = Mes messages
foot-invite = Inviter quelqu'un
foot-newcomers = Accueillir les nouveaux
foot-account = Mon compte
foot-sels = Mes SEL
foot-details = Mes coordonnées
foot-password = Mon mot de passe
foot-leave = Quitter la session
foot-waiting = Ce qui attend
foot-enter-member = Inscrire un adhérent
foot-sheets = Recopier des feuilles
foot-settings = Réglages
foot-colophon = { $name }, à { $place }.
foot-offered = Ces pages sont servies par Saline.
foot-platform = Saline, l'outil des SEL. Logiciel libre, licence AGPL.
foot-geonames = Noms de communes : GeoNames, CC BY 4.0.
form-error = Erreur :
form-errors =
    { $count ->
        [one] Il reste une chose à corriger
       *[other] Il reste { $count } choses à corriger
    }
page-next = Page suivante
page-previous = Page précédente
page-of = Page { $page }

# Quand une page ne peut pas s'ouvrir
error-home = Retour à l'accueil
error-missing-title = Cette page n'existe pas
error-missing-text = L'adresse est peut-être incomplète, ou la page a été retirée. Repartez de l'accueil.
error-forbidden-title = Vous n'avez pas accès à cette page
error-forbidden-text = Les personnes qui tiennent le bureau de votre SEL peuvent vous l'ouvrir.
error-out-title = Vous n'êtes plus dans votre espace
error-out-text = Rien n'est enregistré, et rien n'est perdu : connectez-vous dans un nouvel onglet, puis revenez en arrière dans celui-ci. Votre texte y est encore, envoyez-le à nouveau.
error-out-login = Se connecter (nouvel onglet)
error-foreign-title = Ce formulaire n'est plus valable
error-foreign-text = Il était ouvert depuis longtemps, ou il vient d'un autre site. Revenez en arrière : votre texte y est encore. Copiez-le, rechargez la page, collez-le et envoyez-le à nouveau.
error-large-title = C'est trop lourd
error-large-text = Ce que vous avez envoyé dépasse ce que Saline peut recevoir. Revenez en arrière et essayez avec moins de photos, ou des photos plus légères.
error-body-title = Saline n'a pas compris l'envoi
error-body-text = Revenez en arrière, rechargez la page et envoyez le formulaire à nouveau.
error-many-title = Trop d'essais
error-codes-title = Trop d'essais
error-codes-text = Attendez un quart d'heure, revenez en arrière, puis essayez à nouveau.
error-many-text = Attendez un quart d'heure, revenez en arrière, puis essayez à nouveau. Pour vous connecter, vous pouvez aussi recevoir un lien par courriel.
error-broken-title = Saline n'a pas pu répondre
error-broken-text = Rien n'est perdu : revenez en arrière, votre texte y est encore. Essayez dans une minute. Si cela se répète, donnez-nous ce repère : { $reference }

## Ce qu'un programme apprend
problem-400 = Cette demande est mal formée.
problem-401 = Cet accès est inconnu, ou il a pris fin.
problem-403 = Cet accès, ou la personne qui l'a donné, ne permet pas cela.
problem-404 = Il n'y a rien ici, ou rien que cet accès puisse voir.
problem-405 = Cette adresse ne connaît pas cette méthode.
problem-409 = Ceci existe déjà autrement sous cet identifiant.
problem-412 = Ceci a changé entre-temps : relisez, puis recommencez.
problem-413 = Cette demande est trop lourde.
problem-415 = Ce type de contenu n'est pas lu ici : envoyez du JSON, non compressé.
problem-422 = Les règles disent non.
problem-429 = Trop de demandes : attendez un peu.
problem-500 = Quelque chose s'est cassé chez nous. La référence { $reference } le retrouve dans le journal.
problem-503 = Quelque chose s'est cassé chez nous. La référence { $reference } le retrouve dans le journal.
problem-lacks = Il manque à cet accès la permission « { $permission } ».

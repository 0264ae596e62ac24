# Les adhérents et leur compte
member-first-name = Prénom
member-last-name = Nom
member-last-name-hint = Facultatif
member-email = Courriel
member-phone = Téléphone
member-place = Quartier ou village
member-place-hint = Facultatif
member-about-hint = Facultatif, 400 lettres au plus
member-list-title = Les adhérents
member-search = Un nom ou un numéro
member-search-go = Chercher
member-order = Classer
member-by-name = Par nom
member-by-number = Par numéro
member-found =
    { $count ->
        [one] Une personne trouvée.
       *[other] { $count } personnes trouvées.
    }
member-count =
    { $count ->
        [one] Un adhérent.
       *[other] { $count } adhérents.
    }
member-privacy = Ces coordonnées sont réservées aux adhérents, merci de ne pas les donner.
member-none = Il n'y a personne sur cette page.
member-not-found = Nous ne trouvons personne sous « { $typed } ». Vérifiez le numéro, ou tapez seulement le début du nom.
member-all = Voir tous les adhérents
member-no-email = Sans courriel
member-balance = Solde : { $amount }
member-you = C'est vous
member-pages = Pages de l'annuaire
member-describe = Changer mes coordonnées
member-no-notice = Aucune annonce en ce moment.
member-offer = Offre
member-want = Demande
member-for = Agir pour { $name }
member-enter-for = Saisir un échange pour { $name }
member-publish-for = Publier pour { $name }
member-rights = Les droits de { $name }
member-rights-hint = Cochez ce que cette personne peut faire pour le SEL.
member-rights-save = Enregistrer les droits
member-right-members = Accueillir et inscrire des adhérents
member-right-enter-for-others = Saisir des échanges et des annonces pour les autres
member-right-notices = Retirer une annonce
member-right-settings = Changer les réglages et donner des droits
member-entitled = Les droits de { $name } sont enregistrés.
member-last-settings = Gardez au moins une personne aux réglages : sinon, plus personne ne pourrait les changer.
member-new-lead = La personne reçoit son numéro tout de suite. Un courriel n'est pas nécessaire, un téléphone suffit.
member-new-email-hint = Si vous en donnez un, un lien pour entrer lui est envoyé.
member-new-about = Quelques mots sur cette personne
member-new-save = Inscrire
member-entered = { $name } fait partie du SEL, avec le n° { $number }. Donnez-lui son numéro de vive voix.
member-entered-mailed = { $name } fait partie du SEL, avec le n° { $number }. Un courriel de bienvenue part avec un lien pour entrer.
account-title = Mes coordonnées
account-number = Votre numéro d'adhérent est le { $number }.
account-seen = Voir ma page
account-no-email = Pas de courriel
account-email-hint = L'adresse ne se change pas encore ici.
account-about = Quelques mots sur vous
account-language = Langue
account-language-hint = Celle des pages et des courriels que vous recevez.
account-save = Enregistrer
account-done = C'est enregistré.
account-session = Votre session
account-password-choose = Changer mon mot de passe
account-password-title = Mon mot de passe
account-password-lead = Avec un mot de passe, vous entrez sans attendre de courriel.
account-password = Nouveau mot de passe
account-password-hint = 10 caractères au moins. Trois ou quatre mots qui se suivent font très bien l'affaire.
account-password-save = Enregistrer ce mot de passe
account-password-later = Plus tard
account-password-done = Votre mot de passe est enregistré. Les sessions ouvertes ailleurs sont fermées.
member-details-title = Les coordonnées de { $name }
member-details-lead = { $name } n'a pas de courriel : vous tenez sa fiche à jour.
member-details-about = Quelques mots sur { $name }
member-details-done = La fiche de { $name } est à jour.
member-new-another = C'est une autre personne
member-address-title = Le courriel de { $name }
member-address-lead = { $name } n'est pas encore venu ici : l'adresse peut encore être corrigée. Un lien pour entrer part à la nouvelle, celui de l'ancienne ne sert plus.
member-address-first = { $name } n'a pas de courriel. Si vous en donnez un, un lien pour entrer y part.
member-address-save = Enregistrer l'adresse
member-readdressed = Un lien pour entrer part à { $email }, pour { $name }.
member-right-mediate = Écouter les désaccords et décider
account-leave-sel = Quitter le SEL
departure-title-own = Quitter le SEL ?
departure-title-of = Clore le compte de { $name } (n° { $number }) ?
departure-link = Clore le compte de { $name }
departure-zero-own = Votre solde est à zéro.
departure-zero-of = Son solde est à zéro.
departure-above-own = Il vous reste { $amount }.
departure-above-of = Il lui reste { $amount }.
departure-below-own = Vous avez reçu { $amount } de plus que vous n'avez donné.
departure-below-of = Cette personne a reçu { $amount } de plus qu'elle n'a donné.
departure-notices =
    { $notices ->
        [one] 1 annonce sera retirée.
       *[other] { $notices } annonces seront retirées.
    }
departure-pending =
    { $pending ->
        [one] 1 échange en attente sera retiré ; l'autre personne reçoit un courriel.
       *[other] { $pending } échanges en attente seront retirés ; les autres personnes reçoivent un courriel.
    }
departure-number-own = Votre numéro ne sera donné à personne d'autre. Le bureau peut vous réinscrire.
departure-number-of = Le n° { $number } ne sera donné à personne d'autre. Vous pourrez réinscrire { $name }, avec le même numéro.
departure-where-to = À qui vont ces { $unit } ?
departure-who-bears = Qui prend cela à sa charge ?
departure-way-association-above = Au compte du SEL
departure-way-solidarity-above = Au compte d'entraide
departure-way-member = À un adhérent
departure-way-association-below = Le compte du SEL
departure-way-solidarity-below = Le compte d'entraide
departure-whom = Quel adhérent ?
departure-yes = Oui, clore ce compte
departure-yes-own = Oui, quitter { $sel }
departure-no = Non, ne rien changer
departure-board = Parlez-en au bureau : il peut clore votre compte, et décider qui prend cela à sa charge.
departure-done = Le compte de { $name } (n° { $number }) est clos.
departure-done-own = Vous avez quitté { $sel }. Merci pour tout ce que vous avez donné et reçu.
departure-gone-title = Les adhérents partis
departure-nobody = Personne n'est parti.
departure-since = Parti le { $day }
departure-come-back = Réinscrire
departure-back = { $name } est de nouveau dans votre SEL, avec le n° { $number }.
refusal-departure-gone = Ce compte est déjà clos.
refusal-departure-below = Il manque { $balance } : parlez-en au bureau.
refusal-departure-way = Choisissez à qui ils vont.
refusal-departure-settings = C'est la seule personne qui peut changer les réglages. Donnez d'abord ce droit à quelqu'un d'autre.
refusal-departure-changed = Un échange est arrivé entre-temps. Relisez le solde et recommencez.
mandate-title = Qui agit pour { $name }
mandate-acting = Agir pour quelqu'un
mandate-lead = Un adhérent peut laisser un autre agir en son nom : échanges, annonces, réponses. Chaque geste garde le nom de qui l'a fait. Gardez l'accord signé sur papier.
mandate-none = Personne n'agit en son nom.
mandate-new = Nouveau mandat
mandate-who = Qui peut agir pour { $name } ?
mandate-signed = Signé le
mandate-signed-hint = Le jour écrit sur le papier.
mandate-record = Enregistrer le mandat
mandate-said = { $proxy } agit pour { $member }, par un mandat signé le { $day }.
mandate-end = Mettre fin au mandat
mandate-recorded = C'est enregistré : { $proxy } peut agir pour { $member }.
mandate-revoked = C'est fini : { $proxy } n'agit plus pour { $member }.
refusal-mandate-not-here = Votre SEL n'admet pas de mandats. Cela se change dans les réglages.
refusal-mandate-oneself = Chacun agit déjà pour soi. Écrivez le numéro d'une autre personne.
refusal-mandate-future = Ce jour n'est pas encore venu.
limit-title = Les limites de { $name }
limit-back = Retour à l'adhérent
limit-none = sans limite
limit-now = Les limites du SEL valent pour ce compte : en bas { $floor }, en haut { $ceiling }. Solde : { $balance }.
limit-now-own = Ce compte a des limites à part : en bas { $floor }, en haut { $ceiling }. Solde : { $balance }.
limit-floor = Jusqu'où sous zéro, en { $unit }
limit-ceiling = Jusqu'où au-dessus de zéro, en { $unit }
limit-empty = Vide : sans limite.
limit-until = Jusqu'au
limit-until-hint = Ensuite, les limites du SEL reviennent d'elles-mêmes.
limit-reason = Pourquoi ?
limit-reason-hint = Le bureau peut le relire.
limit-save = Enregistrer ces limites
limit-lift = Revenir aux limites du SEL
limit-set = C'est enregistré : { $name } a des limites à part.
limit-lifted = C'est fait : les limites du SEL valent de nouveau pour { $name }.
limit-history = Ce qui a été décidé
limit-decided = Le { $day }, { $name } : en bas { $floor }, en haut { $ceiling }, jusqu'au { $until }. « { $reason } »
limit-lifted-said = Le { $day }, { $name } : retour aux limites du SEL.
refusal-limit-until = Choisissez un jour à venir.

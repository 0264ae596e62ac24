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

# Pourquoi une règle dit non : la raison, et ce qu'on peut faire
refusal-amount-empty = Écrivez combien de { $unit }.
refusal-amount-not-a-number = Écrivez un nombre en chiffres, par exemple { $example }.
refusal-amount-zero = Écrivez un nombre plus grand que zéro.
refusal-amount-negative = Écrivez un nombre sans signe moins.
refusal-amount-too-large = C'est trop pour un seul échange : un million de { $unit } au plus.
refusal-amount-not-divisible = Ici on ne partage pas l'unité : écrivez un nombre entier de { $unit }.
refusal-amount-too-fine = Écrivez { $decimals } chiffres au plus après la virgule.
refusal-phone = Ce numéro de téléphone ne semble pas complet. Écrivez-le par exemple ainsi : 06 39 98 00 12.
refusal-place-long = Le quartier tient en 60 lettres au plus.
refusal-about-long = Votre présentation tient en 400 lettres au plus.
refusal-password-short = Choisissez un mot de passe de 10 caractères au moins. Trois ou quatre mots sans rapport entre eux font très bien l'affaire.
refusal-password-guessable = Ce mot de passe est trop facile à deviner. Prenez trois ou quatre mots qui n'ont rien à voir entre eux, par exemple un animal, un lieu et un objet.
refusal-password-long = Ce mot de passe est trop long : 200 caractères au plus.
refusal-not-allowed = Vous ne pouvez pas faire cela. Les personnes qui tiennent le bureau peuvent vous aider.
refusal-name-empty = Écrivez un prénom.
refusal-name-long = Le prénom et le nom tiennent chacun en 40 lettres au plus.
refusal-name-letters = Écrivez le nom avec des lettres.
refusal-email = Cette adresse de courriel ne semble pas complète. Elle ressemble à prenom@exemple.fr.
refusal-unreachable = Il faut une adresse de courriel ou un téléphone, pour que le SEL puisse répondre.
refusal-application-decided = Quelqu'un a déjà répondu à cette demande.
refusal-sel-name-empty = Écrivez le nom de votre SEL.
refusal-sel-name-long = Le nom du SEL tient en 50 lettres au plus.
refusal-slug-empty = Choisissez une adresse pour votre SEL.
refusal-slug-short = L'adresse a 3 lettres au moins.
refusal-slug-long = L'adresse a 30 lettres au plus.
refusal-slug-letters = L'adresse s'écrit avec des lettres sans accent, des chiffres et des tirets, et commence par une lettre.
refusal-slug-reserved = Cette adresse est réservée à Saline. Choisissez-en une autre.
refusal-slug-taken = Un autre SEL a déjà cette adresse. Choisissez-en une autre.
refusal-locality-unknown = Nous ne trouvons pas cette commune. Vérifiez son nom, ou prenez une commune voisine.
refusal-locality-many = Plusieurs communes portent ce nom. Choisissez la vôtre.
refusal-unit-empty = Donnez un nom à votre unité, par exemple grain.
refusal-unit-money = Un SEL ne compte pas en argent. Donnez à votre unité un nom à vous, par exemple grain.
refusal-unit-long = Le nom de l'unité tient en 20 lettres au plus.
refusal-hour = Une heure vaut entre 1 et 10 000 unités. Écrivez un nombre entier, par exemple 60.
refusal-hour-two = Vous avez coché une valeur et écrit un autre nombre. Choisissez « Un autre nombre », ou effacez-le.
refusal-categories-none = Gardez au moins une rubrique.
refusal-label-empty = Écrivez en quelques mots ce qui a été fait.
refusal-label-long = 200 lettres au plus suffisent pour dire ce qui a été fait.
refusal-date = Choisissez un jour.
refusal-date-future = Ce jour n'est pas encore venu. Enregistrez l'échange quand il a eu lieu.
refusal-date-old = C'était il y a plus d'un an. Parlez-en à la personne qui tient les comptes.
refusal-member-empty = Écrivez le numéro ou le début du nom de l'autre personne.
refusal-member-unknown = Nous ne trouvons personne sous « { $typed } » dans votre SEL. Vérifiez le numéro, ou tapez le début du nom.
refusal-member-several = Plusieurs personnes portent ce nom. Choisissez la bonne, ou tapez son numéro.
refusal-member-oneself = On n'échange pas avec soi-même. Écrivez le numéro de l'autre personne.
refusal-for-oneself = C'est vous qui recevez : écrivez cet échange en votre nom. Quelqu'un d'autre au bureau le confirmera pour { $name }.
refusal-member-left = { $name } a quitté le SEL. Parlez-en au bureau.
refusal-side-empty = Choisissez dans quel sens est allé le coup de main.
refusal-below-floor =
    Cet échange mènerait à { $reached }{ $pending ->
        [yes] , en comptant ce qui attend une réponse
       *[no] { "" }
    }. La limite du SEL est de { $limit }. Parlez-en à la personne qui tient les comptes.
refusal-above-ceiling =
    Cet échange mènerait { $name } à { $reached }{ $pending ->
        [yes] , en comptant ce qui attend une réponse
       *[no] { "" }
    }. La limite du SEL est de { $limit }. Parlez-en à la personne qui tient les comptes.
refusal-limit-of = Cet échange dépasserait la limite du SEL pour { $name }. Parlez-en à la personne qui tient les comptes.
refusal-limit-reached = Cet échange dépasserait maintenant la limite du SEL. Rien n'est enregistré. Parlez-en à la personne qui tient les comptes.
refusal-exchange-ended = Cet échange a déjà reçu sa réponse, ou son délai est passé.
refusal-exchange-known = Un autre échange est déjà enregistré depuis cette page. Si celui-ci est un échange de plus, relisez-le et enregistrez-le.
refusal-exchange-not-yours = Cet échange n'attend pas votre réponse.
refusal-notice-kind = Dites si vous proposez ou si vous cherchez.
refusal-notice-category = Choisissez une rubrique.
refusal-notice-title-empty = Donnez un titre à votre annonce.
refusal-notice-title-long = Le titre a { $letters } lettres. Il tient en 80 au plus.
refusal-notice-body-long = Le texte a { $letters } lettres. Il tient en 2 000 au plus.
refusal-notice-units-mode = Dites comment vous comptez, ou choisissez « à discuter ».
refusal-notice-units-not-counted = Vous avez écrit un nombre. Choisissez « par heure » ou « pour le tout », ou effacez ce nombre.
refusal-notice-days = Choisissez une durée entre 1 et 730 jours.
refusal-notice-closed = Cette annonce est retirée. Rouvrez-la d'abord.
refusal-notice-known = Cette annonce est déjà publiée. Ouvrez « Mes annonces » pour la modifier, ou publiez-en une nouvelle.
refusal-photos-many = Trois photos au plus.
refusal-photo-heavy = Une photo pèse plus de 12 Mo. Choisissez-en une plus légère. Les photos sont à choisir à nouveau.
refusal-photo-unreadable = Un des fichiers n'est pas une photo que nous savons lire (JPEG, PNG ou WebP). Les photos sont à choisir à nouveau.
refusal-photo-large = Une photo a trop de points pour être traitée. Réduisez-la d'abord. Les photos sont à choisir à nouveau.
refusal-message-empty = Écrivez votre message.
refusal-message-long = Le message tient en 4 000 lettres au plus.
refusal-message-many = Vous avez écrit beaucoup de messages aujourd'hui. Gardez votre texte et envoyez-le demain.
refusal-message-unreachable-there = Cette personne n'a plus de courriel et ne lirait pas votre message. Demandez à quelqu'un du bureau de joindre son SEL.
refusal-message-not-allied = Votre SEL et le sien ne sont plus alliés : votre message n'est pas parti.
refusal-message-unreachable = Cette personne n'a pas de courriel et ne lirait pas votre message. Téléphonez-lui, ou parlez-en au bureau.
refusal-application-known = Cette fiche est déjà inscrite. Pour une autre personne, ouvrez une fiche neuve : « Inscrire un adhérent ».
refusal-message-oneself = C'est votre propre annonce.
refusal-login-empty = Écrivez votre numéro d'adhérent ou votre adresse de courriel.
refusal-login-unknown = Ce numéro ou cette adresse ne va pas avec ce mot de passe. Essayez encore, ou recevez un lien par courriel.
refusal-login-several = Plusieurs personnes partagent cette adresse. Connectez-vous avec votre numéro d'adhérent.
refusal-link-used = Ce lien a déjà servi. Demandez-en un autre, il arrive par courriel en une minute.
refusal-link-expired = Ce lien n'est plus valable : son délai est passé. Demandez-en un autre, il arrive par courriel en une minute.
refusal-link-broken = Ce lien est incomplet. Recopiez-le en entier depuis le courriel, ou demandez-en un autre.
warning-below-floor =
    { $own ->
        [yes] Cet échange vous mène
       *[no] Cet échange mène { $name }
    } à { $reached }{ $pending ->
        [yes] , en comptant ce qui attend une réponse
       *[no] { "" }
    }. La limite du SEL est de { $limit }. { $policy ->
        [approve] Il attendra l'accord de la personne qui tient les comptes.
        [refuse] Au-delà, il n'enregistre rien : parlez-en à la personne qui tient les comptes.
       *[no] Vous pouvez continuer.
    }
warning-above-ceiling =
    { $own ->
        [yes] Cet échange vous mène
       *[no] Cet échange mène { $name }
    } à { $reached }{ $pending ->
        [yes] , en comptant ce qui attend une réponse
       *[no] { "" }
    }. La limite du SEL est de { $limit }. { $policy ->
        [approve] Il attendra l'accord de la personne qui tient les comptes.
        [refuse] Au-delà, il n'enregistre rien : parlez-en à la personne qui tient les comptes.
       *[no] Vous pouvez continuer.
    }
refusal-application-namesake = { $name } est déjà dans votre SEL. Si c'est une autre personne du même nom, cochez la case et enregistrez à nouveau.
refusal-hour-hours = Si l'unité est l'heure, une heure vaut 1. Choisissez 1, ou un autre nom d'unité.
refusal-search-asks-nothing = Écrivez d'abord ce que vous cherchez, ou choisissez un filtre.
refusal-search-many = Vous gardez déjà { $most } recherches. Retirez-en une d'abord.
refusal-search-no-email = Vous n'avez pas de courriel : gardez la recherche sans être prévenu.
refusal-synonyms-many = C'est { $count } lignes : { $most } au plus.
refusal-synonyms-long = La ligne { $line } est trop longue : { $most } lettres au plus.
refusal-synonyms-alone = La ligne { $line } ne dit qu'un mot : mettez une virgule, puis un autre mot pour la même chose.
refusal-search-long = Cette recherche est trop longue pour être gardée. Raccourcissez vos mots.

# Entrer et sortir
session-title = Se connecter
session-login = Numéro d'adhérent ou courriel
session-login-hint = Par exemple 12, ou prenom@exemple.fr
session-password = Mot de passe
session-enter = Entrer
session-link-instead = Sans mot de passe
session-link-how = Écrivez votre numéro ou votre courriel ci-dessus, et laissez le mot de passe vide. Un lien qui vous fait entrer arrive en une minute.
session-link-ask = Recevoir un lien par courriel
session-not-yet = Vous n'êtes pas encore adhérent ?
session-join = Demander à adhérer
session-sent-title = Regardez vos courriels
session-sent-lead = Si ce numéro ou cette adresse est connu ici, un lien vient de partir. Il sert une fois, pendant une heure.
session-sent-nothing = Rien n'arrive ? Regardez dans les indésirables, vérifiez l'adresse, ou appelez quelqu'un du bureau.
session-back = Revenir à la connexion
session-link-title = Bonjour { $name }
session-link-lead = { $sel } : vous entrez avec le n° { $number }.
session-opened-title = Votre SEL est ouvert
session-opened-lead = Bonjour { $name }. { $sel } a son adresse et vous y avez le n° { $number }. Il reste quatre réglages à choisir, cinq minutes suffisent.
session-opened-button = Régler mon SEL
session-welcome = Bienvenue { $name }. Vous avez le n° { $number } : il sert à se connecter et à noter les échanges.
session-dead-title = Ce lien ne fait plus entrer
session-dead-another = Demander un autre lien
session-dead-inside = Vous êtes déjà dans votre espace : vous n'avez plus besoin de ce lien.
session-dead-home = Aller à l'accueil

# Mes appareils
device-title = Mes appareils
device-lead = Là où votre session est ouverte. Un appareil perdu, ou que vous ne reconnaissez pas ? Déconnectez-le, puis changez de mot de passe.
device-also = À voir aussi, si vous craignez quelque chose :
device-here = cet appareil
device-unknown = Un appareil inconnu
device-since = { $sel }, depuis le { $day } à { $hour }.
device-seen-today = Vu aujourd'hui à { $hour }.
device-seen-yesterday = Vu hier à { $hour }.
device-seen = Vu le { $day }.
device-end = Déconnecter
device-ended = Cet appareil est déconnecté.
device-others = Tous les autres
device-others-hint = Votre session reste ouverte sur cet appareil seulement.
device-others-end = Déconnecter tous les autres
device-others-ended =
    { $count ->
        [0] Il n'y avait pas d'autre appareil.
        [one] Un autre appareil est déconnecté.
       *[other] { $count } autres appareils sont déconnectés.
    }

# Mes SEL
membership-title = Mes SEL
membership-lead = Une seule connexion ouvre tous vos SEL. Dans chacun vous gardez votre numéro et votre solde.
membership-here = vous y êtes
membership-go = Y aller
membership-add = Un autre SEL
membership-add-hint = Vous adhérez aussi à un autre SEL ? Réunissez les deux : vous entrerez là-bas comme ici.
membership-sel = Quel SEL ?
membership-sel-hint = Son nom, ou le premier mot de son adresse.
membership-password = Votre mot de passe
membership-password-hint = Pour vérifier que c'est bien vous.
membership-continue = Continuer
membership-join-title = Une seule connexion ?
membership-prove-lead = { $who }, à { $there }, demande que sa connexion serve aussi à { $here }, où vous êtes { $me }.
membership-prove-what = Ne continuez que si c'est vous, dans ce navigateur, qui venez de le demander. Si quelqu'un vous a envoyé ce lien, fermez cette page.
membership-join-lead = Votre connexion à { $here } servira aussi à { $there }, où vous êtes { $who }.
membership-join-what = Vos numéros, vos annonces et vos échanges ne changent pas. Le mot de passe de { $there } ne servira plus, et vos appareils y seront déconnectés. Les liens de connexion iront à l'adresse que vous avez ici.
membership-join-yes = Oui, réunir
membership-joined = C'est fait : une seule connexion ouvre { $here } et { $there }.
membership-part-title = Séparer { $sel }
membership-part-what = Ce SEL aura de nouveau sa propre connexion. Vous y entrerez par un lien envoyé à votre adresse, puis vous choisirez un mot de passe.
membership-part-yes = Séparer ce SEL
membership-parted = C'est fait : { $sel } a de nouveau sa propre connexion. Choisissez un mot de passe.
membership-dead = Revenir à mes SEL
membership-dead-lead = Ce lien ne réunit rien : il est passé, ou il a été demandé ailleurs que dans ce navigateur. Recommencez depuis « Mes SEL ».
refusal-membership-password = Ce n'est pas votre mot de passe.
refusal-membership-stale = Votre session est ouverte depuis un moment. Déconnectez-vous, entrez de nouveau avec un lien, puis recommencez dans le quart d'heure.
refusal-membership-no-sel = Aucun SEL ne porte ce nom.
refusal-membership-several = Plusieurs SEL portent ce nom : donnez plutôt son adresse.
refusal-membership-twice = Vous y êtes déjà : une connexion n'a qu'un numéro dans un même SEL.

# La seconde vérification
second-title = Seconde vérification
second-elsewhere = À cette adresse, cela ne se met pas en place. Faites-le dans un autre de vos SEL : cela vaut pour tous.
second-lead = En plus de votre mot de passe ou de votre lien, une application de votre téléphone donne un code. Voler votre mot de passe ne suffit alors plus. C'est conseillé si vous avez des droits dans le SEL. Ce n'est jamais obligatoire.
second-first = 1. Préparez l'application
second-first-how = Ouvrez une application d'authentification (Aegis, FreeOTP, 2FAS…) puis choisissez « Ajouter » et scannez ce dessin.
second-picture = Le dessin à scanner avec l'application
second-letters = Ou recopiez cette clé :
second-here = Ouvrir l'application sur cet appareil
second-then = 2. Recopiez son code
second-code = Code
second-code-first = Les six chiffres que l'application montre.
second-code-hint = Six chiffres de l'application, ou un code de secours.
second-begin = Mettre en place
second-in-force =
    { $count ->
        [0] En place depuis le { $day }. Il ne vous reste aucun code de secours : faites-en d'autres.
        [one] En place depuis le { $day }. Il vous reste un code de secours.
       *[other] En place depuis le { $day }. Il vous reste { $count } codes de secours.
    }
second-change = Que voulez-vous faire ?
second-do = Continuer
second-what-choose = Dites ce que vous voulez faire.
second-renew = Refaire les codes de secours
second-end = Arrêter la seconde vérification
second-ended = C'est fait : votre mot de passe ou votre lien suffit de nouveau.
second-codes-title = Vos codes de secours
second-codes-lead = C'est en place. Chacun de ces codes remplace une fois l'application, si vous la perdez.
second-codes-keep = Notez-les sur papier ou imprimez cette page, et gardez-les ailleurs que dans le téléphone. Ils ne seront plus montrés.
second-codes-done = Je les ai notés
second-login-title = Encore un code
second-login-lead = Ouvrez l'application d'authentification de votre téléphone et recopiez ses six chiffres. Téléphone perdu ? Un code de secours convient. Plus de codes ? Prévenez le bureau de votre SEL.
refusal-second-wrong = Ce code n'est pas le bon, ou il a déjà servi. Attendez que l'application en montre un autre.
refusal-membership-alone = Cette connexion n'ouvre que ce SEL : il n'y a rien à séparer.
refusal-membership-elsewhere = Ici, être entré ne suffit pas pour changer cela. Faites ce changement dans un autre de vos SEL.
refusal-membership-other-way = Cette session n'ouvre que ce SEL. Demandez-le depuis l'autre SEL : il vous amènera ici.
refusal-membership-no-email = Sans courriel, vous ne pourriez plus entrer. Demandez d'abord au bureau de noter une adresse.
refusal-membership-second = L'autre connexion demande une seconde vérification, celle d'ici non. Mettez-la d'abord en place ici.

## Un compte ailleurs
external-instead = Avec un compte que vous avez déjà
external-with = Entrer avec { $provider }
external-going-title = Vous partez un instant
external-going-lead = { $provider } va vous demander qui vous êtes, puis vous ramènera ici.
external-going-go = Continuer
external-later = { $provider } ne répond pas pour le moment. Entrez autrement, ou réessayez plus tard.
external-never = La connexion avec { $provider } n'a pas abouti. Recommencez, ou entrez autrement.
external-refused = { $provider } ne nous a rien transmis. Vous pouvez entrer autrement.
external-elsewhere = Ce compte { $provider } ouvre un autre SEL, mais pas { $sel }. Entrez ici autrement, puis réunissez vos SEL dans votre compte.
external-unknown-title = Une seule fois encore
external-unknown-lead = Ce compte { $provider } ({ $label }) n'est pas encore relié à un numéro d'adhérent.
external-unknown-how = Entrez comme d'habitude, avec votre mot de passe ou un lien par courriel. Nous vous proposerons ensuite de le relier, et il suffira les prochaines fois.
external-unknown-next = Entrer comme d'habitude
external-link-title = Relier ce compte ?
external-link-lead = Le compte { $provider } { $label } fera entrer { $name }, n°{"\u00A0"}{ $number }.
external-link-yes = Oui, relier { $provider }
external-link-no = Non, plus tard
external-linked = C'est fait : votre compte { $provider } vous fait entrer.
external-title = Connexions reliées
external-lead = Un compte que vous avez ailleurs peut vous faire entrer, sans autre mot de passe. Il nous dit votre adresse, rien de plus.
external-whose = Il fera entrer { $name }, n°{"\u00A0"}{ $number }.
external-none = Aucun compte n'est relié.
external-since = Relié le { $linked }, utilisé le { $seen }.
external-unlink = Délier
external-unlinked = C'est fait : ce compte ne vous fait plus entrer.
external-add = Relier un compte
external-add-hint = Vous allez vous y connecter, puis revenir ici.
refusal-external-taken = Ce compte fait déjà entrer quelqu'un d'autre. Si c'est vous aussi, réunissez vos SEL, ou déliez-le d'abord là-bas.
refusal-external-many = Dix comptes vous font déjà entrer : déliez-en un d'abord.
refusal-external-last = Sans ce compte, vous ne pourriez plus entrer. Choisissez d'abord un mot de passe.

## Les accès pour des programmes
access-title = Accès pour des programmes
access-lead = Un tableur, une application ou un site peut agir en votre nom, avec un code que vous lui donnez. Il ne peut que ce que vous cochez.
access-docs = Comment programmer avec Saline
access-until = Jusqu'au { $day }.
access-seen = Servi le { $day }.
access-unseen = N'a pas encore servi.
access-end = Mettre fin
access-revoked = C'est fait : « { $name } » ne peut plus rien faire en votre nom.
access-give = Donner un accès
access-name = À quoi servira-t-il ?
access-name-hint = Par exemple « Mon tableur ». Vous le reconnaîtrez ici.
access-permissions = Il pourra
access-for = Pendant
access-days = { $count } jours
access-give-yes = Donner cet accès
access-may-notices-read = Lire les annonces, y chercher
access-may-notices-write = Publier, changer et retirer vos annonces
access-may-members-read = Lire la liste des adhérents, comme vous la voyez
access-may-account-read = Lire votre solde, votre relevé et vos échanges
access-may-exchanges-write = Enregistrer des échanges en votre nom, y répondre
access-may-rights = Se servir de vos droits au bureau, agir pour d'autres
access-secret-title = Voici le code
access-secret-lead = Copiez-le maintenant dans « { $name } » : il ne sera plus montré.
access-secret-how = Qui le connaît peut agir en votre nom. L'adresse de l'interface est celle-ci :
access-secret-done = C'est copié
refusal-access-no-name = Donnez-lui un nom.
refusal-access-long-name = Ce nom a { $letters } lettres : 60 au plus.
refusal-access-nothing = Cochez au moins une chose.
refusal-access-days = Choisissez pendant combien de temps.
refusal-access-many = Vous avez déjà 20 accès : mettez fin à l'un d'eux d'abord.

## Un programme demande un accès
grant-title = Donner un accès ?
grant-lead = « { $name } » demande à agir à { $sel } au nom de { $me }. Ce programme pourra :
grant-how-long = Pendant 90 jours. Vous pouvez y mettre fin quand vous voulez, dans « Accès pour des programmes ».
grant-back = Vous irez ensuite à { $host }. Le programme dit lui-même son nom : ne continuez que si vous venez de le demander là-bas.
grant-yes = Oui, donner cet accès
grant-no = Non
grant-going-lead = Le programme attend votre réponse : vous y retournez.
grant-wrong-title = Cette demande n'est pas en ordre
grant-wrong-lead = Le programme qui vous a envoyé ici n'est pas connu de ce SEL, ou il vous enverrait ailleurs qu'il ne l'a dit. Rien ne lui a été donné.
grant-device-title = Relier un appareil
grant-device-lead = Un appareil ou un programme vous montre un code de huit lettres ? Recopiez-le ici.
grant-device-name = L'appareil dit lui-même son nom : ne continuez que si vous avez ce code sous les yeux, sur votre appareil.
grant-device-code = Le code
grant-device-code-hint = Par exemple BCDF-GHJK
grant-device-allowed = C'est fait : l'appareil reçoit son accès dans quelques secondes.
grant-device-denied = C'est refusé : l'appareil ne reçoit rien.
refusal-grant-code = Aucun appareil n'attend sous ce code. Vérifiez les lettres, ou demandez-en un autre à l'appareil : un code sert dix minutes.

# Les clés d'accès
passkey-title = Clés d'accès
passkey-lead = Votre téléphone ou votre ordinateur peut garder une clé (« passkey ») et vous faire entrer par votre empreinte, votre visage ou son code de déverrouillage. Plus rien à retenir, et rien à vous voler.
passkey-none = Aucun appareil n'a encore de clé.
passkey-never = Ajoutée le { $added }, pas encore utilisée.
passkey-since = Ajoutée le { $added }, utilisée le { $seen }.
passkey-remove = Retirer
passkey-removed = C'est fait : cette clé ne vous fait plus entrer. Effacez-la aussi dans les réglages de l'appareil.
passkey-add = Ajouter une clé
passkey-cannot = Ce navigateur ne sait pas garder de clé. Essayez avec un navigateur récent, sur votre téléphone par exemple.
passkey-name = Nom de la clé
passkey-name-hint = Pour la reconnaître dans cette liste. Par exemple : mon téléphone
passkey-add-yes = Ajouter
passkey-added = C'est fait : à la prochaine connexion, choisissez « Entrer avec mon appareil ».
passkey-make-title = Une clé pour cet appareil
passkey-make-lead = Votre appareil va vous demander votre empreinte, votre visage ou son code, comme pour le déverrouiller. Nous n'en recevons rien : il garde tout pour lui.
passkey-make-yes = Créer la clé
passkey-make-no = Non, revenir
passkey-make-failed = L'appareil n'a pas créé de clé. Réessayez, ou revenez plus tard.
passkey-make-known = Cet appareil a déjà une clé pour vous.
passkey-instead = Avec votre appareil
passkey-instead-how = Si vous y avez gardé une clé d'accès : par empreinte, visage ou code de déverrouillage.
passkey-enter = Entrer avec mon appareil
passkey-failed = L'appareil n'a donné aucune clé. Réessayez, ou entrez autrement.
refusal-passkey-many = Vous avez déjà dix clés : retirez-en une d'abord.
refusal-passkey-wrong = Cette clé n'a pas été reconnue. Recommencez, ou entrez autrement.
refusal-passkey-unknown = Cette clé ne fait plus entrer. Effacez-la dans les réglages de votre appareil, et entrez autrement.
refusal-passkey-elsewhere = Cette clé ouvre un autre SEL, mais pas celui-ci. Entrez ici autrement, puis réunissez vos SEL dans votre compte.
refusal-passkey-last = Sans cette clé, vous ne pourriez plus entrer. Choisissez d'abord un mot de passe.


membership-going = Vous allez à { $sel }, qui a sa propre adresse.
external-of-a-sel = Un compte d'un de vos SEL
passkey-elsewhere = Elle ne sert pas à cette adresse : elle a été créée pour une autre.
membership-alone = Cette session n'ouvre que ce SEL. Pour un autre, connectez-vous à son adresse. Pour le réunir à celui-ci, demandez-le là-bas.

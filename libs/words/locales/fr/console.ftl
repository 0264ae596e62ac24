# La console de la plateforme
console-title = Associations
console-colophon = Console Saline. Chaque entrée et chaque changement sont écrits au journal.
console-band-what = Ce que vous voyez
console-band = Vous voyez des associations et des nombres, jamais un adhérent, une annonce ni un échange.
console-login-title = Entrer dans la console
console-login-lead = Pour l'équipe qui tient la plateforme. On entre par adresse, mot de passe et code de l'application, les trois à la fois, ou par une clé d'accès.
console-login-lost = Téléphone ou codes perdus ? Quelqu'un de l'équipe peut vous donner un nouveau lien. Seul dans l'équipe, faites-le sur la machine : saline staff-invite.
console-email = Adresse de courriel
console-invited-title = Bonjour { $name }
console-invited-lead = Ce lien vous donne accès à la console. Choisissez un mot de passe et préparez l'application qui donne les codes : il faudra les deux à chaque fois.
console-invited-anew = Votre accès d'aujourd'hui vaut jusque-là. Ensuite ses sessions s'arrêtent, et ses clés d'accès et ses codes de secours ne servent plus.
console-first = 1. Choisissez un mot de passe
console-address = Vous entrerez avec l'adresse { $email }.
console-second = 2. Préparez l'application
console-third = 3. Recopiez son code
console-begin = Ouvrir mon accès
console-link-dead-title = Ce lien ne sert plus
console-link-inside = Vous êtes dans la console : vous n'en avez plus besoin. De nouveaux codes de secours se font par « Mon accès ».
console-link-home = Aller aux associations
console-search = Nom, code ou commune
console-state = État
console-all = Toutes
console-ready = Ouvertes
console-starting = En préparation
console-name = Association
console-members = Adhérents
console-notices = Annonces
console-exchanged = Dernier échange
console-members-label = Adhérents :
console-notices-label = Annonces :
console-exchanged-label = Dernier échange :
console-is-ready = Ouverte
console-is-starting = En préparation
console-since = depuis le { $day }
console-never = aucun
console-days-ago =
    { $days ->
        [0] aujourd'hui
        [1] hier
       *[other] il y a { $days } jours
    }
console-none-here = Aucune association ici.
console-none = Aucune association ici pour l'instant. Chacune s'ouvre depuis la page de la plateforme.
console-not-found = Nous ne trouvons aucune association pour « { $typed } ».
console-all-again = Les voir toutes
console-team-title = Équipe
console-team-lead = Les personnes qui tiennent la plateforme. Aucune n'entre avec un mot de passe seul.
console-team-ready =
    { $count ->
        [0] Accès en place depuis le { $day }. Plus aucun code de secours.
        [one] Accès en place depuis le { $day }. Il reste un code de secours.
       *[other] Accès en place depuis le { $day }. Il reste { $count } codes de secours.
    }
console-team-waiting = L'accès n'est pas encore en place.
console-team-link = Un lien sert jusqu'au { $day } à { $hour }.
console-team-again = Donner un nouveau lien
console-team-end = Fermer l'accès
console-team-invite = Inviter quelqu'un
console-team-invite-how = Vous recevez ici un lien à remettre en mains propres ou par un canal sûr. Il sert aussi à refaire un accès : autre téléphone, autre mot de passe, nouveaux codes de secours. L'ancien accès vaut jusque-là ; ensuite ses sessions s'arrêtent et ses clés sont retirées.
console-team-name = Prénom et nom
console-your-code = Votre code
console-your-code-hint = Six chiffres de votre application, ou un code de secours. Un code déjà utilisé, à l'entrée par exemple, ne sert plus : attendez le suivant.
console-team-invite-yes = Faire le lien
console-team-invited = Un lien pour { $name }
console-team-known = Cette adresse a déjà un accès. Il vaut jusqu'à ce que le lien serve ; le lien le refait.
console-team-hand = Remettez ce lien à la personne, et à elle seule : qui l'ouvre choisit le mot de passe.
console-team-until = Il sert une fois, jusqu'au { $day } à { $hour }. Il ne sera plus montré.
console-team-back = Revenir à l'équipe
console-end-title = Fermer l'accès de { $name } ?
console-end-lead = Ses sessions s'arrêtent tout de suite ; son mot de passe, ses codes et ses clés d'accès ne servent plus. Vous pourrez l'inviter à nouveau.
console-end-link = Son lien ne servira plus.
console-end-yes = Oui, fermer l'accès
console-end-no = Non, garder l'accès
console-ended = L'accès de { $name } est fermé.
console-journal-title = Journal
console-journal-lead = Qui est entré dans la console, et qui y a changé quoi.
console-journal-beyond = Il n'y a rien sur cette page.
console-journal-nothing = Rien n'est encore écrit.
console-many-text = Attendez un quart d'heure, revenez en arrière, puis essayez à nouveau.
console-out-title = Vous n'êtes plus dans la console
console-out-text = Rien n'est enregistré. Entrez à nouveau dans un nouvel onglet, puis revenez en arrière dans celui-ci : votre texte y est encore, envoyez-le à nouveau.
console-machine = La machine elle-même
console-act-logged-in = { $hour } : { $actor } entre, avec mot de passe et code.
console-act-logged-in-by-passkey = { $hour } : { $actor } entre, avec une clé d'accès.
console-act-renewed = { $hour } : { $whom } a refait son accès.
console-act-invited = { $hour } : { $actor } a fait un lien pour { $whom }.
console-act-begun = { $hour } : { $whom } a mis en place son accès.
console-act-ended = { $hour } : { $actor } a fermé l'accès de { $whom }.
console-act-passkey-added = { $hour } : { $actor } a ajouté une clé d'accès.
console-act-passkey-removed = { $hour } : { $actor } a retiré une clé d'accès.
console-access-title = Mon accès
console-access-lead = Votre téléphone ou votre ordinateur peut garder une clé (« passkey ») et vous faire entrer par votre empreinte, votre visage ou son code de déverrouillage, à la place du mot de passe et du code.
console-access-anew = Refaire mon accès
console-access-anew-how = Autre téléphone pour les codes, autre mot de passe, nouveaux codes de secours. Vos clés d'accès seront à refaire, et vos autres sessions s'arrêtent.
console-access-code = Tout changement demande un code.
console-spare =
    { $count ->
        [0] Plus aucun code de secours.
        [one] Il reste un code de secours.
       *[other] Il reste { $count } codes de secours.
    }
console-access-anew-do = Refaire mon accès
refusal-staff-name = Écrivez un nom, de 60 lettres au plus.
refusal-staff-email = Ce n'est pas une adresse de courriel. Écrivez-la comme prenom@exemple.fr.
refusal-staff-unknown = L'adresse, le mot de passe ou le code n'est pas le bon. Un code ne sert qu'une fois : attendez le suivant. Après plusieurs essais, attendez un quart d'heure.
refusal-staff-link = Il a déjà servi, il a expiré, ou un autre l'a remplacé. Demandez-en un nouveau à quelqu'un de l'équipe, ou faites-le sur la machine : saline staff-invite.
refusal-staff-own = C'est votre propre accès : quelqu'un d'autre de l'équipe peut le fermer.

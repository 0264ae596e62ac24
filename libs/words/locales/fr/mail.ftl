# Letters
mail-hello = Bonjour { $name }
mail-hello-nobody = Bonjour
mail-foot-member = Vous recevez ce courriel parce que vous participez { $to }. Une réponse à ce courriel n'atteint personne : servez-vous du bouton.
mail-foot-invited = Vous recevez ce courriel parce que { $sponsor } a donné votre adresse pour cette invitation. Elle ne sert à rien d'autre.
mail-foot-platform = Vous recevez ce courriel parce que votre adresse a été écrite sur Saline. Si ce n'était pas vous, il n'y a rien à faire.
mail-statement-button = Voir mon relevé

mail-opening-subject = Ouvrez votre SEL : { $sel }
mail-opening-line = Tout est prêt pour ouvrir { $sel }, { $place }. Ses pages auront l'adresse { $address }
mail-opening-next = Le bouton ouvre une page qui vous demande de confirmer. Ensuite, quatre courtes étapes vous guident.
mail-opening-button = Ouvrir mon SEL
mail-opening-small = Ce lien sert une fois, pendant { $days } jours.

mail-login-subject = Votre lien pour entrer { $to }
mail-login-line = Voici le lien que vous avez demandé pour entrer { $to }.
mail-login-next = Votre numéro est le n° { $number }.
mail-login-button = Entrer
mail-login-small = Ce lien sert une fois, pendant { $minutes } minutes. Si vous n'avez rien demandé, il n'y a rien à faire.

mail-welcome-subject = Bienvenue { $to }, voici votre numéro
mail-welcome-line = Vous avez le n° { $number }. Il vous désigne dans les listes et les échanges, et il sert à vous connecter.
mail-welcome-next = Le bouton vous fait entrer une première fois. Vous pourrez ensuite choisir un mot de passe.
mail-welcome-button = Entrer pour la première fois
mail-welcome-small = Ce lien sert une fois, jusqu'au { $until }. Après, demandez-en un autre sur la page de connexion.

mail-invitation-subject = { $sponsor } vous invite { $to }
mail-invitation-line = { $sponsor } participe { $to }, { $place }, et vous propose de venir. On s'y donne des coups de main et des savoirs, sans argent.
mail-invitation-next = Le bouton montre l'invitation. Rien n'est décidé tant que vous n'avez pas répondu.
mail-invitation-button = Voir l'invitation
mail-invitation-small = Ce lien sert une fois, jusqu'au { $until }.

mail-answer-subject = { $first } attend votre accord pour { $amount }
mail-answer-line = { $payee } a écrit que vous lui donnez { $amount } en échange de « { $label } », le { $day }.
mail-answer-next = Rien ne bouge avant votre réponse.
mail-answer-button = Voir et répondre
mail-answer-small = Vous pouvez répondre jusqu'au { $until }, sans vous connecter. Ce lien est personnel : ne le transmettez pas.

mail-posted-subject = { $first } vous donne { $amount }
mail-posted-line = { $payer } vous donne { $amount } en échange de « { $label } », le { $day }.
mail-posted-next = C'est inscrit dans votre relevé. Si quelque chose n'est pas juste, parlez-en ensemble.

mail-gave-subject = Un échange de { $amount } est noté en votre nom
mail-gave-line = { $by } a noté pour vous : vous donnez { $amount } à { $payee } en échange de « { $label } », le { $day }.
mail-gave-next = C'est inscrit dans votre relevé. Si quelque chose n'est pas juste, dites-le au bureau.

mail-entered-subject = Un échange de { $amount } est noté en votre nom
mail-entered-line = { $by } a noté pour vous : { $payer } vous donne { $amount } en échange de « { $label } », le { $day }.
mail-entered-next = Nous demandons son accord à { $first }. Rien ne bouge avant sa réponse.

mail-agreed-subject = { $first } est d'accord : { $amount } pour vous
mail-agreed-line = { $payer } vous donne { $amount } en échange de « { $label } », le { $day }.
mail-agreed-next = C'est inscrit dans votre relevé.

mail-refused-subject = { $first } n'est pas d'accord pour { $amount }
mail-refused-line = { $other } a refusé l'échange « { $label } » du { $day }, pour { $amount }. Rien n'a bougé.
mail-refused-next = Parlez-en ensemble. Vous pourrez ensuite l'écrire autrement.

mail-cancelled-subject = { $first } retire sa demande de { $amount }
mail-cancelled-line = { $other } a retiré l'échange « { $label } » du { $day }, pour { $amount }.
mail-cancelled-next = Vous n'avez plus rien à répondre. Rien n'a bougé.

mail-expired-subject = { $first } n'a pas répondu pour { $amount }
mail-expired-line = L'échange « { $label } » du { $day } attendait une réponse de { $other }. Le délai est passé, rien n'a bougé.
mail-expired-next = Parlez-en ensemble. Vous pourrez ensuite l'écrire de nouveau.

mail-application-subject = { $name } demande à entrer { $to }
mail-application-line = { $name } demande à entrer { $to }. Sa demande attend une réponse.
mail-application-sponsor = C'est une invitation de { $sponsor }.
mail-application-button = Voir la demande

mail-message-subject = { $first } vous écrit : { $title }
mail-message-line = { $name } vous écrit au sujet de l'annonce « { $title } » :
mail-message-button = Répondre
mail-message-small = Votre adresse n'est pas montrée. Ce lien est personnel et sert pendant { $days } jours.

mail-desk-subject = { $payer_first } n'a pas de courriel : { $amount } attendent sa réponse
mail-desk-line = { $payee } a écrit que { $payer } lui donne { $amount } en échange de « { $label } », le { $day }.
mail-desk-next = { $payer_first } n'a pas de courriel. Demandez-lui si c'est juste, par téléphone par exemple, puis répondez en son nom au bureau.
mail-desk-button = Ouvrir le bureau

mail-withdrawn-subject = Votre annonce « { $title } » est retirée
mail-withdrawn-line = { $by }, qui veille sur les annonces, a retiré votre annonce « { $title } ». Les adhérents ne la voient plus ; son texte n'est pas perdu.
mail-withdrawn-next = Si vous n'en connaissez pas la raison, parlez-en ensemble.
mail-withdrawn-button = Voir mon annonce
mail-sheet-subject =
    { $count ->
        [one] { $title } : votre échange est inscrit
       *[other] { $title } : vos échanges sont inscrits
    }
mail-sheet-line =
    { $count ->
        [one] { $by } a recopié un échange à votre nom (« { $title } ») :
       *[other] { $by } a recopié vos échanges (« { $title } ») :
    }
mail-sheet-next = S'il y a une erreur, parlez-en au bureau de votre SEL : on inscrit l'échange inverse, et les deux restent lisibles.
mail-sheet-gave = Vous avez donné { $amount } à { $name } pour « { $label } », le { $day }.
mail-sheet-received = Vous avez reçu { $amount } de { $name } pour « { $label } », le { $day }.
mail-sheet-more = La suite est dans votre relevé.
mail-home-button = Ouvrir mon espace
mail-exchange-button = Voir cet échange
mail-dispute-button = Lire et répondre
mail-answer-alone = Sans réponse de votre part, il sera enregistré.
mail-confirm-subject = { $first } vous donne { $amount } : confirmez
mail-confirm-line = { $payer } a écrit vous donner { $amount } en échange de « { $label } », le { $day }.
mail-confirmed-subject = { $first } confirme : vous donnez { $amount }
mail-confirmed-line = Vous donnez { $amount } à { $payee } en échange de « { $label } », le { $day }.
mail-confirmed-next = C'est inscrit dans votre relevé.
mail-entered-gave-subject = Un échange de { $amount } est noté en votre nom
mail-entered-gave-line = { $by } a noté pour vous : vous donnez { $amount } à { $payee } en échange de « { $label } », le { $day }.
mail-entered-gave-next = Nous demandons son accord à { $first }. Rien ne bouge avant sa réponse.
mail-proxy-subject = Un échange de { $amount } attend une réponse que vous pouvez donner
mail-proxy-line = { $payer } donne { $amount } à { $payee } en échange de « { $label } », le { $day }.
mail-proxy-next = Vous agissez pour l'une de ces deux personnes : demandez-lui si c'est juste, puis répondez en son nom.
mail-approve-subject = Un échange de { $amount } dépasse une limite
mail-approve-line = { $payer } donne { $amount } à { $payee } en échange de « { $label } », le { $day }. Une limite est dépassée.
mail-approve-next = Acceptez ou refusez cet échange au bureau. Rien ne bouge avant.
mail-disallowed-subject = L'échange de { $amount } n'est pas accepté
mail-disallowed-line = L'échange « { $label } » du { $day }, pour { $amount }, dépassait une limite du SEL. La personne qui tient les comptes ne l'a pas accepté. Rien n'a bougé.
mail-disallowed-next = Parlez-en avec le bureau de votre SEL.
mail-reversed-subject = Un échange de { $amount } est annulé
mail-reversed-line = L'échange « { $label } » du { $day } est annulé : { $payee } rend { $amount } à { $payer }.
mail-reversed-next = Les deux échanges restent lisibles dans votre relevé.
mail-dispute-opened-subject = { $from } n'est pas d'accord sur un échange de { $amount }
mail-dispute-opened-line = { $from } n'est pas d'accord sur l'échange « { $label } », de { $amount }. Voici pourquoi :
mail-dispute-message-subject = { $from } vous écrit à propos de « { $label } »
mail-dispute-message-line = { $from } a écrit, à propos de l'échange « { $label } » :
mail-dispute-upheld-subject = L'échange « { $label } » est maintenu
mail-dispute-upheld-line = { $by } a décidé : l'échange « { $label } », de { $amount }, est maintenu.
mail-dispute-reversed-subject = L'échange « { $label } » est annulé
mail-dispute-reversed-line = { $by } a décidé : l'échange « { $label } », de { $amount }, est annulé par l'échange inverse.
mail-dispute-withdrawn-subject = Le désaccord sur « { $label } » est retiré
mail-dispute-withdrawn-line = { $by } a retiré le désaccord sur l'échange « { $label } », de { $amount }. Il reste inscrit.
mail-mandate-to-proxy-subject = Vous pouvez agir pour { $member }
mail-mandate-to-proxy-line = { $member } vous laisse agir en son nom, par un mandat signé le { $day } : échanges, annonces, réponses.
mail-mandate-to-proxy-next = Chaque geste garde votre nom. L'un ou l'autre peut y mettre fin à tout moment.
mail-mandate-to-member-subject = { $proxy } peut agir pour vous
mail-mandate-to-member-line = { $proxy } peut agir en votre nom, par un mandat signé le { $day } : échanges, annonces, réponses.
mail-mandate-to-member-next = Vous pouvez y mettre fin à tout moment, sur votre page d'adhérent.
mail-mandate-ended-subject = Le mandat entre { $proxy } et { $member } est terminé
mail-mandate-ended-line = { $proxy } n'agit plus pour { $member }.
mail-mandate-ended-next = Ce qui a été fait jusqu'ici reste inscrit.
mail-limits-own-subject = Votre compte a des limites à part
mail-limits-own-line = Le bureau a donné à votre compte des limites à part : en bas { $floor }, en haut { $ceiling }.
mail-limits-usual-subject = Les limites du SEL valent de nouveau pour votre compte
mail-limits-usual-line = Les limites de votre compte sont de nouveau celles du SEL : en bas { $floor }, en haut { $ceiling }.
mail-left-subject = { $sel } : votre compte est clos
mail-left-line = Vous avez quitté { $sel }. Vos annonces sont retirées.
mail-left-even = Votre solde était à zéro.
mail-left-gave = Il vous restait { $amount } : ils sont allés là où vous, ou le bureau, l'avez décidé.
mail-left-received = Il manquait { $amount } : le SEL les a pris à sa charge.
mail-left-next = Le bureau peut vous réinscrire, avec le même numéro.
mail-left-button = Voir le SEL
mail-batch-gave-subject = { $label } : vous avez donné { $amount }
mail-batch-gave-line = { $by } a noté pour le SEL, « { $label } » : vous donnez { $amount }. C'est inscrit dans votre relevé.
mail-batch-received-subject = { $label } : vous avez reçu { $amount }
mail-batch-received-line = { $by } a noté pour le SEL, « { $label } » : vous recevez { $amount }. C'est inscrit dans votre relevé.
mail-batch-undone-subject = { $label } est annulé
mail-batch-undone-line = Le mouvement « { $label } », de { $amount } pour vous, est annulé : l'inverse est inscrit dans votre relevé.
mail-shared-subject = Vous partagez un compte avec { $others }
mail-shared-line = Le bureau a noté que vous partagez un compte avec { $others } : le solde est commun, et chacun y note ses échanges. Si ce n'est pas juste, parlez-en au bureau.
mail-dropped-subject = { $first } a quitté le SEL : { $amount } en attente
mail-dropped-line = { $other } a quitté le SEL. L'échange « { $label } » du { $day }, pour { $amount }, qui attendait une réponse, est abandonné.
mail-dropped-next = Rien n'a bougé. Parlez-en au bureau si besoin.

mail-search-subject = { $count ->
        [one] Nouvelle annonce : { $first }
       *[other] { $count } nouvelles annonces : { $search }
    }
mail-search-line = { $count ->
        [one] Voici une nouvelle annonce pour cette recherche que vous gardez : { $search }.
       *[other] Voici { $count } nouvelles annonces pour cette recherche que vous gardez : { $search }.
    }
mail-search-offer = Offre : { $title } ({ $place })
mail-search-want = Demande : { $title } ({ $place })
mail-search-button = Voir ces annonces
mail-search-small = Vous choisissez quand nous vous écrivons dans « Mes recherches ».
mail-search-stop = Ne plus recevoir ces courriels
mail-search-more = { $count ->
        [one] et une autre
       *[other] et { $count } autres
    }

# La connexion a changé
mail-account-button = Voir mon compte
mail-login-joined-subject = { $sel } : votre connexion sert aussi à { $other }
mail-login-joined-line = Une seule connexion ouvre désormais { $sel } et { $other }. La personne qui l'a demandé a prouvé son identité dans les deux SEL.
mail-login-joined-next = Ce n'était pas vous ? Prévenez aussitôt le bureau de votre SEL : la plateforme peut vous rendre une connexion à vous.
mail-login-parted-subject = { $sel } : votre connexion ne sert plus à { $other }
mail-login-parted-line = { $other } a de nouveau sa propre connexion.
mail-login-parted-next = Ce n'était pas vous ? Changez de mot de passe et prévenez le bureau.
mail-password-changed-subject = { $sel } : votre mot de passe a changé
mail-password-changed-line = Un nouveau mot de passe ouvre votre espace. Vos autres appareils sont déconnectés.
mail-password-changed-next = Ce n'était pas vous ? Demandez un lien de connexion, choisissez un autre mot de passe et prévenez le bureau.
mail-login-released-subject = { $sel } : vous avez de nouveau votre propre connexion
mail-login-released-line = À la demande de votre SEL, vous entrez de nouveau par un lien envoyé à cette adresse, et rien d'autre n'ouvre votre espace.
mail-login-released-next = Entrez avec un lien, puis choisissez un mot de passe.
mail-second-begun-subject = { $sel } : la seconde vérification est en place
mail-second-begun-line = Votre connexion demande désormais un code, et de nouveaux codes de secours viennent d'être donnés. Vos autres appareils sont déconnectés.
mail-second-begun-next = Ce n'était pas vous ? Prévenez aussitôt le bureau de votre SEL.
mail-access-given-subject = { $sel } : un programme peut agir en votre nom
mail-access-given-line = Vous venez de donner l'accès « { $label } » à un programme.
mail-access-given-next = Ce n'était pas vous ? Mettez-y fin dans « Accès pour des programmes », changez de mot de passe et prévenez le bureau de votre SEL.
mail-webhook-stopped-subject = { $sel } : un site n'est plus prévenu
mail-webhook-stopped-line = L'adresse { $label } ne répond plus depuis trois jours, ou refuse : plus rien ne lui est envoyé.
mail-webhook-stopped-next = Une fois réparée, reprenez l'envoi au bureau, dans « Prévenir d'autres sites ».
mail-login-linked-subject = { $sel } : un compte vous fait entrer
mail-login-linked-line = Le compte « { $label } » fait désormais entrer dans votre espace.
mail-login-linked-next = Ce n'était pas vous ? Déliez-le dans « Connexions reliées », changez de mot de passe, ce qui déconnecte vos autres appareils, et prévenez aussitôt le bureau de votre SEL.
mail-login-unlinked-subject = { $sel } : un compte ne vous fait plus entrer
mail-login-unlinked-line = Le compte « { $label } » ne fait plus entrer dans votre espace.
mail-login-unlinked-next = Ce n'était pas vous ? Changez de mot de passe et prévenez aussitôt le bureau de votre SEL.
mail-second-ended-subject = { $sel } : la seconde vérification est arrêtée
mail-second-ended-line = Votre mot de passe ou votre lien suffit de nouveau pour entrer.
mail-second-ended-next = Ce n'était pas vous ? Changez de mot de passe et prévenez aussitôt le bureau de votre SEL.
mail-passkey-added-subject = { $sel } : une clé d'accès vous fait entrer
mail-passkey-added-line = La clé « { $label } » fait désormais entrer dans votre espace.
mail-passkey-added-next = Ce n'était pas vous ? Retirez-la dans « Clés d'accès », changez de mot de passe, ce qui déconnecte vos autres appareils, et prévenez aussitôt le bureau de votre SEL.
mail-passkey-removed-subject = { $sel } : une clé d'accès ne vous fait plus entrer
mail-passkey-removed-line = La clé « { $label } » ne fait plus entrer dans votre espace.
mail-passkey-removed-next = Ce n'était pas vous ? Changez de mot de passe et prévenez aussitôt le bureau de votre SEL.

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
mail-refused-line = { $payer } a refusé l'échange « { $label } » du { $day }, pour { $amount }. Rien n'a bougé.
mail-refused-next = Parlez-en ensemble. Vous pourrez ensuite l'écrire autrement.

mail-cancelled-subject = { $first } retire sa demande de { $amount }
mail-cancelled-line = { $payee } a retiré l'échange « { $label } » du { $day }, pour { $amount }.
mail-cancelled-next = Vous n'avez plus rien à répondre. Rien n'a bougé.

mail-expired-subject = { $first } n'a pas répondu pour { $amount }
mail-expired-line = L'échange « { $label } » du { $day } attendait la réponse de { $payer }. Le délai est passé, rien n'a bougé.
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
mail-sheet-subject = { $title } : vos échanges sont inscrits
mail-sheet-line =
    { $count ->
        [one] { $by } a recopié un échange à votre nom (« { $title } ») :
       *[other] { $by } a recopié vos échanges (« { $title } ») :
    }
mail-sheet-next = S'il y a une erreur, répondez au bureau de votre SEL : on inscrit l'échange inverse, et les deux restent lisibles.
mail-sheet-gave = Vous avez donné { $amount } à { $name } pour « { $label } », le { $day }.
mail-sheet-received = Vous avez reçu { $amount } de { $name } pour « { $label } », le { $day }.
mail-sheet-more = La suite est dans votre relevé.

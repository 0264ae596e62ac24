# Ce qu'un SEL montre aux visiteurs
portal-title = Entre voisins { $at }
portal-h1 = Entre voisins { $at }, on s'échange des coups de main
portal-members =
    { $count ->
        [0] Un SEL vient d'ouvrir : { $name }.
        [one] Un SEL vient d'ouvrir : { $name }. Une personne vous y attend.
       *[other] { $name } réunit { $count } adhérents.
    }
portal-lead = Arroser des plantes, réparer un vélo, apprendre l'espagnol, porter une armoire : chacun propose ce qu'il aime faire et demande ce dont il a besoin.
portal-ask-to-join = Laisser mon nom
portal-step-1 = On se propose
portal-step-1-text = Chacun publie ce qu'il offre et ce qu'il cherche. On s'écrit, on se téléphone, on s'entend.
portal-step-2 = On se rend service
portal-step-2-text = Une heure de jardinage vaut une heure de français ou de couture. Toutes les heures se valent.
portal-step-3 = On compte en { $unit }
portal-step-3-text = Qui reçoit un coup de main donne des { $unit } en échange. Être en dessous de zéro est normal : il faut bien commencer.
portal-worth-minute = Une minute vaut { $minute }, une heure { $hour }.
portal-worth-hour = Une heure vaut { $hour }.
portal-questions = Ce que l'on nous demande souvent
portal-ask-nothing = Et si je n'ai rien à proposer ?
portal-answer-nothing = Tout le monde a quelque chose. Tenir compagnie, lire une lettre, garder un chat, prêter un escabeau. On vous aidera à trouver.
portal-ask-barter = Est-ce du troc ?
portal-answer-barter = Non. Vous n'avez pas à rendre à la même personne. Ce que l'un vous donne en { $unit }, vous le donnez à un autre.
portal-ask-below = Peut-on être en dessous de zéro ?
portal-answer-below = Oui, et c'est normal : pour que les uns soient au-dessus de zéro, il faut que d'autres soient en dessous. Ce n'est pas une faute.
portal-answer-below-limit = Oui, et c'est normal : pour que les uns soient au-dessus de zéro, il faut que d'autres soient en dessous. La limite est de { $amount }, soit { $time } de coups de main reçus.
portal-ask-internet = Faut-il internet ?
portal-answer-internet = Non. Une personne du SEL peut noter vos échanges et publier vos annonces pour vous.
portal-ask-seen = Qui voit mon nom et mes annonces ?
portal-answer-seen = Votre nom : les adhérents de ce SEL. Vos annonces aussi, sauf si vous choisissez d'en montrer une plus loin, sans votre nom.
portal-ask-credit = Faut-il avoir des { $unit } pour commencer ?
portal-answer-credit = Non, et le SEL vous en offre à votre arrivée : { $amount }.
portal-join = Adhérer
portal-join-board = Laissez-nous votre nom et une façon de vous joindre. Les personnes qui accueillent vous répondent et vous expliquent la suite.
portal-join-members = Laissez-nous votre nom et une façon de vous joindre. Un adhérent vous répond et vous ouvre la porte.
portal-join-open = Laissez votre nom et votre courriel : un lien arrive aussitôt, et vous êtes des nôtres.
portal-already = J'y suis déjà
portal-waiting-title = Ce SEL se prépare
portal-waiting-text = { $name } ouvre bientôt { $at }. Revenez dans quelques jours.
portal-waiting-yours = C'est vous qui l'ouvrez ?

# The mailbox of a demonstration
mailbox-title = Les courriels de la démonstration
mailbox-explained = Cette démonstration n'envoie rien : les courriels s'arrêtent ici. Ouvrez-en un pour suivre son lien.
mailbox-of = Les courriels de { $address }
mailbox-filter = Adresse
mailbox-filter-hint = Le début suffit
mailbox-show = Montrer
mailbox-all = Montrer tous les courriels
mailbox-empty = Aucun courriel pour le moment. Un courriel arrive ici une seconde après son envoi.
mailbox-to = Pour { $to }
mailbox-from = De { $from }
mailbox-back = Tous les courriels
mailbox-at = { $day } à { $time }

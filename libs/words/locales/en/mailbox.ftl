# The mailbox of a demonstration
mailbox-title = The demonstration's e-mails
mailbox-explained = This demonstration sends nothing: e-mails stop here. Open one to follow its link.
mailbox-of = The e-mails of { $address }
mailbox-filter = Address
mailbox-filter-hint = Its beginning is enough
mailbox-show = Show
mailbox-all = Show all e-mails
mailbox-empty = No e-mail yet. An e-mail arrives here a second after it is sent.
mailbox-to = To { $to }
mailbox-from = From { $from }
mailbox-back = All e-mails
mailbox-at = { $day } at { $time }

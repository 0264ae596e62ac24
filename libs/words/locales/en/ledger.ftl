# All exchanges of a month, for who keeps the accounts
ledger-title = All exchanges
ledger-month = Month
ledger-state = Which
ledger-state-tous = All
ledger-state-attente = Waiting
ledger-state-inscrits = Recorded
ledger-state-annules = Undone
ledger-state-abandonnes = Refused, taken back or unanswered
ledger-sum =
    { $count ->
        [0] No exchange noted that month
        [one] 1 exchange noted that month
       *[other] { $count } exchanges noted that month
    }
ledger-sum-standing =
    { $count ->
        [0] None is recorded.
        [one] 1 is recorded: { $amount }.
       *[other] { $count } are recorded: { $amount } in all.
    }
ledger-sum-waiting =
    { $count ->
        [0] { "" }
        [one] 1 waits for an answer.
       *[other] { $count } wait for an answer.
    }
ledger-nothing = Nothing here. Choose another month.
ledger-by = Noted by { $by } on { $day }
ledger-by-for = Noted by { $by } for { $name } on { $day }
ledger-csv-day = Date
ledger-csv-payer = Gives, no.
ledger-csv-payee = Receives, no.
ledger-csv-amount = How many
ledger-csv-label = In exchange for
ledger-csv-state = State
ledger-csv-written = Noted
ledger-csv-slip = Slip
ledger-csv-category = Category
exchange-category = category
exchange-category-none = no category
member-turnover = In a year: { $gave } given, { $received } received

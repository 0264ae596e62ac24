minus = minus
home-title = Hello { $name }
home-waiting =
    { $count ->
        [one] An exchange waits for your agreement
       *[other] { $count } exchanges wait for your agreement
    }
home-waiting-many = More than { $count } exchanges wait for your word
home-statement = See my statement
home-fresh = The new notices
home-all-notices = All notices
home-no-notices = Nobody has published a notice yet. Publish the first.
home-desk-applications =
    { $count ->
        [one] One person to welcome
       *[other] { $count } people to welcome
    }
home-desk-exchanges =
    { $count ->
        [one] An exchange to confirm for someone without e-mail
       *[other] { $count } exchanges to confirm for members without e-mail
    }
home-desk-exchanges-many = More than { $count } exchanges to confirm for members without e-mail
balance-title = Your balance
balance-even = You have given about as much as you have received.
balance-received = You have received { $time } more than you have given. That is normal: for the { $unit } to go round, some balances must be below zero and others above.
balance-given = You have given { $time } more than you have received.
balance-much = You have given { $time } more than you have received. This is the moment to ask for a hand.
balance-worth = This balance is worth { $time } of help.
balance-below = You have received more than you have given. That is normal: for the { $unit } to go round, some balances must be below zero and others above.
balance-beyond = You have received { $time } more than you have given: that is beyond the limit of the SEL, { $limit }. This is the moment to offer a hand, or to talk to the person who keeps the accounts.
balance-limit = limit { $amount }
balance-scale = Balance of { $balance }, between { $low } and { $high }.
statement-title = My statement
statement-title-of = { $name }'s statement
statement-mine = Back to my statement
statement-lines-of = Exchanges
statement-pending = Waiting
statement-nothing-pending = Nothing is waiting.
statement-all-pending = See all that waits
statement-say = Say whether it is right
statement-waits-for = { $name } has to agree
statement-lines = My exchanges
statement-empty = No exchange yet. The first one is written down in a minute.
statement-caption = My exchanges, the last recorded first
statement-printed = { $name } (n° { $number }), { $day }
statement-noted-on = recorded on { $day }
statement-date = Date
statement-exchange = Exchange
statement-balance = Balance
statement-pages = Pages of the statement
statement-newest = Back to the newest
statement-older = Older exchanges
statement-written-by = entered by { $name }
home-helped = I act for
home-desk-approvals =
    { $count ->
        [one] 1 exchange passes a limit
       *[other] { $count } exchanges pass a limit
    }
home-desk-approvals-many = More than { $count } exchanges pass a limit
home-desk-disputes =
    { $count ->
        [one] 1 disagreement is open
       *[other] { $count } disagreements are open
    }
home-desk-disputes-many = More than { $count } disagreements are open
statement-all = From the beginning
statement-since = From { $from } until today
statement-until = Until { $to }
statement-between = From { $from } to { $to }
statement-count =
    { $count ->
        [0] no movement
        [one] 1 movement
       *[other] { $count } movements
    }
statement-period = Period
statement-tab-recent = { $months } months
statement-tab-all = All
statement-other-period = Another period, or the balance on a day
statement-from = From
statement-to = To
statement-show = Show
statement-opening = Balance to begin with
statement-csv = Open in a spreadsheet
statement-solidarity = Account of mutual help
statement-csv-day = Date
statement-csv-noted = Noted on
statement-csv-label = In exchange for
statement-csv-with = With
statement-csv-number = Number
statement-csv-gave = Given
statement-csv-received = Received
statement-csv-balance = Balance
statement-desk = The board
statement-closing = Balance on { $day }: { $balance }

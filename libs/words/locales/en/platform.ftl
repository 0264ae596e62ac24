# The pages of Saline itself
platform-title = Saline, the tool of the SELs
platform-h1 = Among neighbours, everyone has something to offer
platform-lead = A SEL, a local exchange group, is an association of neighbours who exchange help, knowledge and things. We do not count in euros, we count time.
platform-your-place = Your town, or the name of your SEL
platform-find = Find
platform-week = A week in a SEL
platform-week-1 = Claire gives <b>90 grains</b> to Jean, who pruned her roses.
platform-week-2 = Jean gives <b>60 grains</b> to Odette, who finished his jumper.
platform-week-3 = Odette gives <b>45 grains</b> to Fatima, who drove her to the station.
platform-week-4 = Fatima gives <b>120 grains</b> to Claire, who read through her papers.
platform-latest = The newest SELs
platform-latest-none = No SEL is open here yet. Yours can be the first.
platform-none-title = No SEL near you?
platform-none-text = A few neighbours and a first meeting are enough. Saline lends you the tool and guides you step by step.
platform-open-title = Open a SEL in one evening
platform-open-1 = Say who you are
platform-open-1-text = The name of the SEL, your town, the name of your unit: grain, pebble, feather. A link comes by e-mail and opens your SEL.
platform-open-2 = Choose your rules
platform-open-2-text = What an hour is worth, how far below zero one may go, who welcomes newcomers. Four pages to read together, and almost everything can be changed later.
platform-open-3 = Invite your neighbours
platform-open-3-text = By e-mail, or by entering those who have none yourself. Their exchanges can be recorded for them.
platform-open-ours = Open our SEL
platform-is-title = A tool, not a master
platform-is-text = Each SEL has its own address, colour, unit and rules. Saline keeps the catalogue, the accounts and the messages. The rest happens among you. It is free software: anyone may read it, install it and improve it.
platform-not-title = What Saline will not do
platform-not-1 = show advertising
platform-not-2 = track what you read
platform-not-3 = turn your units into euros
platform-not-4 = show your notices outside the SEL without your consent
platform-find-title = Find a SEL
platform-find-near = SELs near { $place }
platform-find-none-near = Saline does not know a SEL within 100 km of { $place } yet.
platform-find-nothing = We find neither a SEL nor a town under “{ $typed }”. Check the name, or try a town nearby.
platform-which = Which is your town?
platform-members =
    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }
platform-km = { $km } km away
platform-km-here = right there
platform-place-detail =
    { $count ->
        [one] { $region }, { $people } inhabitant
       *[other] { $region }, { $people } inhabitants
    }
platform-at = in { $place }
platform-at-le = in { $place }
platform-at-les = in { $place }
platform-login-title = Log in to your SEL
platform-login-text = One logs in at one’s own SEL: each has its own address. Tell us which is yours and we will take you there.
platform-login-field = Name or address of your SEL, or your town
platform-login-mail = Every e-mail that your SEL sends you also holds its address.
country-fr = France
country-be = Belgium
country-ch = Switzerland
country-lu = Luxembourg
country-mc = Monaco
country-gf = French Guiana
country-gp = Guadeloupe
country-mq = Martinique
country-re = Réunion
country-yt = Mayotte
platform-place-near = { $detail }, near { $town }

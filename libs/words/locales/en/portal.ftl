# What a SEL shows to visitors
portal-title = Among neighbours { $at }
portal-h1 = Among neighbours { $at }, we help one another
portal-members =
    { $count ->
        [0] { $name } has just opened.
        [one] { $name } has just opened: somebody is waiting for you there.
       *[other] { $name } has { $count } members.
    }
portal-lead = Watering plants, mending a bicycle, learning Spanish, carrying a wardrobe: everyone offers what they like doing and asks for what they need.
portal-ask-to-join = Leave my name
portal-step-1 = We make offers
portal-step-1-text = Everyone publishes what they offer and what they look for. We write, we phone, we agree.
portal-step-2 = We help
portal-step-2-text = An hour of gardening is worth an hour of French or of sewing. All hours are equal.
portal-step-3 = We count in { $unit }
portal-step-3-text = Whoever receives help gives { $unit } in return. Being below zero is normal: one has to start somewhere.
portal-worth-minute = A minute is worth { $minute }, an hour { $hour }.
portal-worth-hour = An hour is worth { $hour }.
portal-questions = What people often ask us
portal-ask-nothing = What if I have nothing to offer?
portal-answer-nothing = Everybody has something. Keeping company, reading a letter, minding a cat, lending a stepladder. We will help you to find it.
portal-ask-barter = Is this barter?
portal-answer-barter = No. You need not give back to the same person. The { $unit } you receive from one go to another.
portal-ask-below = May one be below zero?
portal-answer-below = Yes, and it is normal: for some to be above zero, others must be below. It is nobody’s fault.
portal-answer-below-limit = Yes, and it is normal: for some to be above zero, others must be below. The limit is { $amount }, which is { $time } of help received.
portal-ask-internet = Do I need the internet?
portal-answer-internet = No. Somebody of the SEL can record your exchanges and publish your notices for you.
portal-ask-seen = Who sees my name and my notices?
portal-answer-seen = Your name: the members of this SEL. So it is for your notices, unless you choose to show one farther, without your name.
portal-ask-credit = Do I need { $unit } to start?
portal-answer-credit = No, and the SEL gives you some when you arrive: { $amount }.
portal-join = Join
portal-join-board = Leave us your name and a way to reach you. The people who welcome newcomers answer and explain what comes next.
portal-join-members = Leave us your name and a way to reach you. A member answers and opens the door for you.
portal-join-open = Leave your name and your e-mail address: a link comes at once, and you are one of us.
portal-already = I am a member
portal-waiting-title = This SEL is getting ready
portal-waiting-text = { $name } opens soon { $at }. Come back in a few days.
portal-waiting-yours = Are you the one who opens it?

notices-title = Notices
notices-search = What are you looking for?
notices-search-button = Search
notices-tabs = Offers or wants
notices-all = All
notices-offers = Offers
notices-wants = Wants
notices-refine = Refine
notices-rubric = Category
notices-chips = Chosen filters
notices-chip-words = “{ $words }”
notices-chip-remove = : remove this filter
notices-pages = Pages
notices-count =
    { $count ->
        [one] One notice
       *[other] { $count } notices, newest first
    }
notices-found =
    { $count ->
        [one] One notice for “{ $words }”.
       *[other] { $count } notices for “{ $words }”.
    }
notices-found-none = No notice has all these words: “{ $words }”.
notices-some =
    { $count ->
        [one] One notice has some of them.
       *[other] { $count } notices have some of them.
    }
notices-empty = Nobody has published a notice yet. Publish the first one.
notices-empty-here = There is no notice here yet. Publish yours.
notices-empty-words-here = Nothing here for “{ $words }”. Take a filter away, or publish a want.
notices-empty-words = No notice mentions “{ $words }” yet. Publish a want: somebody may know how.
notices-publish-want = Publish a want
notices-publish-offer = Publish an offer
notices-where = Where to look
notices-where-home = My SEL
notices-where-allies = Allied SELs
notices-where-all = All SELs
notices-also = Also
notices-urgent = Urgent
notices-gift = Gifts
notices-since = Published within
notices-since-days = { $days } days
notices-since-ever = any time
notices-order = In which order
notices-order-best = Closest to your words
notices-order-newest = Newest
notices-order-nearest = Nearest to here
notices-distance = Distance
notices-town = From which town?
notices-town-which = Several towns have this name. Which one?
notices-town-meanwhile = Here are the notices from everywhere, since we are unsure about the town.
notices-town-maybe = We know no town named “{ $typed }”. Did you mean:
notices-town-unknown = We know no town called “{ $typed }”. Distances start from your SEL.
notices-radius = How far?
notices-radius-any = Any distance
notices-radius-apply = Apply
notices-within = within { $km } km
notices-within-of = within { $km } km of { $town }
notices-from = From { $town }
notices-order-nearest-to = The nearest to { $town }
notices-on-farther = Search within { $km } km
notices-quoted = “{ $word }”
notices-others = We also looked for { $words }.
notices-on-unfiltered = Search without these filters
notices-on-allies = Search our allied SELs too
notices-on-all = Search all SELs
notice-place-far = { $place }, { $km } km away
notices-mine-title = My notices
notices-mine-empty = You have no notice yet. Say what you offer, or what you are looking for.
notices-mine-more = Only your latest hundred notices are shown here.
notice-offer = Offer
notice-want = Want
notice-urgent = Urgent
notice-mine = Yours
notice-price-hours = { $amount } for one hour
notice-price-hourly = { $amount } an hour
notice-price-discuss = to be discussed
notice-price-gift = gift
notice-price-there = { $price }, that is { $here }
notice-shared = Shown to allied SELs
notice-shared-platform = Shown to all SELs
notice-shared-public = Shown to everybody
notice-state-live = online
notice-state-paused = paused
notice-state-closed = closed
notice-state-withdrawn = taken down by { $by }
notice-state-expired = expired
notice-state-left = no longer shown
notice-over = Expired since { $day }
notice-until = Valid until { $day }
notice-back = Back to the notices
notice-fact-price = In return
notice-fact-place = Where
notice-fact-dates = Published
notice-dates = on { $from }, valid until { $until }
notice-dates-over = on { $from }, expired since { $until }
notice-photo = Photo { $place } of the notice
notice-author = The author of the notice
notice-write = Write to { $name }
notice-message = Your message
notice-message-hint = Say what you need and when. { $name } receives your message by e-mail and can answer it. Your addresses stay hidden.
notice-write-there = Write to the author of the notice
notice-message-there = Say what you need and when. The author receives your message by e-mail, signed “{ $signed }”, and can answer it. Your addresses stay hidden.
notice-message-there-want = Say what you propose and when. The author receives your message by e-mail, signed “{ $signed }”, and can answer it. Your addresses stay hidden.
notice-gone-title = This notice is no longer shown to your SEL
notice-gone = It was taken away or paused, or the alliance between the two SELs is suspended.
notice-known-there = You have written already: read your messages again
notice-no-email-there = The author of this notice has no e-mail: nobody would read a message written here. Ask the board of your SEL to reach the author's.
notice-sel = The author's SEL
notice-theirs = This notice comes from an allied SEL. You will know the author's name once they answer. You then exchange as with a member of your own SEL.
notice-theirs-beyond = This notice comes from another SEL. You will know its author's name once they answer. To exchange, your two SELs have to be allied first.
notice-theirs-board = Talk about it with your board.
notice-theirs-ask = Ask this SEL for an alliance
notice-theirs-answer = This SEL asks you for an alliance: answer
notice-theirs-known = See how the alliance with this SEL stands
notice-no-email = { $name } has no e-mail: nobody would read a message written here. Telephone, or speak to { $helpers }.
notice-message-kept = Your message was not sent. Here it is:
notice-send = Send
notice-done = It is done: record the exchange
notice-others = { $name } also publishes
notice-others-mine = You also publish
notice-between-you = The exchange is between the two of you. The SEL brings people together and does not guarantee the result.
notice-edit = Change
notice-renew = Renew
notice-pause = Pause
notice-resume = Put back online
notice-close = Take down
notice-reopen = Reopen
notice-renewed = Notice renewed: it is valid until { $day }. You can take it down at any time.
notice-paused = Notice paused: members no longer see it. “Put back online” shows it again.
notice-resumed = The notice is online again. “Pause” hides it.
notice-resumed-expired = The notice is open again, but it expired on { $day }. “Renew” shows it again.
notice-closed = Notice taken down: members no longer see it. “Reopen” puts it back online.
notice-published = Your notice is published. { $goes ->
        [members] Members see it from now on.
        [allies] Members and your allied SELs see it from now on.
        [platform] The members of all SELs see it from now on.
       *[public] Everybody sees it from now on.
    }
notice-published-for = The notice of { $name } is published. { $goes ->
        [members] Members see it from now on.
        [allies] Members and your allied SELs see it from now on.
        [platform] The members of all SELs see it from now on.
       *[public] Everybody sees it from now on.
    }
notice-changed = The notice is changed.
notice-new-title = Publish a notice
notice-edit-title = Change the notice
notice-kind = What are you publishing?
notice-kind-offer = An offer
notice-kind-offer-how = I can give or do something
notice-kind-want = A want
notice-kind-want-how = I am looking for help
notice-category-choose = Choose a category
notice-field-title = Title
notice-field-title-hint = In a few words, 80 letters at most.
notice-field-body = Text
notice-field-body-hint = Say what, where and when. No phone number or address: people write to you from the notice.
notice-units = What do you ask in return?
notice-units-hourly = A number for each hour
notice-units-fixed = A number for the whole
notice-units-discuss = To be discussed
notice-units-gift = A gift
notice-units-amount = How many { $unit }?
notice-units-hint-hours = If you count. A quarter of an hour is written 0.25.
notice-units-hint = If you count. One hour is worth { $amount }.
notice-days = Valid for how long?
notice-days-usual = As usual in the SEL: { $days } days
notice-days-same = Until { $day }, unchanged
notice-days-month = 1 month
notice-days-three = 3 months
notice-days-six = 6 months
notice-days-year = 1 year
notice-urgent-tick = It is urgent
notice-reach = Who may see it?
notice-reach-hint = Elsewhere, people read the text, the photos and the SEL's town. Your name and your number stay hidden until you answer.
notice-reach-members = The members of the SEL
notice-reach-members-how = Nobody else.
notice-reach-allies = Our allied SELs too
notice-reach-allies-how = Their members can write to you.
notice-reach-platform = All SELs
notice-reach-platform-how = The members of all SELs can write to you.
notices-town-unknown-anywhere = We know no town named “{ $typed }”. Here are the notices from everywhere.
notice-reach-public = Everybody
notice-reach-public-how = It also stands on the SEL's public page. Whoever answers has to be a member of a SEL.
notice-reach-held = Your SEL no longer allows it. Meanwhile, { $most ->
        [members] it stays among us.
        [allies] it goes to our allied SELs.
       *[platform] it goes to the members of all SELs.
    }
notice-photos = Photos
notice-photos-add = Add photos
notice-photos-hint = Three at most, of 12 MB each at most. We erase the place and date hidden in the files.
notice-photo-remove = Remove photo { $place }
notice-files-lost = Your photos were not kept: choose them again at the end of the form. Everything else is still there.
notice-contacts = Your text contains { $contacts }. Everybody who sees the notice will read it.
notice-contacts-why = People can write to you from the notice. In the text, your details stay even when they change.
notice-contacts-mend = Correct the text
notice-contacts-anyway = Publish anyway
notice-publish = Publish
notice-save = Save
notice-abandon = Give up
notice-watch = Change this notice or take it down
notice-watch-text = You watch over notices, or write for others. If you take this one down, { $name } is told by e-mail: a word before often makes it needless.
notice-helpers = { $most } or { $last }

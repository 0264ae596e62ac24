# Why a rule says no: the reason, and what can be done
refusal-amount-empty = Write how many { $unit }.
refusal-amount-not-a-number = Write a number in digits, for example { $example }.
refusal-amount-zero = Write a number above zero.
refusal-amount-negative = Write a number without a minus.
refusal-amount-too-large = This is too much for one exchange: one million { $unit } at most.
refusal-amount-not-divisible = The unit is not divided here: write a whole number of { $unit }.
refusal-amount-too-fine = Write at most { $decimals } figures after the point.
refusal-phone = This phone number does not look complete. Write it like this: 06 39 98 00 12.
refusal-place-long = The district has 60 letters at most.
refusal-about-long = Your presentation has 400 letters at most.
refusal-password-short = Choose a password of at least 10 characters. Three or four unrelated words do very well.
refusal-password-guessable = This password is too easy to guess. Take three or four words that have nothing to do with each other, such as an animal, a place and a thing.
refusal-password-long = This password is too long: 200 characters at most.
refusal-not-allowed = You cannot do this. The people who run the SEL can help you.
refusal-name-empty = Write a first name.
refusal-name-long = First and last name have 40 letters each at most.
refusal-name-letters = Write the name with letters.
refusal-email = This e-mail address does not look complete. It looks like name@example.org.
refusal-unreachable = Give an e-mail address or a phone number, so that the SEL can answer you.
refusal-application-decided = Somebody has already answered this request.
refusal-sel-name-empty = Write the name of your SEL.
refusal-sel-name-long = The name of the SEL has 50 letters at most.
refusal-slug-empty = Choose an address for your SEL.
refusal-slug-short = The address has at least 3 letters.
refusal-slug-long = The address has 30 letters at most.
refusal-slug-letters = The address is written with letters without accents, figures and hyphens, and starts with a letter.
refusal-slug-reserved = This address is kept for Saline. Choose another.
refusal-slug-taken = Another SEL has this address already. Choose another.
refusal-locality-unknown = We do not find this town. Check its name, or take a town nearby.
refusal-locality-many = Several towns have this name. Choose yours.
refusal-unit-empty = Give your unit a name, for example grain.
refusal-unit-money = A SEL does not count in money. Give your unit a name of your own, for instance grain.
refusal-unit-long = The unit's name has 20 letters at most.
refusal-hour = An hour is worth between 1 and 10,000 units. Write a whole number, for example 60.
refusal-hour-two = You have ticked one value and written another number. Choose “Another number”, or erase it.
refusal-categories-none = Keep at least one category.
refusal-label-empty = Write in a few words what was done.
refusal-label-long = 200 letters at most are enough to say what was done.
refusal-date = Choose a day.
refusal-date-future = This day has not come yet. Record the exchange once it has taken place.
refusal-date-old = This was over a year ago. Talk to the person who keeps the accounts.
refusal-member-empty = Write the number or the start of the name of the other person.
refusal-member-unknown = We find nobody under “{ $typed }” in your SEL. Check the number, or type the start of the name.
refusal-member-several = Several people have this name. Choose the right one, or type their number.
refusal-member-oneself = One does not exchange with oneself. Write the other person's number.
refusal-for-oneself = You are the one who receives: write this exchange in your own name. Somebody else at the desk will confirm it for { $name }.
refusal-member-left = { $name } has left the SEL. Talk to the board.
refusal-side-empty = Choose which way the help went.
refusal-below-floor =
    This exchange would lead to { $reached }{ $pending ->
        [yes] , counting what waits for an answer
       *[no] { "" }
    }. The limit of the SEL is { $limit }. Talk to the person who keeps the accounts.
refusal-above-ceiling =
    This exchange would lead { $name } to { $reached }{ $pending ->
        [yes] , counting what waits for an answer
       *[no] { "" }
    }. The limit of the SEL is { $limit }. Talk to the person who keeps the accounts.
refusal-limit-of = This exchange would pass the limit of the SEL for { $name }. Talk to the person who keeps the accounts.
refusal-limit-reached = This exchange would now go beyond the SEL's limit. Nothing is recorded. Speak to the person who keeps the accounts.
refusal-exchange-ended = This exchange has been answered already, or its time is over.
refusal-exchange-known = Another exchange was recorded from this page already. If this is one more, read it again and record it.
refusal-exchange-not-yours = This exchange does not wait for your answer.
refusal-notice-kind = Say whether you offer or look for something.
refusal-notice-category = Choose a category.
refusal-notice-title-empty = Give your notice a title.
refusal-notice-title-long = The title has { $letters } letters. It may have 80.
refusal-notice-body-long = The text has { $letters } letters. It may have 2,000.
refusal-notice-units-mode = Say how you count, or choose “to discuss”.
refusal-notice-units-not-counted = You have written a number. Choose “by the hour” or “for the whole”, or erase the number.
refusal-notice-days = Choose between 1 and 730 days.
refusal-notice-closed = This notice is over.
refusal-notice-known = This notice is published already. Open “My notices” to change it, or publish another.
refusal-photos-many = Three photos at most.
refusal-photo-heavy = A photo weighs more than 12 MB. Choose a lighter one. Photos must be chosen again.
refusal-photo-unreadable = One of the files is no photo that we can read (JPEG, PNG or WebP). Photos must be chosen again.
refusal-photo-large = A photo has too many pixels. Make it smaller first. Photos must be chosen again.
refusal-message-empty = Write your message.
refusal-message-long = The message has 4,000 letters at most.
refusal-message-many = You have written many messages today. Keep your text and send it tomorrow.
refusal-message-unreachable-there = This person no longer has e-mail and would not read your message. Ask somebody on the board to reach their SEL.
refusal-message-not-allied = Your SEL and theirs are no longer allied: your message was not sent.
refusal-message-unreachable = This person has no e-mail and would not read your message. Telephone, or speak to the desk.
refusal-application-known = This form has been entered already. For another person, open a new one: “Enter a member”.
refusal-message-oneself = This is your own notice.
refusal-login-empty = Write your member number or your e-mail address.
refusal-login-unknown = This number or address does not go with this password. Try again, or have a link sent by e-mail.
refusal-login-several = Several people share this address. Log in with your member number.
refusal-link-used = This link was used before. Ask for another, it comes by e-mail in a minute.
refusal-link-expired = This link is no longer valid: its time is over. Ask for another, it comes by e-mail in a minute.
refusal-link-broken = This link is incomplete. Copy all of it from the e-mail, or ask for another.
warning-below-floor =
    { $own ->
        [yes] This exchange leads you
       *[no] This exchange leads { $name }
    } to { $reached }{ $pending ->
        [yes] , counting what waits for an answer
       *[no] { "" }
    }. The limit of the SEL is { $limit }. { $policy ->
        [approve] It will wait until the person who keeps the accounts allows it.
        [refuse] Beyond it nothing is recorded: speak to the person who keeps the accounts.
       *[no] You can go on.
    }
warning-above-ceiling =
    { $own ->
        [yes] This exchange leads you
       *[no] This exchange leads { $name }
    } to { $reached }{ $pending ->
        [yes] , counting what waits for an answer
       *[no] { "" }
    }. The limit of the SEL is { $limit }. { $policy ->
        [approve] It will wait until the person who keeps the accounts allows it.
        [refuse] Beyond it nothing is recorded: speak to the person who keeps the accounts.
       *[no] You can go on.
    }
refusal-application-namesake = { $name } is in your SEL already. If this is another person of the same name, tick the box and save again.
refusal-hour-hours = If the unit is the hour, an hour is worth 1. Choose 1, or another name for the unit.
refusal-search-asks-nothing = Write first what you look for, or choose a filter.
refusal-search-many = You keep { $most } searches already. Remove one first.
refusal-search-no-email = You have no e-mail: keep the search without being told.
refusal-synonyms-many = These are { $count } lines: { $most } at the most.
refusal-synonyms-long = Line { $line } is too long: { $most } letters at the most.
refusal-synonyms-alone = Line { $line } holds one word only: put a comma, then another word for the same thing.
refusal-search-long = This search is too long to be kept. Shorten your words.

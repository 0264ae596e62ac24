# The members and their account
member-first-name = First name
member-last-name = Last name
member-last-name-hint = Optional
member-email = E-mail
member-phone = Phone
member-place = District or village
member-place-hint = Optional
member-about-hint = Optional, 400 letters at most
member-list-title = The members
member-search = A name or a number
member-search-go = Search
member-order = Sort
member-by-name = By name
member-by-number = By number
member-found =
    { $count ->
        [one] One person found.
       *[other] { $count } people found.
    }
member-count =
    { $count ->
        [one] One member.
       *[other] { $count } members.
    }
member-privacy = These details are for members only, please do not pass them on.
member-none = There is nobody on this page.
member-not-found = We find nobody under “{ $typed }”. Check the number, or type only the start of the name.
member-all = See all members
member-no-email = No e-mail
member-balance = Balance: { $amount }
member-you = This is you
member-pages = Pages of the directory
member-describe = Change my details
member-no-notice = No notice at the moment.
member-offer = Offer
member-want = Want
member-for = Act for { $name }
member-enter-for = Enter an exchange for { $name }
member-publish-for = Publish for { $name }
member-rights = The rights of { $name }
member-rights-hint = Tick what this person may do for the SEL.
member-rights-save = Save the rights
member-right-members = Let in and enter members
member-right-enter-for-others = Enter exchanges and notices for others
member-right-notices = Withdraw a notice
member-right-settings = Change the settings and give rights
member-entitled = The rights of { $name } are saved.
member-last-settings = Keep at least one person on the settings: otherwise nobody could change them any more.
member-new-lead = The person gets a number at once. An e-mail is not needed, a phone is enough.
member-new-email-hint = If you give one, a link to come in is sent there.
member-new-about = A few words about this person
member-new-save = Enter
member-entered = { $name } is part of the SEL, with the number { $number }. Tell them their number yourself.
member-entered-mailed = { $name } is part of the SEL, with the number { $number }. A welcome goes out by e-mail with a link to come in.
account-title = My details
account-number = Your member number is { $number }.
account-seen = See my page
account-no-email = No e-mail
account-email-hint = The address cannot be changed here yet.
account-about = A few words about yourself
account-language = Language
account-language-hint = That of the pages and of the mails you receive.
account-save = Save
account-done = Saved.
account-session = Your session
account-password-choose = Change my password
account-password-title = My password
account-password-lead = With a password, you come in without waiting for an e-mail.
account-password = New password
account-password-hint = At least 10 characters. Three or four words in a row do very well.
account-password-save = Save this password
account-password-later = Later
account-password-done = Your password is saved. Sessions open elsewhere are closed.
member-details-title = The details of { $name }
member-details-lead = { $name } has no e-mail: you keep these details up to date.
member-details-about = A few words about { $name }
member-details-done = The details of { $name } are up to date.
member-new-another = This is another person
member-address-title = { $name }'s e-mail
member-address-lead = { $name } has not come here yet: the address can still be corrected. A link to come in goes to the new one, that of the old one is void.
member-address-first = { $name } has no e-mail. If you give one, a link to come in goes there.
member-address-save = Save the address
member-readdressed = A link to come in goes to { $email }, for { $name }.
member-right-mediate = Hear disagreements and decide
account-leave-sel = Leave the SEL
departure-title-own = Leave the SEL?
departure-title-of = Close the account of { $name } (no. { $number })?
departure-link = Close the account of { $name }
departure-zero-own = Your balance is zero.
departure-zero-of = Their balance is zero.
departure-above-own = You have { $amount } left.
departure-above-of = They have { $amount } left.
departure-below-own = You received { $amount } more than you gave.
departure-below-of = They received { $amount } more than they gave.
departure-notices =
    { $notices ->
        [one] 1 notice will be taken down.
       *[other] { $notices } notices will be taken down.
    }
departure-pending =
    { $pending ->
        [one] 1 exchange that waits will be taken back; the other person gets an e-mail.
       *[other] { $pending } exchanges that wait will be taken back; the other people get an e-mail.
    }
departure-number-own = Your number will be given to nobody else. The board can let you in again.
departure-number-of = No. { $number } will be given to nobody else. You can let { $name } in again, with the same number.
departure-where-to = Who gets these { $unit }?
departure-who-bears = Who bears this?
departure-way-association-above = The account of the SEL
departure-way-solidarity-above = The account of mutual help
departure-way-member = A member
departure-way-association-below = The account of the SEL
departure-way-solidarity-below = The account of mutual help
departure-whom = Which member?
departure-yes = Yes, close this account
departure-yes-own = Yes, leave { $sel }
departure-no = No, change nothing
departure-board = Speak to the board: it can close your account, and decide who bears this.
departure-done = The account of { $name } (no. { $number }) is closed.
departure-done-own = You have left { $sel }. Thank you for all you gave and received.
departure-gone-title = Members who left
departure-nobody = Nobody has left.
departure-since = Left on { $day }
departure-come-back = Let in again
departure-back = { $name } is in your SEL again, with no. { $number }.
refusal-departure-gone = This account is closed already.
refusal-departure-below = { $balance } are missing: speak to the board.
refusal-departure-way = Choose who gets them.
refusal-departure-settings = This is the only person who can change the settings. Give this right to somebody else first.
refusal-departure-changed = An exchange came in meanwhile. Read the balance again and start over.
mandate-title = Who acts for { $name }
mandate-acting = Acting for somebody
mandate-lead = A member may let another act in their name: exchanges, notices, answers. Each act keeps the name of who did it. Keep the signed paper.
mandate-none = Nobody acts in their name.
mandate-new = New mandate
mandate-who = Who may act for { $name }?
mandate-signed = Signed on
mandate-signed-hint = The day written on the paper.
mandate-record = Record the mandate
mandate-said = { $proxy } acts for { $member }, by a mandate signed on { $day }.
mandate-end = End the mandate
mandate-recorded = It is recorded: { $proxy } may act for { $member }.
mandate-revoked = It is over: { $proxy } no longer acts for { $member }.
refusal-mandate-not-here = Your SEL allows no mandates. This can be changed in the settings.
refusal-mandate-oneself = Everybody acts for themselves already. Write the number of somebody else.
refusal-mandate-future = This day has not come yet.
limit-title = The limits of { $name }
limit-back = Back to the member
limit-none = no limit
limit-now = The limits of the SEL hold for this account: below { $floor }, above { $ceiling }. Balance: { $balance }.
limit-now-own = This account has limits of its own: below { $floor }, above { $ceiling }. Balance: { $balance }.
limit-floor = How far below zero, in { $unit }
limit-ceiling = How far above zero, in { $unit }
limit-empty = Empty: no limit.
limit-until = Until
limit-until-hint = Afterwards, the limits of the SEL come back by themselves.
limit-reason = Why?
limit-reason-hint = The board can read it again.
limit-save = Save these limits
limit-lift = Back to the limits of the SEL
limit-set = Saved: { $name } has limits of their own.
limit-lifted = Done: the limits of the SEL hold for { $name } again.
limit-history = What was decided
limit-decided = On { $day }, { $name }: below { $floor }, above { $ceiling }, until { $until }. “{ $reason }”
limit-lifted-said = On { $day }, { $name }: back to the limits of the SEL.
refusal-limit-until = Choose a day to come.

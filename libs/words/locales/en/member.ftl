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

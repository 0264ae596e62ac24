# The console of the platform
console-title = Associations
console-colophon = Saline console. Each time somebody enters or changes something, the journal says so.
console-band-what = What you see
console-band = You see associations and numbers, never a member, a notice or an exchange.
console-login-title = Enter the console
console-login-lead = For the team that runs the platform. One enters by address, password and the code of the application, all three at once, or by a passkey.
console-login-lost = Lost your phone or your codes? Somebody of the team can give you a new link. Alone in the team? Make it on the machine: saline staff-invite.
console-email = E-mail address
console-invited-title = Hello { $name }
console-invited-lead = This link gives you access to the console. Choose a password and prepare the application that gives the codes: you will need both each time.
console-invited-anew = Your access of today holds until then. After that its sessions end, and its passkeys and spare codes work no more.
console-first = 1. Choose a password
console-address = You will enter with the address { $email }.
console-second = 2. Prepare the application
console-third = 3. Copy its code
console-begin = Open my access
console-link-dead-title = This link is of no use any more
console-link-inside = You are in the console: you do not need it any more. “My access” makes new spare codes.
console-link-home = To the associations
console-search = Name, code or town
console-state = State
console-all = All
console-ready = Open
console-starting = Being prepared
console-name = Association
console-members = Members
console-notices = Notices
console-exchanged = Last exchange
console-members-label = Members:
console-notices-label = Notices:
console-exchanged-label = Last exchange:
console-is-ready = Open
console-is-starting = Being prepared
console-since = since { $day }
console-never = none
console-days-ago =
    { $days ->
        [0] today
        [1] yesterday
       *[other] { $days } days ago
    }
console-none-here = No association here.
console-none = No association here yet. Each opens from the page of the platform.
console-not-found = We find no association for “{ $typed }”.
console-all-again = See them all
console-team-title = Team
console-team-lead = The people who run the platform. Nobody enters by a password alone.
console-team-ready =
    { $count ->
        [0] Access in place since { $day }. No spare code is left.
        [one] Access in place since { $day }. One spare code is left.
       *[other] Access in place since { $day }. { $count } spare codes are left.
    }
console-team-waiting = The access is not in place yet.
console-team-link = A link works until { $day } at { $hour }.
console-team-again = Give a new link
console-team-end = Close the access
console-team-invite = Invite somebody
console-team-invite-how = You get a link here, to hand over in person or by a safe way. It also makes an access anew: another phone, another password, new spare codes. The old access holds until then; after that its sessions end and its passkeys are removed.
console-team-name = First and last name
console-your-code = Your code
console-your-code-hint = Six digits of your application, or a spare code. One that was used, to enter for example, works no more: wait for the next.
console-team-invite-yes = Make the link
console-team-invited = A link for { $name }
console-team-known = This address has an access already. It holds until the link is used; the link makes it anew.
console-team-hand = Give this link to the person and to nobody else: whoever opens it chooses the password.
console-team-until = It works once, until { $day } at { $hour }. It will not be shown again.
console-team-back = Back to the team
console-end-title = Close the access of { $name }?
console-end-lead = Their sessions end at once; their password, codes and passkeys work no more. You can invite them again.
console-end-link = Their link will be of no use any more.
console-end-yes = Yes, close the access
console-end-no = No, keep the access
console-ended = The access of { $name } is closed.
console-journal-title = Journal
console-journal-lead = Who entered the console, and who changed what there.
console-journal-beyond = There is nothing on this page.
console-journal-nothing = Nothing is written yet.
console-many-text = Wait a quarter of an hour, go back, then try again.
console-out-title = You are not in the console any more
console-out-text = Nothing was saved. Enter again in a new tab, then go back in this one: your text is still there, send it again.
console-machine = The machine itself
console-act-logged-in = { $hour }: { $actor } enters, with password and code.
console-act-logged-in-by-passkey = { $hour }: { $actor } enters, with a passkey.
console-act-renewed = { $hour }: { $whom } made their access anew.
console-act-invited = { $hour }: { $actor } made a link for { $whom }.
console-act-begun = { $hour }: { $whom } put their access in place.
console-act-ended = { $hour }: { $actor } closed the access of { $whom }.
console-act-passkey-added = { $hour }: { $actor } added a passkey.
console-act-passkey-removed = { $hour }: { $actor } removed a passkey.
console-access-title = My access
console-access-lead = Your phone or your computer can keep a key (a passkey) and let you in by your finger, your face or its unlocking code, instead of the password and the code.
console-access-anew = Make my access anew
console-access-anew-how = Another phone for the codes, another password, new spare codes. You will have to make your passkeys again, and your other sessions end.
console-access-code = Every change asks a code.
console-spare =
    { $count ->
        [0] No spare code is left.
        [one] One spare code is left.
       *[other] { $count } spare codes are left.
    }
console-access-anew-do = Make my access anew
refusal-staff-name = Write a name, of 60 letters at the most.
refusal-staff-email = This is no e-mail address. One looks like name@example.org.
refusal-staff-unknown = The address, the password or the code is not right. A code works once: wait for the next. After several tries, wait a quarter of an hour.
refusal-staff-link = It was used, it ran out, or another took its place. Ask somebody of the team for a new one, or make it on the machine: saline staff-invite.
refusal-staff-own = This is your own access: somebody else of the team can close it.

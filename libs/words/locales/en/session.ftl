# Coming in and going out
session-title = Log in
session-login = Member number or e-mail
session-login-hint = For example 12, or name@example.org
session-password = Password
session-enter = Come in
session-link-instead = Without a password
session-link-how = Write your number or your e-mail above and leave the password empty. A link that lets you in comes within a minute.
session-link-ask = Have a link sent by e-mail
session-not-yet = Not a member yet?
session-join = Ask to join
session-sent-title = Look at your e-mail
session-sent-lead = If this number or address is known here, a link has just been sent. It works once, for one hour.
session-sent-nothing = Nothing comes? Look in the spam folder, check the address, or call somebody of the board.
session-back = Back to logging in
session-link-title = Hello { $name }
session-link-lead = { $sel }: you come in with the number { $number }.
session-opened-title = Your SEL is open
session-opened-lead = Hello { $name }. { $sel } has its address, and you have the number { $number } there. Four settings are left to choose, five minutes will do.
session-opened-button = Set up my SEL
session-welcome = Welcome { $name }. Your number is { $number }: it serves to log in and to record exchanges.
session-dead-title = This link lets nobody in any more
session-dead-another = Ask for another link
session-dead-inside = You are in your space already: you no longer need this link.
session-dead-home = Go to the home page

# My devices
device-title = My devices
device-lead = Where you are logged in. A lost device, or one you do not know? Log it out, then change your password.
device-also = Look here too, if you fear something:
device-here = this device
device-unknown = An unknown device
device-since = { $sel }, since { $day } at { $hour }.
device-seen-today = Seen today at { $hour }.
device-seen-yesterday = Seen yesterday at { $hour }.
device-seen = Seen on { $day }.
device-end = Log out
device-ended = This device is logged out.
device-others = All the others
device-others-hint = You stay logged in on this device only.
device-others-end = Log out all the others
device-others-ended =
    { $count ->
        [0] There was no other device.
        [one] One other device is logged out.
       *[other] { $count } other devices are logged out.
    }

# My SELs
membership-title = My SELs
membership-lead = One login opens all your SELs. In each you keep your number and your balance.
membership-here = you are there
membership-go = Go there
membership-add = Another SEL
membership-add-hint = You belong to another SEL too? Join the two: you will come in there as here.
membership-sel = Which SEL?
membership-sel-hint = Its name, or the first word of its address.
membership-password = Your password
membership-password-hint = To be sure that it is you.
membership-continue = Continue
membership-join-title = One login?
membership-prove-lead = { $who }, of { $there }, asks that their login open { $here } too, where you are { $me }.
membership-prove-what = Go on only if it is you, in this browser, who have just asked for it. If somebody sent you this link, close this page.
membership-join-lead = Your login of { $here } will open { $there } too, where you are { $who }.
membership-join-what = Your numbers, notices and exchanges stay as they are. The password of { $there } will be of no use any more, and your devices will be logged out there. Login links will go to the address that you have here.
membership-join-yes = Yes, join them
membership-joined = Done: one login opens { $here } and { $there }.
membership-part-title = Part { $sel }
membership-part-what = This SEL will have a login of its own again. You will come in by a link sent to your address, then choose a password.
membership-part-yes = Part this SEL
membership-parted = Done: { $sel } has a login of its own again. Choose a password.
membership-dead = Back to my SELs
membership-dead-lead = This link joins nothing: it is over, or was asked for in another browser. Begin again from “My SELs”.
refusal-membership-password = This is not your password.
refusal-membership-stale = You have been logged in for a while. Log out, come in again by a link, then try again within a quarter of an hour.
refusal-membership-no-sel = We know no SEL of this name.
refusal-membership-several = Several SELs have this name: give its address instead.
refusal-membership-twice = You are there already with this login.

# The second proof
second-title = Second check
second-elsewhere = It is not set up at this address. Do it in another of your SELs: it counts for all of them.
second-lead = Beside your password or your link, an application on your phone shows a code. Who steals the one does not have the other. Advised to those who have rights in the SEL, and nobody must.
second-first = 1. Prepare the application
second-first-how = Open an authenticator application (Aegis, FreeOTP, 2FAS…) and take a picture of this drawing with it.
second-picture = The drawing for the application
second-letters = Or type this key:
second-here = The application is on this device
second-then = 2. Type its code
second-code = Code
second-code-first = The six digits that the application shows.
second-code-hint = Six digits of the application, or a spare code.
second-begin = Put in place
second-in-force =
    { $count ->
        [0] In place since { $day }. You have no spare code left: make others.
        [one] In place since { $day }. You have one spare code left.
       *[other] In place since { $day }. You have { $count } spare codes left.
    }
second-change = What do you want to do?
second-do = Continue
second-what-choose = Say what you want to do.
second-renew = Make other spare codes
second-end = Stop the second check
second-ended = Done: your password or your link is enough again.
second-codes-title = Your spare codes
second-codes-lead = It is in place. Each of these codes stands once for the application, should you lose it.
second-codes-keep = Write them down or print this page, and keep them elsewhere than in the phone. They will not be shown again.
second-codes-done = I have noted them
second-login-title = One more code
second-login-lead = Your login asks for a second check.
refusal-second-wrong = This code is not, or no longer, the right one. Wait for the next.
refusal-membership-alone = This login opens this SEL only: there is nothing to part.
refusal-membership-elsewhere = Having come in here is not enough to change this. Make this change in another of your SELs.
refusal-membership-other-way = This session opens this SEL alone. Ask from the other SEL: it will lead you here.
refusal-membership-no-email = Without an e-mail you could no longer come in. Ask the board to note an address first.
refusal-membership-second = The other login asks for a second check, the one of this SEL does not. Put it in place here first.

## An account elsewhere
external-instead = With an account you already have
external-with = Come in with { $provider }
external-going-title = You are leaving for a moment
external-going-lead = { $provider } will ask who you are, then bring you back here.
external-going-go = Continue
external-later = { $provider } is not answering at the moment. Come in another way, or try again later.
external-never = Coming in with { $provider } did not work. Start again, or come in another way.
external-refused = { $provider } told us nothing. You can come in another way.
external-elsewhere = This { $provider } account opens another SEL, but not { $sel }. Come in here another way, then join your SELs in your account.
external-unknown-title = Just once more
external-unknown-lead = This { $provider } account ({ $label }) is not linked to a member number yet.
external-unknown-how = Come in as usual, with your password or a mailed link. We will then offer to link it, and it will be enough next time.
external-unknown-next = Come in as usual
external-link-title = Link this account?
external-link-lead = The { $provider } account { $label } will let { $name } in, no.{"\u00A0"}{ $number }.
external-link-yes = Yes, link { $provider }
external-link-no = No, later
external-linked = Done: your { $provider } account lets you in.
external-title = Linked accounts
external-lead = An account you have elsewhere can let you in, without another password. It tells us your address, nothing more.
external-whose = It will let { $name } in, no.{"\u00A0"}{ $number }.
external-none = No account is linked.
external-since = Linked on { $linked }, used on { $seen }.
external-unlink = Unlink
external-unlinked = Done: this account no longer lets you in.
external-add = Link an account
external-add-hint = You will log in there, then come back here.
refusal-external-taken = This account already lets somebody else in. If that is you too, join your SELs, or unlink it there first.
refusal-external-many = Ten accounts let you in already: unlink one first.
refusal-external-last = Without this account you could not come in any more. Choose a password first.

## Access for programs
access-title = Access for programs
access-lead = A spreadsheet, an application or a site can act in your name, with a code that you give it. It can do only what you tick.
access-docs = How to program with Saline
access-until = Until { $day }.
access-seen = Used on { $day }.
access-unseen = Not used yet.
access-end = End it
access-revoked = Done: “{ $name }” can do nothing in your name any more.
access-give = Give access
access-name = What is it for?
access-name-hint = For instance “My spreadsheet”. You will recognise it here.
access-permissions = It may
access-for = For
access-days = { $count } days
access-give-yes = Give this access
access-may-notices-read = Read notices, search them
access-may-notices-write = Publish, change and withdraw your notices
access-may-members-read = Read the list of members, as you see it
access-may-account-read = Read your balance, your statement and your exchanges
access-may-exchanges-write = Record exchanges in your name, answer them
access-may-rights = Use your rights on the board, act for others
access-secret-title = Here is the code
access-secret-lead = Copy it into “{ $name }” now: it will not be shown again.
access-secret-how = Whoever knows it can act in your name. The address of the interface is this one:
access-secret-done = I have copied it
refusal-access-no-name = Give it a name.
refusal-access-long-name = This name has { $letters } letters: 60 at most.
refusal-access-nothing = Tick one thing at least.
refusal-access-days = Choose for how long.
refusal-access-many = You have 20 accesses already: end one of them first.

## A program asks for access
grant-title = Give access?
grant-lead = “{ $name }” asks to act at { $sel } in the name of { $me }. This program may then:
grant-how-long = For 90 days. You can end it whenever you like, under “Access for programs”.
grant-back = You will then go to { $host }. The program gives its own name: continue only if you have just asked for this there.
grant-yes = Yes, give this access
grant-no = No
grant-going-lead = The program waits for your answer: you are going back to it.
grant-wrong-title = This request is not in order
grant-wrong-lead = The program that sent you here is not known to this SEL, or would send you elsewhere than it said. Nothing was given to it.
grant-device-title = Link a device
grant-device-lead = A device or a program shows you a code of eight letters? Copy it here.
grant-device-name = The device says its own name: go on only if you see this code yourself, on your device.
grant-device-code = The code
grant-device-code-hint = For instance BCDF-GHJK
grant-device-allowed = Done: the device gets its access within seconds.
grant-device-denied = Refused: the device gets nothing.
refusal-grant-code = No device waits under this code. Check the letters, or ask the device for another: a code serves for ten minutes.

# Passkeys
passkey-title = Passkeys
passkey-lead = Your phone or your computer can keep a key (a “passkey”) and let you in by your fingerprint, your face or its unlock code. Nothing more to remember, and nothing to steal from you.
passkey-none = No device has a key yet.
passkey-never = Added on { $added }, not used yet.
passkey-since = Added on { $added }, used on { $seen }.
passkey-remove = Remove
passkey-removed = Done: this key no longer lets you in. Delete it in the settings of the device, too.
passkey-add = Add a key
passkey-cannot = This browser cannot keep a key. Try a recent browser, on your phone for instance.
passkey-name = Name of the key
passkey-name-hint = To know it again in this list. For example: my phone
passkey-add-yes = Add
passkey-added = Done: next time you log in, choose “Log in with my device”.
passkey-make-title = A key for this device
passkey-make-lead = Your device will ask for your fingerprint, your face or its code, as it does to unlock. We get none of it: the device keeps it all to itself.
passkey-make-yes = Make the key
passkey-make-no = No, go back
passkey-make-failed = The device made no key. Try again, or come back later.
passkey-make-known = This device has a key of yours already.
passkey-instead = With your device
passkey-instead-how = If you keep a passkey there: by fingerprint, face or unlock code.
passkey-enter = Log in with my device
passkey-failed = The device gave no key. Try again, or log in another way.
refusal-passkey-many = You have ten keys already: remove one first.
refusal-passkey-wrong = This key was not recognised. Start again, or log in another way.
refusal-passkey-unknown = This key no longer lets anybody in. Delete it in the settings of your device, and log in another way.
refusal-passkey-elsewhere = This key opens another SEL, but not this one. Log in here another way, then bring your SELs together in your account.
refusal-passkey-last = Without this key you could no longer log in. Choose a password first.


membership-going = You are going to { $sel }, which has an address of its own.
external-of-a-sel = An account of one of your SELs
passkey-elsewhere = It is of no use at this address: it was made for another.
membership-alone = This session opens this SEL alone. For another one, log in at its address. To put it under one login with this one, ask there.

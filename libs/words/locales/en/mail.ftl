# Letters
mail-hello = Hello { $name }
mail-hello-nobody = Hello
mail-foot-member = You receive this e-mail because you belong { $to }. A reply to it reaches nobody: please use the button.
mail-foot-invited = You receive this e-mail because { $sponsor } gave your address for this invitation. It serves nothing else.
mail-foot-platform = You receive this e-mail because your address was written on Saline. If that was not you, there is nothing to do.
mail-statement-button = See my statement

mail-opening-subject = Open your SEL: { $sel }
mail-opening-line = All is ready to open { $sel }, { $place }. Its pages will be at { $address }
mail-opening-next = The button opens a page that asks you to confirm. Four short steps then guide you.
mail-opening-button = Open my SEL
mail-opening-small = This link works once, for { $days } days.

mail-login-subject = Your link to log in { $to }
mail-login-line = Here is the link you asked for to log in { $to }.
mail-login-next = Your number is no. { $number }.
mail-login-button = Log in
mail-login-small = This link works once, for { $minutes } minutes. If you asked for nothing, there is nothing to do.

mail-welcome-subject = Welcome { $to }, here is your number
mail-welcome-line = You have no. { $number }. It names you in lists and exchanges, and you can log in with it.
mail-welcome-next = The button lets you in for the first time. You can then choose a password.
mail-welcome-button = Log in for the first time
mail-welcome-small = This link works once, until { $until }. Later, ask for another one on the login page.

mail-invitation-subject = { $sponsor } invites you { $to }
mail-invitation-line = { $sponsor } belongs { $to }, { $place }, and suggests that you come too. People there give each other a hand and share what they know, without money.
mail-invitation-next = The button shows the invitation. Nothing is decided until you answer.
mail-invitation-button = See the invitation
mail-invitation-small = This link works once, until { $until }.

mail-answer-subject = { $first } waits for your agreement on { $amount }
mail-answer-line = { $payee } wrote that you give them { $amount } in exchange for “{ $label }”, on { $day }.
mail-answer-next = Nothing moves before your answer.
mail-answer-button = See and answer
mail-answer-small = You can answer until { $until }, without logging in. This link is yours alone: do not pass it on.

mail-posted-subject = { $first } gives you { $amount }
mail-posted-line = { $payer } gives you { $amount } in exchange for “{ $label }”, on { $day }.
mail-posted-next = It is in your statement. If something is not right, talk about it together.

mail-gave-subject = An exchange of { $amount } was noted in your name
mail-gave-line = { $by } noted for you: you give { $amount } to { $payee } in exchange for “{ $label }”, on { $day }.
mail-gave-next = It is in your statement. If something is not right, tell the board.

mail-entered-subject = An exchange of { $amount } was noted in your name
mail-entered-line = { $by } noted for you: { $payer } gives you { $amount } in exchange for “{ $label }”, on { $day }.
mail-entered-next = We are asking { $first } to agree. Nothing moves before their answer.

mail-agreed-subject = { $first } agrees: { $amount } for you
mail-agreed-line = { $payer } gives you { $amount } in exchange for “{ $label }”, on { $day }.
mail-agreed-next = It is in your statement.

mail-refused-subject = { $first } does not agree on { $amount }
mail-refused-line = { $other } refused the exchange “{ $label }” of { $day }, for { $amount }. Nothing has moved.
mail-refused-next = Talk about it together. You can then write it another way.

mail-cancelled-subject = { $first } takes back a request for { $amount }
mail-cancelled-line = { $other } took back the exchange “{ $label }” of { $day }, for { $amount }.
mail-cancelled-next = There is nothing left to answer. Nothing has moved.

mail-expired-subject = { $first } did not answer about { $amount }
mail-expired-line = The exchange “{ $label }” of { $day } waited for an answer from { $other }. The time is over, nothing has moved.
mail-expired-next = Talk about it together. You can then write it again.

mail-application-subject = { $name } asks to come { $to }
mail-application-line = { $name } asks to come { $to }. The request is waiting for an answer.
mail-application-sponsor = { $sponsor } invited them.
mail-application-button = See the request

mail-message-subject = { $first } writes to you: { $title }
mail-message-line = { $name } writes to you about the notice “{ $title }”:
mail-message-button = Answer
mail-message-small = Your address is not shown. This link is yours alone and works for { $days } days.

mail-desk-subject = { $payer_first } has no e-mail: { $amount } wait for an answer
mail-desk-line = { $payee } wrote that { $payer } gives them { $amount } in exchange for “{ $label }”, on { $day }.
mail-desk-next = { $payer_first } has no e-mail. Ask whether it is right, by telephone for instance, then answer in their name at the desk.
mail-desk-button = Open the desk

mail-withdrawn-subject = Your notice “{ $title }” was taken down
mail-withdrawn-line = { $by }, who watches over the notices, took down your notice “{ $title }”. The members no longer see it; its text is not lost.
mail-withdrawn-next = If you do not know why, talk about it together.
mail-withdrawn-button = See my notice
mail-sheet-subject =
    { $count ->
        [one] { $title }: your exchange is recorded
       *[other] { $title }: your exchanges are recorded
    }
mail-sheet-line =
    { $count ->
        [one] { $by } copied an exchange in your name (“{ $title }”):
       *[other] { $by } copied your exchanges (“{ $title }”):
    }
mail-sheet-next = If something is wrong, tell the board of your SEL: the reverse exchange is recorded, and both stay readable.
mail-sheet-gave = You gave { $amount } to { $name } for “{ $label }”, on { $day }.
mail-sheet-received = You received { $amount } from { $name } for “{ $label }”, on { $day }.
mail-sheet-more = The rest is in your statement.
mail-home-button = Open my space
mail-exchange-button = See this exchange
mail-dispute-button = Read and answer
mail-answer-alone = Without an answer from you, it will be recorded.
mail-confirm-subject = { $first } gives you { $amount }: please confirm
mail-confirm-line = { $payer } wrote that they give you { $amount } in exchange for “{ $label }”, on { $day }.
mail-confirmed-subject = { $first } confirms: you give { $amount }
mail-confirmed-line = You give { $amount } to { $payee } in exchange for “{ $label }”, on { $day }.
mail-confirmed-next = It stands in your statement.
mail-entered-gave-subject = An exchange of { $amount } is noted in your name
mail-entered-gave-line = { $by } noted for you: you give { $amount } to { $payee } in exchange for “{ $label }”, on { $day }.
mail-entered-gave-next = We ask { $first } to agree. Nothing moves before they answer.
mail-proxy-subject = An exchange of { $amount } waits for an answer that you may give
mail-proxy-line = { $payer } gives { $amount } to { $payee } in exchange for “{ $label }”, on { $day }.
mail-proxy-next = You act for one of these two people: ask them whether it is right, then answer in their name.
mail-approve-subject = An exchange of { $amount } passes a limit
mail-approve-line = { $payer } gives { $amount } to { $payee } in exchange for “{ $label }”, on { $day }. A limit is passed.
mail-approve-next = Allow or refuse this exchange at the desk. Nothing moves before.
mail-disallowed-subject = The exchange of { $amount } is not allowed
mail-disallowed-line = The exchange “{ $label }” of { $day }, for { $amount }, passed a limit of the SEL. The person who keeps the accounts did not allow it. Nothing has moved.
mail-disallowed-next = Speak about it with the board of your SEL.
mail-reversed-subject = An exchange of { $amount } is undone
mail-reversed-line = The exchange “{ $label }” of { $day } is undone: { $payee } gives { $amount } back to { $payer }.
mail-reversed-next = Both exchanges stay readable in your statement.
mail-dispute-opened-subject = { $from } disagrees about an exchange of { $amount }
mail-dispute-opened-line = { $from } disagrees about the exchange “{ $label }”, of { $amount }. Here is why:
mail-dispute-message-subject = { $from } writes to you about “{ $label }”
mail-dispute-message-line = { $from } wrote, about the exchange “{ $label }”:
mail-dispute-upheld-subject = The exchange “{ $label }” stands
mail-dispute-upheld-line = { $by } decided: the exchange “{ $label }”, of { $amount }, stands.
mail-dispute-reversed-subject = The exchange “{ $label }” is undone
mail-dispute-reversed-line = { $by } decided: the exchange “{ $label }”, of { $amount }, is undone by its reverse.
mail-dispute-withdrawn-subject = The disagreement about “{ $label }” is taken back
mail-dispute-withdrawn-line = { $by } took back the disagreement about the exchange “{ $label }”, of { $amount }. It stands.
mail-mandate-to-proxy-subject = You may act for { $member }
mail-mandate-to-proxy-line = { $member } lets you act in their name, by a mandate signed on { $day }: exchanges, notices, answers.
mail-mandate-to-proxy-next = Each act keeps your name. Either of you can end it at any time.
mail-mandate-to-member-subject = { $proxy } may act for you
mail-mandate-to-member-line = { $proxy } may act in your name, by a mandate signed on { $day }: exchanges, notices, answers.
mail-mandate-to-member-next = You can end it at any time, on your member's page.
mail-mandate-ended-subject = The mandate between { $proxy } and { $member } is over
mail-mandate-ended-line = { $proxy } no longer acts for { $member }.
mail-mandate-ended-next = What was done until now stays recorded.
mail-limits-own-subject = Your account has limits of its own
mail-limits-own-line = The board gave your account limits of its own: below { $floor }, above { $ceiling }.
mail-limits-usual-subject = The limits of the SEL hold for your account again
mail-limits-usual-line = The limits of your account are those of the SEL again: below { $floor }, above { $ceiling }.
mail-left-subject = { $sel }: your account is closed
mail-left-line = You have left { $sel }. Your notices are taken down.
mail-left-even = Your balance was zero.
mail-left-gave = You had { $amount } left: they went where you, or the board, decided.
mail-left-received = { $amount } were missing: the SEL bears them.
mail-left-next = The board can let you in again, with the same number.
mail-left-button = See the SEL
mail-batch-gave-subject = { $label }: you gave { $amount }
mail-batch-gave-line = { $by } noted for the SEL, “{ $label }”: you give { $amount }. It stands in your statement.
mail-batch-received-subject = { $label }: you received { $amount }
mail-batch-received-line = { $by } noted for the SEL, “{ $label }”: you receive { $amount }. It stands in your statement.
mail-batch-undone-subject = { $label } is undone
mail-batch-undone-line = The movement “{ $label }”, of { $amount } for you, is undone: its reverse stands in your statement.
mail-shared-subject = You share an account with { $others }
mail-shared-line = The board noted that you share an account with { $others }: the balance is common, and each of you notes exchanges there. If this is not right, speak to the board.
mail-dropped-subject = { $first } has left the SEL: { $amount } were waiting
mail-dropped-line = { $other } has left the SEL. The exchange “{ $label }” of { $day }, for { $amount }, which waited for an answer, is dropped.
mail-dropped-next = Nothing has moved. Speak to the board if needed.

mail-search-subject = { $count ->
        [one] New notice: { $first }
       *[other] { $count } new notices: { $search }
    }
mail-search-line = { $count ->
        [one] Here is a new notice for this search that you keep: { $search }.
       *[other] Here are { $count } new notices for this search that you keep: { $search }.
    }
mail-search-offer = Offer: { $title } ({ $place })
mail-search-want = Want: { $title } ({ $place })
mail-search-button = See these notices
mail-search-small = You choose when we write to you in “My searches”.
mail-search-stop = Receive no more of these e-mails
mail-search-more = { $count ->
        [one] and another one
       *[other] and { $count } others
    }

# The login has changed
mail-account-button = See my account
mail-login-joined-subject = { $sel }: your login opens { $other } too
mail-login-joined-line = One login opens { $sel } and { $other } from now on. Who asked for it proved who they are in both.
mail-login-joined-next = It was not you? Tell the board of your SEL at once: the platform can give you a login of your own again.
mail-login-parted-subject = { $sel }: your login no longer opens { $other }
mail-login-parted-line = { $other } has a login of its own again.
mail-login-parted-next = It was not you? Change your password and tell the board.
mail-password-changed-subject = { $sel }: your password has changed
mail-password-changed-line = A new password opens your pages. Your other devices are logged out.
mail-password-changed-next = It was not you? Ask for a login link, choose another password and tell the board.
mail-login-released-subject = { $sel }: your login is your own again
mail-login-released-line = At the request of your SEL you come in by a link sent to this address again, and nothing else opens your pages.
mail-login-released-next = Come in by a link, then choose a password.
mail-second-begun-subject = { $sel }: the second check is in place
mail-second-begun-line = Your login asks for a code from now on, and new spare codes have just been given. Your other devices are logged out.
mail-second-begun-next = It was not you? Tell the board of your SEL at once.
mail-access-given-subject = { $sel }: a program can act in your name
mail-access-given-line = You have just given the access “{ $label }” to a program.
mail-access-given-next = Was it not you? End it under “Access for programs”, change your password, and tell the board of your SEL.
mail-webhook-stopped-subject = { $sel }: a site is no longer told
mail-webhook-stopped-line = The address { $label } has not answered for three days, or refuses: nothing is sent to it any more.
mail-webhook-stopped-next = Once it is mended, resume at the board's desk, under “Telling other sites”.
mail-login-linked-subject = { $sel }: an account lets you in
mail-login-linked-line = The account “{ $label }” now opens your space.
mail-login-linked-next = Was it not you? Unlink it under “Linked accounts”, change your password, which logs out your other devices, and tell the board of your SEL at once.
mail-login-unlinked-subject = { $sel }: an account no longer lets you in
mail-login-unlinked-line = The account “{ $label }” no longer opens your space.
mail-login-unlinked-next = Was it not you? Change your password, and tell the board of your SEL at once.
mail-second-ended-subject = { $sel }: the second check has ended
mail-second-ended-line = Your password or your link is enough again to come in.
mail-second-ended-next = It was not you? Change your password and tell the board of your SEL at once.
mail-passkey-added-subject = { $sel }: a passkey lets you in
mail-passkey-added-line = The key “{ $label }” now opens your space.
mail-passkey-added-next = It was not you? Remove it under “Passkeys”, change your password, which logs your other devices out, and tell the board of your SEL at once.
mail-passkey-removed-subject = { $sel }: a passkey no longer lets you in
mail-passkey-removed-line = The key “{ $label }” no longer opens your space.
mail-passkey-removed-next = It was not you? Change your password and tell the board of your SEL at once.

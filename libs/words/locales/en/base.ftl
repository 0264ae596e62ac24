# The frame of every page
yes = Yes
skip = Skip to the content
title-error = Error: { $title }
band-where = Where you are
band-acting = You are acting for { $name }.
band-desk = Board: what you do here, you do in the name of the SEL.
band-desk-stop = Back to my own pages
nav-main = Main
nav-everything = All pages
nav-home = Home
nav-notices = Notices
nav-exchange = Exchange
nav-members = Members
nav-statement = My statement
nav-desk = Desk
nav-all = All
nav-account = my account
nav-how = How it works
nav-join = Join
nav-login = Log in
nav-map = The map of SELs
nav-near = Notices near you
nav-find = Find a SEL
nav-open = Open a SEL
foot-exchange = Exchange
foot-notices = The notices
foot-publish = Publish a notice
foot-my-notices = My notices
foot-record = Record an exchange
foot-meet = Meet
foot-members = The members
foot-messages = My messages
foot-invite = Invite somebody
foot-newcomers = Welcome newcomers
foot-account = My account
foot-sels = My SELs
foot-details = My details
foot-password = My password
foot-leave = Log out
foot-waiting = What is waiting
foot-enter-member = Enter a member
foot-sheets = Copy sheets
foot-settings = Settings
foot-colophon = { $name }, in { $place }.
foot-offered = These pages are served by Saline.
foot-platform = Saline, the tool of the SELs. Free software, AGPL licence.
foot-geonames = Place names: GeoNames, CC BY 4.0.
form-error = Error:
form-errors =
    { $count ->
        [one] One thing is left to correct
       *[other] { $count } things are left to correct
    }
page-next = Next page
page-previous = Previous page
page-of = Page { $page }

# When a page cannot open
error-home = Back to the home page
error-missing-title = This page does not exist
error-missing-text = The address may be incomplete, or the page was removed. Start again from the home page.
error-forbidden-title = You have no access to this page
error-forbidden-text = The people who run your SEL can open it for you.
error-out-title = You are no longer logged in
error-out-text = Nothing was recorded, and nothing is lost: log in in a new tab, then go back in this one. Your text is still there, send it again.
error-out-login = Log in (new tab)
error-foreign-title = This form is no longer valid
error-foreign-text = It was open for a long time, or it comes from another site. Go back: your text is still there. Copy it, reload the page, paste it and send it again.
error-large-title = This is too heavy
error-large-text = What you sent is more than Saline can take. Go back and try with fewer or lighter photos.
error-body-title = Saline did not understand what was sent
error-body-text = Go back, reload the page and send the form again.
error-many-title = Too many tries
error-codes-title = Too many tries
error-codes-text = Wait a quarter of an hour, go back, then try again.
error-many-text = Wait a quarter of an hour, then try again. You can also be sent a link by e-mail.
error-broken-title = Saline could not answer
error-broken-text = Nothing is lost: go back, your text is still there. Try again in a minute. If it goes on, tell us this reference: { $reference }

## What a program is told
problem-400 = This request is malformed.
problem-401 = This access is unknown, or over.
problem-403 = This access, or whoever gave it, may not do this.
problem-404 = There is nothing here, or nothing that this access may see.
problem-405 = This address knows no such method.
problem-409 = Something else exists under this id.
problem-412 = This was changed meanwhile: read it again, then start over.
problem-413 = This request is too heavy.
problem-415 = This kind of content is not read here: send JSON, not compressed.
problem-422 = The rules say no.
problem-429 = Too many requests: wait a little.
problem-500 = Something broke at ours. The reference { $reference } finds it in the log.
problem-503 = Something broke at ours. The reference { $reference } finds it in the log.
problem-lacks = This access lacks the permission “{ $permission }”.

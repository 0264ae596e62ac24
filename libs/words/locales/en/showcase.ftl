showcase-title = Our public notices
showcase-lead = { $name }: { $count ->
        [one] one member helps out
       *[other] { $count } members help each other
    } without money. Here are the notices that their authors show to everybody.
showcases-title = Notices near you
showcases-lead = Helping hands, know-how and things, exchanged without money in SELs everywhere.
showcases-town = Near which town?
showcase-empty = This SEL keeps its notices for its members.
showcases-empty = No SEL shows a notice to everybody yet. Find the one near you: its members see them.
showcase-empty-here = Nothing here with these choices.
showcase-empty-words = No public notice speaks of “{ $words }”.
showcase-back = All our public notices
showcase-answer-title = To answer
showcase-answer = Members exchange with each other. Join the SEL, or log in if you belong to it.
showcases-answer = Members of SELs exchange with each other. Find the one near you: nearly all welcome new neighbours.
showcases-map = The map of SELs
showcase-other-sel = Are you of another SEL? You will find this notice there, under “All SELs”.
showcase-inside = See the notice among members
showcase-inside-all = See all notices of the SEL
showcase-all = All notices of { $name }
showcase-embed-title = Show our notices on our own site
showcase-embed-text = If your SEL already has a site, your public notices can stand there. They keep themselves up to date. Copy this line into a page of your site, where the list is to be.
showcase-embed-line = The line to copy
showcase-embed-look = See what it looks like
showcase-embed-cookie = The list sets no cookie for your visitors.
showcase-portal = Some notices
map-title = The map of SELs
map-lead = { $count ->
        [0] No SEL is open yet.
        [one] One SEL is open.
       *[other] { $count } SELs are open. A larger circle stands for several.
    }
map-alt = Map of France, Belgium, Switzerland and Luxembourg, with a circle where there are SELs. The list below says the same.
map-some = { $count } SELs around { $place }
map-list = All SELs, by town
map-pages = Pages of the list
showcase-empty-words-here = Nothing here for “{ $words }” with these choices.

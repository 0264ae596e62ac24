# Sheets: what stood on paper
sheet-list-title = Sheets to copy
sheet-list-lead = What was noted on paper is copied here, one line an exchange: the list of a fair, or a stack of slips.
sheet-list-open = Sheets in progress
sheet-list-away = Finished sheets
sheet-none = No sheet in progress.
sheet-none-away = No finished sheet.
sheet-new = New sheet
sheet-what = What do you have before you?
sheet-kind-fair = The list of a fair
sheet-kind-fair-hint = All exchanges are of the same day.
sheet-kind-slips = Slips
sheet-kind-slips-hint = Each has its own number and date.
sheet-day = Of which day?
sheet-title = Name of the sheet
sheet-title-hint = Leave it empty: we will put the day.
sheet-open = Open the sheet
sheet-usual-fair = Fair of { $day }
sheet-usual-slips = Slips copied on { $day }
sheet-state =
    { $posted ->
        [0] nothing recorded
        [one] 1 exchange recorded, { $amount }
       *[other] { $posted } exchanges recorded, { $amount }
    }{ $waiting ->
        [0] { "" }
        [one] { " · 1 line in progress" }
       *[other] { " · " }{ $waiting } lines in progress
    }
sheet-intro-fair = Copy the paper sheets, one line an exchange. Type the numbers, or the beginning of the name; names appear below to check.
sheet-intro-slips = One line a slip. Type the numbers, or the beginning of the name; names appear below to check. An empty date is that of the sheet.
sheet-line = Line
sheet-slip = Slip
sheet-date = Date
sheet-payer = Gives the { $unit }
sheet-payee = Receives them
sheet-label = In exchange for
sheet-box = Line { $line }, { $label }
sheet-echo = { $name } (no. { $number })
sheet-wrong =
    { $count ->
        [one] One line to revise
       *[other] { $count } lines to revise
    }
sheet-line-wrong = Line { $line }: { $said }
sheet-ready =
    { $count ->
        [0] No exchange ready
        [one] 1 exchange ready, { $amount }
       *[other] { $count } exchanges ready, { $amount }
    }
sheet-rest =
    { $wrong ->
        [0] { "" }
        [one] { "1 line to revise, " }
       *[other] { $wrong }{ " lines to revise, " }
    }{ $empty ->
        [0] no empty line
        [one] 1 empty line
       *[other] { $empty } empty lines
    }
sheet-post =
    { $count ->
        [0] Record what is ready
        [one] Record the exchange that is ready
       *[other] Record the { $count } exchanges that are ready
    }
sheet-check = Check
sheet-more = Add ten lines
sheet-paste = Paste from a spreadsheet
sheet-paste-label = The copied lines
sheet-paste-fair = Four columns, in this order: who gives, who receives, how many, in exchange for what.
sheet-paste-slips = Six columns, in this order: slip, date, who gives, who receives, how many, in exchange for what.
sheet-paste-add = Add these lines
sheet-file = Or read a CSV file
sheet-done =
    { $count ->
        [one] 1 exchange recorded, { $amount }. Both people get an e-mail.
       *[other] { $count } exchanges recorded, { $amount }. Everybody in them gets an e-mail.
    }
sheet-none-posted = Nothing is recorded: no line is ready. What you typed is kept.
sheet-posted =
    { $count ->
        [one] 1 exchange recorded, { $amount }
       *[other] { $count } exchanges recorded, { $amount }
    }
sheet-put-away = Finish this sheet
sheet-take-out = Take this sheet out again
sheet-is-away = Finished
sheet-away = “{ $title }” is finished. You find it among the finished sheets.
sheet-back = “{ $title }” is among the sheets in progress again.
sheet-import-title = Read a CSV file
sheet-import-fair = The file has one line an exchange: who gives, who receives, how many, in exchange for what. A first line with the names of the columns allows another order. Nothing is recorded before you have read it again.
sheet-import-slips = The file has one line an exchange: slip, date, who gives, who receives, how many, in exchange for what. A first line with the names of the columns allows another order. Nothing is recorded before you have read it again.
sheet-import-file = The file
sheet-import-read = Read this file
sheet-import-empty = This file has no line. Choose a CSV file, saved by your spreadsheet.
sheet-imported =
    { $count ->
        [one] 1 line added to the sheet. Read it again, then record.
       *[other] { $count } lines added to the sheet. Read them again, then record.
    }
sheet-below-floor = { $name } reaches { $reached }; the limit is { $limit }.
sheet-above-ceiling = { $name } reaches { $reached }; the limit is { $limit }.
exchange-another = It is another exchange
refusal-sheet-number = No member has no. { $typed }.
refusal-sheet-name = No member is called “{ $typed }”.
refusal-sheet-left = { $name } has left the SEL.
refusal-sheet-oneself = It is the same person on both sides.
refusal-sheet-no-payer = Who gives is missing.
refusal-sheet-no-payee = Who receives is missing.
refusal-sheet-day = Write the date like this: 13/6.
refusal-sheet-title = The name of the sheet has 80 letters at most.
refusal-sheet-slip = The number of the slip has 30 letters at most.
refusal-sheet-long = A sheet holds 300 lines. Open another one for the rest.
refusal-sheet-same = Line { $line } says the same, or has the same slip. Is this another exchange?
refusal-exchange-alike = This exchange is like that of { $day }: same people, { $amount }, “{ $label }”. Is it another one?
refusal-exchange-slip = Slip { $slip } is recorded already: { $amount }, “{ $label }”, on { $day }. Is it another one?
sheet-running = Typed so far: { $lines } lines, { $sum } in all
sheet-amount = How many
refusal-sheet-label = What was exchanged is missing.
refusal-sheet-amount = The number of { $unit } is missing.
refusal-sheet-not-a-number = Write a number.
refusal-sheet-for-oneself = You are the one who receives: write this exchange in your own name, the other person will confirm. Or let somebody else type this line.
sheet-left =
    { $count ->
        [one] 1 pasted line did not fit: a sheet holds 300 lines. Paste it on another sheet.
       *[other] { $count } pasted lines did not fit: a sheet holds 300 lines. Paste them on another sheet.
    }
sheet-keys = Tab goes to the next box, Enter checks and keeps everything.
sheet-to-total = Go to the total

# What the board decides for several at once
batch-list-title = Movements for many
batch-list-lead = Fees in { $unit }, gifts, tasks for the SEL, workshops: one first sees what it changes for each, then decides. All of it can be undone at once.
batch-none = Nothing was decided yet.
batch-new-title = New movement
batch-what = What is it?
batch-kind-fee = Fee
batch-kind-fee-hint = Each gives to the SEL.
batch-kind-gift = Gift
batch-kind-gift-hint = The SEL gives to each.
batch-kind-task = Task
batch-kind-task-hint = The SEL thanks those who worked for all.
batch-kind-workshop = Workshop
batch-kind-workshop-hint = Those who took part give to the one who leads it, or receive from them.
batch-kind-demurrage = Demurrage on large balances
batch-kind-demurrage-hint = A part of what stands above a threshold goes to the SEL.
batch-label = Its name
batch-label-hint = It is read in everybody's statement.
batch-amount = How many { $unit } each?
batch-members = Which people?
batch-members-hint = Numbers or names, parted by commas.
batch-fund = Which account of the SEL?
batch-fund-sel = Account of the SEL
batch-leader = Who leads the workshop?
batch-way = Which way?
batch-way-pay = Those who took part give
batch-way-paid = Those who took part receive
batch-percent = Which part of large balances, in per cent?
batch-percent-hint = From 1 to 50. 2 takes 2% of what stands above the threshold.
batch-threshold = From how many { $unit } on?
batch-threshold-hint = Below it, nobody gives anything.
batch-preview = See what it changes
batch-review-title = Is this right?
batch-sum =
    { $count ->
        [one] 1 person, { $amount } in all
       *[other] { $count } people, { $amount } in all
    }
batch-member = Member
batch-change = Movement
batch-before = Balance before
batch-after = Balance after
batch-yes = Yes, decide
batch-note = Everybody with an e-mail is told. Nothing is erased: all of it can be undone, and all stays readable.
batch-done =
    { $count ->
        [one] It is decided: 1 movement, { $amount }.
       *[other] It is decided: { $count } movements, { $amount } in all.
    }
batch-said =
    { $count ->
        [one] 1 movement, { $amount }. Decided by { $name } on { $day }.
       *[other] { $count } movements, { $amount } in all. Decided by { $name } on { $day }.
    }
batch-said-undone =
    { $count ->
        [one] 1 movement, { $amount }. Decided by { $name } on { $day }, undone since.
       *[other] { $count } movements, { $amount } in all. Decided by { $name } on { $day }, undone since.
    }
batch-line-gives = { $payer } gives { $amount }
batch-line-receives = { $payee } receives { $amount }
batch-line-both = { $payer } gives { $amount } to { $payee }
batch-undo = Undo all of this movement
batch-undo-what = The reverse of each line will be recorded. This is done only once.
batch-undo-yes = Yes, undo all of it
batch-undone =
    { $left ->
        [0] It is undone: the reverse of each line is recorded.
        [one] It is undone, except for one line: that account is closed.
       *[other] It is undone, except for { $left } lines: those accounts are closed.
    }
batch-why-undone = Undone: “{ $reason }”
refusal-batch-kind = Choose what it is.
refusal-batch-leader = Write who leads the workshop.
refusal-batch-nobody = Nobody is in it. Write numbers, or change the threshold.
refusal-batch-whom = We do not find “{ $typed }”. Write a number.
refusal-batch-percent = Write a number between 1 and 50.
refusal-batch-threshold = Write a number of { $unit }, 0 for example.
refusal-batch-undone = This movement is undone already.
refusal-batch-changed = Something has changed meanwhile. Read it again before you decide.
gift-title = Give to mutual help
gift-lead = This account helps those who need it: the board gives what it holds.
gift-stands = It holds { $amount } today.
gift-usual = Gift to mutual help
gift-amount = How many { $unit }?
gift-label = A word, read in your statement
gift-give = Give
gift-done = Thank you: you gave { $amount } to mutual help.
refusal-batch-for-oneself = You are the one who receives: ask somebody else of the board to decide it.
refusal-batch-participants = Write who took part in the workshop.
batch-who = For whom?
batch-who-all = All members
batch-who-some = Only some people
refusal-batch-who = Say for whom: all members, or only some people.

# Everything the bot says to people. Numbers of work orders come as strings, counts as numbers.

start-stranger =
    Hello! This is the service department of { $organization }.
    Photos and videos of your car's repair arrive here, and you can write to your mechanic.
    Please confirm the phone number you gave when booking. By pressing the button you agree that the service keeps your number and writes to you about the repair. You can withdraw at any moment: /stop.
start-stranger-privacy = How we keep your data: { $url }
start-stranger-plain =
    Hello! Photos and videos of your car's repair arrive here, and you can write to your mechanic.
    Please confirm the phone number you gave when booking. By pressing the button you agree that the service keeps your number and writes to you about the repair. You can withdraw at any moment: /stop.
stranger-first = To go on, please confirm your phone number with the button below.
start-client = Hello! Photos and videos of your car will arrive here. To write to your mechanic, just send a message.
start-staff = Hello, { $name }! To choose a work order, send /order.
start-staff-plain = Hello! To choose a work order, send /order.
start-admin = The administrator's menu: /admin.
start-care = Hello, { $name }! Clients' requests arrive here. To answer, press "Answer" under the client's message. Who waits: /care.
start-care-plain = Hello! Clients' requests arrive here. To answer, press "Answer" under the client's message. Who waits: /care.
help-client =
    Photos and videos of your car arrive here. To write to your mechanic, send a message: photos, videos and voice are welcome too.
    /menu — your work orders and settings, /care — the customer care, /stop — send nothing more.
    /language — choose the language.
help-care =
    Clients' requests arrive here. To answer, press "Answer" under the client's message or reply to it.
    /care — who waits for an answer.
help-stranger = Here the service shows what it does with your car. First confirm your phone number: send /start.
help-staff =
    /order — choose a work order. The number may follow at once: /order 177.
    Choose a stage, and whatever you shoot or write goes to the folder and to the client.
    Sent to the wrong place: press “Wrong place” below the summary, and the pictures go to another order. “Take back”, or /undo as a reply to your own message, removes it from the client's chat.
    /stop — leave the work order.
help-admin =
    /admin — people, protocols, what did not arrive, the store.
    /care — who waits for customer care.
language-which = Which language suits you?
language-set = I will write in English.
contact-button = 📱 Confirm my number
contact-foreign = This is somebody else's number. Press “Confirm my number” to send your own.
contact-odd = This number could not be read. Press “Confirm my number” once more.
access-closed = Access is closed. Please ask the service administrator.
no-access = Access is closed. Please ask the service administrator.
failed-kept = It did not work, and we know already. Your message is kept, an administrator will see it.
button-old = This button is out of date. Send /order to choose a work order.
button-strange = This button is out of date.
not-carried = Such a message can not be passed on. Send text, a photo, a video, voice, a file, a place or a contact.
sticker-not-carried = Stickers are not passed on to clients: say it in words.
file-not-replaced = The file of a message that was sent can not be replaced. Send the new one as a message of its own.
edit-nowhere = The correction has gone to nobody. Send it as a new message.
edit-closed = Work order { $order } is closed: the correction was not sent, the client still has what he had.

greeting-client = Thank you! Number …{ $tail } is confirmed.
greeting-client-name = Thank you, { $name }! Number …{ $tail } is confirmed.
greeting-orders = { $count ->
    [one] Your work order: { $orders }.
   *[other] Your work orders: { $orders }.
}
greeting-waiting = { $count ->
    [one] { $count } message sent before you connected is on its way.
   *[other] { $count } messages sent before you connected are on their way.
}
greeting-waiting-shots = { $count ->
    [one] { $count } picture taken before you connected is on its way.
   *[other] { $count } pictures taken before you connected are on their way.
}
greeting-no-orders = There are no open work orders for it. Ask your mechanic which number the work order has.
greeting-staff = Thank you, { $name }! Number …{ $tail } is confirmed. To choose a work order, send /order.
greeting-care = Thank you, { $name }! Number …{ $tail } is confirmed. Clients' requests will arrive here.
phone-moved-away = Number { $phone } was confirmed by another Telegram account. Messages about work orders no longer come here. If it was not you, tell the service.
come-back = { $count ->
    [one] Welcome back! { $count } message that waited for you is on its way.
   *[other] Welcome back! { $count } messages that waited for you are on their way.
}

order-which = Which work order? Send a part of the number or the plate, the last digits of the phone, the client's name, or a photo: the barcode close up or the car from the front.
order-none = Nothing found for “{ $text }”. It was not sent to the client. Send another part of the number or the plate.
order-many = Found { $count }:
order-page = Page { $page }. Send more digits to find more exactly.
order-no-more = There is nothing more. Send another part of the number or the plate.
search-forgotten = This search was long ago. Send once more what you are looking for: /order.
order-by-day = 📅 By date
calendar-month = { $month }. The small figure beside a day tells how many orders are open.
calendar-none = { $month }. No orders of this month are open.
calendar-today = Today
calendar-back = 📅 To the calendar
calendar-dead = The days with a small figure have orders.
calendar-no-day = There is no such day.
day-orders = { $day }. { $count ->
    [one] { $count } order is open:
   *[other] { $count } orders are open:
}
day-page = Page { $page } of { $pages }.
day-empty = { $day }. Its orders are closed by now.
page-back = ‹ Back
page-on = More ›
order-recent = 🕘 My recent ones
reading-looking = Looking at the photo…
reading-over = There is no need to look at the photo any more.
reading-sure = The barcode was read: { $order }.
reading-sure-plate = The plate was read: { $plate } · { $order }.
reading-barcode = Several orders have this barcode. Which one is it?
reading-plate = It looks like one of these:
reading-none = No, another one
miss-too_small = Too small: come closer, until the barcode or the plate is as wide as the picture. Or send three digits of the number.
miss-blurred = The photo is blurred: hold the phone still and let it focus. Or send three digits of the number.
miss-dark = Too dark: put on a light or the flash. Or send three digits of the number.
miss-unreadable_file = This file could not be opened as a photo. Take another one or send three digits of the number.
miss-nothing_found = There is neither a barcode nor a plate to be seen. Take the barcode close up or the car from the front. Or send three digits of the number.
miss-timed_out = This photo could not be read in time. Take it closer and straighter or send three digits of the number.
miss-not_installed = There is nothing to read photos with here: the command check tells the administrator. Send three digits of the number, the plate or the client's name.
miss-unknown_barcode = The barcode was read, but no open order has it. Send three digits of the number or the plate.
miss-unknown_plate = The plate was read, but no open order has it. Send three digits of the number or the client's name.
miss-not_read = The photo could not be looked at. Send it once more or three digits of the number.
miss-too_big = The file has more than 20 MB and can't be looked at. Send it as a photo or three digits of the number.
miss-kept-nowhere = This photo was neither saved nor sent to anybody.
order-back = Back to { $order }
order-closed = Work order { $order } is closed. Choose another: /order.
text-closed = Work order { $order } is closed. This was not sent to the client. Choose another: /order.
order-ambiguous = The store has two folders with number { $order }. The work order can't be opened until one of them is removed.

card-order = Work order { $order }
card-car = Car: { $car }
card-client = Client: { $client }
card-no-name = no name
card-choose = Choose a stage:
card-service-hint = 🔒 { $label }: photos are NOT sent, text IS.
card-closed = The work order is closed.
card-ambiguous = The store has two folders with this number: remove one of them.
card-trouble = Nothing goes to the client until content.txt is mended: { $reason }.
card-wrong = Wrong car
card-changed = The card has changed. Check the client and choose the stage again.
stage-gone = This stage no longer exists. Choose from the list: /order.
state-connected = connected
state-not_connected = not connected
state-stopped = stopped receiving
state-blocked = blocked the bot
state-inactive = switched off by the administrator
state-no_phone = the number looks wrong

reason-malformed = the file can't be read
reason-encoding = unknown encoding
reason-empty = the file is empty
reason-too_big = the file is too big
reason-no_content = there is no content.txt
reason-not_a_file = content.txt is a link, not a file
reason-denied = no right to read
reason-two_candidates = the folder has two content.txt files
reason-duplicate_key = the same field is given twice
reason-no_phone = there is no phone
reason-phone_invalid = the phone looks wrong
reason-two_phones = there are two phones
reason-order_mismatch = the order number differs from the folder's
reason-other = the card is filled in wrongly

entered = { $order }, { $stage }. Shoot: everything goes to the folder and to the client.
entered-not_connected = { $order }, { $stage }. Shoot: everything goes to the folder, and to the client when he connects.
entered-no_phone = { $order }, { $stage }. Shoot: everything goes to the folder, and to the client when content.txt is mended.
entered-stopped = { $order }, { $stage }. Shoot: everything goes to the folder. The client stopped receiving: everything will wait for him.
entered-blocked = { $order }, { $stage }. Shoot: everything goes to the folder. The client blocked the bot and gets it if he comes back.
entered-inactive = { $order }, { $stage }. Shoot: everything goes to the folder. The client was switched off by the administrator: nothing goes to him.
entered-hidden = { $order }, { $stage }. Shoot: photos and videos are NOT sent to the client, text IS.
left = Done. To choose a work order, send /order.
key-order = Work order
key-stage = Stage
key-leave = Finish
pin-line = { $order } · { $plate }{ $stage } · { $name } (client { $state })
pin-trouble = { $order } · { $plate }{ $stage } · the client's phone can't be read
pin-hidden = { $order } · { $plate }{ $stage } · photos are NOT sent, text IS
pin-closed = { $order } · closed
pin-nowhere = No work order chosen: /order
invite = Invitation
invitation =
    Invitation to { $number }. Show the client this code or send the link:
    { $url }
invitation-text = { $organization }photos and videos of the repair of your car{ $car } will come in Telegram: { $url }
invitation-copy = Copy the text
invited-other-phone = { $phone } has connected by the invitation to { $number }; the work order has another number. If this is your client, correct the number in content.txt.
invited-no-phone = { $phone } has connected by the invitation to { $number }; the work order's number can't be read. Correct it in content.txt.
text-without-order = Choose a work order first: /order. It was not sent to the client.
media-without-order = No work order is chosen. What you shot is kept and was sent to nobody: choose a work order and I will offer to put it there.
media-closed = Work order { $order } is closed. What you shot is kept and was sent to nobody. Choose another: /order.
waiting-media = { $count ->
    [one] There is { $count } item without a work order. Put it into { $order }, { $stage }?
   *[other] There are { $count } items without a work order. Put them into { $order }, { $stage }?
}
waiting-elsewhere = That question was about another place. What you shot waits: choose the stage again and I will ask once more.
waiting-media-yes = Put here
waiting-media-no = Delete
waiting-media-placed = { $count ->
    [one] { $count } item went to { $order }, { $stage }.
   *[other] { $count } items went to { $order }, { $stage }.
}
waiting-media-dropped = Items without a work order were deleted.
hold-idle = Still { $order }, { $stage }? Until you answer nothing is sent to anybody. Waiting: { $count }.
hold-switch = It is not clear which work order this is about. Where does it belong? Until you answer nothing is sent to anybody. Waiting: { $count }.
hold-yes = Yes, { $order }
hold-other = Another work order
hold-choose = Choose a work order
hold-placed = { $order }, { $stage }: { $count } put there.
hold-here = { $order }, { $stage }: what you shoot now goes here.
hold-dropped = Deleted.
hold-answered = This question has been answered already.
hold-hidden = Shot for the service's own needs: it can't go into a stage that the client sees.

phone-show = Show the phone
phone-shown = { $order } · { $client }: { $phone }
phone-elsewhere = The client's phone is shown only in your own work order. Open { $order } first.
phone-none = The phone of work order { $order } can't be read.
take-back = ↩️ Take back
wrong-place = Wrong place
repeat = 🔁 Repeat
repeated = Sending once more.
retry-nothing = There is nothing to repeat any more.
move-where = Where to? Messages: { $count }. The former client's copies will be deleted.
move-ask = Bring here what went to the wrong place?
move-here = Bring it here
move-there = It is there already: { $order }, { $stage }.
recalled = Taking back from the client: { $count }. The files stay in the folder.
recall-nothing = Nothing to take back: the client does not have it.
recall-late = Telegram lets a message be taken back only in its first 48 hours.
undone-unsent = Deleted: it had not gone to the client yet.
undo-how = To take a message back from the client, reply to your own message with /undo.
status-plain = { $order }
status-taken-done = Taken back from the client: { $count }.
status-taken-under_way = Taking back from the client: { $count }…
status-taken-failed = Could not be taken back: { $count }. An administrator knows.
status-taken-unsure = May have arrived before it was taken back: { $count }. The bot can't remove it, the administrator knows.
status-taken-unknown = Not clear whether { $count } could be taken back. You may repeat it, an administrator knows.

status-saved = { $stage }, { $order }: saved { $kept } of { $total }
status-text = { $total ->
    [1] { $order }: { $count ->
        [0] the message is on its way…
       *[other] message delivered.
    }
   *[other] { $order }: messages delivered { $count } of { $total }.
}
status-text-none = { $order }: the message to the client waits.
status-texts = Messages delivered: { $count }.
status-hidden = Not sent to the client.
status-hidden-shots = Pictures and files are not sent to the client.
status-delivered = delivered to the client { $count }
status-not_connected = The client is not connected and gets everything when he connects.
status-stopped = The client stopped receiving: everything waits for him.
status-blocked = The client blocked the bot. Everything is kept and arrives if he comes back.
status-inactive = The client was switched off by the administrator: nothing was sent to him.
status-unreadable = Not sent to the client: content.txt has a mistake. It goes when that is mended and you have confirmed.
status-phone_changed = The client's phone in the work order has changed. Open the work order and confirm the client.
status-closed = The work order is closed: { $count } not sent.
status-refused = Telegram did not take { $count }. An administrator knows.
status-unknown = Not clear whether { $count } arrived. You may repeat it, an administrator knows.
status-gone = The client's chat can't be reached: { $count } not sent.
status-too_big = Sent to the client but not saved in the folder: { $count }. The bot can fetch files up to 20 MB. Shoot a shorter one or send it compressed.
status-too_big-hidden = NOT saved and sent nowhere: { $count }. The bot can fetch files up to 20 MB. Shoot a shorter one or send it compressed.
status-lost = Telegram did not hand out the file: { $count }. Send it again.
status-held = Waiting for a work order: { $count }.
status-held-closed = The work order is closed: { $count } not put into the folder. They are kept on the server.
status-store-away = The store is not available now. The photos are taken and go into the folder when it is back.
status-disk-fails = NOT saved yet: the server's disk is full or failing. The photos are still in Telegram, the bot fetches them by itself.

client-short = { $order } · { $author }
client-text = { $author }{ $organization } · { $order }:
client-care = { $author }, customer care:
client-service = { $author }:
nobody = Service
staff-heading = ✉️ { $order }{ $plate } · { $client }
staff-heading-outside = ✉️ { $client }
client-too-big = { $number }: the client's file is over 20 MB and is not saved in the folder. It is in this chat only.
staff-heading-case = ✉️ Case { $number } · { $client }{ $order }
staff-moved = ↪️ The client has made clear: it is about { $order }. Whoever works on { $order } answers.
closed-mark = closed
answer = Answer
passed = Passed on: { $to }, { $order }.
passed-outside = Passed on to the service.
passed-care = Passed on to the customer care.
passed-paused = You have stopped receiving: the answer comes when you start again.
about-another = It is about another order
about-which = Which work order was it about?
about-none = There are no other open work orders for your number.
about-closed = Work order { $order } is closed by now. The message stays where it was.
passed-nobody = Your message is kept. Nobody is on duty right now: the service will see it and answer.
unknown-for-you = A client's message may not have reached you: Telegram did not answer twice.
unknown-for-you-order = A client's message about { $order } may not have reached you: Telegram did not answer twice.

alert-refused = Telegram did not take a message. Reason: { $reason }
alert-refused-order = Work order { $order }: Telegram did not take a message. Reason: { $reason }
alert-unknown = Not clear whether a message arrived: Telegram gave no answer.
alert-unknown-order = Work order { $order }: not clear whether a message arrived, Telegram gave no answer.
alert-recall-unsure = A message was taken back, but it is not clear whether it had arrived before: Telegram gave no answer. The bot can't remove it from the client's chat.
alert-recall-unsure-order = Work order { $order }: a message was taken back, but it is not clear whether it had arrived before: Telegram gave no answer. The bot can't remove it from the client's chat.
alert-dead = Message no. { $id } could not be handled. It is kept, the details are in the program's log.
alert-phone-moved = Number { $phone } ({ $name }) was confirmed by another Telegram account. The binding has moved to it.
alert-disk = The server's disk is almost full: new files are not fetched for now. Make room.
alert-disk-fails = The server's disk takes no files: new photos are not fetched for now. Check its room, the disk and the rights on SPOOL_DIR.
alert-store = The store is not available: { $kind ->
    [full] it has no room
    [read_only] it is read-only
    [denied] no right to write
   *[away] not found, or it does not answer
}. The photos wait on the server and go into their folders by themselves when it is back.
alert-closed-early = Work order { $number } was closed before its last pictures reached the folder. They are kept on the server and go in if it is opened again.
alert-other-visit = Number { $number } now belongs to another car. Not sent to the former client: { $count }. The files are kept on the server.
alert-silence = The bot got no messages from { $since } to { $until }. Telegram keeps them for a day: what was written before the last day of this silence may be lost.
alert-two-bots = Another program works with this bot's token and takes part of its messages. Find and stop it, or change the token in BotFather.
alert-restored = The bot's database was restored from the backup of { $made }. What came after it the bot does not remember: look at people and their levels. Was to be sent and does not go by itself: { $deliveries }. Not handled: { $updates }. Waiting for a word where to put it: { $questions }.
alert-question = { $name } shoots no longer. What he shot waits for an answer where it belongs ({ $count }) and has gone to nobody: answer instead of him.
alert-left = File { $name } in { $order } was changed by somebody: it was not moved and stays there. Check whether it shows another car.
alert-lost = Telegram did not hand out a file of work order { $order }.

attention-heading = ⚠️ { $order } · { $client } · { $served }
attention-outside = outside orders
attention-served = mechanic { $name }
attention-unserved = no mechanic yet
attention-protocol = Protocol
attention-write = Write to the client
attention-care = Pass to customer care
attention-passed = Passed to customer care: { $names }.
alert-attention-read = { $count ->
    [0] The list of attention words is empty: no client's message will raise an alert any more.
   *[other] The list of attention words was read, words in it: { $count }.
}
alert-attention = The list of attention words attention_words.py can't be read{ $line ->
    [0] {""}
   *[other] {" "}(line { $line })
}: { $why ->
    [gone] there is no such file
    [big] it is too long
    [encoding] unknown encoding, save it as UTF-8
    [name] there is no ATTENTION_WORDS = […] in it
    [list] a list of words in square brackets is needed
    [comma] a comma is missing between two words
    [word] a word must be in quotes, not empty and at most 200 characters
   *[syntax] it is written wrongly, look at quotes, commas and brackets
}. The former list holds.

# The administrator's menu
admin-menu = What shall I show?
admin-back = « Menu
admin-people = People
role-admin = administrator
role-employee = employee
role-client = client
role-care = customer care
role-now-admin = You are an administrator now. Administration: /admin, work orders: /order.
role-now-employee = You are an employee now. To choose a work order, send /order.
role-now-client = You are a client now. Photos and videos of your car will come here.
role-now-care = You work for customer care now. What clients write to it will come here.
people-s = Staff
people-c = Clients
people-i = Inactive
people-list-s = Staff: { $count }
people-list-c = Clients: { $count }
people-list-i = Inactive: { $count }
people-list-a = Administrators: { $count }
people-list-e = Employees: { $count }
people-list-h = Customer care: { $count }
people-find = 🔍 Find
people-invite = Invite
people-back = « People
people-whom = Whom shall I find? Send a part of the name, digits of the phone, or a level.
people-found = Found:
people-found-many = The first { $count }. Send more letters or digits to find exactly.
people-none = Nobody for "{ $text }". Nothing was sent to the client. Send another name or digits of the phone.
people-invite-whom = Whom do you invite? The link is good once and for a day. Who is connected is given another level on his card.
person-card = Card
person-back = « Card
person-role = Level: { $role }
person-name = Name
person-role-really = { $name } is: { $before }. The new level counts at once, what was begun is closed. Set to: { $role }?
person-role-other = Somebody else has changed the level already. Open the card again.
person-close = Close the bot
person-open = Open the bot
person-close-really = { $name } will not be able to use the bot any more, not even after connecting again. Close it?
person-close-self = You close the bot to yourself: only another administrator can open it. Close it?
person-close-yes = Yes, close
person-no = No
person-yes = Yes
person-admin-give = { $name } will be able to do all that you can: read protocols and phones, change levels. Set to: { $role }?
person-admin-take = { $name } will not be able to administer any more. Set to: { $role }?
person-admin-leave = You will not be able to administer any more: only another administrator can give it back. Set to: { $role }?
person-stop = Stop sending ({ $count })
person-waiting = Not sent to clients yet: { $count }
person-no-phone = no phone
person-connected = connected
person-not-connected = not connected
person-is-open = the bot is open
person-is-closed = the bot is closed
person-name-which = Which name? Send 1 to 64 characters. Clients will see it.
person-name-odd = A name has 1 to 64 characters. Send it again.
person-last-admin = This is the last active administrator. Make another one first.
person-known = This phone is known: change the person on his card.
person-other-phone = This account has another phone.
person-phone-taken = This phone is somebody else's.
invitation-staff =
    Invitation: { $role }. Forward the link to whom you expect. It is good once and for a day.
    { $url }
hire-offered = Hello! You are invited to work with this bot as: { $role }. Confirm your phone number with the button below.
hire-refused = This link is good no more: it works once and for a day. Ask the administrator for a new one.
hire-needless = Your level: { $role }. You do not need this link and it is still good: it is for whoever is invited.
hired = { $who } came by your invitation. Level: { $role }.
hired-nameless = { $who } came by your invitation. Level: { $role }. There is no name yet: set it on the card, clients will see it.
audit-button = Log
audit-heading = Log of changes
audit-empty = No changes yet.
audit-cli = command line
audit-added = written down
audit-role = level
audit-name = name
audit-active = access
audit-phone = phone changed
audit-consent = consent given
audit-admitted = became an administrator
audit-phone_moved = phone moved
audit-phone_shown = client's phone shown
audit-passed_to_care = passed to care
audit-invited = invitation made
audit-hired = came by an invitation
audit-stopped = sending stopped
audit-restored = database restored
audit-moved = moved
audit-recalled = taken back from the client
audit-retried = sent once more
audit-canned_kept = ready answer added
audit-canned_removed = ready answer removed
audit-handled_again = updates handled again
audit-released = sent to a late client
audit-is-true = open
audit-is-false = closed
admin-ready = Ready answers
admin-failures = Not delivered
admin-failures-count = Not delivered ({ $count })
admin-waiting = Who waits for an answer ({ $count })
admin-storage = Store
admin-today = Today
state-failed = Not delivered: { $count }. Tap a line to see what it is, and to send it again.
state-failed-none = All is delivered: no failures.
state-waiting = Waits for clients:
state-late = Work orders closed before their clients connected: { $count }. Send what was shot?
state-dead = Updates that could not be handled: { $count }. They are kept.
state-release = { $order }: send { $count }
state-handle-again = Handle again ({ $count })
state-retry = Send again
state-retry-all = Send all of it again
state-retry-all-really = Send again all that did not arrive: { $count }? What did arrive after all comes twice.
state-retry-all-yes = Yes, send
state-back = « Back
state-folders = Folders that can't be read: { $count }
state-folders-none = All folders of orders can be read.
state-room = Free on the disks:
state-today = Today
state-weeks = 📈 Weeks
state-weeks-comes = The picture is coming.
failed-refused = not taken by Telegram
failed-unknown = may have arrived
failed-gone = chat not available
failed-why = Reason: { $reason }
failed-twice = If it has arrived already, the client gets it twice.
waits-not_connected = client not connected
waits-stopped = client stopped receiving
waits-blocked = client blocked the bot
waits-inactive = the bot is closed to the client
waits-unreadable = mistake in content.txt
waits-phone_changed = the phone has changed, an employee must confirm
waits-closed = order closed
waits-other = other
room-store = store
room-database = database
room-spool = spool
room-free = { $gb } GB
room-silent = does not answer
alert-room = Little room on the disk ({ $what ->
    [store] store
    [spool] spool
   *[database] database
}): { $gb } GB left. Make room.
figure-shots = Photos, videos and files taken: { $count }
figure-words = Messages written to clients: { $count }
figure-answers = Messages from clients: { $count }
figure-delivered = Delivered to clients: { $count }
figure-connected = People who connected: { $count }
figure-alerts = Messages with attention words: { $count }
figure-open = Open work orders: { $count }
digest-heading = The day in short
digest-quiet = Clients who got nothing today, work orders: { $count }
digest-all-got = Every client whose car was worked on got something today.
digest-waiting = Wait for customer care: { $count }
digest-nobody-waits = Nobody waits for customer care.
weeks-caption = The last four weeks: blue is what staff shot and wrote, orange what clients wrote. The most in one day: { $most }.
admin-protocols = Protocols
protocol-which = Whose protocol? Choose a work order or send a part of its number or plate.
protocol-found = Whose protocol?
protocol-found-many = The last { $count }. Send more digits to find exactly.
protocol-none = No work orders for "{ $text }". Nothing was sent to the client. Send another part of the number.
protocol-of = Protocol: { $what }
protocol-outside = Protocol of talks outside orders
protocol-outside-button = Outside orders
protocol-outside-file = Outside orders
protocol-empty = Nothing has been said here yet.
protocol-html = HTML file
protocol-text = TXT file
protocol-file = The whole protocol
protocol-file-comes = The file is coming.
page-older = ◀ Older
page-newer = Newer ▶

# A client stops receiving and begins again
stop-really = Send nothing more?
stop-yes = Yes, stop
stop-no = No
stop-not = All right, everything stays as it was.
stopped = Nothing more will come. New photos and messages will wait for you.
stopped-reminder = You stopped receiving. Start again?
resume = Start again
resumed = Photos and messages are on again.
resumed-waiting = { $count ->
    [one] Messages are on again. { $count } message waits for you: send it?
   *[other] Messages are on again. { $count } messages wait for you: send them?
}
waiting-yes = Yes, send
waiting-no = No need
waiting-comes = They are on their way.
waiting-left = All right, only what is new will come.

# Customer care
care-reply-first = To answer a client, press "Answer" under his message or reply to it.
care-nobody = There is nobody in customer care now.
care-client-away = This client is not connected now: the message was not sent. Please call him.
care-answered = Sent: { $client }.
care-answered-stopped = Sent: { $client }. The client has stopped receiving: it comes when he resumes.
care-answered-blocked = The client { $client } has blocked the bot: the answer is kept and comes if he returns. Call him.
care-unsent-blocked = The client { $client } has blocked the bot: your answer has not reached him and comes if he returns. Call him.
care-unsent-gone = The chat of the client { $client } can't be reached: your answer has not reached him. Call him.
care-unsent-refused = Telegram has not taken your answer to the client { $client }. The administrator knows.
care-unsent-unknown = Nobody knows whether your answer reached the client { $client }: Telegram did not answer twice. The administrator knows.
care-waiting = { $count ->
    [1] { $count } client waits for an answer:
   *[other] { $count } clients wait for an answer, the one who waits longest first:
}
care-waiting-none = Nobody waits for an answer.
care-back = « Who waits
for-minutes = { $count } min
for-hours = { $count } h
for-days = { $count } d
case-history = History
case-owned = Case { $number } is answered by { $name }.
key-ready = Ready answers
ready-which = Which answer?
ready-none = There are no ready answers yet: an administrator keeps them in /admin.
ready-draft =
    To { $client }:
    { $text }
ready-send = Send
ready-kept = Ready answers: { $count }. The bot fills in the client's name and the order's number.
ready-how =
    Send the answer as one message: a title in the first line, the text below. Where the client's name and the number belong, write [name] and [order]. For example:
    Ready
    Hello, [name]! Work order [order] is ready, we are waiting for you.
ready-add = Add
ready-remove = Remove
ready-back = « Answers
canned-odd = A title in the first line (up to 32 characters) and a text below (up to 3000) are needed. Send it again.
canned-many = There are 30 ready answers already: remove some first.
canned-gone = This ready answer is kept no more.
canned-closed = This case is closed: the message was not sent.
case-writing = You are writing to { $client }, case { $number }. Whatever you send goes to the client.
case-left = Done. The case stays open.
case-closed-by-me = The case is closed.
key-case-leave = Leave the case
key-case-close = Close the case
pin-case = You are writing to { $client }, { $phone }
pin-nowhere-care = No case is chosen: press "Answer" under a client's message.
key-care = ✉️ Customer care
key-my-orders = 📂 My work orders
key-more = ⚙️ More
menu-here = To write to your mechanic, just send a message. The rest is on the buttons below.
more-here = Language, receiving and your phone number:
more-stop = Send me nothing more
more-phone = Change the phone number
more-privacy = How we keep your data
phone-which = Confirm the new number with the button below. The former one will no longer count. Changed your mind? /menu.
my-orders = { $count ->
    [one] Your work order:
   *[other] Your work orders:
}
my-orders-none = There are no work orders for your number. Ask your mechanic which number the order has.
my-order-gone = This work order is no longer yours: it has another number. Ask your mechanic.
my-order-shots = { $count ->
    [one] { $count } file has been sent to you.
   *[other] { $count } files have been sent to you.
}
again = Send once more
again-comes = { $count ->
    [one] { $count } file is coming.
   *[other] { $count } files are coming.
}
again-none = No photos or videos of this work order have been sent to you yet.
again-on-its-way = They are on their way: please wait a little.
key-care-end = Finish
care-begun = Write what has happened. Photos and voice are welcome. Whatever you send goes to the customer care until you press "Finish".
care-ended = The talk with the customer care is over. From now on your messages go to the mechanic again, or to the service while you have none.
case-closed = The customer care has ended the talk. From now on your messages go to the mechanic again, or to the service while you have none.
reply-elsewhere = That message is about { $order }, and you are not in it now. Open { $order } first: /order or “Answer” under the client's message. Nothing was sent to the client.

# The command menu
menu-start = Start
menu-help = Help
menu-language = Language
menu-order = Choose a work order
menu-admin = Administration
menu-menu = Menu
menu-care = Write to the customer care
menu-care-staff = Who waits for an answer
menu-undo = Take a message back
menu-stop = Send nothing more
menu-stop-staff = Leave the work order

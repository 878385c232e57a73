// What the page itself says, in two languages. What the bot says comes from the bot.

const WORDS = {
  title: ["Автоцентр в браузере", "A dealership in the browser"],
  subtitle: ["Настоящий бот, настоящие папки; вместо Telegram его строгий двойник на этом компьютере", "The real bot and real folders; a strict double stands for Telegram on this machine"],
  bot_starting: ["бот запускается", "the bot is starting"],
  bot_running: ["бот работает", "the bot is running"],
  bot_gone: ["бот не работает", "the bot is down"],
  bot_lost: ["нет связи с показом", "the demo does not answer"],
  opening: ["Открываем автоцентр: сервер, бот, папки…", "Opening the dealership: server, bot, folders…"],
  admin: ["администратор", "administrator"],
  employee: ["сотрудник", "employee"],
  client: ["клиент", "client"],
  care: ["служба заботы", "care"],
  intro_admin: ["Администратор: люди и их уровни, протоколы, недоставленное", "The administrator: people and their levels, protocols, what was not delivered"],
  intro_employee: ["Сотрудник: /order, три цифры номера, стадия, и снимать", "The employee: /order, three digits of the number, a stage, and shoot"],
  intro_client: ["Клиент: подтвердит номер и получит всё, что снимут о его машине", "The client: confirms the number and gets all that is shot of the car"],
  intro_care: ["Служба заботы: сюда пишут клиенты, отсюда им отвечают", "Care: clients write here and are answered from here"],
  bot: ["бот", "bot"],
  typing: ["печатает…", "is typing…"],
  sends_photo: ["отправляет фото…", "sends a photo…"],
  sends_video: ["отправляет видео…", "sends a video…"],
  sends_file: ["отправляет файл…", "sends a file…"],
  pinned: ["Закреплённое сообщение", "Pinned message"],
  pinned_note: ["закрепил сообщение", "pinned a message"],
  message: ["Сообщение", "Message"],
  caption: ["Подпись", "Caption"],
  message_of: ["Сообщение, пишет {name}", "Message, {name} writes"],
  start: ["Запустить", "Start"],
  unblock: ["Разблокировать", "Unblock"],
  block: ["Заблокировать бота", "Block the bot"],
  send: ["Отправить", "Send"],
  attach: ["Прикрепить", "Attach"],
  keyboard: ["Клавиатура бота", "The bot's keyboard"],
  commands: ["Команды бота", "The bot's commands"],
  no_commands: ["Бот ещё не предложил команд", "The bot has offered no commands yet"],
  samples: ["Готовые снимки: выберите один или несколько", "Sample pictures: choose one or several"],
  add_chosen: ["Взять выбранное ({n})", "Take the chosen ({n})"],
  photo_or_video: ["Фото или видео", "Photo or video"],
  file: ["Файл", "File"],
  voice: ["Голосовое", "Voice message"],
  voice_hint: ["звуковой файл", "a sound file"],
  record: ["Голосовое: записать", "Voice message: record"],
  record_stop: ["Остановить запись", "Stop recording"],
  round: ["Видеосообщение", "Video message"],
  place: ["Место", "Location"],
  card: ["Контакт другого человека", "Somebody else's contact"],
  drop: ["Отпустите, чтобы прикрепить", "Drop to attach"],
  remove: ["Убрать", "Remove"],
  too_big: ["Больше 50 МБ на эту страницу не взять", "This page takes up to 50 MB"],
  reply: ["Ответить", "Reply"],
  edit: ["Изменить", "Edit"],
  editing: ["Изменение", "Editing"],
  copy: ["Копировать текст", "Copy the text"],
  delete: ["Удалить", "Delete"],
  actions: ["Действия с сообщением", "Message actions"],
  react: ["Реакция {emoji}", "React with {emoji}"],
  edited: ["изменено", "edited"],
  silent: ["без звука", "silent"],
  unread: ["Непрочитанные сообщения", "Unread messages"],
  down: ["К последним сообщениям", "To the newest messages"],
  photo: ["Фото", "Photo"],
  video: ["Видео", "Video"],
  video_note: ["Видеосообщение", "Video message"],
  animation: ["Анимация", "Animation"],
  document: ["Файл", "File"],
  audio: ["Аудио", "Audio"],
  sticker: ["Стикер", "Sticker"],
  contact: ["Контакт", "Contact"],
  location: ["Место", "Location"],
  venue: ["Место", "Venue"],
  dice: ["Кубик", "Dice"],
  poll: ["Опрос", "Poll"],
  unknown: ["Сообщение", "Message"],
  open_picture: ["Открыть: {what}", "Open: {what}"],
  play: ["Слушать", "Play"],
  pause: ["Пауза", "Pause"],
  close: ["Закрыть", "Close"],
  cancel: ["Отмена", "Cancel"],
  save: ["Сохранить", "Save"],
  share_title: ["Отправить свой номер?", "Share your number?"],
  share_text: ["Бот получит имя {name} и номер {phone}.", "The bot will get the name {name} and the number {phone}."],
  share: ["Отправить", "Share"],
  card_title: ["Чей контакт отправить?", "Whose contact?"],
  link_title: ["Открыть ссылку", "Open the link"],
  link_start: ["Кто перейдёт по приглашению?", "Who follows the invitation?"],
  name: ["Имя", "Name"],
  phone: ["Телефон", "Phone"],
  role: ["Кто это", "Who is it"],
  add_person: ["Добавить человека", "Add a person"],
  add: ["Добавить", "Add"],
  theme: ["Светлая или тёмная тема", "Light or dark"],
  language: ["In English", "По-русски"],
  anew: ["Начать заново", "Start over"],
  anew_ask: ["Новый автоцентр: чаты и папки станут такими, как вначале.", "A new dealership: chats and folders as they were in the beginning."],
  store: ["Хранилище", "Store"],
  fate: ["Испытания", "Trials"],
  phones: ["Телефоны", "Phones"],
  closed: ["закрыт", "closed"],
  close_order: ["Закрыть заказ-наряд: переименовать папку", "Close the order: rename the folder"],
  reopen_order: ["Открыть снова: переименовать папку", "Reopen: rename the folder"],
  add_order: ["Заказ-наряд", "Work order"],
  add_order_title: ["Новый заказ-наряд", "A new work order"],
  number: ["Номер", "Number"],
  plate: ["Госномер", "Plate"],
  client_name: ["Имя клиента", "Client's name"],
  problem: ["не прочитан", "unreadable"],
  no_files: ["файлов ещё нет", "no files yet"],
  card_hint: ["Сохраните, и бот прочитает файл заново.", "Save it, and the bot reads the file again."],
  count: ["Сдано {handed} · в папках {kept} · у клиентов {shown}", "Handed in {handed} · in folders {kept} · clients got {shown}"],
  repeats: ["повторов {n}", "repeats {n}"],
  fate_block: ["Клиент блокирует бота", "A client blocks the bot"],
  fate_block_text: ["Снятое ложится в папку и ждёт; мастер узнаёт сразу. Вернётся: дойдёт.", "What is shot is kept and waits; the mechanic knows at once. It arrives when he is back."],
  fate_flood: ["Telegram просит подождать (429)", "Telegram asks to wait (429)"],
  fate_flood_text: ["Сообщения ждут, сколько велено, и уходят по порядку. Ничего не теряется.", "Messages wait as long as told and go in order. Nothing is lost."],
  fate_slow: ["Медленная сеть", "A slow network"],
  fate_slow_text: ["Каждый пакет идёт почти на полсекунды дольше. Порядок в чатах тот же.", "Every packet takes almost half a second more. Order in chats is kept."],
  fate_cut: ["Сети нет", "No network"],
  fate_cut_text: ["Кабель выдернут. Когда вернётся, уйдёт всё, что ждало, один раз.", "The cable is pulled. When it is back, all that waited goes, once."],
  fate_kill: ["kill -9: бот падает без предупреждения", "kill -9: the bot dies without a word"],
  fate_kill_text: ["Ничего не потеряно, порядок в чатах тот же, не больше одного повтора в чате.", "Nothing lost, order kept, at most one repeat in a chat."],
  on: ["Включить", "Turn on"],
  off: ["Выключить", "Turn off"],
  strike: ["Включить", "Strike"],
  kill: ["Убить", "Kill"],
  revive: ["Запустить", "Start"],
  happened: ["Что было обещано и что вышло", "What was promised and what happened"],
  since: ["с тех пор сдано {handed}, в папках {kept}, у клиентов {shown}, повторов {repeated}", "since then handed in {handed}, kept {kept}, clients got {shown}, repeats {repeated}"],
  going_on: ["идёт", "going on"],
  calm: ["всё утихло", "calm again"],
  tour: ["Экскурсия", "Guided tour"],
  tour_idle: ["Восемь шагов, две минуты: бот сам покажет главное. Или просто берите любой телефон.", "Eight steps, two minutes: the main job plays by itself. Or just take any phone."],
  tour_preparing: ["Готовим чистый автоцентр…", "Preparing a fresh dealership…"],
  tour_paused: ["Экскурсия ждёт: телефоны ваши.", "The tour waits: the phones are yours."],
  tour_done: ["Показано всё. Телефоны ваши.", "That was all. The phones are yours."],
  tour_failed: ["Шаг не вышел", "A step did not work out"],
  tour_play: ["Показать", "Play"],
  tour_go_on: ["Дальше", "Go on"],
  tour_take: ["Взять управление", "Take over"],
  tour_again: ["Показать снова", "Play again"],
  tour_quick: ["Быстрее", "Faster"],
  tour_more: ["Подробно", "Details"],
  step: ["Шаг {n} из {of}", "Step {n} of {of}"],
  failed: ["Не получилось: {why}", "It did not work: {why}"],
  kb: ["КБ", "KB"],
  mb: ["МБ", "MB"],
  bytes: ["Б", "B"],
};

let language = "ru";

export function speak(wanted) {
  language = wanted === "en" ? "en" : "ru";
  document.documentElement.lang = language;
}

export function spoken() {
  return language;
}

export function t(key, values = {}) {
  const [russian, english] = WORDS[key];
  const text = language === "en" ? english : russian;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export function sized(bytes) {
  if (bytes < 1024) return `${bytes} ${t("bytes")}`;
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, t("kb")] : [bytes / 1048576, t("mb")];
  return `${amount.toLocaleString(language, { maximumFractionDigits: amount < 10 ? 1 : 0 })} ${unit}`;
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function lasting(seconds = 0) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}

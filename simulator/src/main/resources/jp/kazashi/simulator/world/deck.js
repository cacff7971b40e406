'use strict';

// The token comes in the fragment, which no server sees; then it leaves the address bar.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem('token', given);
  history.replaceState(null, '', location.pathname);
}
const token = sessionStorage.getItem('token');

const FORMS = { MY_NUMBER_CARD: 'マイナンバーカード', ANDROID_PHONE: 'Android', IPHONE: 'iPhone' };
const METHODS = { PIN: '暗証番号', FACE: '顔', PHONE: 'スマホ' };
const ROLES = { CLERK: '受付', MEDICAL_VIEWER: '診療情報の閲覧', ADMINISTRATOR: '管理者' };
const READERS = ['Kiosk', 'Phone'];
const element = (id) => document.getElementById(id);
const time = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'full', timeStyle: 'medium', timeZone: 'Asia/Tokyo' });
const day = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'Asia/Tokyo' });
let offsetMillis = null;

async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(response.status === 401
      ? '鍵が違います。./kazashi up が表示したアドレスで開き直してください。'
      : problem.error || `エラー ${response.status}`);
  }
  return response.status === 204 ? null : response.json();
}

// What went wrong with a click stays until the next one; what went wrong with looking, until it works again.
let clickFailed = false;

function trouble(text) {
  element('trouble').hidden = !text;
  element('trouble').textContent = text || '';
}

async function attempt(work, done) {
  try {
    await work();
    if (done || !clickFailed) {
      clickFailed = false;
      trouble(null);
    }
    if (done) {
      element('done').textContent = done;
    }
  } catch (problem) {
    clickFailed = clickFailed || Boolean(done);
    trouble(problem instanceof TypeError ? '模擬環境が応答しません。./kazashi status で確かめてください。' : problem.message);
  }
}

const readerOf = (card) => (card.method === 'PHONE' ? 'Phone' : 'Kiosk');

function make(card) {
  const item = element('card').content.firstElementChild.cloneNode(true);
  const phone = card.method === 'PHONE';
  item.dataset.name = card.name;
  item.dataset.form = card.form;
  item.dataset.method = card.method;
  item.classList.toggle('refused', card.expected !== 'ANSWERED');
  item.querySelector('.form').textContent = FORMS[card.form] ?? card.form;
  item.querySelector('h3').textContent = card.name;
  item.querySelector('.holder').textContent = card.holder;
  item.querySelector('.story').textContent = card.story;
  item.querySelector('.method').textContent = METHODS[card.method] ?? card.method;
  item.querySelector('.expected').textContent = card.expectation;
  const insert = item.querySelector('.insert');
  insert.textContent = phone ? 'スマートフォンをかざす' : 'カードを置く';
  insert.setAttribute('aria-label', `${card.name}：${insert.textContent}`);
  insert.addEventListener('click', () => attempt(async () => {
    await ask('PUT', `/readers/${readerOf(card)}/card`, { name: card.name });
    await look();
  }, `${card.name} を${phone ? 'かざしました' : '置きました'}。`));
  const lines = item.querySelector('textarea');
  item.querySelector('.example').addEventListener('change', (event) => {
    lines.value = event.target.value;
  });
  item.querySelector('.faults').addEventListener('click', () => attempt(async () => {
    await ask('PUT', `/cards/${card.name}/faults`, { faults: lines.value.split('\n') });
    await look();
  }, `${card.name} の不具合は、次に置いたときから働きます。`));
  item.querySelector('.lock').addEventListener('click', () => attempt(async () => {
    const tries = Number(item.dataset.tries) > 0 ? 0 : 3;
    await ask('PUT', `/cards/${card.name}/tries`, { tries });
    await look();
  }, `${card.name} の暗証番号の残り回数を変えました。`));
  lines.value = card.faults.join('\n');
  element('cards').append(item);
}

function pinText(card) {
  const pin = document.createElement('span');
  if (card.pin === null) {
    pin.textContent = 'なし';
    return pin;
  }
  const digits = document.createElement('b');
  digits.textContent = card.pin;
  pin.append(digits, card.pinTries > 0 ? ` 残り${card.pinTries}回` : ' ');
  if (card.pinTries === 0) {
    const locked = document.createElement('span');
    locked.className = 'locked';
    locked.textContent = 'ロック中';
    pin.append(locked);
  }
  return pin;
}

function refresh(card, seated) {
  const item = document.querySelector(`.card[data-name="${card.name}"]`);
  item.dataset.tries = card.pinTries ?? 0;
  item.querySelector('.ends').textContent = day.format(new Date(card.certificateEnds));
  item.querySelector('.pin').replaceChildren(pinText(card));
  const lock = item.querySelector('.lock');
  lock.hidden = card.pin === null;
  lock.textContent = card.pinTries > 0 ? '暗証番号をロックする' : 'ロックを解く';
  const faulty = item.querySelector('.faulty');
  faulty.hidden = card.faults.length === 0;
  faulty.textContent = `不具合 ${card.faults.length}`;
  const isSeated = seated.includes(card.name);
  item.classList.toggle('seated', isSeated);
  item.querySelector('.insert').disabled = isSeated;
}

async function look() {
  const [world, readers, cards, pace] = await Promise.all(
    [ask('GET', '/world'), ask('GET', '/readers'), ask('GET', '/cards'), ask('GET', '/pace')]);
  offsetMillis = world.offsetMillis;
  if (!element('cards').childElementCount) {
    cards.forEach(make);
  }
  const seatedOn = (name) => readers.find((reader) => reader.name === name)?.card ?? null;
  for (const name of READERS) {
    const panel = element(`reader-${name}`);
    const card = seatedOn(name);
    panel.classList.toggle('full', card !== null);
    panel.querySelector('.lies').textContent = card ?? 'なし';
    panel.querySelector('.remove').disabled = card === null;
  }
  const seated = READERS.map(seatedOn);
  cards.forEach((card) => refresh(card, seated));
  if (document.activeElement !== element('pace')) {
    element('pace').value = pace.pace;
  }
  showWorld(world);
}

function showWorld(world) {
  for (const screen of ['kiosk', 'desk']) {
    const address = world.addresses?.[screen];
    element(screen).hidden = !address;
    if (address) {
      element(screen).href = `${address}/`;
    }
  }
  const staff = Array.isArray(world.staff) ? world.staff : [];
  if (staff.length) {
    element('staff').classList.add('known');
    element('staff').replaceChildren(...staff.map(staffItem));
  }
}

function staffItem(account) {
  const item = document.createElement('li');
  const login = document.createElement('b');
  login.textContent = account.login;
  const password = document.createElement('code');
  password.textContent = account.password;
  item.append(login, `（${ROLES[account.role] ?? account.role}） `, password);
  return item;
}

for (const name of READERS) {
  element(`reader-${name}`).querySelector('.remove').addEventListener('click', () => attempt(async () => {
    await ask('DELETE', `/readers/${name}/card`);
    await look();
  }, name === 'Phone' ? 'スマートフォンを離しました。' : 'カードを取り出しました。'));
}

for (const button of document.querySelectorAll('[data-step]')) {
  button.addEventListener('click', () => attempt(async () => {
    await ask('PUT', '/world/clock', { set: button.dataset.step });
    await look();
  }, 'この世界の時刻を変えました。'));
}

for (const button of document.querySelectorAll('[data-show]')) {
  button.addEventListener('click', () => {
    const wanted = button.dataset.show;
    document.querySelectorAll('[data-show]').forEach((each) =>
      each.setAttribute('aria-pressed', String(each === button)));
    document.querySelectorAll('.card').forEach((card) => {
      const refused = card.classList.contains('refused');
      card.hidden = !(wanted === 'all' || (wanted === 'refused' && refused)
        || (wanted === 'answered' && !refused) || card.dataset.method === wanted);
    });
  });
}

element('pace').addEventListener('change', (event) => attempt(
  () => ask('PUT', '/pace', { pace: event.target.value }), '次に置くカードから、この速さです。'));

setInterval(() => {
  if (offsetMillis !== null) {
    element('clock').textContent = time.format(new Date(Date.now() + offsetMillis));
  }
}, 1000);

if (token) {
  attempt(look);
  setInterval(() => attempt(look), 1500);
} else {
  trouble('鍵がありません。./kazashi up が表示したアドレスで開いてください。');
}

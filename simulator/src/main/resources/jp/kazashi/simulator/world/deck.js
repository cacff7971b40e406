'use strict';

// The token comes in the fragment, which no server sees; then it leaves the address bar.
const given = new URLSearchParams(location.hash.slice(1)).get('token');
if (given) {
  sessionStorage.setItem('token', given);
  history.replaceState(null, '', location.pathname);
}
const token = sessionStorage.getItem('token');

const READER = 'Kiosk';
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

function trouble(text) {
  element('trouble').hidden = !text;
  element('trouble').textContent = text || '';
}

async function attempt(work) {
  try {
    await work();
    trouble(null);
  } catch (problem) {
    trouble(problem instanceof TypeError ? '模擬環境が応答しません。./kazashi status で確かめてください。' : problem.message);
  }
}

function show(card) {
  const item = element('card').content.firstElementChild.cloneNode(true);
  item.dataset.name = card.name;
  item.querySelector('h2').textContent = card.name;
  item.querySelector('.story').textContent = card.story;
  item.querySelector('.ends').textContent = day.format(new Date(card.certificateEnds));
  item.querySelector('.pin').textContent = card.pin;
  item.querySelector('.expected').textContent = card.expectation;
  const insert = item.querySelector('.insert');
  insert.setAttribute('aria-label', `${card.name} を受付のカードリーダーに置く`);
  insert.addEventListener('click', () => attempt(async () => {
    await ask('PUT', `/readers/${READER}/card`, { name: card.name });
    await look();
  }));
  element('cards').append(item);
}

async function look() {
  const [world, readers] = await Promise.all([ask('GET', '/world'), ask('GET', '/readers')]);
  offsetMillis = world.offsetMillis;
  const seated = readers.find((reader) => reader.name === READER)?.card ?? null;
  element('seated').textContent = seated ?? 'カードなし';
  element('remove').disabled = !seated;
  for (const item of document.querySelectorAll('.card')) {
    item.classList.toggle('seated', item.dataset.name === seated);
    item.querySelector('.insert').disabled = item.dataset.name === seated;
  }
}

element('remove').addEventListener('click', () => attempt(async () => {
  await ask('DELETE', `/readers/${READER}/card`);
  await look();
}));

setInterval(() => {
  if (offsetMillis !== null) {
    element('clock').textContent = time.format(new Date(Date.now() + offsetMillis));
  }
}, 1000);

if (token) {
  attempt(async () => {
    (await ask('GET', '/cards')).forEach(show);
    await look();
  });
  setInterval(() => attempt(look), 1500);
} else {
  trouble('鍵がありません。./kazashi up が表示したアドレスで開いてください。');
}

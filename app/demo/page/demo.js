// SPDX-License-Identifier: MIT
'use strict';

const products = [
  { id: 'tea', name: 'Green tea', price: 6.5, drawing: 'M9 18h25v10a11 11 0 0 1-11 11h-3A11 11 0 0 1 9 28zM34 20h3a5 5 0 0 1 0 11h-4M17 12c0-3 3-3 3-6M25 12c0-3 3-3 3-6' },
  { id: 'bread', name: 'Rye bread', price: 4.2, drawing: 'M8 22c0-7 7-11 16-11s16 4 16 11c0 3-2 5-4 5v11H12V27c-2 0-4-2-4-5zM19 18l3 5M26 18l3 5' },
  { id: 'honey', name: 'Honey', price: 8, drawing: 'M13 9h22v6H13zM15 15c-4 3-5 6-5 12 0 8 4 12 14 12s14-4 14-12c0-6-1-9-5-12M18 28h12' },
  { id: 'apples', name: 'Apples', price: 3.3, drawing: 'M24 17c-4-4-14-3-14 8 0 8 6 15 10 15 2 0 3-1 4-1s2 1 4 1c4 0 10-7 10-15 0-11-10-12-14-8zM24 17c0-4 2-7 6-9' },
];
const attribute = product => 'cart.' + product.id;
const euros = amount => amount.toLocaleString(undefined, { style: 'currency', currency: 'EUR' });
const element = id => document.getElementById(id);

let session = { active: false, data: null };

// Calls the server; gives its answer, or throws what it says is wrong.
async function call(method, path, body, headers = {}) {
  const options = { method, headers };
  if (body !== undefined)
    options.body = JSON.stringify(body);
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    note(`${method} ${path}`, 'no answer', true);
    throw new Error('The server does not answer. Is it still running?');
  }
  note(`${method} ${path}`, response.status, !response.ok);
  const text = await response.text();
  let answer = text;
  try {
    answer = JSON.parse(text);
  } catch { /* plain text */ }
  if (!response.ok)
    throw new Error(answer.error ?? `The server answered ${response.status}.`);
  return answer;
}

function note(request, outcome, refused) {
  const line = document.createElement('li');
  line.textContent = `${request} → ${outcome}`;
  line.classList.toggle('refused', refused);
  element('log').prepend(line);
  while (element('log').children.length > 30)
    element('log').lastChild.remove();
}

function say(text) {
  element('flash').textContent = text;
}

// Does what was asked for, one after the other, and shows the session as it is then.
let queue = Promise.resolve();
function act(action) {
  queue = queue.then(async () => {
    say('');
    try {
      await action();
    } catch (error) {
      say(error.message);
    }
    await refresh();
  });
}

async function refresh() {
  try {
    session = await call('GET', '/api/session');
    showSession();
    showCart();
    showAccount(session.user ? (await call('GET', '/api/user-sessions')).sessions : []);
  } catch (error) {
    say(error.message);
  }
}

function amountOf(product) {
  return Math.max(0, Number(session.data?.[attribute(product)]) || 0);
}

function showSession() {
  element('session').hidden = !session.active;
  element('no-session').hidden = session.active;
  element('who').textContent = session.user ? `logged in as ${session.user}` : 'not logged in';
  const visits = session.data?.visits ?? 0;
  element('visits').textContent = visits === 1 ? 'first visit' : `${visits} visits`;
  if (!session.active)
    return;
  element('key').textContent = session.key;
  element('version').textContent = session.version;
  element('created').textContent = new Date(session.createdAt).toLocaleString();
  element('data').textContent = JSON.stringify(session.data, null, 2);
  showCountdown();
}

function showCart() {
  const wanted = products.filter(amountOf);
  for (const product of products) {
    const card = element('product-' + product.id);
    card.querySelector('output').textContent = amountOf(product);
    card.querySelector('.less').disabled = amountOf(product) === 0;
  }
  element('cart').replaceChildren(...wanted.map(product => {
    const line = document.createElement('li');
    const price = Object.assign(document.createElement('span'), { className: 'price', textContent: euros(amountOf(product) * product.price) });
    const remove = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Remove' });
    remove.setAttribute('aria-label', `Remove ${product.name}`);
    remove.onclick = () => {
      element('cart-title').focus(); // the button goes away
      act(() => call('POST', `/api/remove?name=${attribute(product)}`));
    };
    line.append(`${amountOf(product)} × ${product.name}`, price, remove);
    return line;
  }));
  const total = wanted.reduce((sum, product) => sum + amountOf(product) * product.price, 0);
  element('total').textContent = euros(total);
  element('cart-total').hidden = element('order').disabled = element('forge').disabled = wanted.length === 0;
  element('cart-empty').hidden = wanted.length > 0;
}

function showAccount(sessions) {
  element('login-form').hidden = Boolean(session.user);
  element('account').hidden = !session.user;
  element('name').textContent = session.user ?? '';
  element('logout-others').disabled = sessions.length < 2;
  element('sessions').replaceChildren(...sessions.map(other => {
    const line = document.createElement('li');
    const key = Object.assign(document.createElement('code'), { textContent: other.key.slice(0, 8) + '…', title: other.key });
    const seen = Object.assign(document.createElement('span'), {
      className: other.current ? 'here' : '',
      textContent: other.current ? 'this one' : `last seen ${new Date(other.lastSeenAt).toLocaleTimeString()}`,
    });
    line.append(key, seen);
    return line;
  }));
}

function duration(seconds) {
  const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24, minutes = Math.floor(seconds / 60) % 60;
  if (days)
    return `${days} d ${hours} h`;
  if (hours)
    return `${hours} h ${minutes} min`;
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

// The page looks only when something happened: asking every second would keep the session alive for ever.
function showCountdown() {
  if (!session.active)
    return;
  const ends = Date.parse(session.expiresAt), left = ends - Date.now();
  element('ends').textContent = duration(Math.max(0, Math.ceil(left / 1000)));
  element('left').value = Math.max(0, left) / Math.max(1, ends - Date.parse(session.lastSeenAt));
  if (left > 0)
    return;
  session.active = false;
  refresh().then(() => session.active || say('Your session has ended: nobody used it for a while.'));
}

async function order(token) {
  await call('POST', '/api/protected', undefined, { 'X-CSRF-Token': token });
  const items = products.reduce((sum, product) => sum + amountOf(product), 0);
  for (const product of products.filter(amountOf))
    await call('POST', `/api/remove?name=${attribute(product)}`);
  await call('POST', '/api/flash', items === 1 ? 'Thank you for your order.' : `Thank you for your order of ${items} things.`);
  await showFlash();
}

async function showFlash() {
  const { flash } = await call('GET', '/api/flash');
  if (flash.length)
    say(flash.join(' · '));
}

function onClick(id, action) {
  element(id).onclick = () => act(action);
}

function onSubmit(id, action) {
  element(id).onsubmit = event => {
    event.preventDefault();
    act(() => action(event.target));
  };
}

for (const product of products) {
  const card = element('product').content.cloneNode(true).firstElementChild;
  card.id = 'product-' + product.id;
  card.querySelector('path').setAttribute('d', product.drawing);
  card.querySelector('.name').textContent = product.name;
  card.querySelector('.price').textContent = euros(product.price);
  for (const [button, word, by] of [['.less', 'One less', -1], ['.more', 'One more', 1]]) {
    card.querySelector(button).setAttribute('aria-label', `${word}: ${product.name}`);
    card.querySelector(button).onclick = () => act(() => call('POST', `/api/increment?name=${attribute(product)}&by=${by}`));
  }
  element('products').append(card);
}

onClick('order', async () => order((await call('GET', '/api/csrf')).token));
onClick('forge', () => order('forged'));
onClick('logout', () => call('POST', '/api/destroy'));
onClick('logout-others', () => call('POST', '/api/logout-everywhere?keep-current=1'));
onClick('logout-everywhere', () => call('POST', '/api/logout-everywhere?keep-current=0'));
onClick('rotate', () => call('POST', '/api/rotate'));
onClick('expire', () => call('POST', '/api/expiry?idle=20'));
onClick('expire-default', () => call('POST', '/api/expiry?default=1'));
onClick('clear', () => call('POST', '/api/clear'));
element('reload').onclick = () => location.reload();
onSubmit('login-form', form => call('POST', `/api/login?user=${encodeURIComponent(form.user.value)}`));
onSubmit('note-form', async form => {
  await call('POST', '/api/flash', form.note.value);
  form.reset();
  say('Left for the next page.');
});

act(async () => {
  await call('GET', '/visit');
  await showFlash();
});
setInterval(showCountdown, 1000);

// Coming in with an account elsewhere: the whole dance, with providers that nobody here wrote, and
// all that must not work.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, PHONE, inspect, logIn, mainText, open, quiet, shot } from './house.js';
import { agree, providers } from './providers.js';

const house = await open(providers);

/** Begins at the login page of SEL de Mars, and arrives at the provider. */
async function begin(page, name, way = '/connexion') {
  // The provider's page wants typefaces from elsewhere, and waits for them.
  await page.route(/^https:/, (route) => route.abort());
  await page.goto(house.url(way, 'mars'));
  await page.getByRole('button', { name: `Entrer avec ${name}` }).click();
}

async function isIn(page) {
  await page.goto(house.url('/', 'mars'));
  return (await mainText(page)).includes('Bonjour');
}

/** Stops what the provider sends back before it arrives, and answers its address. */
async function caught(page, act) {
  const asked = page.context().request;
  let address;
  const follow = async (route) => {
    let answer = await route.fetch({ maxRedirects: 0 });
    while (answer.headers().location) {
      const next = new URL(answer.headers().location, answer.url());
      if (next.pathname === '/connexion/retour') {
        address = next;
        return route.fulfill({ contentType: 'text/html', body: '<h1>caught</h1>' });
      }
      answer = await asked.get(next.href, { maxRedirects: 0 });
    }
    return route.fulfill({ response: answer });
  };
  await page.route(/\/interaction\//, follow);
  await act();
  await page.getByText('caught').waitFor();
  await page.unroute(/\/interaction\//);
  return address;
}

test('an address that is vouched for opens the login of the one member who has it', async () => {
  const page = await house.page(PHONE);
  const known = house.mails('claire@exemple.fr').length;
  await page.goto(house.url('/connexion?retour=/messages', 'mars'));
  await inspect(page, 'login-elsewhere');
  await begin(page, 'SEL-Id', '/connexion?retour=/messages');
  await agree(page, 'claire-there');
  await page.waitForURL(house.url('/messages', 'mars'));
  const letter = await house.lastMail('claire@exemple.fr', known);
  assert.match(letter.subject, /un compte vous fait entrer/);
  assert.match(letter.text, /claire@exemple\.fr/);
  await page.goto(house.url('/compte/connexions', 'mars'));
  assert.match(await mainText(page), /SEL-Id\s+claire@exemple\.fr/);
  await house.look(page, 'external-logins');
  // A session over there proves nothing fresh: a new password asks for the one there is.
  await page.goto(house.url('/compte/mot-de-passe', 'mars'));
  assert.equal(await page.locator('main [name="password"]').count(), 1);
  quiet(page);
});

test('an address that is not vouched for opens nothing until its owner came in once', async () => {
  const page = await house.page(DESKTOP);
  await begin(page, 'SEL-Id');
  await agree(page, 'jean-there');
  await page.waitForURL(/\/connexion\/relier\//);
  assert.match(await mainText(page), /jean@exemple\.fr\) n’est pas encore relié/);
  await house.look(page, 'external-unknown');
  await page.getByRole('link', { name: 'Entrer comme d’habitude' }).click();
  await page.locator('main [name="login"]').fill('30');
  await page.locator('main [name="password"]').fill('demonstration');
  await page.locator('main form[action="/connexion"] button').first().click();
  await inspect(page, 'external-link');
  await page.getByRole('button', { name: 'Oui, relier SEL-Id' }).click();
  assert.match(await mainText(page), /votre compte SEL-Id vous fait entrer/);
  // From now on it lets him in by itself, in another browser too.
  const other = await house.page(PHONE);
  await begin(other, 'SEL-Id');
  await agree(other, 'jean-there');
  await other.waitForURL(house.url('/', 'mars'));
  assert.match(await mainText(other), /Bonjour Jean/);
});

test('who is in links an account, and unlinks it', async () => {
  const page = await house.page(DESKTOP);
  await logIn(house, page, '18');
  await page.goto(house.url('/compte/connexions', 'mars'));
  await page.getByRole('button', { name: 'SEL-Id' }).click();
  await agree(page, 'odette-there');
  await page.waitForURL(house.url('/compte/connexions', 'mars'));
  assert.match(await mainText(page), /C’est fait : votre compte SEL-Id vous fait entrer/);
  // One account opens one login.
  const other = await house.page(DESKTOP);
  await logIn(house, other, '30');
  await other.goto(house.url('/compte/connexions', 'mars'));
  await other.getByRole('button', { name: 'SEL-Id', exact: true }).click();
  await agree(other, 'odette-there');
  await other.waitForURL(house.url('/compte/connexions', 'mars'));
  assert.match(await mainText(other), /Ce compte fait déjà entrer quelqu’un d’autre/);
  await page.getByRole('button', { name: 'Délier' }).click();
  assert.match(await mainText(page), /ce compte ne vous fait plus entrer/);
  assert.match(await mainText(page), /Aucun compte n’est relié/);
});

test('what Google and Microsoft answer is understood', async () => {
  const page = await house.page(DESKTOP);
  await begin(page, 'Google');
  await page.getByRole('button', { name: 'fatima@exemple.fr' }).click();
  await page.waitForURL(house.url('/', 'mars'));
  assert.match(await mainText(page), /Bonjour Fatima/);
  // Microsoft vouches for no address.
  const other = await house.page(DESKTOP);
  await begin(other, 'Microsoft');
  await other.getByRole('button', { name: 'fatima@exemple.fr' }).click();
  await other.waitForURL(/\/connexion\/relier\//);
  assert.match(await mainText(other), /Microsoft \(fatima@exemple\.fr\) n’est pas encore relié/);
});

test('who says no there is told, and comes in otherwise', async () => {
  const page = await house.page(DESKTOP);
  await begin(page, 'SEL-Id');
  await page.getByRole('link', { name: /cancel/i }).click();
  await page.waitForURL(house.url('/connexion', 'mars'));
  assert.match(await mainText(page), /SEL-Id ne nous a rien transmis/);
  assert.equal(await isIn(page), false);
});

test('a provider that is away, or is not who it should be, lets nobody in', async () => {
  const page = await house.page(DESKTOP);
  await begin(page, 'Absent');
  assert.match(await mainText(page), /Absent ne répond pas pour le moment/);
  await shot(page, 'external-away');
  await begin(page, 'Autre');
  assert.match(await mainText(page), /La connexion avec Autre n’a pas abouti/);
  quiet(page);
});

test('a state that was changed, or is another browser\'s, leads nowhere', async () => {
  const page = await house.page(DESKTOP);
  const back = await caught(page, async () => {
    await begin(page, 'SEL-Id');
    await agree(page, 'claire-there');
  });
  const forged = new URL(back);
  const state = back.searchParams.get('state');
  forged.searchParams.set('state', `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`);
  assert.equal((await page.goto(forged.href)).status(), 404);
  // Somebody else who is sent this address is not let in as Claire.
  const victim = await house.page(DESKTOP);
  await victim.goto(house.url('/connexion', 'mars'));
  assert.equal((await victim.goto(back.href)).status(), 410);
  assert.equal(await isIn(victim), false);
  // It still serves the browser that began, once.
  await page.goto(back.href);
  await page.waitForURL(house.url('/', 'mars'));
  assert.equal((await page.goto(back.href)).status(), 410);
});

test('a code that was used leads nowhere, even with a new state', async () => {
  const page = await house.page(DESKTOP);
  const dance = async () => {
    await begin(page, 'SEL-Id');
    await agree(page, 'claire-there');
  };
  const first = await caught(page, dance);
  await page.goto(first.href);
  await page.waitForURL(house.url('/', 'mars'));
  await page.context().clearCookies();
  const second = await caught(page, dance);
  second.searchParams.set('code', first.searchParams.get('code'));
  await page.goto(second.href);
  assert.match(await mainText(page), /La connexion avec SEL-Id n’a pas abouti/);
  assert.equal(await isIn(page), false);
});

test('a wrong nonce, or a wrong issuer, lets nobody in', async () => {
  const page = await house.page(DESKTOP);
  await page.route(/\/auth\?/, (route) => {
    const asked = new URL(route.request().url());
    asked.searchParams.set('nonce', 'of-somebody-else');
    return route.fulfill({ status: 302, headers: { location: asked.href } });
  }, { times: 1 });
  await begin(page, 'SEL-Id');
  await agree(page, 'claire-there');
  await page.waitForURL(house.url('/connexion', 'mars'));
  assert.match(await mainText(page), /La connexion avec SEL-Id n’a pas abouti/);
  await page.context().clearCookies();
  const back = await caught(page, async () => {
    await begin(page, 'SEL-Id');
    await agree(page, 'claire-there');
  });
  back.searchParams.set('iss', 'http://localhost:1');
  await page.goto(back.href);
  assert.match(await mainText(page), /La connexion avec SEL-Id n’a pas abouti/);
  assert.equal(await isIn(page), false);
});

test('a SEL has a provider of its own, whose accounts open this SEL', async () => {
  const board = await house.page(DESKTOP);
  await logIn(house, board, '1');
  await board.goto(house.url('/bureau/connexion', 'mars'));
  assert.match(await mainText(board), /Aucun service n’est relié/);
  const fill = async (issuer) => {
    await board.locator('main [name="name"]').fill('Notre nuage');
    await board.locator('main [name="issuer"]').fill(issuer);
    await board.locator('main [name="client_id"]').fill(house.own.client_id);
    await board.locator('main [name="client_secret"]').fill(house.own.client_secret);
    await board.getByRole('button', { name: 'Relier ce service' }).click();
  };
  // Nobody answers there; nobody may name it; and what was typed stays, but for the secret.
  await fill('http://127.0.0.1:9');
  assert.match(await mainText(board), /Ce service ne répond pas comme il devrait/);
  assert.equal(await board.locator('main [name="client_id"]').inputValue(), 'saline');
  assert.equal(await board.locator('main [name="client_secret"]').inputValue(), '');
  await inspect(board, 'provider-wrong');
  await fill('https://169.254.169.254');
  assert.match(await mainText(board), /adresse publique qui commence par https/);
  await fill(house.own.issuer);
  assert.match(await mainText(board), /la page de connexion le propose/);
  assert.equal((await board.content()).includes(house.own.client_secret), false);
  await house.look(board, 'providers');

  // Somebody links their account there, once, and comes in by it. An address that it vouches for
  // opens nothing.
  const page = await house.page(PHONE);
  await begin(page, 'Notre nuage');
  await agree(page, 'claire-there');
  await page.waitForURL(/\/connexion\/relier\//);
  await page.getByRole('link', { name: 'Entrer comme d’habitude' }).click();
  await page.locator('main [name="login"]').fill('18');
  await page.locator('main [name="password"]').fill('demonstration');
  await page.locator('main form[action="/connexion"] button').first().click();
  await page.getByRole('button', { name: 'Oui, relier Notre nuage' }).click();
  assert.match(await mainText(page), /votre compte Notre nuage vous fait entrer/);
  const other = await house.page(PHONE);
  await begin(other, 'Notre nuage');
  await agree(other, 'claire-there');
  await other.waitForURL(house.url('/', 'mars'));
  assert.match(await mainText(other), /Bonjour/);
  // What it says proves nothing for a new password.
  await other.goto(house.url('/compte/mot-de-passe', 'mars'));
  assert.equal(await other.locator('main [name="password"]').count(), 1);

  // The page of another SEL does not offer it, and its key is nothing there.
  const away = await house.page(DESKTOP);
  await away.goto(house.url('/connexion', 'clos'));
  assert.equal(await away.getByRole('button', { name: 'Notre nuage' }).count(), 0);
  const there = await house.page(DESKTOP);
  await there.goto(house.url('/connexion', 'mars'));
  const key = await there.getByRole('button', { name: /Notre nuage/ }).getAttribute('formaction');
  assert.match(key, /^\/connexion\/avec\/sel-/);
  const [answer] = await Promise.all([
    away.waitForNavigation(),
    away.evaluate((action) => {
      const form = document.querySelector('main form[action="/connexion"]');
      form.action = action;
      form.submit();
    }, key),
  ]);
  assert.equal(answer.status(), 404);

  // Taken away, it opens nothing more.
  await board.goto(house.url('/bureau/connexion', 'mars'));
  await board.getByRole('button', { name: 'Retirer' }).click();
  assert.match(await mainText(board), /ne font plus entrer/);
  // Who came in by it is out, and comes in as usual.
  await page.goto(house.url('/compte/connexions', 'mars'));
  assert.equal(new URL(page.url()).pathname, '/connexion');
  await logIn(house, page, '18');
  await page.goto(house.url('/compte/connexions', 'mars'));
  assert.match(await mainText(page), /Aucun compte n’est relié/);
  await board.goto(house.url('/bureau/journal', 'mars'));
  assert.match(await mainText(board), /ne fait plus entrer avec un compte d’un autre service/);
  quiet(page);
});

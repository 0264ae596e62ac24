// Passkeys, with the authenticator of Chromium: made, used, refused, taken away.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { device } from './device.js';
import { DESKTOP, PHONE, inspect, logIn, mainText, open, quiet } from './house.js';

const house = await open(async (it) => {
  it.domain = 'saline.localhost';
  return { SALINE_SITE: `http://saline.localhost:${it.port}` };
});

const MADE = /à la prochaine connexion/;
const ENTER = 'Entrer avec mon appareil';

/** Makes a key for who is logged in. */
async function make(page, name) {
  await page.goto(house.url('/compte/cles', 'mars'));
  await page.locator('main [name="name"]').fill(name);
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await page.getByRole('button', { name: 'Créer la clé' }).click();
}

async function enter(page, slug = 'mars', back = '') {
  await page.goto(house.url(`/connexion${back}`, slug));
  await page.getByRole('button', { name: ENTER }).click();
}

test('a key is made, opens from another browser, and no more once it is taken away', async () => {
  const page = await house.page(PHONE);
  await logIn(house, page, '12');
  const phone = await device(page);
  const known = house.mails('claire@exemple.fr').length;
  await page.goto(house.url('/compte/cles', 'mars'));
  assert.match(await mainText(page), /Aucun appareil n’a encore de clé/);
  await inspect(page, 'passkeys-none');
  await page.locator('main [name="name"]').fill('Le téléphone de Claire');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await inspect(page, 'passkey-make');
  await page.getByRole('button', { name: 'Créer la clé' }).click();
  await page.getByText(MADE).waitFor();
  assert.match(await mainText(page), /Le téléphone de Claire\s+Ajoutée le/);
  await house.look(page, 'passkeys');
  const letter = await house.lastMail('claire@exemple.fr', known);
  assert.match(letter.subject, /une clé d’accès vous fait entrer/);
  const keys = await phone.keys();
  assert.equal(keys.length, 1);
  assert.equal(keys[0].rpId, 'saline.localhost');

  // The same device has no second one.
  await make(page, 'Encore');
  await page.getByText('Cet appareil a déjà une clé pour vous').waitFor();

  // The same key in another browser: nothing is typed, and one gets to where one wanted.
  const other = await house.page(PHONE);
  const synced = await device(other);
  await synced.take(keys[0]);
  await other.goto(house.url('/connexion', 'mars'));
  await inspect(other, 'login-passkey');
  await enter(other, 'mars', '?retour=/messages');
  await other.waitForURL(house.url('/messages', 'mars'));
  // A key is both proofs, just now: a new password needs no old one.
  await other.goto(house.url('/compte/mot-de-passe', 'mars'));
  assert.equal(await other.locator('main [name="password"]').count(), 0);

  // In a SEL where its owner is no member, it opens nothing, and says so.
  await enter(other, 'clos');
  await other.getByText('Cette clé ouvre un autre SEL').waitFor();
  await inspect(other, 'passkey-elsewhere');

  await page.goto(house.url('/compte/cles', 'mars'));
  await page.getByRole('button', { name: 'Retirer' }).click();
  assert.match(await mainText(page), /cette clé ne vous fait plus entrer/);
  await house.lastMail('claire@exemple.fr', known + 1);
  await other.context().clearCookies();
  await enter(other);
  await other.getByText('Cette clé ne fait plus entrer').waitFor();
});

test('a foreign finger opens nothing, and the way in by password stays', async () => {
  const page = await house.page(DESKTOP);
  await logIn(house, page, '30');
  const laptop = await device(page);
  await make(page, 'Portable');
  await page.getByText(MADE).waitFor();
  const [key] = await laptop.keys();
  const other = await house.page(DESKTOP);
  const stolen = await device(other);
  await stolen.take(key);
  await stolen.owner(false);
  await enter(other);
  await other.getByText('L’appareil n’a donné aucune clé').waitFor();
  await inspect(other, 'passkey-failed');
  await other.locator('main [name="login"]').fill('30');
  await other.locator('main [name="password"]').fill('demonstration');
  await other.getByRole('button', { name: 'Entrer', exact: true }).click();
  assert.match(await mainText(other), /Bonjour Jean/);
  quiet(page);
});

test('an answer is taken once, in its own browser, for its own question, unchanged', async () => {
  const page = await house.page(DESKTOP);
  await logIn(house, page, '18');
  const laptop = await device(page);
  await make(page, 'Portable');
  await page.getByText(MADE).waitFor();
  const [key] = await laptop.keys();
  /** What a browser with this key would send, held back. */
  const held = async (other) => {
    await (await device(other)).take(key);
    await other.goto(house.url('/connexion', 'mars'));
    return other.evaluate(async () => {
      const form = document.querySelector('form[data-passkey]');
      const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
      const asked = await fetch('/connexion/cle', { method: 'POST', body });
      const { link, options } = await asked.json();
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
      const answer = await navigator.credentials.get({ publicKey });
      return { link, answer: JSON.stringify(answer) };
    });
  };
  /** Sends it from here, and answers where that led. */
  const send = async (other, { link, answer }) => {
    if (new URL(other.url()).pathname !== '/connexion') await other.goto(house.url('/connexion', 'mars'));
    await Promise.all([
      other.waitForNavigation(),
      other.evaluate(([itsLink, itsAnswer]) => {
        const form = document.querySelector('form[data-passkey]');
        form.elements.link.value = itsLink;
        form.elements.answer.value = itsAnswer;
        form.submit();
      }, [link, answer]),
    ]);
    return new URL(other.url()).pathname;
  };
  const refused = (path) => assert.notEqual(path, '/');
  const one = await house.page(DESKTOP);
  const two = await house.page(DESKTOP);
  const [first, second] = [await held(one), await held(two)];
  // Another browser's question; another question's answer; no JSON; the wrong kind of link.
  refused(await send(two, first));
  refused(await send(one, { link: first.link, answer: second.answer }));
  const third = await held(await house.page(DESKTOP));
  refused(await send(one, { link: third.link, answer: 'nonsense' }));
  refused(await send(one, { link: 'nonsense', answer: first.answer }));
  // An answer whose signature was touched, and one that names somebody else.
  const fresh = await house.page(DESKTOP);
  const touched = await held(fresh);
  const said = JSON.parse(touched.answer);
  const changed = JSON.stringify({
    ...said,
    response: { ...said.response, signature: said.response.signature.slice(0, -4) + 'AAAA' },
  });
  refused(await send(fresh, { link: touched.link, answer: changed }));
  const again = await house.page(DESKTOP);
  const renamed = await held(again);
  const it = JSON.parse(renamed.answer);
  it.response.userHandle = 'AAAAAAAAAAAAAAAAAAAAAA';
  refused(await send(again, { link: renamed.link, answer: JSON.stringify(it) }));
  // What is right, once.
  const right = await house.page(DESKTOP);
  const kept = await held(right);
  assert.equal(await send(right, kept), '/');
  await right.context().clearCookies({ name: 'saline_session' });
  refused(await send(right, kept));
});

test('without scripts nothing promises what cannot be', async () => {
  const page = await house.page(PHONE, { javaScript: false });
  await page.goto(house.url('/connexion', 'mars'));
  assert.equal(await page.getByRole('button', { name: ENTER }).isVisible(), false);
  await logIn(house, page, '12');
  await page.goto(house.url('/compte/cles', 'mars'));
  assert.match(await mainText(page), /Ce navigateur ne sait pas garder de clé/);
  assert.equal(await page.getByRole('button', { name: 'Ajouter' }).isVisible(), false);
});

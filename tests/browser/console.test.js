// The console: a first link, an access with password and code, and what one sees inside.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { shown } from './codes.js';
import { DESKTOP, PHONE, inspect, mainText, open, quiet, send } from './house.js';

const house = await open();

test('a first link makes an access, with a password and a code', async () => {
  const page = await house.page(PHONE);
  await page.goto(house.wayIn());
  await house.look(page, 'console-invited');
  const letters = await page.locator('.key').innerText();
  await send(page, { new_password: 'trois petits chats', code: '000000' }, 'Ouvrir mon accès');
  await inspect(page, 'console-invited-refused');
  await send(page, { new_password: 'trois petits chats', code: shown(letters) }, 'Ouvrir mon accès');
  await inspect(page, 'console-codes');
  const [spare] = await page.locator('.codes li').allInnerTexts();
  await page.getByRole('link', { name: 'Je les ai notés' }).click();
  assert.match(await mainText(page), /SEL de Mars/);
  await house.look(page, 'console-list');

  const other = await house.page(DESKTOP, { javaScript: false });
  await other.goto(house.url('/', 'console'));
  assert.match(other.url(), /connexion/);
  await other.locator('[name="email"]').fill('ines@exemple.fr');
  await other.locator('[name="password"]').fill('trois petits chats');
  await other.locator('[name="code"]').fill('123456');
  await other.getByRole('button', { name: 'Entrer' }).click();
  await house.look(other, 'console-login');
  assert.equal(await other.locator('[name="email"]').inputValue(), 'ines@exemple.fr');
  await other.locator('[name="password"]').fill('trois petits chats');
  await other.locator('[name="code"]').fill(spare);
  await other.getByRole('button', { name: 'Entrer' }).click();
  assert.match(await mainText(other), /SEL de Mars/);

  await page.goto(house.url('/equipe', 'console'));
  await house.look(page, 'console-team');
  const typed = { name: 'Malo Kerjean', email: 'malo@exemple.fr' };
  await send(page, { ...typed, code: '000000' }, 'Faire le lien');
  await inspect(page, 'console-team-refused');
  await send(page, { ...typed, code: shown(letters, 1) }, 'Faire le lien');
  await inspect(page, 'console-team-link');
  await page.goto(house.url('/equipe', 'console'));
  await page.getByRole('link', { name: /^Fermer l’accès.*Malo/ }).click();
  await house.look(page, 'console-end');
  await page.goto(house.url('/journal', 'console'));
  await house.look(page, 'console-journal');
  await page.goto(house.url('/rien', 'console'));
  await house.look(page, 'console-missing');
  await page.goto(house.wayIn());
  await house.look(page, 'console-link-dead');
  quiet(page);
  quiet(other);
});

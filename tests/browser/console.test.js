// The console: a first link, an access with password and code, and what one sees inside.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { shown } from './codes.js';
import { device } from './device.js';
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
  const [spare, second, third, fourth] = await page.locator('.codes li').allInnerTexts();
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

  // A key of the telephone, which the page of a SEL cannot ask for.
  const phone = await device(page);
  await page.goto(house.url('/acces', 'console'));
  await page.locator('main [name="name"]').fill('Le téléphone d’Inès');
  await page.locator('main [name="code"]').fill('000000');
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await inspect(page, 'console-access-refused');
  assert.equal(await page.locator('main [name="name"]').inputValue(), 'Le téléphone d’Inès');
  await page.locator('main [name="code"]').fill(second);
  await page.getByRole('button', { name: 'Ajouter' }).click();
  await inspect(page, 'console-access-make');
  await page.getByRole('button', { name: 'Créer la clé' }).click();
  await page.getByText(/à la prochaine connexion/).waitFor();
  await house.look(page, 'console-access');
  const keys = await phone.keys();
  assert.deepEqual(keys.map((it) => it.rpId), ['console.localhost']);

  const enters = async (slug, owner) => {
    const it = await house.page(PHONE);
    const synced = await device(it);
    await synced.take(keys[0]);
    await synced.owner(owner);
    await it.goto(house.url('/connexion?retour=/journal', slug));
    await it.getByRole('button', { name: 'Entrer avec mon appareil' }).click();
    return it;
  };
  const inside = await enters('console', true);
  await inside.getByRole('heading', { name: 'Journal' }).waitFor();
  assert.match(await mainText(inside), /a ajouté une clé d’accès/);
  assert.match(await mainText(inside), /entre, avec une clé d’accès/);
  for (const [slug, owner] of [['console', false], ['mars', true]]) {
    const outside = await enters(slug, owner);
    await outside.getByText('L’appareil n’a donné aucune clé').waitFor();
  }
  await page.goto(house.url('/acces', 'console'));
  await page.locator('main [name="code"]').fill(third);
  await page.getByRole('button', { name: 'Retirer' }).click();
  assert.match(await mainText(page), /cette clé ne vous fait plus entrer/);
  const shut = await enters('console', true);
  await shut.getByText('Cette clé ne fait plus entrer').first().waitFor();
  await inspect(shut, 'console-login-key-refused');

  // Another phone: what was ends, and says so.
  await page.locator('main [name="code"]').fill(fourth);
  await page.getByRole('button', { name: 'Refaire mon accès' }).click();
  await house.look(page, 'console-anew');
  assert.match(await mainText(page), /ses clés d’accès et ses codes de secours ne servent plus/);
  const other_letters = await page.locator('.key').innerText();
  await send(page, { new_password: '', code: '' }, 'Ouvrir mon accès');
  assert.match(await mainText(page), /Il reste 2 choses à corriger/);
  assert.equal(await page.locator('.key').innerText(), other_letters);
  await send(page, { new_password: 'quatre petits chats', code: shown(other_letters) }, 'Ouvrir mon accès');
  await page.getByRole('heading', { name: 'Vos codes de secours' }).waitFor();
  await other.goto(house.url('/equipe', 'console'));
  assert.match(other.url(), /connexion/);
  quiet(page);
  quiet(other);
});

// What the board decides for many at once, without scripts, on a phone: seen first, then decided,
// then undone; and a member's gift to mutual help.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, logIn, mainText, open, send } from './house.js';

const house = await open();

test('a fee is seen, decided, told and undone', async (t) => {
  const page = await house.page(PHONE, { javaScript: false });
  await logIn(house, page, 'fatima@exemple.fr');
  await page.goto(house.url('/bureau/mouvements', 'mars'));
  await house.look(page, 'batch-list-empty');
  await page.getByRole('link', { name: 'Nouveau mouvement' }).click();
  await house.look(page, 'batch-form');
  await t.test('what is wrong is said at once', async () => {
    await send(page, { label: 'Cotisation', amount: '13' }, 'Voir ce que cela change');
    assert.match(await mainText(page), /Dites pour qui/);
    await send(page, { members: '12, 999' }, 'Voir ce que cela change');
    assert.match(await mainText(page), /Nous ne trouvons pas « 999 »/);
  });
  await t.test('the page shows what it changes for each', async () => {
    const fields = { label: 'Cotisation d’automne', amount: '13', members: '12, nadia ferrand' };
    await send(page, fields, 'Voir ce que cela change');
    assert.match(await mainText(page), /2 personnes, 26 grains en tout/);
    assert.match(await page.locator('tbody').innerText(), /−13/);
  });
  await t.test('decided, it stands in the statements, and a letter goes out', async () => {
    const known = house.mails('claire@exemple.fr').length;
    await send(page, {}, 'Oui, décider');
    assert.match(await mainText(page), /C.est décidé : 2 mouvements, 26 grains/);
    await house.look(page, 'batch');
    const letter = await house.lastMail('claire@exemple.fr', known);
    assert.match(letter.subject.replaceAll('\u00a0', ' '), /Cotisation d.automne : vous avez donné 13 grains/);
  });
  await t.test('it is undone as a whole, once', async () => {
    await page.locator('details.ask summary').click();
    await send(page, {}, 'Oui, annuler le tout');
    assert.match(await mainText(page), /Écrivez pourquoi/);
    await send(page, { reason: 'Décidé trop tôt' }, 'Oui, annuler le tout');
    assert.match(await mainText(page), /C.est annulé/);
    assert.equal(await page.getByRole('button', { name: 'Oui, annuler le tout' }).count(), 0);
  });
});

test('a member gives to mutual help', async () => {
  const page = await house.page(PHONE, { javaScript: false });
  await logIn(house, page, 'claire@exemple.fr');
  await page.goto(house.url('/dons', 'mars'));
  await house.look(page, 'gift');
  await send(page, { amount: '' }, 'Donner');
  assert.match(await mainText(page), /Écrivez combien de grains/);
  await send(page, { amount: '17' }, 'Donner');
  assert.match(await mainText(page), /vous avez donné 17 grains au compte d.entraide/);
  assert.match(await mainText(page), /Compte d.entraide/);
});

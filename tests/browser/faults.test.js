// What goes wrong in a real browser: a button pressed twice, a file that is no photo or far too
// heavy, a server that does not answer.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, inspect, open } from './house.js';

const house = await open();

async function logIn(page, login) {
  await page.goto(house.url('/connexion', 'mars'));
  await page.locator('main [name="login"]').first().fill(login);
  await page.locator('main [name="password"]').fill('demonstration');
  await page.locator('main form[action="/connexion"] button').first().click();
  assert.equal(new URL(page.url()).pathname, '/');
}

for (const javaScript of [true, false]) {
  test(`a double click records once, ${javaScript ? 'with' : 'without'} scripts`, async () => {
    const page = await house.page(PHONE, { javaScript });
    await logIn(page, '12');
    await page.goto(house.url('/echanges/nouveau', 'mars'));
    const label = javaScript ? 'arrosage du soir' : 'arrosage du matin';
    await page.locator('#amount').fill('7');
    await page.locator('#member').fill('30');
    await page.locator('#label').fill(label);
    await page.locator('main form[action="/echanges/relire"] button').first().click();
    await page.waitForURL(house.url('/echanges/relire', 'mars'));
    await page.locator('main form[action="/echanges"] button').first().dblclick({ noWaitAfter: true });
    await page.waitForURL(house.url('/releve', 'mars'));
    await page.goto(house.url('/releve', 'mars'));
    assert.equal(await page.locator('table').getByText(label).count(), 1);
  });
}

test('a file that is no photo, or far too heavy, is named, and the text stays', async () => {
  const page = await house.page(PHONE);
  await logIn(page, '12');
  await page.goto(house.url('/annonces/nouvelle', 'mars'));
  await page.locator('main [name="kind"][value="offer"]').check({ force: true });
  await page.locator('main [name="category"]').selectOption({ index: 2 });
  await page.locator('#title').fill('Boutures de géraniums');
  await page.locator('main [name="units_mode"][value="gift"]').check({ force: true });
  const wrong = [
    ['notes.jpg', Buffer.from('Ceci n’est pas une photo.'), /n’est pas une photo/],
    ['film.jpg', Buffer.alloc(30_000_000, 0xff), /pèse plus de 12 Mo/],
  ];
  for (const [name, buffer, sentence] of wrong) {
    await page.locator('#photos').setInputFiles({ name, mimeType: 'image/jpeg', buffer });
    const send = page.locator('main form[enctype="multipart/form-data"] button.button').first();
    await Promise.all([page.waitForNavigation(), send.click()]);
    assert.match(await page.locator('main').innerText(), sentence);
    assert.match(await page.title(), /^Erreur/);
    assert.equal(await page.locator('#title').inputValue(), 'Boutures de géraniums');
  }
  await inspect(page, 'notice-form-wrong');
  await page.locator('main form[enctype="multipart/form-data"] button.button').first().click();
  assert.match(await page.locator('h1').innerText(), /Boutures de géraniums/);
});

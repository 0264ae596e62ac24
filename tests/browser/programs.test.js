// Giving a program access, what it can do with it, and the document of all this in a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, PHONE, WIDTHS, inspect, logIn, mainText, open, quiet, shot } from './house.js';

const house = await open();

test('a member gives a program access, sees its secret once, and ends it', async () => {
  const page = await house.page(PHONE);
  await logIn(house, page, '12');
  await page.goto(house.url('/compte/acces', 'mars'));
  await page.getByRole('button', { name: 'Donner cet accès' }).click();
  await inspect(page, 'access-wrong');
  assert.match(await mainText(page), /Cochez au moins une chose/);
  await page.locator('#name').fill('Mon tableur');
  await page.getByText('Lire votre solde').click();
  await page.getByRole('button', { name: 'Donner cet accès' }).click();
  await inspect(page, 'access-secret');
  const secret = (await mainText(page)).match(/saline_[\w-]{43}/)[0];
  const asked = await page.evaluate(async (bearer) => {
    const answer = await fetch('/api/v1/account', { headers: { authorization: `Bearer ${bearer}` } });
    return [answer.status, await answer.json()];
  }, secret);
  assert.equal(asked[0], 200);
  assert.equal(typeof asked[1].balance, 'number');
  await page.getByRole('link', { name: 'Je l’ai copié' }).click();
  assert.match(await mainText(page), /Mon tableur\s+Lire votre solde, votre relevé et vos échanges/);
  await house.look(page, 'access');
  await page.getByRole('button', { name: 'Mettre fin' }).click();
  assert.match(await mainText(page), /« Mon tableur » ne peut plus rien faire/);
  const over = await page.evaluate(async (bearer) => {
    const answer = await fetch('/api/v1/account', { headers: { authorization: `Bearer ${bearer}` } });
    return answer.status;
  }, secret);
  assert.equal(over, 401);
});

test('the document is read in a browser, which asks nobody else', async () => {
  for (const width of WIDTHS) {
    const page = await house.page(width);
    await page.goto(house.url('/api/v1/docs', 'mars'));
    await page.getByText('Record an exchange').waitFor();
    await page.getByText('Find notices').waitFor();
    await shot(page, 'api-docs');
    quiet(page);
  }
  const page = await house.page(DESKTOP);
  const answer = await page.goto(house.url('/api/v1/openapi.json', 'mars'));
  assert.equal((await answer.json()).info.title, 'Saline');
});

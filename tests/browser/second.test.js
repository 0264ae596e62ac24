// A second proof: set up with what an application would show, and changed by who says what they mean.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { shown } from './codes.js';
import { DESKTOP, PHONE, inspect, logIn, mainText, open, quiet } from './house.js';

const house = await open();

test('a code is asked for once it is set up, and a spare one opens', async () => {
  const page = await house.page(PHONE);
  await logIn(house, page, '12');
  await page.goto(house.url('/compte/second', 'mars'));
  const letters = await page.locator('.key').innerText();
  await page.locator('main [name="password"]').fill('demonstration');
  await page.locator('main [name="code"]').fill(shown(letters));
  await page.getByRole('button', { name: 'Mettre en place' }).click();
  await inspect(page, 'second-codes');
  const [spare] = await page.locator('.codes li').allInnerTexts();
  assert.match(spare, /^(\w{4}-){3}\w{4}$/);
  await page.goto(house.url('/compte/second', 'mars'));
  await house.look(page, 'second-in-force');
  // Enter in a field does nothing that was not said.
  await page.locator('main [name="code"]').press('Enter');
  assert.match(await mainText(page), /Dites ce que vous voulez faire/);
  await inspect(page, 'second-unsaid');

  const other = await house.page(DESKTOP);
  await other.goto(house.url('/connexion', 'mars'));
  await other.locator('main [name="login"]').fill('12');
  await other.locator('main [name="password"]').fill('demonstration');
  await other.getByRole('button', { name: 'Entrer', exact: true }).click();
  await inspect(other, 'second-asked');
  await other.locator('main [name="code"]').fill(spare);
  await other.getByRole('button', { name: 'Entrer', exact: true }).click();
  assert.match(await mainText(other), /Bonjour Claire/);
  quiet(page);
  quiet(other);
});

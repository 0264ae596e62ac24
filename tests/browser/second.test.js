// A second proof: set up with what an application would show, and changed by who says what they mean.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';

import { DESKTOP, PHONE, inspect, logIn, mainText, open, quiet } from './house.js';

const house = await open();

/** What an application with this secret shows at this moment (RFC 6238). */
function shown(letters) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...letters.replace(/\s/g, '')]
    .map((it) => alphabet.indexOf(it).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((it) => Number.parseInt(it, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  const code = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(code % 1_000_000).padStart(6, '0');
}

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

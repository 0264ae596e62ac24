// What is printed: a blank sheet, numbered slips, a statement, the statement between two SELs.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, keep, logIn, mainText, open, send } from './house.js';

const house = await open();

/** A PDF, kept beside the screenshots. */
function isPaper(file, name) {
  assert.deepEqual([file.status, file.kind, file.start], [200, 'application/pdf', '%PDF-']);
  assert(file.bytes.length > 5_000);
  keep(file.bytes, name);
}

test('the board prints sheets and slips, and slips go on counting', async () => {
  const fatima = await house.page(DESKTOP);
  await logIn(house, fatima, 'fatima@exemple.fr');
  await fatima.goto(house.url('/bureau/papier', 'mars'));
  await house.look(fatima, 'paper');
  const plain = await house.file(fatima, '/bureau/feuille-vierge.pdf');
  const withRoll = await house.file(fatima, '/bureau/feuille-vierge.pdf?liste=oui');
  isPaper(plain, 'paper-sheet');
  isPaper(withRoll, 'paper-sheet-roll');
  assert(withRoll.bytes.length > plain.bytes.length);
  const token = 'main form[method=post] [name=csrf_token]';
  const csrf_token = await fatima.locator(token).inputValue();
  isPaper(await house.file(fatima, '/bureau/papier', { csrf_token, first: '100', count: '6' }), 'paper-slips');
  await fatima.reload();
  assert.equal(await fatima.locator('#first').inputValue(), '106');
  await send(fatima, { first: '0', count: '301' }, 'Ouvrir les bordereaux');
  assert.match(await mainText(fatima), /de 1 à 300/);
  assert.equal(await fatima.locator('#count').inputValue(), '301');
});

test('a statement is printed for the period that is shown, and nobody prints another’s', async () => {
  const claire = await house.page(DESKTOP);
  await logIn(house, claire, 'claire@exemple.fr');
  await claire.goto(house.url('/releve?periode=tout', 'mars'));
  const link = claire.getByRole('link', { name: 'Imprimer (PDF)' });
  isPaper(await house.file(claire, await link.getAttribute('href')), 'paper-statement');
  assert.equal((await house.file(claire, '/releve.pdf?pour=7')).status, 403);
  assert.equal((await house.file(claire, '/bureau/feuille-vierge.pdf')).status, 403);
});

test('the statement between two SELs is printed', async () => {
  const fatima = await house.page(DESKTOP);
  await logIn(house, fatima, 'fatima@exemple.fr');
  await fatima.goto(house.url('/bureau/allies', 'mars'));
  await fatima.getByRole('link', { name: /Le Clos/ }).click();
  const link = fatima.getByRole('link', { name: 'Imprimer (PDF)' });
  isPaper(await house.file(fatima, await link.getAttribute('href')), 'paper-tally');
});

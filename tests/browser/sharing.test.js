// Members of two allied SELs find each other's notices, write and exchange, on a phone and without
// scripts: who wrote is not known before they answer, and what is shared no longer is gone at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, WIDTHS, inspect, logIn, mainText, open, send } from './house.js';

const house = await open();
const CLAIRE = 'claire@exemple.fr';
const BERNADETTE = 'bernadette@exemple.fr';
const TITLE = 'Greffe de pommiers';

async function member(login, slug = 'mars', width = PHONE) {
  const page = await house.page(width, { javaScript: false });
  await logIn(house, page, login, slug);
  return page;
}

/** Looks until the index has heard of it: within two seconds. */
async function until(page, address, pattern, found = true) {
  for (const end = Date.now() + 2_000; ; ) {
    await page.goto(address);
    const text = await mainText(page);
    if (pattern.test(text) === found) return text;
    assert(Date.now() < end, `${found ? 'not found' : 'still found'}: ${pattern} in\n${text}`);
  }
}

test('a notice goes to an ally, without its author, and is answered and exchanged', async (t) => {
  const bernadette = await member(BERNADETTE, 'clos');
  const claire = await member(CLAIRE);
  const wide = house.url('/annonces?q=pommiers&ou=allies', 'mars');
  await t.test('nobody elsewhere sees it before its author says so', async () => {
    await bernadette.goto(house.url('/annonces/nouvelle?sens=offre', 'clos'));
    await house.look(bernadette, 'notice-form-reach');
    await bernadette.locator('select[name=category]').selectOption({ index: 1 });
    await bernadette.locator('label[for=units_mode-hourly]').click();
    await send(bernadette, { title: TITLE, body: 'Une dizaine d’arbres au plus.', units: '1' }, 'Publier');
    assert.match(await mainText(bernadette), /Votre annonce est publiée/);
    await until(bernadette, house.url('/annonces?q=pommiers', 'clos'), /Greffe de pommiers/);
    await claire.goto(wide);
    assert.doesNotMatch(await mainText(claire), /Greffe de pommiers/);
  });
  await t.test('then it is found there, in both units, and the SEL stands for its author', async () => {
    await bernadette.getByRole('link', { name: TITLE }).click();
    await bernadette.getByRole('link', { name: 'Modifier' }).click();
    await bernadette.locator('label[for=reach-allies]').click();
    await send(bernadette, {}, 'Enregistrer');
    assert.match(await mainText(bernadette), /Montrée aux SEL alliés/i);
    await until(claire, wide, /Greffe de pommiers/);
    await claire.goto(house.url('/annonces?q=pommiers', 'mars'));
    await claire.getByRole('link', { name: 'SEL alliés' }).click();
    const text = await mainText(claire);
    assert.match(text, /Le Clos des Échanges[\s\S]*1 heure pour une heure, soit 60 grains l.heure/);
    assert.doesNotMatch(text, /Bernadette/);
    await claire.getByRole('link', { name: TITLE }).click();
    assert.doesNotMatch(await mainText(claire), /Bernadette|CLOS-0001/);
  });
  await t.test('a letter that is empty is asked for again', async () => {
    await send(claire, { message: ' ' }, 'Envoyer');
    assert.match(await mainText(claire), /Écrivez/);
  });
  await t.test('a letter is carried, and names who writes as their SEL shows them', async () => {
    const known = house.mails(BERNADETTE).length;
    await send(claire, { message: 'Bonjour, en février ?' }, 'Envoyer');
    assert.match(await mainText(claire), /Vous et l.auteur de l.annonce \(Le Clos des Échanges\)/);
    const letter = await house.lastMail(BERNADETTE, known);
    const text = letter.text.replaceAll('\u00a0', ' ');
    assert.match(text, /Claire \(MARS-0012, SEL de Mars\) vous écrit au sujet de l.annonce « Greffe de pommiers »/);
    assert.doesNotMatch(text, /Aubert|claire@/);
    const link = letter.links.find((it) => it.includes('/repondre/'));
    const stranger = await house.page(PHONE, { javaScript: false });
    await stranger.goto(link);
    await house.look(stranger, 'conversation-mailed-there');
    const before = house.mails(CLAIRE).length;
    await send(stranger, { message: 'Avec plaisir.' }, 'Envoyer');
    const answer = await house.lastMail(CLAIRE, before);
    assert.match(answer.text.replaceAll('\u00a0', ' '), /Bernadette \(CLOS-0001, Le Clos des Échanges\)/);
    assert.doesNotMatch(answer.text, /bernadette@/);
  });
  await t.test('from there an exchange is two presses away', async () => {
    await claire.goto(house.url('/messages', 'mars'));
    assert.equal(await claire.locator('main .rows h2').first().innerText(), TITLE);
    await house.look(claire, 'conversation-list-there');
    await claire.getByRole('link', { name: TITLE }).click();
    assert.match(await mainText(claire), /Vous et Bernadette \(CLOS-0001, Le Clos des Échanges\)/);
    await house.look(claire, 'conversation-there');
    // Who offered receives: on either side the form says so.
    await bernadette.goto(house.url('/messages', 'clos'));
    await bernadette.getByRole('link', { name: TITLE }).click();
    assert.match(await mainText(bernadette), /Votre message sera signé « Bernadette \(CLOS-0001\) »/);
    await bernadette.getByRole('link', { name: 'C’est fait : enregistrer l’échange' }).click();
    assert(await bernadette.locator('#received').isChecked());
    await claire.getByRole('link', { name: 'C’est fait : enregistrer l’échange' }).click();
    assert(!await claire.locator('#received').isChecked());
    await send(claire, { amount: '60' }, /Relire/);
    assert.match(await mainText(claire), /Greffe de pommiers/);
    await send(claire, {}, /Oui, enregistrer/);
    assert.match(await mainText(claire), /Greffe de pommiers[\s\S]*Bernadette \(CLOS-0001\)[\s\S]*−60/);
  });
  await t.test('kept back again, it is gone from there at once', async () => {
    await claire.goto(wide);
    const there = await claire.getByRole('link', { name: TITLE }).getAttribute('href');
    await bernadette.goto(house.url('/annonces?q=pommiers', 'clos'));
    await bernadette.getByRole('link', { name: TITLE }).click();
    await bernadette.getByRole('link', { name: 'Modifier' }).click();
    await bernadette.locator('label[for=reach-members]').click();
    await send(bernadette, {}, 'Enregistrer');
    await claire.goto(wide);
    assert.doesNotMatch(await mainText(claire), /Greffe de pommiers/);
    const cookies = await claire.context().cookies();
    const cookie = cookies.map((it) => `${it.name}=${it.value}`).join('; ');
    assert.equal(await house.ask('GET', house.url(there, 'mars'), { cookie }), 404);
    await claire.goto(house.url('/messages', 'mars'));
    await claire.getByRole('link', { name: TITLE }).click();
    assert.equal(await claire.getByRole('link', { name: TITLE }).count(), 0);
  });
});

test('the pages of what allies share are sound at both widths', async () => {
  for (const width of WIDTHS) {
    const page = await house.page(width);
    await logIn(house, page, CLAIRE);
    await page.goto(house.url('/annonces?ou=allies', 'mars'));
    await inspect(page, 'notice-list-wide');
    await page.goto(house.url('/annonces?q=broyeur&ou=allies', 'mars'));
    await page.getByRole('link', { name: /Prêt d.un broyeur/ }).click();
    assert.match(await mainText(page), /Vous lui avez déjà écrit/);
    await inspect(page, 'notice-theirs');
  }
});

test('with scripts the list answers while one types, and the address follows', async () => {
  const page = await house.page(PHONE);
  await logIn(house, page, CLAIRE);
  await page.goto(house.url('/annonces?sens=offre', 'mars'));
  await page.locator('#q').pressSequentially('rosirs', { delay: 30 });
  await page.getByRole('status').filter({ hasText: /rosirs/ }).waitFor();
  assert.match(await mainText(page), /Nous avons aussi cherché «.rosiers.»/);
  assert.match(page.url(), /annonces\?q=rosirs&sens=offre$/);
  assert.equal(await page.locator('#q').inputValue(), 'rosirs');
  await page.reload();
  assert.match(await mainText(page), /Taille de rosiers/);
});

test('a letter to a notice that has gone meanwhile is not lost', async () => {
  const claire = await member(CLAIRE);
  await claire.goto(house.url('/annonces?q=broyeur&ou=allies', 'mars'));
  await claire.getByRole('link', { name: /Prêt d.un broyeur/ }).click();
  const bernadette = await member(BERNADETTE, 'clos');
  await bernadette.goto(house.url('/annonces?q=broyeur', 'clos'));
  await bernadette.getByRole('link', { name: /Prêt d.un broyeur/ }).click();
  await bernadette.getByRole('button', { name: 'Mettre en pause' }).click();
  await claire.locator('main [name=message]').fill('Le samedi 12 irait-il ?');
  const answer = claire.waitForResponse((it) => it.request().method() === 'POST');
  await claire.getByRole('button', { name: 'Envoyer' }).click();
  assert.equal((await answer).status(), 404);
  assert.match(await mainText(claire), /n.est plus montrée à votre SEL/);
  assert.equal(await claire.locator('#message').inputValue(), 'Le samedi 12 irait-il ?');
  await bernadette.getByRole('button', { name: 'Remettre en ligne' }).click();
});

test('a SEL that keeps its notices to itself shares none, whatever its authors say', async () => {
  const bernadette = await member(BERNADETTE, 'clos');
  await bernadette.goto(house.url('/demarrer/4', 'clos'));
  await house.look(bernadette, 'setup-reach');
  await bernadette.locator('label[for=reach-members]').click();
  await bernadette.locator('main form button').last().click();
  const claire = await member(CLAIRE);
  await claire.goto(house.url('/annonces?q=broyeur&ou=allies', 'mars'));
  assert.doesNotMatch(await mainText(claire), /broyeur à végétaux/);
  await claire.goto(house.url('/annonces?ou=allies&rubrique=01', 'mars'));
  assert.match(await mainText(claire), /Plants de tomates anciennes/);
  await bernadette.goto(house.url('/annonces/nouvelle', 'clos'));
  assert.equal(await bernadette.locator('[name=reach]').count(), 0);
});

test('what was done about a notice at home opens the form with its title and its side', async () => {
  const claire = await member(CLAIRE);
  for (const [title, receives] of [['Apprendre à greffer un olivier', true], ['Taille de rosiers', false]]) {
    await claire.goto(house.url(`/annonces?q=${encodeURIComponent(title)}`, 'mars'));
    await claire.getByRole('link', { name: title, exact: true }).first().click();
    await claire.getByRole('link', { name: 'C’est fait : enregistrer l’échange' }).click();
    assert.equal(await claire.locator('[name=label]').inputValue(), title);
    assert.equal(await claire.locator('#received').isChecked(), receives);
    assert.notEqual(await claire.locator('[name=member]').inputValue(), '');
  }
});

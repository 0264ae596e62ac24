// What is not right is put right, without scripts, on a phone: a disagreement and its end, giving
// back, a mandate, limits of one account, and closing an account.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, logIn, mainText, open, send } from './house.js';

const house = await open();

async function member(login) {
  const page = await house.page(PHONE, { javaScript: false });
  await logIn(house, page, login);
  return page;
}

/** An exchange that this member gives to the member with this number; answers its page. */
async function pay(page, number, amount, label) {
  await page.goto(house.url(`/echanges/nouveau?avec=${number}`, 'mars'));
  await send(page, { amount, label }, /Relire/);
  await send(page, {}, /Oui/);
  await page.goto(house.url('/releve', 'mars'));
  await page.getByRole('link', { name: label }).first().click();
  return page.url();
}

test('a disagreement is spoken of and ends with the reverse', async (t) => {
  const claire = await member('claire@exemple.fr');
  const fatima = await member('fatima@exemple.fr');
  const nadia = await member('nadia@exemple.fr');
  let dispute;
  await t.test('one says why, and the other and who mediates are told', async () => {
    await pay(claire, 18, '37', 'Une tarte que je n’ai pas eue');
    await house.look(claire, 'exchange-recorded');
    await claire.getByRole('link', { name: 'Dire mon désaccord' }).click();
    await send(claire, { words: ' ' }, 'Envoyer');
    assert.match(await mainText(claire), /Écrivez quelques mots/);
    await house.look(claire, 'dispute-open');
    const known = house.mails('nadia@exemple.fr').length;
    await send(claire, { words: 'La tarte est restée au four.' }, 'Envoyer');
    dispute = claire.url();
    assert.match(await mainText(claire), /C.est envoyé/);
    const letter = await house.lastMail('nadia@exemple.fr', known);
    assert.match(letter.text, /La tarte est restée au four/);
  });
  await t.test('they write to each other', async () => {
    await nadia.goto(dispute);
    await send(nadia, { words: 'C’est vrai, elle a brûlé.' }, 'Envoyer');
    assert.match(await mainText(nadia), /elle a brûlé/);
    const stranger = await member('30');
    assert.equal((await stranger.goto(dispute)).status(), 404);
  });
  await t.test('who mediates finds it at the desk and decides', async () => {
    await fatima.goto(house.url('/bureau', 'mars'));
    await house.look(fatima, 'desk-dispute');
    await fatima.locator('section[aria-labelledby=desaccords] a').first().click();
    await house.look(fatima, 'dispute');
    await send(fatima, { outcome: 'Vu avec les deux.' }, 'Inscrire l’échange inverse');
    assert.match(await mainText(fatima), /annulé par l’échange inverse/);
    await claire.goto(house.url('/releve', 'mars'));
    assert.match(await mainText(claire), /Annulation : Une tarte que je n’ai pas eue/);
    await claire.getByRole('link', { name: /Annulation/ }).first().click();
    assert.match(await mainText(claire), /annulé par l’échange inverse/);
    await house.look(claire, 'exchange-reversed');
  });
});

test('who received too much gives it back', async () => {
  const claire = await member('claire@exemple.fr');
  const nadia = await member('nadia@exemple.fr');
  const exchange = await pay(claire, 18, '38', 'Deux fois la même chose');
  await nadia.goto(exchange);
  await nadia.getByRole('link', { name: 'Rendre ce que j’ai reçu' }).click();
  await send(nadia, {}, /Oui, rendre/);
  assert.match(await mainText(nadia), /Écrivez pourquoi/);
  await house.look(nadia, 'exchange-give-back');
  await send(nadia, { reason: 'Nous l’avions déjà noté' }, /Oui, rendre/);
  assert.match(await mainText(nadia), /38 grains reviennent à Claire/);
  assert.equal(await nadia.getByRole('link', { name: 'Rendre ce que' }).count(), 0);
});

test('a neighbour acts for Odette by her mandate, until it ends', async (t) => {
  const fatima = await member('fatima@exemple.fr');
  await fatima.goto(house.url('/adherents?q=odette', 'mars'));
  await fatima.locator('main .rows a[href^="/adherents/"]').first().click();
  const odette = fatima.url();
  await t.test('the board records it', async () => {
    await fatima.getByRole('link', { name: /Qui agit pour Odette/ }).click();
    await send(fatima, { member: 'odette' }, 'Enregistrer le mandat');
    assert.match(await mainText(fatima), /Chacun agit déjà pour soi/);
    await house.look(fatima, 'member-mandates');
    await send(fatima, { member: 'MOREL Jean' }, 'Enregistrer le mandat');
    assert.match(await mainText(fatima), /Jean Morel/);
  });
  await t.test('he writes in her name, and it says so', async () => {
    const jean = await member('30');
    await house.look(jean, 'home-helped');
    await jean.getByRole('link', { name: /pour Odette/ }).first().click();
    await send(jean, { amount: '11', member: '12', label: 'Des courses' }, /Relire/);
    await send(jean, {}, /Oui/);
    assert.match(await mainText(jean), /Odette a donné 11 grains/);
    await jean.goto(house.url('/releve?pour=7', 'mars'));
    assert.match(await mainText(jean), /Jean/);
    await jean.goto(odette);
    await jean.getByRole('button', { name: /Mettre fin/ }).first().click();
    assert.match(await mainText(jean), /n’agit plus pour Odette/);
    assert.equal((await jean.goto(house.url('/releve?pour=7', 'mars'))).status(), 403);
  });
});

test('the board gives one account limits of its own, and chooses how exchanges are noted', async () => {
  const fatima = await member('fatima@exemple.fr');
  await fatima.goto(house.url('/adherents?q=claire aubert', 'mars'));
  await fatima.locator('main .rows a[href^="/adherents/"]').first().click();
  await fatima.getByRole('link', { name: 'Les limites de Claire' }).click();
  await send(fatima, { floor: '3000', reason: '' }, 'Enregistrer ces limites');
  assert.match(await mainText(fatima), /Écrivez pourquoi/);
  await house.look(fatima, 'member-limits');
  const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await send(fatima, { floor: '3000', reason: 'Un toit à refaire', until: soon }, 'Enregistrer ces limites');
  assert.match(await mainText(fatima), /Claire a des limites à part/);
  await fatima.goto(house.url('/demarrer/5', 'mars'));
  await house.look(fatima, 'setup-5');
  await send(fatima, { answer_days: '2' }, /Enregistrer/);
  assert.match(await mainText(fatima), /entre 5 et 90/);
  await send(fatima, { answer_days: '20' }, /Enregistrer/);
  assert.equal(await fatima.locator('[name=answer_days]').inputValue(), '20');
});

test('two share an account, and part again', async () => {
  const fatima = await member('fatima@exemple.fr');
  await fatima.goto(house.url('/adherents?q=odette', 'mars'));
  await fatima.locator('main .rows a[href^="/adherents/"]').first().click();
  await fatima.getByRole('link', { name: 'Partager un compte avec Odette' }).click();
  await house.look(fatima, 'member-household');
  await send(fatima, { member: 'odette' }, 'Partager ce compte');
  assert.match(await mainText(fatima), /numéro d.une autre personne/);
  await fatima.goto(house.url('/adherents?q=23', 'mars'));
  await fatima.locator('main .rows a[href^="/adherents/"]').first().click();
  await fatima.getByRole('link', { name: /Partager un compte avec/ }).click();
  await send(fatima, { member: '12' }, 'Partager ce compte');
  assert.match(await mainText(fatima), /partage maintenant le compte de Claire/);
  await fatima.getByRole('link', { name: /Le compte commun d/ }).click();
  await house.look(fatima, 'member-shares');
  await send(fatima, {}, /Ouvrir un compte à part/);
  assert.match(await mainText(fatima), /a de nouveau un compte à part/);
});

test('an account is closed in one page that says all it brings, and opened again', async (t) => {
  const fatima = await member('fatima@exemple.fr');
  const nadia = await member('nadia@exemple.fr');
  await nadia.goto(house.url('/compte/quitter', 'mars'));
  await house.look(nadia, 'leave-own');
  await fatima.goto(house.url('/adherents?q=jean morel', 'mars'));
  await fatima.locator('main .rows a[href^="/adherents/"]').first().click();
  await t.test('the board closes it, and the balance goes where it decides', async () => {
    await fatima.getByRole('link', { name: 'Clore le compte de Jean' }).click();
    await house.look(fatima, 'member-leave');
    await fatima.locator('main form').getByRole('button', { name: /Oui, clore/ }).click();
    assert.match(await mainText(fatima), /Le compte de Jean Morel \(n° 30\) est clos/);
    await house.look(fatima, 'members-gone');
    const other = await house.page(PHONE, { javaScript: false });
    await other.goto(house.url('/connexion', 'mars'));
    await other.locator('main [name="login"]').first().fill('30');
    await other.locator('main [name="password"]').fill('demonstration');
    await other.locator('main form[action="/connexion"] button').first().click();
    assert.notEqual(new URL(other.url()).pathname, '/');
  });
  await t.test('he comes back with his number', async () => {
    await fatima.getByRole('button', { name: /Réinscrire.*Jean Morel/ }).click();
    assert.match(await mainText(fatima), /Jean Morel est de nouveau dans votre SEL, avec le n° 30/);
  });
});

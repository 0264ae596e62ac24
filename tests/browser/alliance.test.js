// Two SELs that trade, on a phone and without scripts: one asks and the other agrees, members pay
// each other as at home, both sides see it, one gives back; slips of a SEL that is on no platform.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PHONE, WIDTHS, inspect, logIn, mainText, open, send } from './house.js';

const house = await open();

async function member(login, slug = 'mars') {
  const page = await house.page(PHONE, { javaScript: false });
  await logIn(house, page, login, slug);
  return page;
}

const BERNADETTE = 'bernadette@exemple.fr';

/** Fills the form of an exchange, reads it again; answers what the page says before it is sent. */
async function written(page, slug, fields, side = 'donne') {
  await page.goto(house.url('/echanges/nouveau', slug));
  if (side === 'recois') await page.locator('label[for=received]').click();
  await send(page, fields, /Relire/);
  return mainText(page);
}

test('a member pays one of another SEL as at home, and both sides see it', async (t) => {
  const claire = await member('claire@exemple.fr');
  const bernadette = await member(BERNADETTE, 'clos');
  await t.test('who is meant is said before anything is written, in both units', async () => {
    const said = await written(claire, 'mars', { amount: '90', member: 'clos-1', label: 'Confiture de figues' });
    assert.match(said, /Claire Aubert \(n° 12\) donne 90 grains à Bernadette \(CLOS-0001, Le Clos des Échanges\)/);
    assert.match(said, /qui reçoit 1,50 heure/);
    assert.doesNotMatch(said, /hub|trunk/i);
  });
  await t.test('the payer gives what the other unit can show, and is told so', async () => {
    const said = await written(claire, 'mars', { amount: '50', member: 'CLOS-0001', label: 'Pruneaux' });
    assert.match(said, /reçoit 0,83 heure/);
    await written(claire, 'mars', { amount: '90', member: 'CLOS 1', label: 'Confiture de figues' });
  });
  await t.test('it is recorded, and the other hears of it', async () => {
    const known = house.mails(BERNADETTE).length;
    await send(claire, {}, /Oui, enregistrer/);
    assert.match(await mainText(claire), /Confiture de figues[\s\S]*Bernadette \(CLOS-0001\)[\s\S]*−90/);
    const letter = await house.lastMail(BERNADETTE, known);
    assert.match(letter.text.replaceAll('\u00a0', ' '), /Claire \(MARS-0012, SEL de Mars\) vous donne 1,50 heure/);
    assert.doesNotMatch(letter.text, /Aubert|claire@/);
    await bernadette.goto(house.url('/releve', 'clos'));
    assert.match(await mainText(bernadette), /Confiture de figues[\s\S]*Claire \(MARS-0012\)[\s\S]*\+1,50/);
    await bernadette.getByRole('link', { name: 'Confiture de figues' }).click();
    await house.look(bernadette, 'crossing-received');
  });
  await t.test('who received gives it back, once', async () => {
    await bernadette.getByRole('link', { name: 'Rendre ce que j’ai reçu' }).click();
    await send(bernadette, { reason: 'Deux fois la même' }, /Oui, rendre/);
    assert.match(await mainText(bernadette), /annulé par l.échange inverse/);
    await claire.goto(house.url('/releve', 'mars'));
    assert.match(await mainText(claire), /Annulation : Confiture de figues[\s\S]*\+90/);
  });
});

test('the page that reads it again is sound at both widths', async () => {
  for (const width of WIDTHS) {
    const page = await house.page(width);
    await logIn(house, page, 'claire@exemple.fr');
    await written(page, 'mars', { amount: '50', member: 'CLOS-0001', label: 'Pruneaux d’Agen' });
    await inspect(page, 'crossing-review');
  }
});

test('what a payee writes waits for the payer, who answers from the mail', async () => {
  const jean = await member('30');
  const known = house.mails(BERNADETTE).length;
  const said = await written(jean, 'mars', { amount: '60', member: 'CLOS-0001', label: 'Greffe d’olivier' }, 'recois');
  assert.match(said, /Rien ne bouge avant sa réponse/);
  await send(jean, {}, /Oui, enregistrer/);
  assert.match(await mainText(jean), /Nous lui demandons son accord/);
  const letter = await house.lastMail(BERNADETTE, known);
  const link = letter.links.find((it) => it.includes('/repondre-ailleurs/'));
  for (let times = 0; times < 3; times += 1) await house.ask('GET', link);
  const stranger = await house.page(PHONE, { javaScript: false });
  await stranger.goto(link);
  assert.match(await mainText(stranger), /Jean \(MARS-0030, SEL de Mars\) a écrit : vous lui donnez 1 heure, soit 60 grains/);
  await house.look(stranger, 'crossing-mailed');
  await stranger.getByRole('button', { name: 'Oui, c’est juste' }).click();
  assert.match(await mainText(stranger), /Cet échange est enregistré/);
  await jean.goto(house.url('/releve', 'mars'));
  assert.match(await mainText(jean), /Greffe d’olivier[\s\S]*\+60/);
});

test('what cannot be is said in a sentence, and nothing typed is lost', async () => {
  const claire = await member('claire@exemple.fr');
  assert.match(
    await written(claire, 'mars', { amount: '5', member: 'NACRE-0004', label: 'Sel fin' }),
    /pas d.alliance avec un SEL de code NACRE/,
  );
  assert.equal(await claire.locator('[name=label]').inputValue(), 'Sel fin');
  assert.match(
    await written(claire, 'mars', { amount: '5', member: 'CLOS-0099', label: 'Sel fin' }),
    /CLOS-0099/,
  );
  assert.match(
    await written(claire, 'mars', { amount: '9000', member: 'CLOS-0001', label: 'Une grange' }),
    /Votre SEL a fixé un plafond/,
  );
});

test('those in charge see where the two SELs stand, compare a quarter, and pause', async (t) => {
  const fatima = await member('fatima@exemple.fr');
  await fatima.goto(house.url('/bureau/allies', 'mars'));
  assert.match(await mainText(fatima), /Votre code : MARS/);
  await house.look(fatima, 'alliance-list');
  await t.test('the quarter lists what was exchanged, as a page and as a file', async () => {
    await fatima.getByRole('link', { name: /Le Clos/ }).click();
    assert.match(await mainText(fatima), /Six pots de confiture/);
    await house.look(fatima, 'alliance');
    const cookies = await fatima.context().cookies();
    const cookie = cookies.map((it) => `${it.name}=${it.value}`).join('; ');
    const id = new URL(fatima.url()).pathname.split('/').at(-1);
    assert.equal(await house.ask('GET', house.url(`/bureau/allies/${id}/bordereau.csv`, 'mars'), { cookie }), 200);
  });
  await t.test('while it pauses nobody pays across, and it resumes', async () => {
    await fatima.goto(fatima.url());
    await fatima.locator('summary', { hasText: 'Mettre en pause' }).click();
    await fatima.getByRole('button', { name: 'Oui, mettre en pause' }).click();
    assert.match(await mainText(fatima), /en pause/);
    const bernadette = await member(BERNADETTE, 'clos');
    assert.match(
      await written(bernadette, 'clos', { amount: '1', member: 'MARS-0012', label: 'Un ourlet' }),
      /n.échangent pas en ce moment/,
    );
    await fatima.getByRole('button', { name: 'Reprendre' }).click();
    assert.match(
      await written(bernadette, 'clos', { amount: '1', member: 'MARS-0012', label: 'Un ourlet' }),
      /MARS-0012/,
    );
  });
  await t.test('a cap is changed, and a wrong one is refused beside its field', async () => {
    await fatima.goto(house.url('/bureau/allies', 'mars'));
    await fatima.getByRole('link', { name: /Le Clos/ }).click();
    await fatima.locator('summary', { hasText: 'Changer les plafonds' }).click();
    await send(fatima, { cap_out: 'beaucoup' }, 'Enregistrer ces limites');
    assert.match(await mainText(fatima), /Écrivez un nombre/);
    await send(fatima, { cap_out: '4000' }, 'Enregistrer ces limites');
    assert.match(await mainText(fatima), /Les plafonds sont changés/);
  });
});

test('one SEL asks another, by its address, and asking again is refused', async () => {
  const bernadette = await member(BERNADETTE, 'clos');
  await bernadette.goto(house.url('/bureau/allies/nouvelle', 'clos'));
  await send(bernadette, { ally: 'SEL de nulle part' }, 'Envoyer la demande');
  assert.match(await mainText(bernadette), /Aucun SEL de Saline ne répond/);
  await house.look(bernadette, 'alliance-ask');
  await send(bernadette, { ally: `http://mars.localhost:${house.port}/` }, 'Envoyer la demande');
  assert.match(await mainText(bernadette), /déjà une alliance/);
});

test('slips of a SEL that is on no platform are copied and compared', async () => {
  const fatima = await member('fatima@exemple.fr');
  await fatima.goto(house.url('/bureau/allies/exterieur', 'mars'));
  await send(fatima, { name: 'SEL de Nacre', code: 'é', per_hour: '60' }, 'Ajouter ce SEL');
  assert.match(await mainText(fatima), /Un code a de 3 à 10 lettres/);
  await send(fatima, { code: 'NACRE' }, 'Ajouter ce SEL');
  await fatima.getByRole('link', { name: 'Recopier un bordereau' }).click();
  await send(fatima, { member: 'odette', amount: '20' }, 'Inscrire');
  assert.match(await mainText(fatima), /Il reste/);
  await house.look(fatima, 'alliance-entry');
  await send(fatima, { other: 'Zoé', label: 'Une coupe de cheveux', slip: 'A 12' }, 'Inscrire');
  assert.match(await mainText(fatima), /C.est inscrit : 20 grains entre Odette et Zoé/);
  assert.match(await mainText(fatima), /Une coupe de cheveux/);
  await house.look(fatima, 'alliance-partner');
  await fatima.getByRole('link', { name: 'Recopier un bordereau' }).click();
  const again = { member: 'odette', other: 'Zoé', amount: '20', label: 'Une coupe de cheveux', slip: 'A 12' };
  await send(fatima, again, 'Inscrire');
  assert.match(await mainText(fatima), /A 12/);
  await fatima.locator('label[for=another-oui]').click();
  await send(fatima, {}, 'Inscrire');
  assert.match(await mainText(fatima), /C.est inscrit/);
});

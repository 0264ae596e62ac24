// The platform's own home page, as somebody who has never heard of a SEL meets it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DESKTOP, PHONE, WIDTHS, inspect, noSideScroll, open, quiet } from './house.js';

const house = await open();

for (const width of WIDTHS) {
  test(`the platform's home page is sound at ${width} pixels`, async () => {
    const page = await house.page(width);
    const answer = await page.goto(house.url('/'));
    assert.equal(answer.status(), 200);
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
    assert.notEqual((await page.locator('h1').innerText()).trim(), '');
    await inspect(page, 'platform');
  });
}

test('the home page says the same without scripts', async () => {
  const text = async (javaScript) => {
    const page = await house.page(PHONE, { javaScript });
    await page.goto(house.url('/'));
    return { page, text: (await page.locator('main').innerText()).trim() };
  };
  const [withScripts, without] = [await text(true), await text(false)];
  assert.equal(without.text, withScripts.text);
  await noSideScroll(without.page);
  quiet(without.page);
});

test('the home page speaks English to who asks for it', async () => {
  const page = await house.page(DESKTOP, { locale: 'en-GB' });
  await page.goto(house.url('/'));
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  quiet(page);
});

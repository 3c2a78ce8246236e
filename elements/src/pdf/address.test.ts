import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesPdf, pageAsked } from './address.ts';

test('a path that ends in .pdf names one, in any case, encoded or with a signature behind it', () => {
  for (const address of ['https://x.test/a.pdf', 'http://x.test/A%2FB.PDF?X-Amz-Signature=1', 'https://x.test/a%2Epdf#page=2', 'data:application/pdf;base64,JVBERi0='])
    assert.equal(namesPdf(address), true, address);
});

test('what only mentions one does not', () => {
  for (const address of ['https://x.test/viewer?file=a.pdf', 'https://x.test/a.pdf/page.html', 'https://x.test/%E0%A4%A.pdf', 'not an address', 'data:text/html,a.pdf'])
    assert.equal(namesPdf(address), false, address);
});

test('an address may ask for a page', () => {
  assert.equal(pageAsked('https://x.test/a.pdf#page=3'), 3);
  assert.equal(pageAsked('https://x.test/a.pdf#zoom=80&page=12'), 12);
});

test('one that asks for none, or for no page, means the first', () => {
  for (const address of ['a.pdf', 'a.pdf#page=0', 'a.pdf#page=x', 'a.pdf#page=99999999999', 'a.pdf?page=3']) assert.equal(pageAsked(address), 1, address);
});

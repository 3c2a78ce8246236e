import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isClaim, isFromPage, isFromPortal, isPortGrant, isReady, randomWord } from './protocol.ts';

const draft = { answer: { a: 1 }, state: { version: 1, fields: {} } };

test('messages of the page are known by their form', () => {
  const known = [{ type: 'dirty' }, { type: 'previous' }, { type: 'draft', draft }, { type: 'draft', draft, id: 3 }, { type: 'submit', answer: {} }, { type: 'error', message: 'x' }, { type: 'error', message: 'x', isShown: true }, { type: 'preference', name: 'raster.opacity', value: 0.5 }, { type: 'preference', name: 'a', value: null }];
  assert.deepEqual(known.map(isFromPage), known.map(() => true));
});

test('everything else from a page is refused', () => {
  const unknown = [null, 'submit', [], {}, { type: 'else' }, { type: 'submit' }, { type: 'submit', answer: [] }, { type: 'draft', draft: {} }, { type: 'draft', draft, id: 'x' }, { type: 'error' }, { type: 'error', message: 'x', isShown: 1 }, ...['', 'Mode', '__proto__', 'a b', 'mode\n', 'a'.repeat(41), 1].map((name) => ({ type: 'preference', name, value: 1 })), { type: 'preference', name: 'mode' }];
  assert.deepEqual(unknown.map(isFromPage), unknown.map(() => false));
});

test('messages of the portal are known by their form', () => {
  const known = [{ type: 'restore', draft }, { type: 'submit-result', ok: false, message: 'x' }, { type: 'flush', id: 1 }, { type: 'request-submit' }, { type: 'read-only' }, { type: 'preferences', preferences: {} }];
  assert.deepEqual(known.map(isFromPortal), known.map(() => true));
  assert.equal(isFromPortal({ type: 'restore', draft: { answer: {}, state: { version: 2, fields: {} } } }), false);
});

test('a page is ready only with the nonce of its rendering', () => {
  assert.equal(isReady({ type: 'secondlook:ready', nonce: 'n' }, 'n'), true);
  assert.equal(isReady({ type: 'secondlook:ready', nonce: 'm' }, 'n'), false);
  assert.equal(isPortGrant({ type: 'secondlook:port' }), true);
});

test('once a page has claimed its place, no other is ready there', () => {
  const secret = randomWord();
  const claim = { type: 'secondlook:claim', of: 'n', secret };
  assert.deepEqual([isClaim(claim, 'n'), isClaim(claim, 'm'), isClaim({ ...claim, secret: 1 }, 'n')], [true, false, false]);

  const ready = { type: 'secondlook:ready', nonce: 'n' };
  const others = [ready, { ...ready, secret: randomWord() }, { ...ready, secret, nonce: 'm' }];
  assert.deepEqual(others.map((data) => isReady(data, 'n', secret)), [false, false, false]);
  assert.equal(isReady({ ...ready, secret }, 'n', secret), true);
});

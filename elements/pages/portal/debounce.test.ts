import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Debounce } from './debounce.ts';

test('it acts once after a pause', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const act = mock.fn();
  const saving = new Debounce(act, 1000, 5000);

  for (let change = 0; change < 3; change += 1) {
    saving.call();
    mock.timers.tick(900);
  }
  assert.equal(act.mock.callCount(), 0);
  mock.timers.tick(100);
  assert.equal(act.mock.callCount(), 1);
});

test('without a pause it acts every five seconds', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const act = mock.fn();
  const saving = new Debounce(act, 1000, 5000);

  for (let change = 0; change < 120; change += 1) {
    saving.call();
    mock.timers.tick(100);
  }
  assert.equal(act.mock.callCount(), 2);
});

test('what was cancelled is not done', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const act = mock.fn();
  const saving = new Debounce(act, 1000, 5000);

  saving.call();
  saving.cancel();
  mock.timers.tick(5000);
  assert.equal(act.mock.callCount(), 0);
});

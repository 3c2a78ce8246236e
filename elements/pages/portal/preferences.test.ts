import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Values } from './liked.ts';
import { PreferenceStore } from './preferences.ts';

/** A server that notes what it is told and answers when the test says so. */
class Told {
  readonly changes: Values[] = [];
  readonly lastly: Values[] = [];
  readonly urls = new Set<string>();
  private readonly waiting: ((isDone: boolean) => void)[] = [];

  tell = (url: string, body: unknown) => {
    this.note(this.changes, url, body);
    return new Promise<{ kind: 'ok'; data: unknown } | undefined>((resolve) => this.waiting.push((isDone) => resolve(isDone ? { kind: 'ok', data: {} } : undefined)));
  };

  beacon = (url: string, body: unknown): void => this.note(this.lastly, url, body);

  async answer(isDone = true): Promise<void> {
    this.waiting.shift()!(isDone);
    await new Promise((resolve) => setImmediate(resolve));
  }

  private note(list: Values[], url: string, body: unknown): void {
    this.urls.add(url);
    list.push((body as { preferences: Values }).preferences);
  }
}

function opened(values: Values = {}): { store: PreferenceStore; server: Told } {
  const server = new Told();
  const store = new PreferenceStore('a flow', server);
  store.take(values);
  return { store, server };
}

test('a change is at hand at once, and sent after a pause with the others', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { store, server } = opened({ label: 'cat' });

  store.keep('mode', 'select');
  store.keep('label', null);
  assert.deepEqual(store.values, { mode: 'select' });
  assert.deepEqual(server.changes, []);
  mock.timers.tick(1000);

  assert.deepEqual(server.changes, [{ mode: 'select', label: null }]);
  assert.deepEqual([...server.urls], ['/flows/a%20flow/preferences']);
});

test('what changes while another change is on its way is sent afterwards', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { store, server } = opened();

  store.keep('mode', 'select');
  store.keep('zoom', 2);
  void store.save();
  store.keep('mode', 'draw');
  mock.timers.tick(1000);
  assert.equal(server.changes.length, 1);
  await server.answer();
  mock.timers.tick(1000);

  assert.deepEqual(server.changes, [{ mode: 'select', zoom: 2 }, { mode: 'draw' }]);
});

test('what did not arrive goes with the next change, and with the page', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { store, server } = opened();
  store.keep('mode', 'select');
  mock.timers.tick(1000);
  await server.answer(false);
  mock.timers.tick(60_000);
  assert.equal(server.changes.length, 1);

  store.beacon();
  store.keep('zoom', 2);
  mock.timers.tick(1000);
  await server.answer();
  store.beacon();

  assert.deepEqual(server.changes[1], { mode: 'select', zoom: 2 });
  assert.deepEqual(server.lastly, [{ mode: 'select' }]);
});

test('the next task finds what was changed here, and otherwise what the server has', () => {
  const { store } = opened({ mode: 'draw', label: 'cat', zoom: 2 });
  store.keep('mode', 'select');

  store.take({ mode: 'draw', label: 'dog' });

  assert.deepEqual(store.values, { mode: 'select', label: 'dog' });
});

test('more names than the server takes at once are sent one change after the other', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const { store, server } = opened();
  store.keep('mode', 'select');
  for (let number = 0; number < 50; number += 1) for (const value of [1, null]) store.keep(`a${number}`, value);
  mock.timers.tick(1000);
  await server.answer();
  mock.timers.tick(1000);
  await server.answer();
  mock.timers.tick(60_000);

  assert.deepEqual(server.changes.map((change) => Object.keys(change).length), [40, 11]);
  assert.equal(server.changes[0]!.mode, 'select');
});

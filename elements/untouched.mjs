/** How each element answers before anybody has touched it, by tag: the rules of `cases/`, which the scripted reviewer answers by. */
import { readFileSync, readdirSync } from 'node:fs';

const cases = new URL('./cases/', import.meta.url);

export const untouchedRules = () =>
  Object.fromEntries(
    readdirSync(cases)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(name, cases), 'utf8')).untouched]),
  );

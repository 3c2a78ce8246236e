import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from './bytes.ts';
import { kindOf } from './picture-kinds.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(fromText(text));
const nameOf = (text: string): string | undefined => kindOf(bytes(text))?.name;

test('a drawing is known behind whatever may come before it', () => {
  for (const before of ['', `<!--${'x'.repeat(10_000)}-->`, '\xef\xbb\xbf', ' \n', '<?xml version="1.0"?>', '<!-- a <svg> -->\n<!DOCTYPE svg PUBLIC "a" "b">', '<!DOCTYPE svg [<!ENTITY a "b">]>'])
    assert.equal(nameOf(`${before}<svg xmlns="http://www.w3.org/2000/svg"/>`), 'SVG', before);
  assert.equal(nameOf('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>'), 'SVG');
  for (const other of ['<svgx/>', '<html><svg></svg></html>', '<!-- <svg> -->', '<?xml?>']) assert.equal(nameOf(other), undefined, other);
});

test('a drawing of 16-bit characters is known', () => {
  const text = '<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg"/>';
  const wide = (order: (code: string) => string): string => [...text].map(order).join('');

  assert.equal(nameOf(`\xff\xfe${wide((code) => `${code}\0`)}`), 'SVG');
  assert.equal(nameOf(`\xfe\xff${wide((code) => `\0${code}`)}`), 'SVG');
});

test('a drawing that moves says how', () => {
  const moves = (inside: string): boolean | undefined => {
    const file = bytes(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`);
    return kindOf(file)?.moves?.(file);
  };

  for (const inside of ['<animate attributeName="x"/>', '<set attributeName="x"/>', '<s:animateMotion dur="1s"/>', '<style>@keyframes go { to { x: 9px } }</style>'])
    assert.equal(moves(inside), true, inside);
  for (const inside of ['', '<settings/>', '<text>animate</text>']) assert.equal(moves(inside), false, inside);
});

test('a text that is nearly a drawing is told at once', () => {
  assert.equal(nameOf('<!---->'.repeat(600)), undefined);
  assert.equal(nameOf('<??>\n'.repeat(800)), undefined);
  assert.equal(nameOf('<!DOCTYPE [[]'.repeat(300)), undefined);
});

test('files of one base format are told apart by their brands', () => {
  assert.equal(nameOf('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'), 'HEIC');
  assert.equal(nameOf('\0\0\0\x18ftypmif1\0\0\0\0mif1avif'), 'AVIF');
  assert.equal(kindOf(bytes('\0\0\0\x18ftypavif\0\0\0\0mif1avif'))?.moves, undefined);
  assert.equal(kindOf(bytes('\0\0\0\x18ftypavis\0\0\0\0avifavis'))?.moves?.(bytes('')), true);
});

test('an animated PNG says so before its pixels', () => {
  const png = (...chunks: string[]): Uint8Array => bytes(`\x89PNG\r\n\x1a\n${chunks.map((name) => `\0\0\0\x02${name}xx\0\0\0\0`).join('')}`);
  const moves = (file: Uint8Array): boolean | undefined => kindOf(file)?.moves?.(file);

  assert.equal(moves(png('IHDR', 'iCCP', 'acTL', 'IDAT')), true);
  assert.equal(moves(png('IHDR', 'IDAT', 'acTL')), false);
  assert.equal(moves(png('IHDR')), false);
});

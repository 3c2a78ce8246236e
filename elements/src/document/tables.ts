/** The tables that were found in a document, to be read: they are no part of the answer. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Cell, Table } from './blocks.ts';

/** What a table has beyond these is left out: nobody reads that many cells beside a page. */
const MOST_ROWS = 200;
const MOST_COLUMNS = 50;
const MOST_TABLES = 20;

export const tablesOf = (tables: readonly Table[]): TemplateResult | typeof nothing =>
  tables.length === 0 ? nothing : html`${tables.slice(0, MOST_TABLES).map((table, index) => tableOf(table, index + 1, tables.length))}`;

function tableOf({ cells }: Table, number: number, count: number): TemplateResult {
  const rows = new Map<number, Cell[]>();
  for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) ?? []), cell]);
  const inOrder = [...rows].sort(([a], [b]) => a - b).slice(0, MOST_ROWS);
  return html`
    <div class="table" tabindex="0" role="region" aria-label="Table ${number}">
      <table>
        <caption>${count === 1 ? 'Table' : `Table ${number}`}</caption>
        <tbody>${inOrder.map(([, row]) => rowOf(row))}</tbody>
      </table>
    </div>
  `;
}

function rowOf(cells: readonly Cell[]): TemplateResult {
  const byColumn = new Map(cells.filter(({ column }) => column <= MOST_COLUMNS).map((cell) => [cell.column, cell]));
  const last = Math.max(...byColumn.keys(), 1);
  const columns = Array.from({ length: last }, (_, index) => byColumn.get(index + 1));
  return html`<tr>${columns.map((cell) => html`<td dir="auto">${cell?.block.text ?? ''}</td>`)}</tr>`;
}

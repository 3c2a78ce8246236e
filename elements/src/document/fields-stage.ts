/** A document with the boxes of its fields, as the middle of a tool. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Size } from '../base/geometry.ts';
import { panKey, viewKeys, WHEEL } from '../picture/view/view-keys.ts';
import { button } from '../tool/button.ts';
import type { Hint, Shortcut } from '../tool/shortcuts.ts';
import { DocumentView } from './document-view.ts';
import type { Fields } from './fields.ts';
import { PageSurface } from './page-surface.ts';

export class FieldsStage extends DocumentView {
  protected override readonly surface: PageSurface;
  readonly viewKeys: readonly (Hint | Shortcut)[];

  constructor(
    host: ReactiveControllerHost,
    private readonly fields: Fields,
    mayMove: () => boolean,
    pick: (position: number) => void,
  ) {
    super(host);
    this.surface = new PageSurface({
      fields,
      page: () => ({ number: this.page, count: this.pageCount }),
      mayMove,
      pick,
      changed: () => host.requestUpdate(),
      appeared: () => this.loader.measure(),
    });
    this.viewKeys = [...viewKeys(this.surface), panKey(this.surface), WHEEL];
  }

  protected override measured(_size: Size | undefined): void {
    this.surface.refresh();
  }

  refresh(): void {
    this.surface.refresh();
  }

  /** Shows where the selected field is, on its page. */
  reveal(): void {
    const { selected } = this.fields;
    if (!selected) return;
    this.goTo(selected.source.page);
    this.surface.reveal(selected);
  }

  nudge(dx: number, dy: number, grows: boolean): void {
    this.surface.nudge(dx, dy, grows);
  }

  turn(step: 1 | -1): void {
    this.goTo(this.page + step);
  }

  /** Ends what a pointer has begun; false when it had not. */
  letGo(): boolean {
    if (!this.pointer?.isBusy) return false;
    this.pointer.cancel();
    return true;
  }

  pageButtons(): TemplateResult | typeof nothing {
    const { page, pageCount } = this;
    if (pageCount === 1) return nothing;
    return html`
      <div class="group" data-looks>
        ${button({ id: 'previous-page', icon: 'previous', title: 'Previous page', keys: 'PageUp', disabled: page === 1, run: () => this.turn(-1) })}
        <span class="scale">${page} of ${pageCount}</span>
        ${button({ id: 'next-page', icon: 'next', title: 'Next page', keys: 'PageDown', disabled: page === pageCount, run: () => this.turn(1) })}
      </div>
    `;
  }
}

/** All by which a label is chosen beside the pane itself: keys, the menu at the pointer, and which labels of this picture come first. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { preferences } from '../frame/link.ts';
import type { Asking } from '../tool/aiming.ts';
import { plain, type Hint, type Shortcut } from '../tool/shortcuts.ts';
import type { Stage } from '../tool/stage.ts';
import { LabelKeys, readOwnKeys } from './label-keys.ts';
import { LabelMenu } from './label-menu.ts';
import { isWorthGrouping, UsedLabels } from './label-order.ts';
import { labelShortcuts, lettersOf, withoutKeys } from './label-shortcuts.ts';
import { MenuGestures } from './menu-gestures.ts';

export class LabelChoosing implements ReactiveController {
  readonly keys: LabelKeys;
  /** The rows of a tool's table: those by which labels are chosen, and after them the others. */
  readonly rows: readonly (Hint | Shortcut)[];
  private readonly used = new UsedLabels();
  private readonly menu: LabelMenu;
  private readonly gestures = new MenuGestures((place, asking) => this.open(place, asking));
  /** The tool's keys beside those of labels. */
  readonly others: readonly (Hint | Shortcut)[];
  private pane: Element | undefined;
  private forgetKeys: (() => void) | undefined;

  /** `others`: the tool's other keys. `mayChoose`: can the worker choose anything now? */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly stage: Stage,
    others: readonly (Hint | Shortcut)[],
    private readonly mayChoose: () => boolean,
  ) {
    const { work } = stage;
    const labelling = stage.labelling ?? `Choose a label; also changes the selected ${stage.noun.singular}`;
    this.others = [...this.menuRow, ...others];
    this.keys = new LabelKeys(work.labels, () => lettersOf(this.others));
    this.rows = [...labelShortcuts(this.keys, (label) => work.chooseLabel(label), labelling), ...this.others];
    this.menu = new LabelMenu({ work, keys: this.keys, used: () => this.first, leave: () => stage.takeFocus() });
    host.addController(this);
  }

  /** The labels of this picture, in the order in which they came; none where the list is seen at a glance. */
  get first(): readonly string[] {
    const { labels } = this.stage.work;
    return isWorthGrouping(labels.list) ? this.used.all.filter((name) => labels.has(name)) : [];
  }

  /** The keys as the help says them: those that the worker has given to labels are not what they were. */
  get hints(): readonly Hint[] {
    const taken = new Set(this.keys.own.values());
    const [digits, more, ...rest] = this.rows as [Hint, Hint, ...Hint[]];
    return [digits, ...(more.keys === '' ? [] : [more]), ...withoutKeys(rest, taken)];
  }

  attach(root: ParentNode): void {
    this.menu.attach(root.querySelector('.label-menu') as HTMLElement);
    this.gestures.attach(root.querySelector('.surface') as HTMLElement);
    this.pane = root.querySelector('.label-pane-content') ?? undefined;
    for (const event of ['pointerleave', 'focusout']) this.pane?.addEventListener(event, () => this.host.requestUpdate());
  }

  hostConnected(): void {
    this.gestures.connect();
    this.forgetKeys = preferences.follow('keys', (kept) => {
      this.keys.own = readOwnKeys(kept);
      this.host.requestUpdate();
    });
  }

  hostDisconnected(): void {
    this.gestures.disconnect();
    this.forgetKeys?.();
    this.menu.close();
  }

  /** Whoever is in the list chooses there: what stands first does not grow under their pointer. */
  hostUpdate(): void {
    const { work } = this.stage;
    if (!isWorthGrouping(work.labels.list) || this.pane?.matches(':hover, :focus-within')) return;
    this.used.grow(work.labels.names, (name) => work.countOf(name) > 0 || work.labels.wasChosen(name));
  }

  private get menuRow(): readonly Shortcut[] {
    const { aiming } = this.stage;
    if (!aiming) return [];
    const keys = ['L', ...aiming.gestures].join(', ');
    return [{ keys, does: 'Choose a label by the beginning of its name, at the pointer', matches: plain('l'), run: () => void this.open(this.gestures.pointer, 'key') }];
  }

  /** As the key does where the pointer is elsewhere. */
  openMenu(): void {
    this.open(undefined, 'key');
  }

  private open(place: { x: number; y: number } | undefined, asking: Asking): boolean {
    const { aiming, work } = this.stage;
    if (work.labels.list.length === 0 || !this.mayChoose()) return false;
    const aim = aiming?.at(place, asking);
    if (aim) this.menu.open(aim, asking === 'hold');
    return aim !== undefined;
  }
}

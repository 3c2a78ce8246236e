/**
 * Skeletons of keypoints on a picture: ours in place of the element of that name of aws-samples, for templates that name it and
 * whose script does not come (`a2i-facts/crowd-elements/image-annotation.md`, "Third-party: crowd-2d-skeleton").
 */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { text } from '../base/text-property.ts';
import type { Json } from '../frame/protocol.ts';
import { PictureTool } from '../picture/picture-tool.ts';
import { AttributeErrors } from '../tool/attribute-errors.ts';
import { Rig } from './rig.ts';
import { skeletonKind, writeSkeleton } from './skeletons.ts';
import type { Skeleton } from './skeleton.ts';

const ATTRIBUTES = ['keypointclasses', 'skeletonrig', 'skeletonboundingbox', 'initialvalues'];

/** The last part of the path of an address. */
const fileName = (address: string): string => decodeURIComponent(address.split(/[?#]/)[0]?.split('/').at(-1) ?? '');

/** Answers, all as texts: `updated_annotations`, `original_annotations`, `image_s3_uri`, `image_name`, `no_changes_needed`, `total_time_in_seconds`. */
export class Crowd2dSkeleton extends PictureTool<Skeleton> {
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...ATTRIBUTES];
  }

  /** The address of the picture. */
  @text({ attribute: 'imgsrc' }) imgSrc = '';

  private readonly rig: Rig;
  private readonly attributeErrors = new AttributeErrors();
  private readonly since = Date.now();
  private form: Element | null = null;

  constructor() {
    const rig = new Rig();
    super(skeletonKind(rig));
    this.rig = rig;
    this.name = 'updated_annotations';
    this.header = 'Mark the keypoints of every skeleton';
    // Its templates hide a button of the form, so that the form offers none.
    this.hostsSubmit = true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.form = this.closest('crowd-form');
    this.form?.addEventListener('submit', this.addRest);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.form?.removeEventListener('submit', this.addRest);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (ATTRIBUTES.includes(name) && old !== value) this.attributeErrors.reading(name, () => this.read(name, value ?? ''));
  }

  override contribution(): Json {
    return JSON.stringify(this.stage.work.items.map(writeSkeleton));
  }

  protected override get fault(): string {
    if (this.attributeErrors.first !== undefined) return 'This task cannot be answered: see the message above.';
    const { obstacle, work } = this.stage;
    return obstacle ?? (work.count === 0 && !work.nothingToLabel ? 'Draw at least one skeleton, or tick “No changes needed”.' : '');
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has('imgSrc')) this.stage.load(this.imgSrc);
  }

  protected override renderStage(): TemplateResult {
    return this.stage.render(this.stage.name, this.attributeErrors.first);
  }

  protected override renderFooter(): TemplateResult {
    const { work } = this.stage;
    return html`
      <label class="nothing-to-label">
        <input type="checkbox" .checked=${work.nothingToLabel} @change=${(event: Event) => work.decideNothing((event.target as HTMLInputElement).checked)} />
        No changes needed
      </label>
    `;
  }

  protected override renderOtherContent(): TemplateResult {
    return html`<slot name="instructions" class="other-content"></slot>${super.renderOtherContent()}`;
  }

  private read(name: string, text: string): void {
    const { work } = this.stage;
    if (name === 'initialvalues') return void work.readInitial(text);
    if (name === 'skeletonrig') this.rig.readBones(text);
    else if (name === 'skeletonboundingbox') this.rig.readBox(text);
    else {
      this.rig.readClasses(text);
      work.labels.colors = this.rig.colors;
      work.labels.names = this.rig.labels;
    }
    work.refit();
  }

  /** The rest of the answer, in hidden fields of the form, where scripts of templates look for it. */
  private readonly addRest = (): void => {
    const { work } = this.stage;
    const values = {
      original_annotations: JSON.stringify((work.initial ?? []).map(writeSkeleton)),
      image_s3_uri: this.imgSrc,
      image_name: fileName(this.imgSrc),
      no_changes_needed: String(work.nothingToLabel),
      total_time_in_seconds: String(Math.round((Date.now() - this.since) / 1000)),
    };
    for (const [name, value] of Object.entries(values)) this.hiddenField(name).value = value;
  };

  private hiddenField(name: string): HTMLInputElement {
    const there = (this.form ?? this).querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`);
    if (there) return there;
    const field = Object.assign(document.createElement('input'), { type: 'hidden', name });
    this.append(field);
    return field;
  }
}

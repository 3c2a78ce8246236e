/** The base of every tool for a mask on a picture; a tool adds its kind of mask. */
import { isJsonObject, type JsonObject } from '../base/json-object.ts';
import type { Json } from '../frame/protocol.ts';
import { ToolWithPicture } from '../picture/tool-with-picture.ts';
import { controlStyles } from './controls.ts';
import type { RasterKind } from './raster-kind.ts';
import { RasterStage } from './raster-stage.ts';

export abstract class RasterTool extends ToolWithPicture<RasterStage> {
  static override styles = [ToolWithPicture.styles, controlStyles];

  constructor(kind: RasterKind) {
    super((host) => new RasterStage(kind, host));
  }

  /** With a draft is kept which of the given regions have been looked at; it is never part of the answer. */
  override saveState(): Json {
    const saved = super.saveState() as JsonObject;
    const checked = this.stage.predictions?.checked ?? [];
    return checked.length > 0 ? { ...saved, checked: [...checked] } : saved;
  }

  override restoreState(saved: Json): void {
    super.restoreState(saved);
    if (!isJsonObject(saved) || !Array.isArray(saved.checked)) return;
    this.stage.predictions?.restore(saved.checked.filter((number) => typeof number === 'number'));
  }
}

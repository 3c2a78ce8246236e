/**
 * What an image tool's element holds beside the regions of the tool: ordinary content, and everything that follows a tool
 * which a template closes as `<crowd-… />`, because HTML knows no self-closed elements. It is shown after the tool.
 */
import { css } from 'lit';
import type { HasRegions } from '../instructions/region.ts';

export const otherContentStyles = css`
  .other-content {
    border-top: 1px solid var(--line);
    display: block;
    padding: 16px 24px 0;
  }

  .other-content.empty {
    border: 0;
    padding: 0;
  }
`;

const UNSEEN = 'script, style, template, link, meta, input[type=hidden]';

/** Does the element hold anything that is seen beside its regions? */
export const hasOtherContent = (tool: Element & HasRegions): boolean =>
  [...tool.childNodes].some((node) =>
    node instanceof Element ? !tool.regions.includes(node.localName) && !node.matches(UNSEEN) : node instanceof Text && node.data.trim() !== '',
  );

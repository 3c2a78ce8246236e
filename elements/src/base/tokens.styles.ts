/**
 * The colours, sizes and controls that all elements share.
 *
 * Each colour names its light and its dark value; which one holds follows the inherited `color-scheme`, so a page
 * that sets colours of its own keeps every element light (`page.ts`).
 */
import { css } from 'lit';

export const tokens = css`
  :host {
    --ink: light-dark(#1a1d23, #e8eaee);
    --ink-soft: light-dark(#545b69, #a6aebd);
    --paper: light-dark(#ffffff, #1b1e24);
    --paper-soft: light-dark(#f5f6f8, #23272f);
    --paper-deep: light-dark(#e9ebef, #14161a);
    --line: light-dark(#d5d9e0, #383e49);
    --line-strong: light-dark(#868e9c, #727b8b);
    --accent: light-dark(#1f5fbf, #8ab8ff);
    --accent-soft: light-dark(#e4eefc, #22344f);
    --on-accent: light-dark(#ffffff, #0c1a2e);
    --bad: light-dark(#b3261e, #ff9d94);
    --bad-soft: light-dark(#fdecea, #43211f);
    --good: light-dark(#1b7a3d, #7ed79a);
    --good-soft: light-dark(#e6f4ea, #1d3a28);
    --warn: light-dark(#8a5a00, #f2c14e);
    --warn-soft: light-dark(#fdf3dc, #3d3116);
    --shadow: 0 8px 32px light-dark(rgb(20 25 35 / 20%), rgb(0 0 0 / 60%));
    --radius: 6px;
    color: var(--ink);
    font: 14px/20px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  }

  :host([hidden]) {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/**
 * The look of native content in a form. `crowd-form` hands its colours down as custom properties (`tokens.styles.ts`).
 * Everything stands in `:where()`, so that any rule of a template goes before it.
 */
export const NATIVE = `
  :where(crowd-form) :where(h1, h2, h3, h4, p, ul, ol, fieldset, table) { margin: 0 0 12px; }
  :where(crowd-form) :where(h1, h2, h3, h4):where(:not(:first-child)) { margin-top: 20px; }
  :where(crowd-form) :where(crowd-alert, crowd-card, crowd-modal, crowd-tab, fieldset, li, td, th) > :where(h1, h2, h3, h4, p, ul, ol, table):where(:last-child) { margin-bottom: 0; }
  :where(crowd-form) :where(ul, ol) { padding-inline-start: 24px; }
  :where(crowd-form) :where(h1) { font-size: 20px; line-height: 28px; }
  :where(crowd-form) :where(h2) { font-size: 16px; line-height: 24px; }
  :where(crowd-form) :where(h3, h4) { font-size: 14px; line-height: 20px; }
  :where(crowd-form) :where(iframe:not([frameborder='0'], [frameborder=no], [width='0'])) { border: 1px solid var(--line); }
  :where(crowd-form) :where(a) { color: var(--accent); }
  :where(crowd-form) :where(fieldset) { border: 1px solid var(--line); border-radius: var(--radius); min-width: 0; padding: 8px 16px 12px; }
  :where(crowd-form) :where(legend) { font-weight: 600; padding: 0 4px; }
  :where(crowd-form) :where(label) { margin-inline-end: 12px; }
  :where(crowd-form) :where(label:has(> input[type=checkbox], > input[type=radio])) { display: inline-block; }
  :where(crowd-form) :where(input, select, textarea, button) { accent-color: var(--accent); box-sizing: border-box; font: inherit; max-width: 100%; }
  :where(crowd-form) :where(input:not([type=checkbox], [type=radio], [type=range], [type=color], [type=file], [type=image], [type=button], [type=submit], [type=reset]), select, textarea) {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink);
    margin-block: 2px;
    min-height: 32px;
    padding: 4px 8px;
  }
  :where(crowd-form) :where(input, select, textarea):where([aria-invalid=true]) { border-color: var(--bad); outline-color: var(--bad); }
  :where(crowd-form) :where(textarea) { display: block; margin: 4px 0 12px; min-height: 64px; resize: vertical; }
  :where(crowd-form) :where(input[type=range]) { vertical-align: middle; }
  :where(crowd-form) ::file-selector-button { font: inherit; margin-inline-end: 8px; min-height: 32px; }
  :where(crowd-form) :where(textarea:not([cols])) { width: min(100%, 560px); }
  :where(crowd-form) :where(input[type=checkbox], input[type=radio]) { height: 16px; margin: 0 4px 0 0; vertical-align: -3px; width: 16px; }
  :where(crowd-form) :where(button, input[type=button], input[type=submit], input[type=reset]) {
    background: var(--paper);
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    color: var(--ink);
    cursor: pointer;
    font-weight: 500;
    margin-block: 2px;
    min-height: 32px;
    padding: 4px 12px;
  }
  :where(crowd-form) :where(input, select, textarea, button):where(:disabled) { cursor: default; opacity: 0.55; }
  :where(crowd-form) :where(input, select, textarea, button, a, summary):where(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 1px; }
  :where(crowd-form) :where([hidden]:not([hidden=until-found i])) { display: none; }
`;

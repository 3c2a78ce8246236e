/** A page that nobody can submit, because nothing on it is a form: in words, with the reason where it can be told. */
import { FORMS } from './page-forms.ts';

/** An element without an end tag goes on to the end of the page. */
const SWALLOWING = 'script, style, textarea, title, iframe, noscript, noembed, xmp';

const swallows = ({ textContent }: Element): boolean => textContent.includes('<crowd-form');

export function formless(page: Document): string[] {
  if (page.querySelector(FORMS)) return [];
  const [tag] = [...page.querySelectorAll(SWALLOWING)].filter(swallows).map(({ localName }) => localName);
  const reason = tag ? `the one in the template is part of the <${tag}> before it, which needs its </${tag}>` : 'put all that the worker answers into one';
  return [`There is no <crowd-form> on the page, so nobody can submit it: ${reason}.`];
}

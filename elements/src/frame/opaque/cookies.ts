/** `document.cookie` for a page whose origin has none: what it sets lasts as long as it does, or until it expires. Knows no DOM. */

type Cookie = { readonly value: string; readonly expires: number };

const trimmed = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return at < 0 ? ['', text.trim()] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};

export class CookieJar {
  private readonly cookies = new Map<string, Cookie>();

  /** `now` in milliseconds since 1970. */
  constructor(private readonly now: () => number = Date.now) {}

  get text(): string {
    const current = [...this.cookies].filter(([, { expires }]) => expires > this.now());
    return current.map(([name, { value }]) => (name === '' ? value : `${name}=${value}`)).join('; ');
  }

  /** Takes one cookie with its attributes, as a script gives it; where it would be sent is of no interest. */
  set(text: string): void {
    const [pair = '', ...rest] = text.split(';');
    const [name, value] = trimmed(pair);
    const attributes = new Map(rest.map(trimmed).map(([key, given]) => [(key || given).toLowerCase(), given]));
    // Scripts neither see nor set these.
    if (attributes.has('httponly') || (name === '' && value === '')) return;
    this.cookies.delete(name);
    const expires = this.expiry(attributes);
    if (expires > this.now()) this.cookies.set(name, { value, expires });
  }

  private expiry(attributes: ReadonlyMap<string, string>): number {
    const age = attributes.get('max-age') ?? '';
    if (/^-?\d+$/.test(age)) return this.now() + Number(age) * 1000;
    const date = Date.parse(attributes.get('expires') ?? '');
    return Number.isNaN(date) ? Number.POSITIVE_INFINITY : date;
  }
}

/**
 * The page's end of the channel to the portal (`protocol.ts`), or the knowledge that there is none.
 *
 * A page that was opened alone (no parent, no nonce, or nobody who answers) works too: it shows its answer instead of
 * sending it.
 */
import { PORT_WAIT, RENDER_META, isFromPortal, isPortGrant, randomWord, type Claim, type FromPage, type FromPortal, type Ready } from './protocol.ts';

type Listener = (message: FromPortal) => void;

export class PortalLink {
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<Listener>();
  /** What has come before anybody listened: the element that brings the form of the page may be late. */
  private early: FromPortal[] = [];
  private port: MessagePort | undefined;
  private resolvePort!: (port: MessagePort | undefined) => void;
  private readonly connected = new Promise<MessagePort | undefined>((resolve) => (this.resolvePort = resolve));

  private readonly secret = randomWord();
  /** Kept from the start: a script can put something else into its place. */
  private readonly portal: Window;

  constructor(private readonly page: Window) {
    this.portal = page.parent;
  }

  /** Tells the portal that this is the page it has asked for; call it before any script of the page runs. */
  claim(): void {
    if (this.nonce) this.post({ type: 'secondlook:claim', of: this.nonce, secret: this.secret });
  }

  /** Tells the portal that the page can be used; call it once. */
  announce(): void {
    const { nonce } = this;
    if (!nonce) return this.resolvePort(undefined);
    this.page.addEventListener('message', this.onMessage);
    this.page.setTimeout(() => this.resolvePort(undefined), PORT_WAIT);
    this.post({ type: 'secondlook:ready', nonce, secret: this.secret });
  }

  /** Resolves with true once a portal has answered, with false when none does. */
  async linked(): Promise<boolean> {
    return (this.port ?? (await this.connected)) !== undefined;
  }

  listen(listener: Listener): void {
    this.listeners.add(listener);
    for (const message of this.early.splice(0)) listener(message);
  }

  /** The same for who only looks on: what comes is kept for those who act on it. */
  watch(watcher: Listener): void {
    this.watchers.add(watcher);
  }

  /** Sends what a portal should know; a page alone keeps it to itself. */
  async send(message: FromPage): Promise<void> {
    (this.port ?? (await this.connected))?.postMessage(message);
  }

  /** That of the rendering; undefined where there is no portal around it. */
  private get nonce(): string | undefined {
    if (this.portal === this.page) return undefined;
    return this.page.document.querySelector<HTMLMetaElement>(`meta[name="${RENDER_META}"]`)?.content || undefined;
  }

  /** The frame's origin is opaque and the portal's is not ours to know, so no target origin can be named. */
  private post(message: Claim | Ready): void {
    this.portal.postMessage(message, '*');
  }

  private readonly onMessage = (event: MessageEvent): void => {
    const [port] = event.ports;
    if (event.source !== this.portal || !isPortGrant(event.data) || port === undefined || this.port) return;
    this.page.removeEventListener('message', this.onMessage);
    this.port = port;
    port.onmessage = ({ data }) => {
      if (!isFromPortal(data)) return;
      if (this.listeners.size === 0) this.early.push(data);
      for (const listener of [...this.watchers, ...this.listeners]) listener(data);
    };
    this.resolvePort(port);
  };
}

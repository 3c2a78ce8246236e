/**
 * Workers of a page with an opaque origin. To such a page every address is another site's, and a browser starts no worker
 * from one; text in the address itself is the page's own, and may load the script from anywhere. It is no Blob, because
 * Chromium starts no worker of modules from one in such a page.
 */

const OWN = /^(?:blob|data):/i;

/**
 * The text of a worker that runs the script at `address`, which must be absolute. What that loads by an address of its own is
 * looked for beside it, not beside this text.
 */
export function starterOf(address: string, type: WorkerType): string {
  const text = JSON.stringify(address);
  if (type === 'module') return `import ${text};`;
  return `{
  const resolve = (url) => new URL(url, ${text}).href;
  const { importScripts, fetch } = self;
  self.importScripts = (...urls) => importScripts.apply(self, urls.map(resolve));
  self.fetch = (input, init) => fetch.call(self, typeof input === 'string' || input instanceof URL ? resolve(input) : input, init);
}
importScripts(${text});`;
}

/** `Worker`, for the page at `base()`. */
export function anyWorker(native: typeof Worker, base: () => string): typeof Worker {
  const own = (url: string | URL, type: WorkerType): string => {
    const address = new URL(url, base()).href;
    return OWN.test(address) ? address : `data:text/javascript,${encodeURIComponent(starterOf(address, type))}`;
  };
  return class Worker extends native {
    constructor(url: string | URL, options: WorkerOptions = {}) {
      super(own(url, options.type ?? 'classic'), options);
    }
  };
}

/**
 * The thread in which pdf.js reads files. A task page has an opaque origin, for which no script of the server may become a worker,
 * so its text does, from a Blob. It is fetched once; every document gets a thread of its own, which a hostile file may keep busy.
 */
import { PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import file from 'pdf-worker.js';

let script: Promise<Blob> | undefined;

async function fetchScript(): Promise<Blob> {
  const response = await fetch(new URL(file, import.meta.url));
  if (!response.ok) throw new Error(`The viewer of PDFs could not be loaded: the server answered ${response.status}.`);
  return new Blob([await response.arrayBuffer()], { type: 'text/javascript' });
}

export type PdfThread = { readonly worker: PDFWorker; end(): void };

export async function startThread(): Promise<PdfThread> {
  script ??= fetchScript();
  script.catch(() => (script = undefined));
  const address = URL.createObjectURL(await script);
  const port = new Worker(address);
  const worker = PDFWorker.create({ port });
  const end = (): void => {
    worker.destroy();
    port.terminate();
    URL.revokeObjectURL(address);
  };
  return { worker, end };
}

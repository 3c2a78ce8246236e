/** What a file is that does not say so by its name. */

/** A PDF says what it is among its first bytes; so many are looked at. */
const HEAD = 1024;

/** Does the file begin as a PDF does? False too where it cannot be had. */
export async function startsAsPdf(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { headers: { Range: `bytes=0-${HEAD - 1}` } });
    const reader = response.ok ? response.body?.getReader() : undefined;
    const { value } = (await reader?.read()) ?? {};
    void reader?.cancel();
    return String.fromCharCode(...(value ?? new Uint8Array()).subarray(0, HEAD)).includes('%PDF-');
  } catch {
    return false;
  }
}

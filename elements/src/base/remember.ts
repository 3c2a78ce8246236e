/** Remembers small preferences for the session. In a frame with an opaque origin storage throws; then nothing is kept. */

export function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(`secondlook-${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    sessionStorage.setItem(`secondlook-${key}`, value);
  } catch {
    // The preference holds for this page only.
  }
}

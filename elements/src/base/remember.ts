/** Remembers small preferences for the session; in a task's frame as long as the page, whose storage is its own (`frame/opaque`). */

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

/** Fetches drawings, each shelf once. */
import { shelfOf } from './shelf.ts';

/** The hash in the names of the shelves; the build puts it here. */
declare const ICON_SET: string;

type Shelf = Readonly<Record<string, string>>;

const shelves = new Map<number, Promise<Shelf>>();
const here = new Map<number, Shelf>();

async function fetchShelf(shelf: number): Promise<Shelf> {
  const script = `./icons-${shelf}-${ICON_SET}.js`;
  try {
    const { default: drawings } = await import(script);
    here.set(shelf, drawings);
    return drawings;
  } catch {
    // Without the drawing there is an empty box; it is asked for again when the icon is next drawn.
    shelves.delete(shelf);
    return {};
  }
}

/** The drawing with this name: `null` where there is none of that name, undefined while it is not here. */
export function drawingOf(name: string): string | null | undefined {
  const drawings = here.get(shelfOf(name));
  if (drawings === undefined) return undefined;
  return Object.hasOwn(drawings, name) ? (drawings[name] as string) : null;
}

/** Resolves when {@link drawingOf} knows about this name, or it could not be fetched. */
export async function fetched(name: string): Promise<void> {
  const shelf = shelfOf(name);
  const coming = shelves.get(shelf) ?? fetchShelf(shelf);
  shelves.set(shelf, coming);
  await coming;
}

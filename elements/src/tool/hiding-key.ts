/** The key that hides what lies over the work: a tap for good, held for as long as it is down. */
import { plain, type Shortcut } from './shortcuts.ts';

/** Let go of sooner than this, in milliseconds, a key was tapped. */
const TAP = 400;

type Hiding = {
  readonly does: string;
  /** Hides everything, or shows it where something is hidden. */
  readonly toggle: () => void;
  /** Hides all while it is true; missing where that cannot be. */
  readonly peek?: ((isPeeking: boolean) => void) | undefined;
};

export function hidingKey({ does, toggle, peek }: Hiding): Shortcut {
  const shortcut = { keys: 'H', does, matches: plain('h'), looks: true } as const;
  if (!peek) return { ...shortcut, run: ({ repeat }) => repeat || toggle() };
  let since = 0;
  let isTap = false;
  return {
    ...shortcut,
    does: `${does}; held, hide everything while it is down`,
    run({ repeat, timeStamp }) {
      isTap = !repeat;
      if (repeat) return;
      since = timeStamp;
      peek(true);
    },
    released(event) {
      peek(false);
      if (isTap && event && event.timeStamp - since < TAP) toggle();
    },
  };
}

/** Sounds and videos that are to be judged: played and stopped without leaving the categories. */
import type { Shortcut } from '../tool/shortcuts.ts';
import { plain } from '../tool/shortcuts.ts';

/** The key that plays and stops the first of them in `target`; where there is none, the key is left to the page. */
export const playKey = (target: () => ParentNode): Shortcut => {
  const media = (): HTMLMediaElement | null => target().querySelector('audio, video');
  const isSpace = plain(' ');
  return {
    keys: 'Space',
    does: 'Play or stop the sound or video',
    matches: (event) => isSpace(event) && media() !== null,
    run() {
      const player = media();
      // A file that does not play says so itself.
      if (player?.paused) player.play().catch(() => undefined);
      else player?.pause();
    },
  };
};

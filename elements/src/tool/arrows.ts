/** Arrow keys as steps: one, or ten with Shift. */

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const isArrow = ({ key }: KeyboardEvent): boolean => Object.hasOwn(ARROWS, key);

/** To the right and down. */
export const arrowSteps = ({ key, shiftKey }: KeyboardEvent): readonly [number, number] => {
  const [x, y] = ARROWS[key] ?? [0, 0];
  const step = shiftKey ? 10 : 1;
  return [x * step, y * step];
};

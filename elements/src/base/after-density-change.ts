/** Tells whenever the display has more or fewer pixels to one of the page: it is zoomed, or stands on another screen now. */
export function afterDensityChange(act: () => void): void {
  const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  query.addEventListener(
    'change',
    () => {
      act();
      afterDensityChange(act);
    },
    { once: true },
  );
}

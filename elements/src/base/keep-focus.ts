/** For `mousedown`: a click leaves the keyboard where it was. */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();

/** The name of an element's class: `crowd-bounding-box` is `CrowdBoundingBox`. */
export const classNameOf = (tag: string): string => tag.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

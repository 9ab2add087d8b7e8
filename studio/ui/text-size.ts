const USUAL_PX = 16;

/** The size of text that is so many pixels high where nobody chose larger type in the browser; for what takes no rem. */
export function textSize(pixels: number): number {
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round((root * pixels) / USUAL_PX);
}

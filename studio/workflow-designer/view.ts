/** The four views of one document, as the address names them. */
export const designerViews = ['canvas', 'outline', 'timeline', 'source'] as const;
export type DesignerView = (typeof designerViews)[number];

export const viewTitles: Readonly<Record<DesignerView, string>> = {
  canvas: 'Canvas',
  outline: 'Outline',
  timeline: 'Timeline',
  source: 'Source',
};

/** The view an address names; the drawing when it names none. */
export function toView(named: unknown): DesignerView {
  return designerViews.find((view) => view === named) ?? 'canvas';
}

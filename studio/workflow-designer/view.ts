import type { KeyboardEvent } from 'react';
import type { CommandId } from './keys.ts';
import type { DesignerState } from './use-designer.ts';
import type { ViewOptions } from './use-view-options.ts';

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

/** What the canvas and the outline are given. */
export interface DesignerViewProps {
  designer: DesignerState;
  options: ViewOptions;
  onCommand: (command: CommandId, node?: string) => void;
  /** A key pressed on a task, for the table that binds keys. */
  onKey: (event: KeyboardEvent | globalThis.KeyboardEvent, node: string | undefined) => void;
}

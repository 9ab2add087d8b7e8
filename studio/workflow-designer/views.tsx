import { SegmentedControl } from '@mantine/core';
import { type ComponentType, lazy, type ReactNode } from 'react';
import type { CanvasViewProps } from './canvas-view.tsx';
import type { DesignerState } from './use-designer.ts';
import { type DesignerView, designerViews, viewTitles } from './view.ts';

const load = {
  canvas: () => import('./canvas-view.tsx'),
  timeline: () => import('./timeline/timeline.tsx'),
  source: () => import('../source-editor/source-body.tsx'),
};

/** Begins to load the drawing while the draft is still on its way. */
export function preloadCanvas(view: DesignerView): void {
  if (view === 'canvas') void load.canvas();
}

const CanvasView: ComponentType<CanvasViewProps> = lazy(async () => ({ default: (await load.canvas()).CanvasView }));
const Timeline: ComponentType<{ designer: DesignerState }> = lazy(async () => ({
  default: (await load.timeline()).Timeline,
}));
const SourceBody = lazy(async () => ({ default: (await load.source()).SourceBody }));

/** The view of the document that the address names; each loads when it is first shown. */
export function OpenView({
  view,
  pointer,
  ...props
}: CanvasViewProps & { view: DesignerView; pointer?: string | undefined }): ReactNode {
  const { designer } = props;
  switch (view) {
    case 'canvas':
      return <CanvasView {...props} />;
    case 'outline':
      return <CanvasView {...props} />;
    case 'timeline':
      return <Timeline designer={designer} />;
    case 'source':
      return designer.workflow ? <SourceBody document={designer.workflow} pointer={pointer} /> : null;
  }
}

/** Which view of the document is shown; what is chosen stays chosen. */
export function ViewSwitch({ view, onView }: { view: DesignerView; onView: (view: DesignerView) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="View of the workflow"
      data={designerViews.map((value) => ({ value, label: viewTitles[value] }))}
      value={view}
      onChange={(next) => onView(next as DesignerView)}
    />
  );
}

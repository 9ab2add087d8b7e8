import { SegmentedControl } from '@mantine/core';
import { type ComponentType, lazy, type ReactNode, useState } from 'react';
import type { DesignerState } from './use-designer.ts';
import { type DesignerView, type DesignerViewProps, designerViews, viewTitles } from './view.ts';

const load = {
  canvas: () => import('./canvas-view.tsx'),
  outline: () => import('./outline/outline.tsx'),
  timeline: () => import('./timeline/timeline.tsx'),
  source: () => import('../source-editor/source-body.tsx'),
};

let canvas: ComponentType<DesignerViewProps> | undefined;

/** Loads the drawing while the draft is still on its way; once it is here, it is drawn without a wait. */
export async function preloadCanvas(view: DesignerView): Promise<void> {
  if (view === 'canvas') canvas = (await load.canvas()).CanvasView;
}

const LaterCanvas: ComponentType<DesignerViewProps> = lazy(async () => ({ default: (await load.canvas()).CanvasView }));

/** One and the same component for as long as it stands. */
function CanvasView(props: DesignerViewProps) {
  const [View] = useState(() => canvas ?? LaterCanvas);
  return <View {...props} />;
}

const Outline: ComponentType<DesignerViewProps> = lazy(async () => ({ default: (await load.outline()).Outline }));
const Timeline: ComponentType<{ designer: DesignerState }> = lazy(async () => ({
  default: (await load.timeline()).Timeline,
}));
const SourceBody = lazy(async () => ({ default: (await load.source()).SourceBody }));

/** The view of the document that the address names; each loads when it is first shown. */
export function OpenView({
  view,
  pointer,
  ...props
}: DesignerViewProps & { view: DesignerView; pointer?: string | undefined }): ReactNode {
  const { designer } = props;
  switch (view) {
    case 'canvas':
      return <CanvasView {...props} />;
    case 'outline':
      return <Outline {...props} />;
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

import { useState } from 'react';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
// What the designer loads when it is first shown is here before a test begins to wait for it.
import '../../studio/rule-builder/condition-field.tsx';
import '../../studio/workflow-designer/canvas-view.tsx';
import '../../studio/workflow-designer/command-palette.tsx';
import '../../studio/workflow-designer/outline/outline.tsx';
import { Designer } from '../../studio/workflow-designer/designer.tsx';
import type { DesignerView } from '../../studio/workflow-designer/view.ts';
import { housing } from './housing.ts';
import { WithDraft } from './with-draft.tsx';
import { WithRouter } from './with-router.tsx';

interface WithDesignerProps {
  workflow?: string;
  configuration?: Configuration;
  view?: DesignerView;
  findings?: readonly Finding[];
  width?: number;
  height?: number;
}

/** The whole designer over a draft of its own, as its page shows it. */
export function WithDesigner(props: WithDesignerProps) {
  return (
    <WithRouter>
      <OpenDesigner {...props} />
    </WithRouter>
  );
}

/** Inside of the router, which keeps its first children. */
function OpenDesigner({
  workflow = 'HP',
  configuration = housing,
  view: first = 'canvas',
  findings,
  width,
  height = 760,
}: WithDesignerProps) {
  const [view, setView] = useState(first);
  return (
    <WithDraft configuration={configuration} {...(findings ? { findings } : {})}>
      <main style={{ height, ...(width ? { width } : {}) }}>
        <Designer
          workflowKey={workflow}
          view={view}
          onView={setView}
          onPlay={() => {}}
          onOpenElsewhere={() => {}}
          onOpenDocument={() => {}}
        />
      </main>
    </WithDraft>
  );
}

import type { Configuration } from '../../../schemas/configuration.ts';
import type { LocalDate } from '../../../schemas/ids.ts';
import { compileWorkflow } from '../compile/compile-workflow.ts';
import { toMermaid, toTypeScript } from '../compile/export.ts';
import type { Position } from '../edit/command.ts';
import type { Calendars } from '../plan/network.ts';
import { planWorkflow } from '../plan/plan.ts';
import { withWhatTheyNeed, writeBundle } from './bundle.ts';
import { writeDrawingSvg } from './drawing-svg.ts';
import { writeFlowchart } from './flowchart.ts';
import { writeICal } from './ical.ts';
import { writeMspdi } from './mspdi.ts';
import { writePlanCsv } from './plan-csv.ts';
import { layoutByRank } from './rank-layout.ts';
import { toNamedPlan } from './workflow-plan.ts';

/** Formats a workflow can be written in. */
export const workflowFormats = [
  'bundle',
  'mspdi',
  'csv',
  'svg',
  'flowchart',
  'mermaid',
  'xstate',
  'typescript',
  'ics',
] as const;

export type WorkflowFormat = (typeof workflowFormats)[number];

export interface WorkflowFileOptions {
  /** Day the plan begins. */
  readonly start: LocalDate;
  /** When the file is made, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly stampedAt: string;
  readonly calendars: Calendars;
  readonly positions?: Readonly<Record<string, Position>> | undefined;
}

export interface WorkflowFile {
  readonly text: string;
  /** What the format cannot say as exactly. */
  readonly notes: readonly string[];
}

/** One workflow in a format of another program. Throws RangeError where there is no such workflow or a plan is asked for that cannot be made. */
export function writeWorkflowFile(
  configuration: Configuration,
  key: string,
  format: WorkflowFormat,
  options: WorkflowFileOptions,
): WorkflowFile {
  const workflow = configuration.workflow[key];
  if (!workflow) throw new RangeError(`there is no workflow "${key}"`);
  const planned = () => planWorkflow(configuration, key, options.start, options.calendars);
  const machines = () => compileWorkflow({ configuration }, key);
  const plain = (text: string): WorkflowFile => ({ text, notes: [] });
  switch (format) {
    case 'bundle':
      return plain(writeBundle(withWhatTheyNeed(configuration, [`workflow/${key}`])));
    case 'mspdi':
    case 'csv': {
      const { notes, ...plan } = toNamedPlan(configuration, key, options.start);
      return { text: format === 'csv' ? writePlanCsv(plan) : writeMspdi(plan), notes };
    }
    case 'svg': {
      const result = planned();
      const positions = { ...layoutByRank(workflow), ...options.positions };
      return plain(writeDrawingSvg(configuration, key, positions, result.ok ? result.plan : undefined));
    }
    case 'flowchart':
      return plain(writeFlowchart(configuration, key));
    case 'mermaid':
      return plain(toMermaid(machines()));
    case 'xstate':
      return plain(`${JSON.stringify(machines(), null, 2)}\n`);
    case 'typescript':
      return plain(toTypeScript(machines()));
    case 'ics': {
      const result = planned();
      if (!result.ok) throw new RangeError(`${key} has no plan, so it has no due dates: put its findings right first`);
      return plain(writeICal(configuration, key, result.plan, options));
    }
  }
}

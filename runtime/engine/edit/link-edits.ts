import type { WorkflowDocument } from '../../../schemas/workflow.ts';
import type { DraftContent } from './command.ts';
import {
  type CommandOf,
  findLink,
  findNode,
  findWorkflow,
  freeKey,
  type Mutable,
  missingDocument,
  nextOrder,
  Refused,
  refuse,
  setOptional,
} from './draft-access.ts';
import { linkRefusal } from './link-rules.ts';
import { nextBranch } from './next-branch.ts';

/** A new task has no links yet, so nothing can refuse its first one; a decision leads on by the first branch that leads nowhere yet. */
export function append(draft: Mutable, workflowKey: string, from: string, to: string): void {
  findNode(draft, workflowKey, from);
  const workflow = findWorkflow(draft, workflowKey);
  const { links } = workflow;
  const branch = nextBranch(workflow, from);
  links[freeKey(links, `${from}-${to}`)] = {
    order: nextOrder(links),
    from,
    to,
    type: 'FS',
    ...branch,
  };
}

export function linkTasks(draft: Mutable, command: CommandOf<'linkTasks'>, content: DraftContent): void {
  const before = content.configuration.workflow[command.workflow];
  if (!before) throw missingDocument('workflow', command.workflow);
  const refusal = linkRefusal(before, command);
  if (refusal) throw new Refused(refusal);
  const { from, to, linkType, lag, calendar, branch } = command;
  refuseBranch(before, from, branch);
  const { links } = findWorkflow(draft, command.workflow);
  const key = freeKey(links, `${from}-${to}`);
  links[key] = {
    order: nextOrder(links),
    from,
    to,
    type: linkType,
    ...(lag ? { lag } : {}),
    ...(calendar ? { calendar } : {}),
    ...(branch ? { branch } : {}),
  };
}

/** A link from a decision names one of its branches, any other link names none. */
function refuseBranch(workflow: WorkflowDocument, from: string, branch: string | undefined): void {
  const source = workflow.nodes[from];
  const branches = source?.type === 'decision' ? [...Object.keys(source.branches), 'otherwise'] : undefined;
  if (branches ? !branches.includes(branch ?? '') : branch !== undefined) {
    refuse(
      'BRANCH_MISSING',
      branches ? `choose a branch of ${from}: ${branches.join(', ')}` : `${from} has no branches`,
      { from },
    );
  }
}

export function unlink(draft: Mutable, command: CommandOf<'unlink'>): void {
  const { links } = findWorkflow(draft, command.workflow);
  for (const link of command.links) {
    findLink(draft, command.workflow, link);
    delete links[link];
  }
}

export function setLinkType(draft: Mutable, command: CommandOf<'setLinkType'>, content: DraftContent): void {
  const link = findLink(draft, command.workflow, command.link);
  if (link.type === command.linkType) return;
  refuseTwin(content, command, { ...link, type: command.linkType });
  link.type = command.linkType;
}

/** Type, lag, calendar and branch of a link in one step; what is not given is taken away. */
export function changeLink(draft: Mutable, command: CommandOf<'changeLink'>, content: DraftContent): void {
  const link = findLink(draft, command.workflow, command.link);
  const before = content.configuration.workflow[command.workflow];
  if (before && link.branch !== command.branch) refuseBranch(before, link.from, command.branch);
  refuseTwin(content, command, { from: link.from, to: link.to, type: command.linkType, branch: command.branch });
  link.type = command.linkType;
  setOptional(link, 'lag', command.lag);
  setOptional(link, 'calendar', command.calendar);
  setOptional(link, 'branch', command.branch);
}

function refuseTwin(
  content: DraftContent,
  { workflow, link }: { workflow: string; link: string },
  wished: { from: string; to: string; type: string; branch?: string | undefined },
): void {
  const others = Object.entries(content.configuration.workflow[workflow]?.links ?? {});
  const twin = others.find(
    ([key, other]) =>
      key !== link &&
      other.from === wished.from &&
      other.to === wished.to &&
      other.type === wished.type &&
      other.branch === wished.branch,
  );
  if (twin)
    refuse('LINK_TWICE', `${wished.from} and ${wished.to} are already linked ${wished.type}`, { link: twin[0] });
}

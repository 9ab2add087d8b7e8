import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { openMinutes } from '../calendar-editor/week-edits.ts';
import { typeWords } from '../form-designer/type-words.ts';
import { ownerInWords } from '../words/owner-words.ts';
import { mainTarget, periodInWords } from '../words/period-words.ts';
import { channelWords } from '../words/selector-words.ts';

/** What a document holds, in a few words. */
export function summarise(document: AnyDocument, configuration: Configuration): string {
  const workflowTitle = (key: string) => configuration.workflow[key]?.title ?? key;
  switch (document.kind) {
    case 'workflow':
      return `${counted(document.nodes, 'task')}, ${target(document)}`;
    case 'task':
      return `${target(document)}, ${ownerInWords(document.ownerRules, configuration)}`;
    case 'form':
      return `${counted(document.questions, 'question')} in ${counted(document.sections, 'section')}`;
    case 'question':
      return document.options
        ? `${typeWords[document.type]}, ${counted(document.options, 'option')}`
        : typeWords[document.type];
    case 'topic':
      return document.workflow ? `leads to ${workflowTitle(document.workflow)}` : 'has topics below it';
    case 'advice':
      return `${document.section}, ${document.scope === 'generic' ? 'generic' : document.scope.map(workflowTitle).join(', ')}`;
    case 'provision':
      return document.citation;
    case 'agency':
      return document.phone ?? document.url ?? document.email ?? 'no contact yet';
    case 'ladder':
      return `${counted(document.rungs, 'rung')}, watches ${document.subject === 'clock' ? 'statutory clocks' : `the ${document.subject}`}`;
    case 'template':
      return Object.keys(document.channels)
        .map((channel) => channelWords[channel as keyof typeof channelWords])
        .join(', ');
    case 'calendar':
      return document.alwaysOpen
        ? `every hour, ${document.zone}`
        : `${Math.round(openMinutes(document.weekly) / 60)} hours a week, ${document.zone}`;
    case 'team':
      return teamWords[document.type];
    case 'service-type':
      return `provided ${document.provider === 'direct' ? 'directly' : 'indirectly'}, ${document.provision}`;
    case 'settings':
      return document.organisation;
    case 'test':
      return `${workflowTitle(document.workflow)}${document.expect ? `, ${counted(document.expect.statements, 'statement')} expected` : ''}`;
  }
}

const teamWords = { role: 'role', group: 'group with a queue', stakeholders: 'stakeholder group' } as const;

function counted(entries: object, noun: string): string {
  const count = Object.keys(entries).length;
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function target(document: Extract<AnyDocument, { kind: 'workflow' | 'task' }>): string {
  const found = mainTarget(document.sla);
  return found ? `SLA ${periodInWords(found)}` : 'no SLA';
}

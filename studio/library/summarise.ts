import type { AnyDocument, Configuration } from '../../schemas/configuration.ts';
import { ownerInWords } from '../words/owner-words.ts';
import { mainTarget, periodInWords } from '../words/period-words.ts';

/** What a document holds, in a few words. */
export function summarise(document: AnyDocument, configuration: Configuration): string {
  switch (document.kind) {
    case 'workflow':
      return `${counted(document.nodes, 'task')}, ${target(document)}`;
    case 'task':
      return `${target(document)}, ${ownerInWords(document.ownerRules, configuration)}`;
    case 'form':
      return `${counted(document.questions, 'question')} in ${counted(document.sections, 'section')}`;
    case 'question':
      return document.options ? `${document.type}, ${counted(document.options, 'option')}` : document.type;
    case 'topic':
      return document.workflow ? `leads to ${document.workflow}` : 'has topics below it';
    case 'advice':
      return `${document.section}, ${document.scope === 'generic' ? 'generic' : document.scope.join(', ')}`;
    case 'provision':
      return document.citation;
    case 'agency':
      return document.phone ?? document.url ?? document.email ?? 'no contact yet';
    case 'ladder':
      return `${counted(document.rungs, 'rung')}, watches ${document.subject === 'clock' ? 'statutory clocks' : `the ${document.subject}`}`;
    case 'template':
      return Object.keys(document.channels).join(', ');
    case 'calendar':
      return document.zone;
    case 'team':
      return document.type === 'stakeholders' ? 'stakeholder group' : document.type;
    case 'service-type':
      return `${document.provider}, ${document.provision}`;
    case 'settings':
      return document.organisation;
    case 'test':
      return `${document.workflow}${document.expect ? `, ${counted(document.expect.statements, 'statement')} expected` : ''}`;
  }
}

function counted(entries: object, noun: string): string {
  const count = Object.keys(entries).length;
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function target(document: Extract<AnyDocument, { kind: 'workflow' | 'task' }>): string {
  const found = mainTarget(document.sla);
  return found ? `SLA ${periodInWords(found)}` : 'no SLA';
}

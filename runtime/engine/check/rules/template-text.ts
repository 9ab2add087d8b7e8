import { Liquid } from 'liquidjs';
import type { TemplateDocument } from '../../../../schemas/ladder.ts';
import { placeholdersOf } from '../../notify/placeholders.ts';
import { isOutdated } from '../../notify/translation.ts';
import { type DerivedFact, isSameSet } from '../derived.ts';
import { type CheckContext, defineRule, type RuleFinding } from '../rule.ts';

/** One text of a template, with the place it stands in. */
interface Body {
  text: string;
  path: string[];
  /** Whether what is sensitive may be seen there by others: on a locked screen, in a mailbox's list, in another system (N4). */
  exposed: boolean;
}

const SMS_LENGTH = 160;

/** A template says only what every message can fill in, and nothing sensitive where others may see it (N3, N4). */
export const templateText = defineRule({
  name: 'template-text',
  kind: 'template',
  reads: ['form', 'question', 'task', 'settings'],
  codes: [
    {
      code: 'TEMPLATE_PLACEHOLDER_UNKNOWN',
      severity: 'error',
      means: 'A template uses a placeholder that no message can fill in.',
      cure: 'Use one of the paths a message knows.',
    },
    {
      code: 'TEMPLATE_PLACEHOLDER_UNDECLARED',
      severity: 'error',
      means: 'A template uses a placeholder that is not among its variables.',
      cure: 'Add it to the variables or leave it out.',
      fixed: true,
    },
    {
      code: 'TEMPLATE_SYNTAX',
      severity: 'error',
      means: 'A template cannot be read: a tag is not closed, or a filter does not exist.',
      cure: 'Correct the text at the place named.',
    },
    {
      code: 'SENSITIVE_FIELD_IN_CHANNEL',
      severity: 'error',
      means: 'A sensitive answer or field would be shown in an SMS, a subject line or a webhook.',
      cure: 'Leave it out there; a letter or the case page may show it.',
    },
    {
      code: 'TEMPLATE_SMS_LONG',
      severity: 'warning',
      means: `The words of an SMS alone are longer than ${SMS_LENGTH} characters, so that it is sent as several.`,
      cure: 'Shorten the text.',
    },
    {
      code: 'TEMPLATE_LANGUAGE_MISSING',
      severity: 'warning',
      means: 'The organisation writes in another language too, but the template has no variant in it.',
      cure: 'Write the variant.',
    },
    {
      code: 'TEMPLATE_TRANSLATION_OLD',
      severity: 'warning',
      means: 'The texts of a template changed after its variant in another language was written.',
      cure: 'Translate what changed, then mark the variant as up to date.',
    },
  ],
  check: (template, context) => [
    ...bodiesOf(template).flatMap((body) => bodyFindings(template, body, context)),
    ...languageFindings(template, context),
    ...outdatedFindings(template),
  ],
});

function bodiesOf(template: TemplateDocument): Body[] {
  const variants = [
    { bodies: template.channels, base: ['channels'] },
    ...Object.entries(template.languages).map(([language, bodies]) => ({ bodies, base: ['languages', language] })),
  ];
  return variants.flatMap(({ bodies, base }) => {
    if (!bodies) return [];
    const { email, sms, letter, inApp, webhook } = bodies;
    const texts: (Body | undefined)[] = [
      email && { text: email.subject, path: [...base, 'email', 'subject'], exposed: true },
      email && { text: email.text, path: [...base, 'email', 'text'], exposed: false },
      email?.html === undefined ? undefined : { text: email.html, path: [...base, 'email', 'html'], exposed: false },
      sms === undefined ? undefined : { text: sms, path: [...base, 'sms'], exposed: true },
      letter === undefined ? undefined : { text: letter, path: [...base, 'letter'], exposed: false },
      inApp === undefined ? undefined : { text: inApp, path: [...base, 'inApp'], exposed: false },
      webhook === undefined ? undefined : { text: webhook, path: [...base, 'webhook'], exposed: true },
    ];
    return texts.filter((body) => body !== undefined);
  });
}

function bodyFindings(template: TemplateDocument, body: Body, context: CheckContext): RuleFinding[] {
  const used = pathsIn(body.text);
  if ('problem' in used) {
    const message = `Template ${template.key} cannot be read at /${body.path.join('/')}: ${used.problem}. Correct the text.`;
    return [
      { code: 'TEMPLATE_SYNTAX', severity: 'error', path: body.path, values: { problem: used.problem }, message },
    ];
  }
  const long = body.path.at(-1) === 'sms' ? smsFindings(template, body) : [];
  return [...used.paths.flatMap((path) => pathFindings(template, body, path, context)), ...long];
}

function smsFindings(template: TemplateDocument, body: Body): RuleFinding[] {
  const words = body.text.replaceAll(/\{[{%].*?[%}]\}/gs, '').length;
  if (words <= SMS_LENGTH) return [];
  const message = `The SMS of template ${template.key} has ${words} characters without its placeholders; one SMS has ${SMS_LENGTH}. Shorten the text.`;
  return [{ code: 'TEMPLATE_SMS_LONG', severity: 'warning', path: body.path, values: { length: words }, message }];
}

function pathFindings(template: TemplateDocument, body: Body, path: string, context: CheckContext): RuleFinding[] {
  if (body.exposed && isSensitive(path, context)) {
    const message = `Template ${template.key} shows {{ ${path} }} at /${body.path.join('/')}, which is sensitive and would be seen by others there. Leave it out.`;
    return [
      {
        code: 'SENSITIVE_FIELD_IN_CHANNEL',
        severity: 'error',
        path: body.path,
        values: { placeholder: path },
        message,
      },
    ];
  }
  const known = placeholdersOf(template.purpose);
  if (!known.includes(path)) {
    const message = `No message can fill in {{ ${path} }} of template ${template.key}. Use one of ${known.join(', ')}.`;
    return [
      {
        code: 'TEMPLATE_PLACEHOLDER_UNKNOWN',
        severity: 'error',
        path: body.path,
        values: { placeholder: path },
        message,
      },
    ];
  }
  if (template.variables.includes(path)) return [];
  const message = `Template ${template.key} uses {{ ${path} }}, which is not among its variables. Add it or leave it out.`;
  return [
    {
      code: 'TEMPLATE_PLACEHOLDER_UNDECLARED',
      severity: 'error',
      path: body.path,
      values: { placeholder: path },
      message,
      fix: {
        type: 'setDocumentField',
        kind: 'template',
        key: template.key,
        path: ['variables'],
        value: [...template.variables, path],
      },
    },
  ];
}

function languageFindings(template: TemplateDocument, { configuration }: CheckContext): RuleFinding[] {
  const wanted = Object.values(configuration.settings)[0]?.languages ?? [];
  return wanted
    .filter((language) => language !== 'en' && template.languages[language] === undefined)
    .map((language) => ({
      code: 'TEMPLATE_LANGUAGE_MISSING',
      severity: 'warning',
      path: ['languages'],
      values: { language },
      message: `Template ${template.key} has no variant in "${language}", in which the organisation writes too. Write it.`,
    }));
}

function outdatedFindings(template: TemplateDocument): RuleFinding[] {
  return (['cy'] as const)
    .filter((language) => isOutdated(template, language))
    .map((language) => ({
      code: 'TEMPLATE_TRANSLATION_OLD',
      severity: 'warning',
      path: ['languages', language],
      values: { language },
      message: `The variant of template ${template.key} in "${language}" was written before its texts last changed. Translate what changed, then mark it as up to date.`,
    }));
}

const engine = new Liquid({ templates: {}, strictFilters: true, relativeReference: false });

/** Paths a text looks up from outside, or why it cannot be read. */
function pathsIn(text: string): { paths: string[] } | { problem: string } {
  try {
    const variables = engine.globalFullVariablesSync(engine.parse(text));
    const unknown = unknownFilter(text);
    return unknown ? { problem: `there is no filter "${unknown}"` } : { paths: [...new Set(variables)] };
  } catch (error) {
    return { problem: (error as Error).message.split('\n')[0] ?? 'it is not Liquid' };
  }
}

/** Filters are looked up only when a text is rendered; this looks before. */
function unknownFilter(text: string): string | undefined {
  const outputs = [...text.matchAll(/\{\{(.*?)\}\}/gs)].map((match) =>
    (match[1] ?? '').replaceAll(/"[^"]*"|'[^']*'/g, ''),
  );
  const names = outputs.flatMap((output) =>
    output
      .split('|')
      .slice(1)
      .map((part) => /^\s*(\w+)/.exec(part)?.[1]),
  );
  return names.find((name) => name !== undefined && !Object.hasOwn(engine.filters, name));
}

/** Whether a path ends in a sensitive question or information field (N4). */
function isSensitive(path: string, context: CheckContext): boolean {
  if (placeholdersOf('escalation').includes(path) || placeholdersOf('offer').includes(path)) return false;
  const names = path.split('.');
  const sensitive = context.derived(sensitiveNames);
  return names.some((name) => sensitive.has(name));
}

const sensitiveNames: DerivedFact<ReadonlySet<string>> = {
  kinds: ['question', 'form', 'task'],
  make: (documents) => {
    const library = documents('question')
      .filter((one) => one.sensitive)
      .map((one) => one.key);
    const asked = documents('form').flatMap((form) => Object.entries(form.questions));
    const fields = documents('task').flatMap((task) => Object.entries(task.fields));
    const own = [...asked, ...fields].filter(([, one]) => one.sensitive).map(([key]) => key);
    return new Set([...library, ...own]);
  },
  isSame: isSameSet,
};

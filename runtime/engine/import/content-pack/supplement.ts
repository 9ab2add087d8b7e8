import type { AnyDocument } from '../../../../schemas/configuration.ts';
import type { Channel } from '../../../../schemas/ladder.ts';
import { windowLadder } from './clocks.ts';
import { agencies, teamTitles } from './labels.ts';
import { offerTemplates } from './offer-templates.ts';
import { LABEL } from './workflows.ts';

/** What the pack only names is written here: teams, agencies, templates, calendars, topics, provisions, settings, the training service type. */
export function supplementDocuments(): AnyDocument[] {
  return [
    ...teams(),
    ...agencies.map(toAgency),
    windowLadder(),
    ...templates(),
    ...offerTemplates(),
    ...calendars(),
    ...topics(),
    ...provisions(),
    settings(),
    training(),
  ];
}

function teams(): AnyDocument[] {
  return Object.entries(teamTitles).map(([key, team]) => ({
    kind: 'team',
    format: 1,
    key,
    title: team.title,
    type: team.type,
    ...(key === 'HOO' ? { roundRobin: true } : {}),
  }));
}

function toAgency(agency: (typeof agencies)[number]): AnyDocument {
  return { kind: 'agency', format: 1, ...agency, services: [...agency.services] };
}

const taskVariables = [
  'recipient.name',
  'case.reference',
  'case.workflow',
  'task.title',
  'due.text',
  'overdue.text',
  'link',
];
const clockVariables = [
  'recipient.name',
  'case.reference',
  'case.workflow',
  'clock.title',
  'clock.onEnd',
  'clock.source',
  'due.text',
  'link',
];

const taskTemplates: Record<string, [string, string]> = {
  amber: [
    'Amber warning: {{ task.title }}',
    '{{ task.title }} for case {{ case.reference }} ({{ case.workflow }}) is due {{ due.text }}.',
  ],
  overdue: [
    'Target exceeded: {{ task.title }}',
    '{{ task.title }} for case {{ case.reference }} was due {{ due.text }} and is not complete.',
  ],
  stalled: [
    'Still not done: {{ task.title }}',
    '{{ task.title }} for case {{ case.reference }} was due {{ due.text }}; it is {{ overdue.text }} overdue.',
  ],
  'stalled-final': [
    'Needs your decision: {{ task.title }}',
    '{{ task.title }} for case {{ case.reference }} has been overdue since {{ due.text }}. Earlier warnings brought no completion.',
  ],
  'emergency-amber': [
    'Emergency, act now: {{ task.title }}',
    '{{ task.title }}, case {{ case.reference }}: due {{ due.text }}.',
  ],
  'emergency-overdue': [
    'Emergency target exceeded: {{ task.title }}',
    '{{ task.title }}, case {{ case.reference }}: was due {{ due.text }}.',
  ],
  'emergency-stalled': [
    'Emergency still open: {{ task.title }}',
    '{{ task.title }}, case {{ case.reference }}: {{ overdue.text }} overdue.',
  ],
  'emergency-final': [
    'Emergency not resolved: {{ task.title }}',
    '{{ task.title }}, case {{ case.reference }}, was due {{ due.text }} and is still open.',
  ],
  assigned: [
    'Yours now: {{ task.title }}',
    '{{ task.title }} for case {{ case.reference }} is now yours. It is due {{ due.text }}.',
  ],
};
const clockTemplates: Record<string, [string, string]> = {
  'statutory-14': [
    '{{ clock.title }} ends in 14 days',
    'Case {{ case.reference }}: {{ clock.title }} ({{ clock.source }}) ends {{ due.text }}. Its end means: {{ clock.onEnd }}.',
  ],
  'statutory-3': [
    '{{ clock.title }} ends in 3 days',
    'Case {{ case.reference }}: {{ clock.title }} ({{ clock.source }}) ends {{ due.text }}. Its end means: {{ clock.onEnd }}.',
  ],
  'statutory-breach': [
    '{{ clock.title }} has ended',
    'Case {{ case.reference }}: {{ clock.title }} ({{ clock.source }}) ended {{ due.text }}. This means: {{ clock.onEnd }}.',
  ],
  'statutory-lapsed': [
    '{{ clock.title }} has run out',
    'Case {{ case.reference }}: {{ clock.title }} ({{ clock.source }}) ran out {{ due.text }}. This means: {{ clock.onEnd }}.',
  ],
  'statutory-breach-repeat': [
    '{{ clock.title }} has ended and the case is open',
    'Case {{ case.reference }}: {{ clock.title }} ended {{ due.text }} and the case is still open.',
  ],
};

function templates(): AnyDocument[] {
  const make = (key: string, [subject, text]: [string, string], variables: string[]): AnyDocument => ({
    kind: 'template',
    format: 1,
    key,
    title: subject
      .replaceAll(/\{\{ ?|\s?\}\}/g, '')
      .replace('task.title', 'task')
      .replace('clock.title', 'statutory clock'),
    purpose: key === 'assigned' ? 'assigned' : 'escalation',
    channels: {
      email: { subject, text: `Dear {{ recipient.name }},\n\n${text}\n\nOpen the case: {{ link }}\n` },
      inApp: text,
      sms: text,
      letter: `${subject}\n\n${text}\n`,
    },
    languages: {},
    variables,
  });
  return [
    ...Object.entries(taskTemplates).map(([key, words]) => make(key, words, taskVariables)),
    ...Object.entries(clockTemplates).map(([key, words]) => make(key, words, clockVariables)),
  ];
}

const officeDays = (start: string, end: string) =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ start, end }]]));

function calendars(): AnyDocument[] {
  const office = (division: 'england-and-wales' | 'scotland' | 'northern-ireland', title: string): AnyDocument => ({
    kind: 'calendar',
    format: 1,
    key: division,
    title,
    zone: 'Europe/London',
    weekly: officeDays('09:00', '17:00'),
    closed: {},
    openings: {},
    division,
  });
  return [
    office('england-and-wales', 'England and Wales'),
    office('scotland', 'Scotland'),
    office('northern-ireland', 'Northern Ireland'),
    {
      kind: 'calendar',
      format: 1,
      key: '24x7',
      title: 'Every hour of every day',
      zone: 'Europe/London',
      alwaysOpen: true,
      weekly: {},
      closed: {},
      openings: {},
    },
    {
      kind: 'calendar',
      format: 1,
      key: 'notify',
      title: 'Hours for messages',
      zone: 'Europe/London',
      weekly: officeDays('08:00', '18:00'),
      closed: {},
      openings: {},
      division: 'england-and-wales',
    },
  ];
}

const topicTree: [string, string, [string, string, string][]][] = [
  [
    'losing-home',
    'Losing or without a home',
    [
      ['at-risk', 'I may lose my home', 'HP'],
      ['homeless', 'I am homeless or have nowhere safe tonight', 'HR'],
      ['review', 'I disagree with a homelessness decision', 'RV'],
    ],
  ],
  [
    'finding-home',
    'Finding or changing home',
    [
      ['register', 'Join the housing register', 'RG'],
      ['exchange', 'Swap homes with another tenant', 'MX'],
    ],
  ],
  [
    'condition',
    'My home and its condition',
    [
      ['hazard', 'Report damp, mould or another hazard', 'HZ'],
      ['adaptation', 'Adapt my home for a disability', 'DF'],
    ],
  ],
  ['support', 'Support', [['tenancy-support', 'Help to manage my tenancy', 'SA']]],
];

function topics(): AnyDocument[] {
  return topicTree.flatMap(([key, title, leaves], order): AnyDocument[] => [
    { kind: 'topic', format: 1, key, title, order },
    ...leaves.map(
      ([leaf, leafTitle, workflow], leafOrder): AnyDocument => ({
        kind: 'topic',
        format: 1,
        key: leaf,
        title: leafTitle,
        parent: key,
        order: leafOrder,
        workflow,
      }),
    ),
  ]);
}

const laws: [string, string, string][] = [
  ['HA96', 'Housing Act 1996', 'https://www.legislation.gov.uk/ukpga/1996/52'],
  ['HRA2017', 'Homelessness Reduction Act 2017', 'https://www.legislation.gov.uk/ukpga/2017/13'],
  ['HA85', 'Housing Act 1985', 'https://www.legislation.gov.uk/ukpga/1985/68'],
  ['LTA85', 'Landlord and Tenant Act 1985', 'https://www.legislation.gov.uk/ukpga/1985/70'],
  ['HGCRA96', 'Housing Grants, Construction and Regeneration Act 1996', 'https://www.legislation.gov.uk/ukpga/1996/53'],
  ['SI-2018-223', 'SI 2018/223 (Homelessness review procedure)', 'https://www.legislation.gov.uk/uksi/2018/223'],
  ['SI-2003-3326', 'SI 2003/3326 (Suitability of accommodation)', 'https://www.legislation.gov.uk/uksi/2003/3326'],
  [
    'SI-2025-1042',
    "SI 2025/1042 (Hazards in social housing, Awaab's Law)",
    'https://www.legislation.gov.uk/uksi/2025/1042',
  ],
];

function provisions(): AnyDocument[] {
  return laws.map(([key, citation, url]) => ({
    kind: 'provision',
    format: 1,
    key,
    title: citation,
    citation,
    url,
    reviewBy: '2027-04-01',
  }));
}

function settings(): AnyDocument {
  return {
    kind: 'settings',
    format: 1,
    key: 'settings',
    title: 'Settings',
    description: LABEL,
    organisation: 'Example District Council',
    zone: 'Europe/London',
    notifyCalendar: 'notify',
    languages: ['en'],
    twoPersonPublish: false,
    allowedEmailDomains: [],
    checkSeverity: {},
    attributeDefinitions: {},
    contacts: {
      options: {
        order: 1,
        name: 'Housing options',
        phone: '01632 960 001',
        email: 'options@example.org',
        workflows: ['HP', 'HR', 'RV', 'RG'],
      },
      tenancies: {
        order: 2,
        name: 'Tenancies and repairs',
        phone: '01632 960 002',
        email: 'tenancies@example.org',
        workflows: ['MX', 'HZ', 'DF', 'SA', 'SP', 'TR', 'CO', 'WS'],
      },
    },
  };
}

function training(): AnyDocument {
  return {
    kind: 'service-type',
    format: 1,
    key: 'TRAINING',
    title: 'Professional training',
    description: LABEL,
    actionPlan: 'TR',
    actionPath: ['TR01', 'TR02', 'TR06', 'TR09', 'TR10', 'TR12'],
    provider: 'indirect',
    provision: 'dated',
    capacity: 12,
    interestForm: 'TR',
    offer: { expires: { value: 5, unit: 'workingDays' } },
    messages: {
      offerMade: { template: 'offer-made' },
      offerExpired: { template: 'offer-expired' },
      offerWithdrawn: { template: 'offer-withdrawn' },
    },
  };
}

/** Channels of a rung's `via`; in-app and e-mail when the pack names none. */
export function toChannels(via: string | undefined): Channel[] {
  return (via ?? 'in-app+email').split('+').map((part) => (part === 'in-app' ? 'inApp' : (part as Channel)));
}

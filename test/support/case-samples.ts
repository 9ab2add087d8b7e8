import type {
  CasePage,
  DirectoryAnswer,
  MessageRow,
  TaskRow,
  TimelineEntry,
  WorklistItem,
} from '../../studio/api/types.ts';

/** Noon on Thursday 14 January 2027, London. */
export const sampleNow = 1_799_928_000;
const day = 86_400;

export const sampleDirectory: DirectoryAnswer = {
  users: { amira: { name: 'Amira Khan', teams: ['HOO'] }, ben: { name: 'Ben Okoro', teams: ['DUTY'] } },
};

/** A task of a case; what is not named is as on a task that nobody has touched. */
export function sampleTask(task: Partial<TaskRow> & Pick<TaskRow, 'id' | 'title'>): TaskRow {
  return {
    node: task.id,
    state: 'pending',
    slaState: 'onTrack',
    owner: null,
    group: null,
    activeAt: null,
    startedAt: null,
    endedAt: null,
    releaseAt: null,
    amberAt: null,
    dueAt: null,
    breachedAt: null,
    paused: false,
    occurrence: 1,
    mandatory: false,
    outcome: null,
    ...task,
  };
}

export const sampleTasks: TaskRow[] = [
  sampleTask({
    id: 'HP01',
    title: 'Acknowledge enquiry, send advice pack',
    state: 'complete',
    group: 'DUTY',
    endedAt: sampleNow - 8 * day,
    mandatory: true,
  }),
  sampleTask({
    id: 'HP02',
    title: 'Triage call: homeless or threatened within 56 days?',
    state: 'complete',
    owner: 'ben',
    endedAt: sampleNow - 6 * day,
    mandatory: true,
  }),
  sampleTask({
    id: 'HP03',
    title: 'Eligibility and duty decision; written notice (s184)',
    state: 'inProgress',
    slaState: 'amber',
    owner: 'amira',
    dueAt: sampleNow + day,
    mandatory: true,
  }),
  sampleTask({
    id: 'HP06',
    title: 'Contact landlord or host',
    state: 'ready',
    slaState: 'exceeded',
    owner: 'amira',
    dueAt: sampleNow - 2 * day,
    breachedAt: sampleNow - 2 * day,
  }),
  sampleTask({
    id: 'HP07',
    title: 'Income, benefit and arrears check',
    state: 'onHold',
    paused: true,
    group: 'MONEY',
    dueAt: sampleNow + 4 * day,
  }),
  sampleTask({ id: 'HP04', title: 'Assessment of case, housing and support needs (s189A)', mandatory: true }),
  sampleTask({
    id: 'HP12',
    title: 'Day-49 check: what ends the duty?',
    releaseAt: sampleNow + 40 * day,
    mandatory: true,
  }),
  sampleTask({ id: 'HP11', title: 'Private rented offer / deposit help', state: 'notAdded' }),
  sampleTask({ id: 'HP08', title: 'Support referrals made', state: 'notApplicable', endedAt: sampleNow - 3 * day }),
];

export const samplePage: CasePage = {
  case: {
    id: 'case-1',
    reference: 'HP-2027-0004',
    workflow: 'HP',
    title: 'Homelessness prevention',
    release: 1,
    isSample: true,
    status: 'open',
    stage: null,
    outcome: null,
    slaState: 'onTrack',
    owner: 'amira',
    group: null,
    receivedAt: sampleNow - 9 * day,
    dueAt: sampleNow + 75 * day,
    breachedAt: null,
    paused: false,
    closedAt: null,
    revision: 21,
  },
  customer: { name: 'Sam Taylor', phone: '020 7946 0000', email: 'sam@example.org' },
  answers: { stay: 'private_rent', notice: 's21', leave_by: '2027-02-20', children: 'yes', needs: ['none'] },
  tasks: sampleTasks,
  clocks: [
    {
      id: 'HP-DUTY',
      key: 'HP-DUTY',
      title: 'Prevention duty',
      startedAt: sampleNow - 3 * day,
      dueAt: sampleNow + 53 * day,
      breachedAt: null,
      outcome: 'open',
    },
  ],
  explanations: {
    'case:': { completion: '84 calendar days from Tue 5 Jan 2027; = Tue 30 Mar 2027 (end of day); calendar 24x7' },
    'task:HP03': {
      completion:
        '5 working days from Fri 8 Jan 2027; = Fri 15 Jan 2027 (close of business); calendar England and Wales, version 3',
    },
    'task:HP06': {
      firstContact: '1 working day from Fri 8 Jan 2027; = Mon 11 Jan 2027; calendar England and Wales, version 3',
      completion: '2 working days from Fri 8 Jan 2027; = Tue 12 Jan 2027; calendar England and Wales, version 3',
    },
    'clock:HP-DUTY': {
      completion:
        '56 calendar days from Mon 11 Jan 2027, that day counted; = Sun 7 Mar 2027 (end of day); calendar 24x7',
    },
  },
  allowed: {
    case: ['addNote', 'logContact', 'holdCase', 'changeCaseOwner', 'closeCase', 'cancelCase', 'addTask'],
    tasks: {
      HP03: ['completeTask', 'holdTask', 'reassignTask', 'addNote'],
      HP06: ['startTask', 'completeTask', 'holdTask', 'bypassTask', 'reassignTask'],
      HP07: ['resumeTask', 'reassignTask'],
      HP02: ['reopenTask'],
    },
    addable: ['HP11'],
  },
  links: [],
  now: sampleNow,
};

export const sampleTimeline: { entries: TimelineEntry[]; personal: Record<string, unknown> } = {
  personal: { 'note-1': 'Landlord agrees to wait until the assessment.' },
  entries: [
    {
      seq: 1,
      at: sampleNow - 9 * day,
      kind: 'life',
      actor: 'customer',
      text: 'The enquiry was received and the case launched.',
    },
    {
      seq: 5,
      at: sampleNow - 8 * day,
      kind: 'life',
      actor: 'ben',
      task: 'HP01',
      text: 'Acknowledge enquiry, send advice pack was completed.',
    },
    {
      seq: 9,
      at: sampleNow - 6 * day,
      kind: 'owner',
      actor: 'system',
      task: 'HP03',
      text: 'Eligibility and duty decision went to Amira Khan, whose turn it was.',
    },
    {
      seq: 14,
      at: sampleNow - 2 * day,
      kind: 'sla',
      actor: 'system',
      task: 'HP06',
      text: 'Contact landlord or host exceeded its target.',
    },
    {
      seq: 15,
      at: sampleNow - 2 * day,
      kind: 'escalation',
      actor: 'system',
      task: 'HP06',
      text: 'Rung 2 told the team leader.',
    },
    {
      seq: 18,
      at: sampleNow - day,
      kind: 'note',
      actor: 'amira',
      task: 'HP06',
      text: 'Amira Khan added a note.',
      refs: { text: 'note-1' },
    },
  ],
};

export const sampleWorklist: WorklistItem[] = sampleTasks
  .filter((task) => ['ready', 'inProgress', 'onHold'].includes(task.state))
  .map((task) => ({
    caseId: 'case-1',
    reference: 'HP-2027-0004',
    workflow: 'HP',
    isSample: true,
    urgency: task.paused ? ('paused' as const) : task.slaState,
    task,
  }))
  .sort(
    (a, b) =>
      ['exceeded', 'amber', 'onTrack', 'paused'].indexOf(a.urgency) -
      ['exceeded', 'amber', 'onTrack', 'paused'].indexOf(b.urgency),
  );

export const sampleMessages: MessageRow[] = [
  {
    id: 'm2',
    caseId: 'case-1',
    task: 'HP06',
    title: 'Target exceeded: Contact landlord or host',
    body: 'It was due on 12 January.',
    urgent: true,
    createdAt: sampleNow - 2 * day,
    readAt: null,
  },
  {
    id: 'm1',
    caseId: 'case-1',
    task: 'HP03',
    title: 'Amber: Eligibility and duty decision',
    body: 'It is due tomorrow at 17:00.',
    urgent: false,
    createdAt: sampleNow - day,
    readAt: sampleNow,
  },
];

import { ResourcePage, ResourceSummary } from '../../schemas/resource-api.ts';
import type { ResourceEntry } from '../../studio/resources/queries.ts';

const now = Date.UTC(2026, 10, 23, 9) / 1000;
const DAY = 86_400;
const HOUR = 3600;
const charge = { amount: 1450, period: 'week', partOfRent: true } as const;

const course = {
  id: 'r-1',
  reference: 'TRAINING-4K7D-29QX',
  serviceType: 'TRAINING',
  title: 'Saving energy at home',
  provision: 'dated',
  provider: 'indirect',
  startsOn: '2026-12-05',
  endsOn: '2026-12-26',
  capacity: 12,
  taken: 2,
  ready: true,
  life: 'ready',
  inCatalogue: true,
  planCase: 'c-1',
  isSample: true,
  createdAt: now - 45 * DAY,
  revision: 14,
} as const;

/** Resources as a list shows them. */
export const sampleResources: ResourceSummary[] = [
  course,
  {
    ...course,
    id: 'r-2',
    reference: 'WARDEN-7CBM-3HTW',
    serviceType: 'WARDEN',
    title: 'Warden support, Elm Court',
    provision: 'continuing',
    provider: 'direct',
    startsOn: null,
    endsOn: null,
    capacity: null,
    taken: 31,
    life: 'delivering',
    inCatalogue: false,
    isSample: false,
  },
  {
    ...course,
    id: 'r-3',
    reference: 'TRAINING-9PQR-4MNB',
    title: 'Family food on a budget',
    ready: false,
    life: 'planned',
  },
].map((row) => ResourceSummary.parse(row));

const person = (n: number, name: string | null) => ({
  resource: 'r-1',
  interest: `i-${n}`,
  customer: `p-${n}`,
  name,
});

/** A resource with somebody at every point of the way. */
export const sampleResourcePage: ResourcePage = ResourcePage.parse({
  resource: {
    ...course,
    description: 'Four mornings about heating, meters and draughts.',
    place: 'Community hall, Station Road',
    providedBy: 'Northtown Adult Learning',
    charge,
    readyAt: now - 3 * DAY,
    typeTitle: 'Professional training',
  },
  plan: { case: 'c-1', reference: 'TR-2B7D-4KQX', title: 'Training course (services resource)', status: 'open' },
  keyActions: [
    { node: 'TR01', title: 'Identify the need and the number of places', state: 'complete', isKey: true },
    { node: 'TR02', title: 'Find a trainer', state: 'complete', isKey: true },
    { node: 'TR06', title: 'Book the room', state: 'notApplicable', isKey: true },
    { node: 'TR09', title: 'Publish the course', state: 'open', isKey: true },
    { node: 'TR11', title: 'Risk assessment', state: 'open', isKey: false },
  ],
  interests: [
    { id: 'i-1', customer: 'p-1', name: 'Ray Pattern', resource: 'r-1', source: 'catalogue', state: 'allocated' },
    { id: 'i-2', customer: 'p-2', name: 'Sia Copy', resource: 'r-1', source: 'officer', state: 'offered' },
    { id: 'i-3', customer: 'p-3', name: null, resource: null, source: 'plan', state: 'open' },
    { id: 'i-4', customer: 'p-4', name: 'Tom Draft', resource: 'r-1', source: 'catalogue', state: 'refused' },
    { id: 'i-5', customer: 'p-5', name: 'Una Mock', resource: 'r-1', source: 'catalogue', state: 'secured' },
  ].map((one, index) => ({ ...one, serviceType: 'TRAINING', case: null, registeredAt: now - index * DAY })),
  matches: [1, 2, 5].map((n) => ({
    id: `m-${n}`,
    ...person(n, ['', 'Ray Pattern', 'Sia Copy', '', '', 'Una Mock'][n] ?? null),
    by: n === 1 ? 'rule' : 'hand',
    state: 'matched',
    at: now - DAY,
  })),
  offers: (
    [
      [1, 'Ray Pattern', 'allocated'],
      [2, 'Sia Copy', 'open'],
      [4, 'Tom Draft', 'refused'],
      [5, 'Una Mock', 'secured'],
    ] as const
  ).map(([n, name, state]) => ({
    id: `o-${n}`,
    ...person(n, name),
    match: `m-${n}`,
    state,
    madeAt: now - DAY,
    expiresAt: now + 4 * DAY,
    answeredAt: state === 'open' ? null : now - HOUR,
    charge,
  })),
  allocations: [
    {
      id: 'a-1',
      ...person(1, 'Ray Pattern'),
      offer: 'o-1',
      startOn: '2026-12-05',
      endOn: '2026-12-26',
      charge,
      state: 'current',
      allocatedAt: now - HOUR,
    },
  ],
  hasRule: true,
  allowed: {
    resource: [
      'changeDetails',
      'changeCharge',
      'changeCapacity',
      'changeActionPath',
      'showInCatalogue',
      'registerInterest',
      'matchInterest',
      'matchByRule',
      'startDelivery',
    ],
    matches: { 'm-1': [], 'm-2': [], 'm-5': [] },
    offers: {
      'o-1': [],
      'o-2': ['acceptOffer', 'refuseOffer', 'withdrawOffer'],
      'o-4': [],
      'o-5': ['allocatePlace', 'releasePlace'],
    },
    allocations: { 'a-1': ['endAllocation'] },
  },
  now,
});

/** Its history, oldest first. */
export const sampleResourceHistory: ResourceEntry[] = [
  {
    seq: 1,
    at: now - 45 * DAY,
    actor: 'sam',
    text: 'The resource was made; its action plan was begun.',
    name: null,
    reason: null,
  },
  {
    seq: 2,
    at: now - 3 * DAY,
    actor: 'priya',
    text: 'All key actions are complete: the resource is ready.',
    name: null,
    reason: null,
  },
  {
    seq: 3,
    at: now - DAY,
    actor: 'customer',
    text: 'An offer was refused.',
    name: 'Tom Draft',
    reason: 'The mornings do not suit.',
  },
];

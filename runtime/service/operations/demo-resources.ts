import type { Answers } from '../../../schemas/condition.ts';
import type { ResourceCommand } from '../../../schemas/resource-command.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import { dateIn } from '../local-date.ts';
import { commandResource } from '../resources/command-resource.ts';
import { createResource } from '../resources/create-resource.ts';
import { loadResourcePage } from '../resources/read-resource.ts';
import { registerInterest } from '../resources/register-interest.ts';
import type { Service } from '../service.ts';

/** Something that happens in the life of the samples. */
export interface Step {
  at: number;
  run(): Promise<void>;
}

const DAY = 86_400;
const HOUR = 3600;

/** How far one sample customer has come with a resource. */
type Reach = 'interest' | 'match' | 'offer' | 'refused' | 'secured' | 'allocated';

interface SampleResource {
  serviceType: string;
  title: string;
  place: string;
  providedBy?: string;
  description: string;
  /** Days since it was made. */
  age: number;
  /** Steps of its action plan that are tried. */
  worked: number;
  /** Days from now, of a dated resource. */
  dates?: readonly [from: number, to: number];
  answers: Answers;
  people: readonly { name: string; reach: Reach }[];
}

const courses = { childcare: 'no', access: ['none'], daytime: 'yes' };

const samples: readonly SampleResource[] = [
  {
    serviceType: 'WARDEN',
    title: 'Warden support, Elm Court',
    place: 'Elm Court, Mill Lane',
    description: 'A warden calls every weekday and comes when the alarm is pulled.',
    age: 90,
    worked: 40,
    answers: { age: 74, fallen: 'yes' },
    people: [
      { name: 'Nan Example', reach: 'allocated' },
      { name: 'Oz Sample', reach: 'allocated' },
      { name: 'Pia Trial', reach: 'secured' },
      { name: 'Quin Model', reach: 'offer' },
    ],
  },
  {
    serviceType: 'TRAINING',
    title: 'Saving energy at home',
    place: 'Community hall, Station Road',
    providedBy: 'Northtown Adult Learning',
    description: 'Four mornings about heating, meters and draughts. Bring a bill, and we look at it together.',
    age: 45,
    worked: 14,
    dates: [12, 33],
    answers: { ...courses, course: ['saving_energy'] },
    people: [
      { name: 'Ray Pattern', reach: 'secured' },
      { name: 'Sia Copy', reach: 'offer' },
      { name: 'Tom Draft', reach: 'refused' },
      { name: 'Una Mock', reach: 'match' },
      { name: 'Val Proof', reach: 'interest' },
    ],
  },
  {
    serviceType: 'TRAINING',
    title: 'Family food on a budget',
    place: 'Mill Lane School kitchen',
    providedBy: 'Northtown Adult Learning',
    description: 'Cook together and take the recipes home.',
    age: 6,
    worked: 2,
    dates: [50, 71],
    answers: { ...courses, course: ['family_food'], childcare: 'yes' },
    people: [{ name: 'Wen Specimen', reach: 'interest' }],
  },
];

/** Sample resources, lived by the real commands: `work` does the next task of a case as an officer does. */
export function resourceSteps(
  service: Service,
  release: LoadedRelease,
  present: number,
  sender: { actor: string; work(caseId: string, turn: number): Promise<void> },
): Step[] {
  return samples
    .filter(({ serviceType }) => release.configuration['service-type'][serviceType])
    .flatMap((sample, index) => stepsOf(service, sample, index, present, sender));
}

function stepsOf(
  service: Service,
  sample: SampleResource,
  index: number,
  present: number,
  { actor, work }: { actor: string; work(caseId: string, turn: number): Promise<void> },
): Step[] {
  const { organisation } = service;
  const madeAt = Math.floor((present - sample.age * DAY) / DAY) * DAY + 11 * HOUR;
  const made: { resourceId?: string; planCase?: string } = {};
  const make: Step = {
    at: Math.min(madeAt, present),
    async run() {
      const { serviceType, title, place, providedBy, description, dates } = sample;
      const [from, to] = dates ?? [];
      const dateOf = (days: number) => dateIn('Europe/London', present + days * DAY);
      const created = await createResource(
        organisation,
        {
          serviceType,
          title,
          place,
          description,
          inCatalogue: true,
          ...(providedBy ? { providedBy } : {}),
          ...(from === undefined || to === undefined ? {} : { startsOn: dateOf(from), endsOn: dateOf(to) }),
        },
        { actor, key: `system:sample-resource-${index}`, sample: true },
      );
      Object.assign(made, created);
    },
  };
  const span = (sample.age * DAY * 0.7) / (sample.worked + 1);
  const plan = Array.from({ length: sample.worked }, (_, turn): Step => {
    const at = madeAt + Math.round(((turn + 1) * span) / HOUR) * HOUR;
    return { at: Math.min(at, present), run: async () => void (made.planCase && (await work(made.planCase, turn))) };
  });
  const people = sample.people.map(({ name, reach }, place): Step => {
    // Not longer ago than an offer takes to expire.
    const at = Math.min(present, present - 2 * DAY + place * HOUR);
    return {
      at,
      run: async () => void (made.resourceId && (await goSoFar(service, made.resourceId, sample, name, reach, actor))),
    };
  });
  return [make, ...plan, ...people];
}

/** Registers a customer's interest and takes it as far as it is to go. */
async function goSoFar(
  { organisation }: Service,
  resource: string,
  sample: SampleResource,
  name: string,
  reach: Reach,
  actor: string,
): Promise<void> {
  const send = (command: ResourceCommand) => commandResource(organisation, resource, command, { actor });
  const page = () => loadResourcePage(organisation, resource);
  const { interestId: interest } = await registerInterest(
    organisation,
    {
      resource,
      serviceType: sample.serviceType,
      customer: { name: `${name} (sample)` },
      answers: sample.answers,
      source: 'catalogue',
      allowIncomplete: true,
    },
    { actor: 'customer' },
  );
  if (reach === 'interest') return;
  const matched = async () => (await page()).matches.find((match) => match.interest === interest)?.id;
  if (!(await matched())) await send({ type: 'matchInterest', interest });
  if (reach === 'match') return;
  await send({ type: 'makeOffer', match: (await matched()) ?? '' });
  const offer = (await page()).offers.find((one) => one.interest === interest)?.id ?? '';
  if (reach === 'offer') return;
  if (reach === 'refused') {
    await send({ type: 'refuseOffer', offer, reason: 'Sample reason: the mornings do not suit.' });
    return;
  }
  await send({ type: 'acceptOffer', offer });
  const { resource: now } = await page();
  if (reach === 'secured' || !now.ready) return;
  await send({ type: 'allocatePlace', offer, startOn: dateIn('Europe/London', organisation.clock.now()) });
  if (now.life === 'ready') await send({ type: 'startDelivery' });
}

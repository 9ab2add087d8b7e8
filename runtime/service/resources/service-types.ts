import type { ServiceTypeSummary } from '../../../schemas/resource-api.ts';
import { zoneOf } from '../enquiries/submit-enquiry.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { openInterestForm } from './interest-form.ts';

/** Service types of the newest release with the questions that an interest is asked. */
export async function listServiceTypes({ releases, clock }: Organisation): Promise<ServiceTypeSummary[]> {
  const release = await releases.newest();
  const asAt = dateIn(zoneOf(release), clock.now());
  return Object.values(release.configuration['service-type']).map((type) => ({
    key: type.key,
    title: type.title,
    provider: type.provider,
    provision: type.provision,
    capacity: type.capacity ?? null,
    charge: type.charge ?? null,
    actionPath: type.actionPath,
    hasRule: type.matchWhen !== undefined,
    questions: [...openInterestForm(release, type.key, asAt).questions.values()].map(
      ({ key, type: kind, label, options, optionLabels, exclusiveOptions }) => ({
        key,
        type: kind,
        label,
        options: [...options],
        optionLabels: { ...optionLabels },
        exclusiveOptions: [...exclusiveOptions],
      }),
    ),
  }));
}

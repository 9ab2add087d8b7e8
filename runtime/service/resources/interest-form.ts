import { formQuestions } from '../../engine/index.ts';
import type { LoadedRelease } from '../definitions/release-store.ts';
import type { EnquiryForm } from '../enquiries/answers.ts';
import { Problem } from '../problem.ts';

/** The questions that an interest in a service type asks; none when the type has no form. Throws 422 for an unknown type. */
export function openInterestForm(release: LoadedRelease, serviceType: string, asAt: string): EnquiryForm {
  const { configuration, number } = release;
  const type = configuration['service-type'][serviceType];
  if (!type)
    throw new Problem(422, 'SERVICE_TYPE_UNKNOWN', `There is no service type "${serviceType}" in release ${number}.`, {
      pointer: '/serviceType',
    });
  const form = type.interestForm === undefined ? undefined : configuration.form[type.interestForm];
  return {
    workflow: serviceType,
    form,
    questions: form ? formQuestions(form, configuration.question) : new Map(),
    named: {},
    asAt,
  };
}

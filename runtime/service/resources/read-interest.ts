import type { Answers } from '../../../schemas/condition.ts';
import type { InterestSummary } from '../../../schemas/resource-api.ts';
import { openValues } from '../cases/prepare.ts';
import { intOf, textOf } from '../db/database.ts';
import { answerInWords } from '../enquiries/read-answer.ts';
import { zoneOf } from '../enquiries/submit-enquiry.ts';
import { dateIn } from '../local-date.ts';
import type { Organisation } from '../organisation.ts';
import { Problem } from '../problem.ts';
import { openInterestForm } from './interest-form.ts';
import { toInterestSummary, withNames } from './read-resource.ts';
import { interestSecret } from './register-interest.ts';

/** An interest with its answers, in words too, and the customer's own page of it. Throws 404. */
export async function loadInterest(organisation: Organisation, id: string) {
  const [row] = await organisation.database.query('SELECT * FROM interests WHERE id = ?', [id]);
  if (!row) throw new Problem(404, 'NOT_FOUND', 'There is no such interest.');
  const [interest] = await withNames<InterestSummary>(organisation, [toInterestSummary(row)]);
  if (!interest) throw new Error('one interest went in, none came out');
  const key = await organisation.keys.find(interest.customer);
  const opened = key ? await openValues(organisation, key, { answers: textOf(row, 'answers_ref') }) : {};
  const answers = (opened.answers ?? {}) as Answers;
  const release = await organisation.releases.load(intOf(row, 'release'));
  const form = openInterestForm(release, interest.serviceType, dateIn(zoneOf(release), organisation.clock.now()));
  const inWords = Object.entries(answers).map(([question, value]) => {
    const asked = form.questions.get(question);
    return { question: asked?.label ?? question, answer: asked ? answerInWords(asked, value) : String(value) };
  });
  return {
    interest,
    answers,
    inWords,
    link: `${organisation.addresses.customerBase}/interest/${interestSecret(organisation, id)}`,
  };
}

/** Interest, customer and resource behind a customer's secret link; undefined when there is none. */
export async function findInterestByLink({ database }: Organisation, secretHash: string): Promise<string | undefined> {
  const [row] = await database.query('SELECT interest FROM interest_links WHERE secret_hash = ?', [secretHash]);
  return row ? textOf(row, 'interest') : undefined;
}

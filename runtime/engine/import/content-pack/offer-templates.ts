import type { AnyDocument } from '../../../../schemas/configuration.ts';

const PLACE = '{{ resource.title }}';
const standing = 'Your interest still stands, and we may offer you a place again.';

/** Key, title, subject and words of what customers are told of their offers. */
const texts: readonly (readonly [key: string, title: string, subject: string, body: string])[] = [
  [
    'offer-made',
    'Offer of a place',
    `We offer you a place: ${PLACE}`,
    `We offer you a place: ${PLACE}.\n\nPlease tell us by {{ offer.expires }} whether you take it. After that the offer ends. The place is yours once you have accepted; others may be offered it too.\n\nAnswer on our website at {{ link }}, or tell your officer.`,
  ],
  [
    'offer-expired',
    'Offer ended without an answer',
    `Our offer has ended: ${PLACE}`,
    `We offered you a place: ${PLACE}. We had no answer by {{ offer.expires }}, so the offer has ended.\n\n${standing} If you do not want one any more, tell us at {{ link }} or tell your officer.`,
  ],
  [
    'offer-withdrawn',
    'Offer withdrawn',
    `We have withdrawn our offer: ${PLACE}`,
    `We have withdrawn our offer of a place: ${PLACE}. You do not have to do anything.\n\n${standing} Your officer can tell you more. How it stands is shown at {{ link }}.`,
  ],
];

/** Templates of the messages about offers, by e-mail and by letter. */
export function offerTemplates(): AnyDocument[] {
  return texts.map(([key, title, subject, body]) => {
    const text = `Dear {{ recipient.name }},\n\n${body}\n`;
    const paths = ['recipient.name', 'resource.title', 'offer.expires', 'link'];
    return {
      kind: 'template',
      format: 1,
      key,
      title,
      purpose: 'offer',
      channels: { email: { subject, text }, letter: `${subject}\n\n${text}` },
      languages: {},
      variables: paths.filter((path) => text.includes(`{{ ${path} }}`)),
    };
  });
}

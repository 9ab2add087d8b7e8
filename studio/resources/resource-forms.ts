/** What a person fills in for a command on a resource. */
export interface ResourceField {
  name: string;
  kind: 'reason' | 'optionalReason' | 'date' | 'places' | 'keyActions' | 'charge' | 'text' | 'longText';
  label: string;
  required?: boolean;
}

const reason: ResourceField = { name: 'reason', kind: 'reason', label: 'Reason', required: true };
const optional: ResourceField = { name: 'reason', kind: 'optionalReason', label: 'Reason' };

/** The small form of every command that a person can give to a resource. */
export const resourceForms = {
  changeDetails: {
    label: 'Change the details',
    fields: [
      { name: 'title', kind: 'text', label: 'Title', required: true },
      { name: 'description', kind: 'longText', label: 'Description for customers' },
      { name: 'place', kind: 'text', label: 'Place' },
      { name: 'providedBy', kind: 'text', label: 'Provided by' },
      { name: 'startsOn', kind: 'date', label: 'First day' },
      { name: 'endsOn', kind: 'date', label: 'Last day' },
    ],
  },
  changeCharge: {
    label: 'Change the charge',
    fields: [{ name: 'charge', kind: 'charge', label: 'Charge' }, reason],
  },
  changeCapacity: {
    label: 'Change the places',
    fields: [{ name: 'capacity', kind: 'places', label: 'Places' }, reason],
  },
  changeActionPath: {
    label: 'Edit the action path',
    fields: [{ name: 'keyActions', kind: 'keyActions', label: 'Key actions' }, reason],
  },
  showInCatalogue: { label: 'Show in the catalogue', fields: [] },
  startDelivery: { label: 'Start delivery', fields: [] },
  endDelivery: { label: 'End the resource', fields: [reason] },
  matchByRule: { label: 'Match by the rule', fields: [] },
  matchInterest: { label: 'Match', fields: [] },
  withdrawInterest: { label: 'Withdraw', fields: [optional] },
  removeMatch: { label: 'Remove', fields: [reason] },
  makeOffer: { label: 'Offer a place', fields: [] },
  acceptOffer: { label: 'Accept', fields: [] },
  refuseOffer: { label: 'Refuse', fields: [optional] },
  withdrawOffer: { label: 'Take back', fields: [reason] },
  releasePlace: { label: 'Release', fields: [reason] },
  allocatePlace: {
    label: 'Allocate',
    fields: [
      { name: 'startOn', kind: 'date', label: 'First day of service and charge' },
      { name: 'endOn', kind: 'date', label: 'Last day (empty while open)' },
    ],
  },
  endAllocation: {
    label: 'Set the last day',
    fields: [{ name: 'endOn', kind: 'date', label: 'Last day of service and charge', required: true }, reason],
  },
} satisfies Record<string, { label: string; fields: ResourceField[] }>;

export type ResourceAction = keyof typeof resourceForms;

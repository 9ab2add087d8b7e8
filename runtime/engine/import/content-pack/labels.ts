/** Words for the option keys of the pack where the key alone would not read well. */
const optionLabels: Record<string, string> = {
  own_home: 'In a home I own', private_rent: 'Renting from a private landlord', social_rent: 'Renting from the council or a housing association',
  family_friends: 'With family or friends', supported: 'In supported housing', hostel: 'In a hostel', temp_accom: 'In temporary accommodation',
  rough_sleeping: 'Sleeping rough', institution: 'In hospital, prison or another institution', no_fixed: 'No fixed address',
  no_abuse: 'No, because of abuse', no_other: 'No, for another reason', s8: 'A section 8 notice', s21: 'A section 21 notice',
  family_asked: 'Family or friends asked me to leave', informal: 'The landlord said so, nothing in writing', court_order: 'A court order', bailiff: 'A bailiff date',
  housing_association: 'A housing association', council: 'The council', private: 'A private landlord', mental_health: 'Mental health', physical_health: 'Physical health or disability',
  learning: 'Learning disability', drugs_alcohol: 'Drugs or alcohol', domestic_abuse: 'Domestic abuse', care_leaver: 'Leaving or left care',
  left_prison: 'Left prison', armed_forces: 'Served in the armed forces', modern_slavery: 'Modern slavery', lived_6_of_12m: 'Lived here 6 of the last 12 months',
  lived_3_of_5y: 'Lived here 3 of the last 5 years', work: 'Work here', close_family: 'Close family here', special: 'A special reason',
  british_irish: 'British or Irish', settled: 'Settled status or indefinite leave', pre_settled: 'Pre-settled status', refugee: 'Refugee or humanitarian protection',
  other_public_funds: 'Other leave with public funds', nrpf: 'No recourse to public funds', not_sure: 'Not sure', fleeing_abuse: 'Fleeing abuse',
  homeless_duty: 'Owed a homelessness duty', key_work: 'Key worker', provides_care: 'Provide care here', possession_order: 'A possession order',
  notice_of_proceedings: 'Notice of proceedings', asb_injunction: 'An injunction about behaviour', me: 'Me', child: 'A child', other_adult: 'Another adult', adult: 'An adult',
  getting_in: 'Getting in and out', bed: 'Getting in and out of bed', heating_lighting: 'Heating or lighting', asb: 'Anti-social behaviour', property_condition: 'Condition of the home',
  digital: 'Getting online', home_maintenance: 'Home maintenance', saving_energy: 'Saving energy', family_food: 'Family food', damp_mould: 'Damp or mould',
  fire_safety: 'Fire safety', heating_loss: 'No heating or hot water', under5: 'A child under 5', over65: 'Someone over 65', respiratory: 'Someone with a breathing condition',
  one_room: 'One room', whole_home: 'The whole home', not_eligible: 'Not eligible', not_homeless: 'Not homeless', not_priority: 'Not in priority need',
  prevention_ended: 'Prevention duty ended', relief_ended: 'Relief duty ended', php_steps: 'Steps in the housing plan', suitability: 'Suitability of an offer',
  referral: 'Referral to another council', uncooperative: 'Said I did not cooperate', none: 'None of these',
};

/** Label of an option key: the written one, else the key in words. */
export function optionLabel(option: string): string {
  return optionLabels[option] ?? toWords(option);
}

/** `bedrooms_need` as `Bedrooms need`. */
export function toWords(key: string): string {
  const words = key.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const teamTitles: Record<string, { title: string; type: 'role' | 'group' | 'stakeholders' }> = {
  ALLOC: { title: 'Allocations team', type: 'group' }, DUTY: { title: 'Duty desk', type: 'group' }, GRANTS: { title: 'Grants team', type: 'group' },
  NEI: { title: 'Neighbourhood team', type: 'group' }, REPAIRS: { title: 'Repairs desk', type: 'group' }, REVIEWS: { title: 'Reviews team', type: 'group' },
  TSO: { title: 'Tenancy support officers', type: 'group' }, LEGAL: { title: 'Legal team', type: 'group' },
  AO: { title: 'Allocations officer', type: 'role' }, CONTR: { title: 'Contract manager', type: 'role' }, GO: { title: 'Grants officer', type: 'role' },
  HOO: { title: 'Housing options officer', type: 'role' }, INCOME: { title: 'Income officer', type: 'role' }, MED: { title: 'Medical adviser', type: 'role' },
  MONEY: { title: 'Money adviser', type: 'role' }, OT: { title: 'Occupational therapist', type: 'role' }, PRS: { title: 'Private rented sector officer', type: 'role' },
  REVO: { title: 'Reviewing officer', type: 'role' }, SM: { title: 'Service manager', type: 'role' }, SURV: { title: 'Surveyor', type: 'role' },
  TA: { title: 'Temporary accommodation officer', type: 'role' }, TECH: { title: 'Technical officer', type: 'role' }, TL: { title: 'Team leader', type: 'role' },
  TRAINER: { title: 'Trainer', type: 'role' }, TRC: { title: 'Training coordinator', type: 'role' }, HOS: { title: 'Head of service', type: 'role' },
  'SERVICE-BOARD': { title: 'Service board', type: 'stakeholders' },
};

/** Case owner of each workflow, who the pack leaves to the organisation. */
export const caseOwners: Record<string, string> = {
  HP: 'HOO', HR: 'HOO', RG: 'AO', MX: 'NEI', DF: 'GO', SA: 'TSO', SP: 'TSO', TR: 'TRC', HZ: 'REPAIRS', RV: 'REVO',
};

export const agencies = [
  { key: 'SHELTER', title: 'Shelter', phone: '0808 800 4444', url: 'https://england.shelter.org.uk', area: 'England', services: ['housing advice'] },
  { key: 'CITIZENS-ADVICE', title: 'Citizens Advice', url: 'https://www.citizensadvice.org.uk', area: 'England', services: ['advice on benefits, debt and housing'] },
  { key: 'NDAH', title: 'National Domestic Abuse Helpline', phone: '0808 2000 247', url: 'https://www.nationaldahelpline.org.uk', hours: 'Free, 24 hours', area: 'England', services: ['domestic abuse'] },
  { key: 'STREETLINK', title: 'StreetLink', url: 'https://thestreetlink.org.uk', area: 'England and Wales', services: ['outreach for people sleeping rough'] },
  { key: 'HOMESWAPPER', title: 'HomeSwapper', url: 'https://www.homeswapper.co.uk', area: 'United Kingdom', services: ['mutual exchange'] },
] as const;

/** Which agencies a statement signposts, by its key. */
export const statementAgencies: Record<string, string[]> = { G2: ['NDAH'], G6: ['SHELTER', 'CITIZENS-ADVICE'], HR5: ['STREETLINK'], MX9: ['HOMESWAPPER'] };

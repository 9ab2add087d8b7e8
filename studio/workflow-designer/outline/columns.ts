/** The columns of the outline, in their order. */
export const columns = [
  { id: 'key', title: 'Key', width: '5.2rem' },
  { id: 'title', title: 'Title', width: 'minmax(13rem, 1.6fr)' },
  { id: 'type', title: 'Type', width: '6.6rem' },
  { id: 'predecessors', title: 'Predecessors', width: 'minmax(9rem, 1fr)' },
  { id: 'sla', title: 'SLA', width: '4.6rem' },
  { id: 'amber', title: 'Amber before', width: '7.4rem' },
  { id: 'owner', title: 'Owner', width: 'minmax(8rem, 0.8fr)' },
  { id: 'mandatory', title: 'Mandatory', width: '5.6rem' },
  { id: 'activation', title: 'Activation', width: '6.4rem' },
  { id: 'estimate', title: 'Estimate', width: '6.4rem' },
  { id: 'start', title: 'Start', width: '6.4rem' },
  { id: 'finish', title: 'Finish', width: '6.4rem' },
  { id: 'float', title: 'Float', width: '5.4rem' },
  { id: 'findings', title: 'Findings', width: '6.4rem' },
  { id: 'ladder', title: 'Ladder', width: '8rem' },
  { id: 'source', title: 'Source', width: '8rem' },
] as const;

export type ColumnId = (typeof columns)[number]['id'];

/** How a cell is changed; a cell without an editor only shows. */
export type CellEditor =
  | { as: 'text'; value: string; hint: string }
  | { as: 'choice'; value: string; choices: readonly { value: string; label: string }[] }
  | { as: 'switch'; value: boolean };

/** A table whose rows a commit writes: all columns, the key, and what happens when the key is there already. */
export interface TableShape {
  columns: readonly string[];
  key: readonly string[];
  onConflict: 'update' | 'ignore';
  /** The table whose rows change where they are there already; nothing is put in. */
  changes?: string;
}

const shape = (key: string, columns: string, onConflict: 'update' | 'ignore' = 'update'): TableShape => ({
  key: key.split(' '),
  columns: `${key} ${columns}`.trim().split(' '),
  onConflict,
});

const changeOf = (changes: string, key: string, columns: string): TableShape => ({ ...shape(key, columns), changes });

/** Rows are a cache of the events or belong to the command alone; every table is written by set statements under the same guard. */
export const tables = {
  personal_values: shape('ref', 'person sealed created_at', 'ignore'),
  customers: shape('id', 'name_ref contact_ref created_at merged_into revision last_hash'),
  customer_tokens: shape('token customer', '', 'ignore'),
  attachments: shape('id', 'case_id task name_ref type size sha256 created_by created_at', 'ignore'),
  cases: shape(
    'id',
    'reference workflow release customer enquiry sample status stage outcome sla_state owner owner_group opened_at amber_at due_at breached_at paused closed_at wake_at revision last_hash answers_ref private state_revision state',
  ),
  case_heads: changeOf(
    'cases',
    'id',
    'release status stage outcome sla_state owner owner_group amber_at due_at breached_at paused closed_at wake_at revision last_hash answers_ref private',
  ),
  case_marks: changeOf('cases', 'id', 'wake_at revision last_hash'),
  case_tasks: shape(
    'case_id id',
    'node title state sla_state owner owner_group delegate active_at amber_at due_at breached_at paused occurrence mandatory is_open urgency machine',
  ),
  releases: shape('number', 'digest note author published_at changes approver starts_at origin', 'ignore'),
  proposals: shape(
    'id',
    'state author note accept_warnings starts_at digest created_at decided_by decided_at release restores changes newest',
  ),
  decided_proposals: changeOf('proposals', 'id', 'state decided_by decided_at release'),
  moves: shape('id', 'target selection state note started_by started_at finished_at'),
  moved_cases: shape('move case_id', 'from_release state moved_seq last_seq reasons'),
  date_refreshes: shape('release', 'calendars state started_by started_at finished_at'),
  case_pins: shape('case_id', 'pinned pinned_by pinned_at reason'),
  release_documents: shape('release kind key', 'json', 'ignore'),
  compiled_bundles: shape('release workflow', 'digest json', 'ignore'),
  drafts: shape('id', 'base_release'),
  draft_documents: shape('draft kind key', 'title revision json'),
  layouts: shape('workflow', 'revision json'),
  calendars: shape('key published_at', 'json'),
  enquiries: shape(
    'id',
    'reference workflow release customer answers_ref received_at channel case_id pack_id created_by sample',
    'ignore',
  ),
  unfinished_enquiries: shape(
    'id',
    'token_hash workflow release person revision sealed started_at changed_at submitted_as',
  ),
  packs: shape('id', 'enquiry case_id secret_hash release as_at statements content_ref created_at', 'ignore'),
  outbox: shape(
    'id',
    'case_id task recipient channel template language urgent variables idempotency_key state not_before created_at',
    'ignore',
  ),
  outbox_retries: changeOf('outbox', 'id', 'state not_before attempts'),
  outbox_changes: changeOf('outbox', 'id', 'state not_before attempts target'),
  incidents: shape('id', 'kind case_id subject detail seen state created_at closed_at closed_by resolution reason'),
  messages: shape('id', 'user_id case_id task title body urgent created_at read_at'),
  directory_users: shape('id', 'name email teams manager skills active absences sample'),
  directory_people: changeOf('directory_users', 'id', 'name email teams manager skills active'),
  working_terms: changeOf('directory_users', 'id', 'capacity calendar absences'),
  allocation_cursors: shape('team', 'last_user'),
  resources: shape(
    'id',
    'reference service_type release title provision provider starts_on ends_on capacity taken ready delivery in_catalogue plan_case created_at wake_at sample revision last_hash state',
  ),
  interest_books: shape('id', 'customer revision last_hash state'),
  interests: shape(
    'id',
    'customer service_type resource release source source_case state offer_resource answers_ref registered_at',
  ),
  interest_links: shape('secret_hash', 'interest customer', 'ignore'),
  matches: shape('id', 'resource interest customer made_by state made_at'),
  offers: shape('id', 'resource match interest customer state made_at expires_at answered_at charge'),
  allocations: shape('id', 'resource offer interest customer start_on end_on charge state allocated_at'),
} as const satisfies Record<string, TableShape>;

export type TableName = keyof typeof tables;

/** A row to write; values are text, whole numbers or null, in any column order. */
export interface RowChange {
  table: TableName;
  values: Readonly<Record<string, string | number | null>>;
}

import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ResourcePage } from '../../schemas/resource-api.ts';
import { Badge } from '../ui/badge.tsx';
import { Page, Panel } from '../ui/page.tsx';
import record from '../ui/record.module.css';
import { StateBadge } from '../ui/states.tsx';
import { momentInFull, momentInWords } from '../words/date-words.ts';
import type { ResourceEntry } from './queries.ts';
import { type ResourceAction, resourceForms } from './resource-forms.ts';
import { AllocationTable, InterestTable, MatchTable, OfferTable } from './resource-people.tsx';
import classes from './resource-view.module.css';
import type { AskedAction } from './use-resource-command.ts';
import { chargeWords, LifeBadge, placesWords, resourceDates } from './words.tsx';

export interface ResourceViewProps {
  page: ResourcePage;
  history: readonly ResourceEntry[] | undefined;
  busy: boolean;
  failure: string | undefined;
  onAction: (action: AskedAction) => void;
  onRegister: () => void;
  onAnswers: (interest: { id: string; name: string }) => void;
}

/** Everything about a resource on one page: what makes it ready, who wants it, who has it, what happened. */
export function ResourceView(props: ResourceViewProps) {
  const { page, history, failure } = props;
  const { resource } = page;
  return (
    <Page
      wide
      title={
        <>
          {resource.title} <span className={record['reference']}>{resource.reference}</span>
        </>
      }
      lead={
        <span className={record['badges']}>
          <LifeBadge life={resource.life} />
          <Badge>{resource.inCatalogue ? 'in the catalogue' : 'not in the catalogue'}</Badge>
          {resource.isSample ? <Badge>sample</Badge> : null}
          <span>
            {resource.typeTitle}, {placesWords(resource)}
          </span>
        </span>
      }
      actions={<Actions {...props} />}
    >
      {failure ? (
        <p className={record['failure']} role="alert">
          {failure}
        </p>
      ) : null}
      <div className={record['columns']}>
        <div className={classes['main']}>
          <Readiness {...props} />
          <InterestTable {...props} />
          <MatchTable {...props} />
          <OfferTable {...props} />
          <AllocationTable {...props} />
        </div>
        <aside className={classes['side']} aria-label="About the resource">
          <Facts page={page} />
          <History history={history} />
        </aside>
      </div>
    </Page>
  );
}

const inMenu: readonly ResourceAction[] = [
  'changeDetails',
  'changeCharge',
  'changeCapacity',
  'showInCatalogue',
  'endDelivery',
];

function Actions({ page, busy, onAction, onRegister }: ResourceViewProps) {
  const { resource, allowed } = page;
  const can = (type: ResourceAction) => allowed.resource.includes(type);
  const about = resource.title;
  return (
    <>
      {can('startDelivery') ? (
        <Button size="sm" loading={busy} onClick={() => onAction({ type: 'startDelivery', with: {}, about })}>
          Start delivery
        </Button>
      ) : null}
      {can('registerInterest' as ResourceAction) ? (
        <Button size="sm" variant="default" onClick={onRegister}>
          Register an interest
        </Button>
      ) : null}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="sm" variant="default" aria-label="More about this resource" px={8}>
            <IconDots size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {inMenu.filter(can).map((type) =>
            type === 'showInCatalogue' ? (
              <CatalogueItem key={type} page={page} onAction={onAction} />
            ) : (
              <Menu.Item key={type} onClick={() => onAction({ type, with: {}, about })}>
                {resourceForms[type].label}
              </Menu.Item>
            ),
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

function CatalogueItem({ page, onAction }: Pick<ResourceViewProps, 'page' | 'onAction'>) {
  const { resource } = page;
  const shown = !resource.inCatalogue;
  return (
    <Menu.Item onClick={() => onAction({ type: 'showInCatalogue', with: { shown }, about: resource.title })}>
      {shown ? 'Show in the catalogue' : 'Take out of the catalogue'}
    </Menu.Item>
  );
}

/** Readiness by key actions; the plan is a case of its own. */
function Readiness({ page, onAction }: ResourceViewProps) {
  const { keyActions, plan, resource, allowed } = page;
  const path = keyActions.filter(({ isKey }) => isKey);
  const done = path.filter(({ state }) => state !== 'open').length;
  return (
    <Panel
      title={`Readiness: ${done} of ${path.length} key actions`}
      actions={
        allowed.resource.includes('changeActionPath') ? (
          <Button
            size="compact-sm"
            variant="default"
            style={{ flexShrink: 0 }}
            onClick={() => onAction({ type: 'changeActionPath', with: {}, about: resource.title })}
          >
            Edit path
          </Button>
        ) : null
      }
    >
      <p className={classes['note']}>
        {resource.readyAt === null
          ? 'Not ready: delivery and allocation wait.'
          : `Ready since ${momentInFull(resource.readyAt)}.`}{' '}
        The action plan is case{' '}
        <Link to="/cases/$id" params={{ id: plan.case }}>
          {plan.reference}
        </Link>
        .
      </p>
      <ol className={classes['path']}>
        {path.map(({ node, title, state }) => (
          <li key={node}>
            <StateBadge state={state === 'open' ? 'pending' : state} />
            <span>{title}</span>
            <span className={classes['key']}>{node}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Facts({ page: { resource } }: Pick<ResourceViewProps, 'page'>) {
  const provider =
    resource.provider === 'direct' ? 'Direct' : `Indirect${resource.providedBy ? `: ${resource.providedBy}` : ''}`;
  const facts = [
    ['Places', placesWords(resource)],
    ['Charge', chargeWords(resource.charge)],
    ['Dates', resourceDates(resource)],
    ['Provided', provider],
    ['Place', resource.place],
    ['For customers', resource.description],
  ].filter(([, value]) => value);
  return (
    <Panel title="Resource">
      <dl className={classes['facts']}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function History({ history }: Pick<ResourceViewProps, 'history'>) {
  return (
    <Panel title="History">
      {history && history.length > 0 ? (
        <ol className={classes['history']}>
          {[...history].reverse().map(({ seq, at, actor, text, name, reason }) => (
            <li key={seq}>
              {text}
              {name ? ` (${name})` : ''}
              {reason ? <q className={classes['reason']}>{reason}</q> : null}
              <span className={classes['sub']}>
                {momentInWords(at)}, {actor}
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <p className={classes['note']}>Nothing has happened yet.</p>
      )}
    </Panel>
  );
}

import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Badge } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import tables from '../ui/table.module.css';
import { dateInWords, momentInWords } from '../words/date-words.ts';
import { type ResourceAction, resourceForms } from './resource-forms.ts';
import classes from './resource-view.module.css';
import type { ResourceViewProps } from './resource-view.tsx';
import { chargeWords, InterestBadge, OfferBadge } from './words.tsx';

type Props = Pick<ResourceViewProps, 'page' | 'busy' | 'onAction'>;
const nobody = 'Name erased';

/** Buttons of one row; each says for whom it is. */
function RowActions({
  types,
  ids,
  name,
  busy,
  onAction,
}: Pick<Props, 'busy' | 'onAction'> & { types: readonly string[]; ids: Record<string, string>; name: string }) {
  return (
    <span className={classes['rowActions']}>
      {types.map((type) => {
        const action = type as ResourceAction;
        const { label } = resourceForms[action];
        const isMain = ['matchInterest', 'makeOffer', 'acceptOffer', 'allocatePlace'].includes(type);
        return (
          <Button
            key={type}
            size="compact-sm"
            variant={isMain ? 'light' : 'default'}
            loading={busy}
            aria-label={`${label}: ${name}`}
            onClick={() => onAction({ type: action, with: ids, about: name })}
          >
            {label}
          </Button>
        );
      })}
    </span>
  );
}

function PeoplePanel({
  title,
  heads,
  empty,
  actions,
  rows,
}: {
  title: string;
  heads: readonly string[];
  empty: string;
  actions?: ReactNode;
  rows: readonly ReactNode[];
}) {
  return (
    <Panel title={`${title} (${rows.length})`} actions={actions} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className={classes['note']}>{empty}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={classes['scroll']} aria-label={`${title}, table`} tabIndex={0}>
          <table className={tables['table']}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th scope="col" key={head}>
                    {head}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

const sources = { catalogue: 'the catalogue', officer: 'an officer', plan: 'a support plan' } as const;

/** Who is interested: in this resource, or in any of its type. */
export function InterestTable({ page, busy, onAction, onAnswers }: Props & Pick<ResourceViewProps, 'onAnswers'>) {
  const matched = new Set(page.matches.filter(({ state }) => state === 'matched').map(({ interest }) => interest));
  const canMatch = page.allowed.resource.includes('matchInterest');
  return (
    <PeoplePanel
      title="Interests"
      heads={['Customer', 'State', 'Came from', 'Registered']}
      empty="Nobody has registered an interest yet."
      actions={
        page.allowed.resource.includes('matchByRule') ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            onClick={() => onAction({ type: 'matchByRule', with: {}, about: page.resource.title })}
          >
            Match by the rule
          </Button>
        ) : null
      }
      rows={page.interests.map(({ id, name, state, source, resource, registeredAt }) => (
        <tr key={id}>
          <td>
            <button type="button" className={classes['name']} onClick={() => onAnswers({ id, name: name ?? nobody })}>
              {name ?? nobody}
            </button>
            {resource === null ? <span className={tables['sub']}>in any of this type</span> : null}
          </td>
          <td>
            <InterestBadge state={state} />
          </td>
          <td data-label="Came from">{sources[source]}</td>
          <td className="numeric" data-label="Registered">
            {momentInWords(registeredAt)}
          </td>
          <td>
            <RowActions
              types={[
                ...(canMatch && state === 'open' && !matched.has(id) ? ['matchInterest'] : []),
                ...(state === 'open' || state === 'offered' || state === 'secured' ? ['withdrawInterest'] : []),
              ]}
              ids={{ interest: id }}
              name={name ?? nobody}
              busy={busy}
              onAction={onAction}
            />
          </td>
        </tr>
      ))}
    />
  );
}

/** Interests put together with this resource, by the rule or by hand. */
export function MatchTable({ page, busy, onAction }: Props) {
  const matches = page.matches.filter(({ state }) => state === 'matched');
  return (
    <PeoplePanel
      title="Matches"
      heads={['Customer', 'Matched', 'On']}
      empty="No interest is matched."
      rows={matches.map(({ id, name, by, at }) => (
        <tr key={id}>
          <td>{name ?? nobody}</td>
          <td>
            <Badge>{by === 'rule' ? 'by the rule' : 'by hand'}</Badge>
          </td>
          <td className="numeric" data-label="On">
            {momentInWords(at)}
          </td>
          <td>
            <RowActions
              types={page.allowed.matches[id] ?? []}
              ids={{ match: id }}
              name={name ?? nobody}
              busy={busy}
              onAction={onAction}
            />
          </td>
        </tr>
      ))}
    />
  );
}

/** Offers and what became of them. */
export function OfferTable({ page, busy, onAction }: Props) {
  return (
    <PeoplePanel
      title="Offers"
      heads={['Customer', 'State', 'Expires', 'Charge']}
      empty="No place has been offered."
      rows={page.offers.map(({ id, name, state, expiresAt, charge }) => (
        <tr key={id}>
          <td>{name ?? nobody}</td>
          <td>
            <OfferBadge state={state} />
          </td>
          <td className="numeric" data-label="Expires">
            {momentInWords(expiresAt)}
          </td>
          <td data-label="Charge">{chargeWords(charge)}</td>
          <td>
            <RowActions
              types={page.allowed.offers[id] ?? []}
              ids={{ offer: id }}
              name={name ?? nobody}
              busy={busy}
              onAction={onAction}
            />
          </td>
        </tr>
      ))}
    />
  );
}

/** Places given, with the first and last day of their charge. */
export function AllocationTable({ page, busy, onAction }: Props) {
  return (
    <PeoplePanel
      title="Allocations"
      heads={['Customer', 'From', 'To', 'Charge']}
      empty="No place is allocated."
      rows={page.allocations.map(({ id, name, startOn, endOn, charge, state }) => (
        <tr key={id}>
          <td>
            {name ?? nobody} {state === 'ended' ? <Badge>ended</Badge> : null}
          </td>
          <td className="numeric" data-label="From">
            {dateInWords(startOn)}
          </td>
          <td className="numeric" data-label="To">
            {endOn === null ? 'open' : dateInWords(endOn)}
          </td>
          <td data-label="Charge">{chargeWords(charge)}</td>
          <td>
            <RowActions
              types={page.allowed.allocations[id] ?? []}
              ids={{ allocation: id }}
              name={name ?? nobody}
              busy={busy}
              onAction={onAction}
            />
          </td>
        </tr>
      ))}
    />
  );
}

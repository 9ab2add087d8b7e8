import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Condition } from '../../schemas/condition.ts';
import type { TraceNode } from '../document/engine.ts';
import { announce } from '../ui/announcer.tsx';
import { Badge } from '../ui/badge.tsx';
import type { ConditionNames } from '../words/condition-words.ts';
import { describeCondition } from '../words/condition-words.ts';
import { emptyClause, toHalf } from './clause.ts';
import { ClauseEditor } from './clause-editor.tsx';
import classes from './rule-tree.module.css';
import { type Subject, subjectOf } from './subjects.ts';
import { findAction, type TreeAction, treeActions } from './tree-actions.ts';
import { insertAfter, nodeAt, pathsOf, pointerOf, replaceAt, type TreePath } from './tree-edits.ts';
import { TruthChip } from './truth-chip.tsx';

/** What the analysis knows of a part of the tree. */
export interface Mark {
  word: string;
  title: string;
}

export interface RuleTreeProps {
  label: string;
  condition: Condition;
  subjects: readonly Subject[];
  names: ConditionNames;
  trace?: TraceNode | undefined;
  /** Just written: people go on from its first row. */
  isFresh?: boolean;
  /** Where the condition stands on the page, so that a finding about a clause leads to its row. */
  place?: string | undefined;
  /** Marks by pointer inside the condition. */
  marks?: ReadonlyMap<string, Mark>;
  onChange: (condition: Condition | undefined) => void;
  /** Told before a change that is a step of its own, not typing. */
  onStep?: (() => void) | undefined;
  /** Makes a part of the tree a named condition. */
  onName?: ((part: Condition, put: (named: Condition) => void) => void) | undefined;
}

/** A condition as a tree of sentences: read as it stands, each sentence opens into its fields; all of it by keys too. */
export function RuleTree(props: RuleTreeProps) {
  const { label, condition, onChange, onStep, onName } = props;
  const frame = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState<TreePath>([]);
  const [open, setOpen] = useState<TreePath>();
  const [adding, setAdding] = useState<TreePath>();
  const [focus, setFocus] = useState<{ path: TreePath } | undefined>(props.isFresh ? { path: [] } : undefined);
  useEffect(() => {
    if (!focus) return;
    const rows = frame.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [];
    const wanted = focus.path.join('.');
    ([...rows].find((row) => row.dataset['row'] === wanted) ?? rows[0])?.focus();
  }, [focus]);
  const goTo = (path: TreePath) => {
    setActive(path);
    setFocus({ path });
  };
  const act = (action: TreeAction, path: TreePath) => {
    const done = action.change(condition, path);
    if (!done) return announce(`Cannot be done here: ${action.does.toLowerCase()}`);
    setOpen(undefined);
    onStep?.();
    onChange(done.root);
    announce(action.does);
    goTo(done.path);
  };
  const onKey = (event: KeyboardEvent, path: TreePath) => {
    const paths = pathsOf(condition);
    const at = paths.findIndex((one) => one.join('.') === path.join('.'));
    const next =
      !event.altKey && (event.key === 'ArrowDown' ? paths[at + 1] : event.key === 'ArrowUp' && paths[at - 1]);
    const action = findAction(event);
    if (!next && !action && event.key.toLowerCase() !== 'a') return;
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (next) goTo(next);
    else if (action) act(action, path);
    else setAdding(path);
  };
  const add = (added: Condition) => {
    const done = insertAfter(condition, adding ?? [], added);
    setAdding(undefined);
    onStep?.();
    onChange(done.root);
    goTo(done.path);
  };
  const closeAdding = () => {
    if (adding) goTo(adding);
    setAdding(undefined);
  };
  const shown = {
    ...props,
    active,
    open,
    adding,
    onAct: act,
    onKey,
    onActive: setActive,
    onOpen: setOpen,
    onAdding: setAdding,
    onAdd: add,
    onCancel: closeAdding,
    onPut: (path: TreePath, by: Condition) => onChange(replaceAt(condition, path, by)),
    onClose: (path: TreePath) => {
      setOpen(undefined);
      goTo(path);
    },
    onNamed: (path: TreePath) => {
      const part = nodeAt(condition, path);
      if (part) onName?.(part, (named) => onChange(replaceAt(condition, path, named)));
    },
  };
  return (
    <ul className={classes['tree']} aria-label={label} ref={frame}>
      <Node shown={shown} node={condition} path={[]} trace={props.trace} />
    </ul>
  );
}

type Shown = RuleTreeProps & {
  active: TreePath;
  open: TreePath | undefined;
  adding: TreePath | undefined;
  onAct: (action: TreeAction, path: TreePath) => void;
  onKey: (event: KeyboardEvent, path: TreePath) => void;
  onActive: (path: TreePath) => void;
  onOpen: (path: TreePath | undefined) => void;
  onAdding: (path: TreePath) => void;
  onAdd: (added: Condition) => void;
  onCancel: () => void;
  onPut: (path: TreePath, by: Condition) => void;
  onClose: (path: TreePath) => void;
  onNamed: (path: TreePath) => void;
};

interface NodeProps {
  shown: Shown;
  node: Condition;
  path: TreePath;
  trace: TraceNode | undefined;
  joiner?: string | undefined;
}

/** One place of the tree with what is below it. */
function Node({ shown, node, path, trace, joiner }: NodeProps) {
  const isGroup = 'conditions' in node;
  const children = isGroup ? node.conditions : node.op === 'not' ? [node.condition] : [];
  const key = path.join('.');
  const isAdding = shown.adding?.join('.') === key;
  return (
    <li className={classes['node']}>
      <Row shown={shown} node={node} path={path} trace={trace} joiner={joiner} />
      {shown.open?.join('.') === key && !isGroup && node.op !== 'not' ? (
        <div className={classes['open']}>
          <ClauseEditor
            first={toHalf(node, subjectOf(node, shown.subjects))}
            subjects={shown.subjects}
            isNew={false}
            onChange={(clause) => shown.onPut(path, clause)}
            onDone={() => shown.onClose(path)}
          />
        </div>
      ) : null}
      {children.length > 0 ? (
        <ul data-op={node.op}>
          {children.map((child, at) => (
            <Node
              // biome-ignore lint/suspicious/noArrayIndexKey: a clause has no other identity than its place
              key={at}
              shown={shown}
              node={child}
              path={[...path, at]}
              trace={trace?.children[at]}
              joiner={isGroup && at > 0 ? (node.op === 'all' ? 'and' : 'or') : undefined}
            />
          ))}
        </ul>
      ) : null}
      {isAdding ? (
        <div className={classes['open']}>
          <ClauseEditor
            first={emptyClause}
            subjects={shown.subjects}
            isNew
            onChange={shown.onAdd}
            onDone={shown.onCancel}
          />
        </div>
      ) : isGroup ? (
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => shown.onAdding(path)}
        >
          Add a clause{path.length > 0 ? ' to this group' : ''}
        </Button>
      ) : null}
    </li>
  );
}

function Row({ shown, node, path, trace, joiner }: NodeProps) {
  const key = path.join('.');
  const isGroup = 'conditions' in node || node.op === 'not';
  const phrase = phraseOf(node, shown.names);
  const pointer = pointerOf(shown.condition, path);
  const mark = shown.marks?.get(pointer);
  return (
    <div className={classes['row']}>
      {joiner ? <span className={classes['joiner']}>{joiner}</span> : null}
      <button
        type="button"
        className={classes['phrase']}
        data-row={key}
        data-place={shown.place === undefined ? undefined : `${shown.place}${pointer}`}
        data-place-whole={isGroup ? undefined : true}
        data-group={isGroup || undefined}
        tabIndex={shown.active.join('.') === key ? 0 : -1}
        aria-expanded={isGroup ? undefined : shown.open?.join('.') === key}
        onFocus={() => shown.onActive(path)}
        onKeyDown={(event) => shown.onKey(event, path)}
        onClick={() => {
          const turn = treeActions.find(({ id }) => id === 'turn');
          if ('conditions' in node && turn) shown.onAct(turn, path);
          else if (!isGroup) shown.onOpen(shown.open?.join('.') === key ? undefined : path);
        }}
        title={'conditions' in node ? 'Change between all and any' : undefined}
      >
        {phrase}
      </button>
      <span className={classes['chips']}>
        {mark ? (
          <Badge tone="amber" title={mark.title}>
            {mark.word}
          </Badge>
        ) : null}
        {trace ? <TruthChip truth={trace.truth} /> : null}
        <RowMenu shown={shown} path={path} phrase={phrase} />
      </span>
    </div>
  );
}

function RowMenu({ shown, path, phrase }: { shown: Shown; path: TreePath; phrase: string }) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={shown.active.join('.') === path.join('.') ? 0 : -1}
          aria-label={`Change: ${phrase}`}
        >
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection="A" onClick={() => shown.onAdding(path)}>
          Add a clause after it
        </Menu.Item>
        {treeActions
          .filter((action) => action.change(shown.condition, path) !== undefined)
          .map((action) => (
            <Menu.Item key={action.id} rightSection={action.keys} onClick={() => shown.onAct(action, path)}>
              {action.does}
            </Menu.Item>
          ))}
        {shown.onName ? <Menu.Item onClick={() => shown.onNamed(path)}>Give it a name to use again…</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  );
}

function phraseOf(node: Condition, names: ConditionNames): string {
  if ('conditions' in node) {
    if (node.conditions.length === 0) return node.op === 'all' ? 'Always true' : 'Never true';
    return node.op === 'all' ? 'All of these are true' : 'Any of these is true';
  }
  return node.op === 'not' ? 'Not' : describeCondition(node, names);
}

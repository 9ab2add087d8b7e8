import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';
import { changeWords, type LineEdge } from './drawing.ts';
import classes from './link-line.module.css';

/** Links touch the cards' borders, in the middle of the handles. */
const HANDLE_RADIUS = 6;

/** A link: thin, or on the critical path a double line; its lag stands on it. */
export function LinkLine({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  sourcePosition,
  targetPosition,
  data,
  selected = false,
}: EdgeProps<LineEdge>) {
  const [path, labelX, labelY] = getBezierPath({
    sourceX,
    sourceY: sourceY - HANDLE_RADIUS,
    targetX,
    targetY: targetY + HANDLE_RADIUS,
    sourcePosition,
    targetPosition,
    curvature: 0.3,
  });
  const critical = data?.critical ?? false;
  return (
    <>
      <path
        d={path}
        className={classes['line']}
        data-critical={critical || undefined}
        data-selected={selected || undefined}
        data-change={data?.change}
        markerEnd={`url(#arrow-${critical ? 'critical' : selected ? 'selected' : 'plain'})`}
      />
      {critical ? <path d={path} className={classes['core']} /> : null}
      <BaseEdge id={id} path={path} className={classes['hit'] ?? ''} interactionWidth={24} />
      {data && (data.label || (data.change && data.change !== 'same')) ? (
        <EdgeLabelRenderer>
          <span
            className={classes['label']}
            data-critical={critical || undefined}
            data-change={data.change}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {[data.label, data.change ? changeWords[data.change] : ''].filter(Boolean).join(' ')}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
}

/** Arrow heads of every kind of link; once a canvas. */
export function ArrowHeads() {
  return (
    <svg className={classes['defs']} aria-hidden="true">
      <defs>
        {(['plain', 'critical', 'selected'] as const).map((kind) => (
          <marker
            key={kind}
            id={`arrow-${kind}`}
            viewBox="0 0 10 10"
            refX="8.5"
            refY="5"
            markerWidth={kind === 'critical' ? 13 : 11}
            markerHeight={kind === 'critical' ? 13 : 11}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 1 9 5 0 9z" className={classes['head']} data-kind={kind} />
          </marker>
        ))}
      </defs>
    </svg>
  );
}

import { Button, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import type { RowOrder } from './chart-rows.ts';
import { type Zoom, zooms } from './scale.ts';
import classes from './timeline.module.css';

/** Where the plan starts and how it is shown. */
export function TimelineTools(props: {
  start: string;
  onStart: (start: string) => void;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  order: RowOrder;
  onOrder: (order: RowOrder) => void;
  showLatest: boolean;
  onShowLatest: (show: boolean) => void;
  onWorst: () => void;
  isNarrow: boolean;
}) {
  const { start, zoom, order, showLatest, isNarrow } = props;
  return (
    <div className={classes['tools']} role="toolbar" aria-label="Timeline">
      <div className={classes['field']}>
        <label htmlFor="timeline-start">Start</label>
        <TextInput
          id="timeline-start"
          type="date"
          size="xs"
          value={start}
          onChange={(event) => event.currentTarget.value && props.onStart(event.currentTarget.value)}
        />
      </div>
      <Button variant="default" leftSection={<IconCalendarX size={14} />} onClick={props.onWorst}>
        Worst start of {start.slice(0, 4)}
      </Button>
      {isNarrow ? null : (
        <SegmentedControl
          size="xs"
          aria-label="Zoom"
          data={zooms.map(({ value, label }) => ({ value, label }))}
          value={zoom}
          onChange={(next) => props.onZoom(next as Zoom)}
        />
      )}
      <Select
        size="xs"
        w={120}
        aria-label="Order of the rows"
        data={[
          { value: 'drawn', label: 'As drawn' },
          { value: 'start', label: 'By start' },
        ]}
        value={order}
        onChange={(next) => props.onOrder(next as RowOrder)}
      />
      {isNarrow ? null : (
        <Switch
          size="xs"
          label="Latest dates"
          checked={showLatest}
          onChange={(event) => props.onShowLatest(event.currentTarget.checked)}
        />
      )}
      {isNarrow ? null : <Legend />}
    </div>
  );
}

function Legend() {
  return (
    <ul className={classes['legend']} aria-label="Legend">
      <li>
        <span
          className={`${classes['sample']} ${classes['bar']}`}
          style={{ position: 'static' }}
          data-weight="critical"
        />
        critical
      </li>
      <li>
        <span className={`${classes['sample']} ${classes['bar']}`} style={{ position: 'static' }} data-weight="near" />
        near-critical
      </li>
      <li>
        <span
          className={`${classes['sample']} ${classes['room']}`}
          style={{ position: 'relative', top: 0, height: 0 }}
        />
        float
      </li>
      <li>
        <span className={`${classes['sample']} ${classes['closed']}`} style={{ position: 'static' }} data-holiday />
        bank holiday
      </li>
    </ul>
  );
}

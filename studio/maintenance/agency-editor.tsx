import { Stack } from '@mantine/core';
import { IconMail, IconPhone, IconWorld } from '@tabler/icons-react';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field, TextField } from '../document-editor/field.tsx';
import { ListField } from '../team-editor/list-field.tsx';
import { Panel } from '../ui/page.tsx';
import classes from './maintenance.module.css';

/** A partner to signpost: how it is reached, where and when, and what it does. */
export default function AgencyEditor({ document: agency, set }: EditorProps<'agency'>) {
  const hasContact = agency.phone || agency.url || agency.email;
  return (
    <Stack gap="md" p="md">
      <Panel title="How it is reached">
        <div className={classes['pair']}>
          <TextField label="Telephone" path={['phone']} optional />
          <TextField label="E-mail" path={['email']} optional />
          <TextField label="Web page" path={['url']} optional />
          <TextField label="Hours" path={['hours']} optional placeholder="Mon to Fri 9 to 5" />
          <TextField label="Area" path={['area']} optional />
        </div>
        {hasContact ? null : (
          <p className={classes['warning']}>Nobody can reach it yet: put down a number, an address or a page.</p>
        )}
      </Panel>
      <Panel title="What it does">
        <Field path={['services']}>
          <ListField
            label="Services"
            placeholder="for example debt advice"
            values={agency.services ?? []}
            onChange={(services) => set(['services'], services.length > 0 ? services : undefined)}
          />
        </Field>
      </Panel>
      <Panel title="As customers read it">
        <div className={classes['card']}>
          <b>{agency.title}</b>
          {agency.phone ? (
            <span>
              <IconPhone size={14} aria-hidden="true" /> {agency.phone}
              {agency.hours ? `, ${agency.hours}` : ''}
            </span>
          ) : null}
          {agency.email ? (
            <span>
              <IconMail size={14} aria-hidden="true" /> {agency.email}
            </span>
          ) : null}
          {agency.url ? (
            <span>
              <IconWorld size={14} aria-hidden="true" /> {agency.url}
            </span>
          ) : null}
          {agency.area ? <span>{agency.area}</span> : null}
        </div>
      </Panel>
    </Stack>
  );
}

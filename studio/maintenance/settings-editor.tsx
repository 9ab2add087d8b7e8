import { Checkbox, MultiSelect, Select, Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { documentKinds } from '../../schemas/configuration.ts';
import type { SettingsDocument } from '../../schemas/settings.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { useEditor } from '../document-editor/editor.ts';
import { EntryList } from '../document-editor/entry-list.tsx';
import { Field, TextField } from '../document-editor/field.tsx';
import { keyOfTitle } from '../document-editor/new-key.ts';
import { ListField } from '../team-editor/list-field.tsx';
import { Loading } from '../ui/notice.tsx';
import { Panel } from '../ui/page.tsx';
import { kindWords } from '../words/kind-words.ts';
import classes from './maintenance.module.css';

// The list of all checks comes with the checks themselves.
const CheckSeverities = lazy(() => import('./check-severities.tsx'));

/** The organisation: who it is, its time, what it sends, how it publishes, what it checks, its own attributes. */
export default function SettingsEditor({ document: settings, configuration, set }: EditorProps<'settings'>) {
  return (
    <Stack gap="md" p="md">
      <Panel title="The organisation">
        <Stack gap="md">
          <TextField
            label="Name"
            description="As customers read it on pages, packs and letters."
            path={['organisation']}
            maw={460}
          />
          <EntryList
            legend="How customers reach it"
            one="contact"
            none="No contact yet: packs would say nothing about whom to call."
            entries={settings.contacts ?? {}}
            path={['contacts']}
            named="name"
          >
            {(contact, path) => (
              <>
                <TextField label="Telephone" path={[...path, 'phone']} optional />
                <TextField label="E-mail" path={[...path, 'email']} optional />
                <TextField label="Web page" path={[...path, 'url']} optional />
                <div data-wide>
                  <MultiSelect
                    label="Printed in packs of"
                    placeholder={contact.workflows ? '' : 'Every workflow'}
                    searchable
                    data={Object.values(configuration.workflow).map(({ key, title }) => ({ value: key, label: title }))}
                    value={[...(contact.workflows ?? [])]}
                    onChange={(keys) => set([...path, 'workflows'], keys.length > 0 ? keys : undefined)}
                  />
                </div>
              </>
            )}
          </EntryList>
        </Stack>
      </Panel>
      <Panel title="Time">
        <div className={classes['pair']}>
          <Field path={['zone']}>
            <Select
              label="Time zone"
              description="Today, ages and dates in rules are those of this zone."
              searchable
              data={zones(settings.zone)}
              value={settings.zone}
              onChange={(zone) => zone && set(['zone'], zone)}
            />
          </Field>
          <Field path={['notifyCalendar']}>
            <Select
              label="Messages go out in the hours of"
              description="What is not urgent waits until this calendar opens."
              placeholder="Any hour, any day"
              clearable
              data={Object.values(configuration.calendar).map(({ key, title }) => ({ value: key, label: title }))}
              value={settings.notifyCalendar ?? null}
              onChange={(key) => set(['notifyCalendar'], key ?? undefined)}
            />
          </Field>
        </div>
      </Panel>
      <Panel title="Languages and messages">
        <Stack gap="md">
          <Field path={['languages']}>
            <Checkbox
              label="Texts are given in Welsh too"
              description="The checks then tell of statements and templates that have no Welsh, or an outdated one."
              checked={settings.languages.includes('cy')}
              onChange={(event) => set(['languages'], event.currentTarget.checked ? ['en', 'cy'] : ['en'])}
            />
          </Field>
          <Field path={['allowedEmailDomains']}>
            <ListField
              label="E-mail may leave the organisation for"
              description="Domains of partners who may get escalation messages. With none, only people with an account do."
              placeholder="partner.org.uk"
              values={settings.allowedEmailDomains}
              onChange={(domains) => set(['allowedEmailDomains'], domains.map(toDomain))}
            />
          </Field>
        </Stack>
      </Panel>
      <Panel title="Publishing">
        <Field path={['twoPersonPublish']}>
          <Checkbox
            label="A second person approves each release"
            description="Who puts a draft forward cannot approve it. Holds from the next release on."
            checked={settings.twoPersonPublish}
            onChange={(event) => set(['twoPersonPublish'], event.currentTarget.checked)}
          />
        </Field>
      </Panel>
      <Panel title="Checks">
        <Field path={['checkSeverity']}>
          <Suspense fallback={<Loading label="Loading the checks" />}>
            <CheckSeverities severities={settings.checkSeverity} />
          </Suspense>
        </Field>
      </Panel>
      <Panel title="Attributes of its own">
        <Attributes definitions={settings.attributeDefinitions} />
      </Panel>
    </Stack>
  );
}

/** What people write for a domain: `@partner.org` and `https://partner.org/` mean partner.org. */
function toDomain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/\/.*$/, '');
}

function zones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(current) ? known : [current, ...known];
}

type Definitions = SettingsDocument['attributeDefinitions'];

const attributeTypes: readonly { value: Definitions[string]['type']; label: string }[] = [
  { value: 'text', label: 'A text' },
  { value: 'number', label: 'A number' },
  { value: 'yesNo', label: 'Yes or no' },
  { value: 'date', label: 'A date' },
  { value: 'choice', label: 'One of several options' },
  { value: 'multiChoice', label: 'Any of several options' },
];

const holders = [
  { value: 'case', label: 'cases' },
  { value: 'resource', label: 'resources' },
  { value: 'customer', label: 'customers' },
  ...documentKinds.map((kind) => ({ value: kind, label: `documents: ${kindWords[kind].toLowerCase()}` })),
];

/** What the organisation wants to know beside what Lintel knows: on documents, cases, resources, customers. */
function Attributes({ definitions }: { definitions: Definitions }) {
  const { set } = useEditor();
  return (
    <EntryList
      legend="Attributes"
      one="attribute"
      none="None. Add what you want to keep on documents, cases, resources or customers; what is stored stays valid."
      entries={definitions}
      path={['attributeDefinitions']}
      blank={{ type: 'text', kinds: ['case'], required: false }}
    >
      {(attribute, path) => (
        <>
          <Select
            label="Holds"
            data={attributeTypes}
            value={attribute.type}
            onChange={(type) => {
              if (!type) return;
              const { key: _, ...rest } = attribute;
              set(path, { ...rest, type, ...(type.endsWith('oice') ? { options: rest.options ?? {} } : {}) });
            }}
          />
          <MultiSelect
            label="Kept on"
            searchable
            data={holders}
            value={[...attribute.kinds]}
            onChange={(kinds) => kinds.length > 0 && set([...path, 'kinds'], kinds)}
          />
          <Checkbox
            label="Missed while it is empty"
            checked={attribute.required}
            onChange={(event) => set([...path, 'required'], event.currentTarget.checked)}
          />
          {attribute.type === 'choice' || attribute.type === 'multiChoice' ? (
            <div data-wide>
              <Options options={attribute.options ?? {}} path={[...path, 'options']} />
            </div>
          ) : null}
        </>
      )}
    </EntryList>
  );
}

/** Options that have no order of their own: the words under each key. */
function Options({ options, path }: { options: Readonly<Record<string, string>>; path: readonly string[] }) {
  const { set } = useEditor();
  const entries = Object.entries(options);
  return (
    <div className={classes['ticks']}>
      <ListField
        label="Options"
        placeholder="What people see"
        values={entries.map(([, label]) => label)}
        onChange={(labels) => {
          const kept = entries.filter(([, label]) => labels.includes(label));
          const added = labels.filter((label) => !entries.some(([, known]) => known === label));
          const keys = kept.map(([key]) => key);
          return set(path, {
            ...Object.fromEntries(kept),
            ...Object.fromEntries(added.map((label) => [keyOfTitle(label, keys), label])),
          });
        }}
      />
      {entries.length === 0 ? <p className={classes['warning']}>No option yet: nobody could choose.</p> : null}
    </div>
  );
}

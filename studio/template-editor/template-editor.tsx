import { Button, Group, SegmentedControl, Select, Stack, Tabs, TextInput } from '@mantine/core';
import { IconLanguage, IconPlus, IconTrash } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { type Channel, Channel as Channels, type TemplateDocument } from '../../schemas/ladder.ts';
import { isOutdated, templateDigest, zoneOf } from '../document/time-engine.ts';
import type { EditorProps } from '../document-editor/editor.ts';
import { Field } from '../document-editor/field.tsx';
import { Badge } from '../ui/badge.tsx';
import { Panel } from '../ui/page.tsx';
import { channelWords } from '../words/selector-words.ts';
import { LiquidField } from './liquid-field.tsx';
import { MessagePreview } from './message-preview.tsx';
import { bodiesIn, placeholdersIn, setBody } from './placeholders.ts';
import { firstSample, type SampleValues, sampleLabels, usedSamples } from './sample-values.ts';
import classes from './template-editor.module.css';
import { VariableList } from './variable-list.tsx';

const purposes: Readonly<Record<TemplateDocument['purpose'], string>> = {
  escalation: 'Escalation',
  assigned: 'Work was given to somebody',
  communication: 'Communication of a workflow',
  customer: 'To the customer',
  digest: 'Digest',
  offer: 'Offer of a place',
};

const firstTexts: Readonly<Record<Channel, unknown>> = {
  email: { subject: 'Case {{ case.reference }}', text: 'Dear {{ recipient.name }},\n\n' },
  sms: '{{ case.reference }}: ',
  letter: 'Dear {{ recipient.name }},\n\n',
  inApp: '{{ case.reference }}: ',
  webhook: '{"case": "{{ case.reference }}"}',
};

const offerTexts: Readonly<Partial<Record<Channel, unknown>>> = {
  email: { subject: 'Your offer: {{ resource.title }}', text: 'Dear {{ recipient.name }},\n\n' },
  sms: '{{ resource.title }}: ',
  inApp: '{{ resource.title }}: ',
  webhook: '{"resource": "{{ resource.title }}"}',
};

/** The texts of messages: a channel and a language at a time, with the message beside it as its reader sees it. */
export default function TemplateEditor({ document: template, configuration, run, set }: EditorProps<'template'>) {
  const [channel, setChannel] = useState<Channel>(
    () => Channels.options.find((one) => has(template.channels, one)) ?? 'email',
  );
  const [language, setLanguage] = useState<'en' | 'cy'>('en');
  const [sample, setSample] = useState<SampleValues>(firstSample);
  const shown = useDeferredValue(template);
  const settings = Object.values(configuration.settings)[0];
  const outdated = isOutdated(template, 'cy');
  const hasWelsh = template.languages.cy !== undefined;
  const bodies = language === 'cy' ? template.languages.cy : template.channels;
  const isThere = bodies !== undefined && has(bodies, channel);
  const base = language === 'cy' ? ['languages', 'cy'] : ['channels'];
  const paths = bodiesIn(template).flatMap(({ text }) => placeholdersIn(text));
  const addChannel = () => {
    const english = template.channels[channel];
    const first =
      language === 'cy' && english !== undefined
        ? english
        : ((template.purpose === 'offer' ? offerTexts[channel] : undefined) ?? firstTexts[channel]);
    set([...base, channel], first);
    if (language === 'cy' && !hasWelsh) set(['translates', 'cy'], templateDigest(template));
  };
  return (
    <Stack gap="md" p="md">
      <Group gap="md" align="end" wrap="wrap">
        <Field path={['purpose']}>
          <Select
            label="What it is for"
            w={260}
            data={Object.entries(purposes).map(([value, label]) => ({ value, label }))}
            value={template.purpose}
            onChange={(purpose) => purpose && set(['purpose'], purpose)}
          />
        </Field>
        <div>
          <SegmentedControl
            aria-label="Language"
            value={language}
            onChange={(value) => setLanguage(value as 'en' | 'cy')}
            data={[
              { value: 'en', label: 'English' },
              { value: 'cy', label: `Cymraeg${hasWelsh ? (outdated ? ' (out of date)' : '') : ' (none)'}` },
            ]}
          />
        </div>
      </Group>
      {language === 'cy' && outdated ? (
        <div className={classes['outdated']}>
          <Badge tone="amber" icon={<IconLanguage size={13} />}>
            Out of date
          </Badge>
          <span>The English texts changed after this was translated. Compare them below and put it right.</span>
          <Button
            variant="default"
            size="compact-xs"
            onClick={() => set(['translates', 'cy'], templateDigest(template))}
          >
            It says the same
          </Button>
        </div>
      ) : null}
      <Tabs value={channel} onChange={(value) => value && setChannel(value as Channel)} keepMounted={false}>
        <Tabs.List>
          {Channels.options.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {channelWords[one]}
              {bodies && has(bodies, one) ? '' : ' –'}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={channel} pt="md">
          {isThere ? (
            <div className={classes['columns']}>
              <Panel
                title={`${channelWords[channel]}, ${language === 'cy' ? 'Cymraeg' : 'English'}`}
                actions={
                  <Button
                    variant="subtle"
                    color="gray"
                    leftSection={<IconTrash size={13} />}
                    onClick={() => set([...base, channel])}
                  >
                    Leave out
                  </Button>
                }
              >
                <Stack gap="sm">
                  <Texts
                    template={template}
                    channel={channel}
                    language={language}
                    onText={(path, text) => run(setBody(template, path, text))}
                    onField={set}
                  />
                  {language === 'cy' ? <English template={template} channel={channel} /> : null}
                </Stack>
              </Panel>
              <Panel title="As its reader sees it">
                <MessagePreview
                  template={shown}
                  channel={channel}
                  language={language}
                  sample={sample}
                  zone={zoneOf(configuration)}
                  organisation={settings?.organisation ?? 'Your organisation'}
                />
              </Panel>
            </div>
          ) : (
            <div className={classes['absent']}>
              <p>
                {language === 'cy' && template.channels[channel] !== undefined
                  ? 'There is no Welsh text for this channel: Welsh readers get the English one.'
                  : `Nothing is sent by ${channelWords[channel].toLowerCase()} in these words.`}
              </p>
              <Button variant="default" leftSection={<IconPlus size={13} />} onClick={addChannel}>
                {language === 'cy'
                  ? 'Begin the translation with the English text'
                  : `Write for ${channelWords[channel].toLowerCase()}`}
              </Button>
            </div>
          )}
        </Tabs.Panel>
      </Tabs>
      <SampleFields sample={sample} used={usedSamples(paths)} onChange={setSample} />
      <Field path={['variables']}>
        <VariableList template={template} used={paths} onChange={(variables) => set(['variables'], variables)} />
      </Field>
    </Stack>
  );
}

function has(bodies: TemplateDocument['channels'], channel: Channel): boolean {
  return bodies[channel] !== undefined;
}

function Texts({
  template,
  channel,
  language,
  onText,
  onField,
}: {
  template: TemplateDocument;
  channel: Channel;
  language: 'en' | 'cy';
  onText: (path: readonly string[], text: string) => void;
  onField: EditorProps['set'];
}) {
  const base = language === 'cy' ? ['languages', 'cy'] : ['channels'];
  const bodies = (language === 'cy' ? template.languages.cy : template.channels) ?? {};
  const field = (label: string, path: readonly string[], value: string, lines?: number) => (
    <Field path={path}>
      <LiquidField
        label={label}
        template={template}
        value={value}
        language={language}
        {...(lines ? { lines } : {})}
        onChange={(text) => onText(path, text)}
      />
    </Field>
  );
  if (channel !== 'email') {
    const label = { sms: 'Text message', letter: 'Letter', inApp: 'Line in the studio', webhook: 'Body of the call' }[
      channel
    ];
    return field(label, [...base, channel], bodies[channel] ?? '', channel === 'letter' ? 12 : 4);
  }
  const { email } = bodies;
  if (!email) return null;
  const path = [...base, 'email'];
  return (
    <>
      {field('Subject', [...path, 'subject'], email.subject)}
      {field('Text', [...path, 'text'], email.text, 9)}
      {email.html === undefined ? (
        <div>
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => onField([...path, 'html'], `<p>${email.text.trim().replaceAll('\n\n', '</p>\n<p>')}</p>`)}
          >
            Add an HTML part
          </Button>
        </div>
      ) : (
        <>
          {field('HTML part', [...path, 'html'], email.html, 6)}
          <div>
            <Button variant="subtle" color="gray" size="compact-xs" onClick={() => onField([...path, 'html'])}>
              Leave the HTML part out
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** What a translator reads beside the translation. */
function English({ template, channel }: { template: TemplateDocument; channel: Channel }) {
  const body = template.channels[channel];
  if (body === undefined) return null;
  return (
    <details open>
      <summary>The English text</summary>
      <pre className={classes['code']}>{typeof body === 'string' ? body : `${body.subject}\n\n${body.text}`}</pre>
    </details>
  );
}

function SampleFields({
  sample,
  used,
  onChange,
}: {
  sample: SampleValues;
  used: readonly (keyof typeof sampleLabels)[];
  onChange: (sample: SampleValues) => void;
}) {
  if (used.length === 0) return null;
  return (
    <Panel title="Filled in with">
      <Group gap="sm" wrap="wrap">
        {used.map((name) => (
          <TextInput
            key={name}
            label={sampleLabels[name]}
            w={210}
            value={sample[name]}
            onChange={(event) => onChange({ ...sample, [name]: event.currentTarget.value })}
          />
        ))}
      </Group>
    </Panel>
  );
}

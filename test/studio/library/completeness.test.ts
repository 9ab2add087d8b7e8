import { describe, expect, it } from 'vitest';
import type { AnyDocument, Configuration } from '../../../schemas/configuration.ts';
import { missingIn } from '../../../studio/library/completeness.ts';
import { loadHousing } from '../../support/configuration.ts';

const housing = loadHousing().configuration;
const agency: AnyDocument = { kind: 'agency', format: 1, key: 'A', title: 'A' };

function withSettings(part: object): Configuration {
  return { ...housing, settings: { settings: { ...housing.settings['settings'], ...part } } } as Configuration;
}

describe('what a document does not say yet', () => {
  it('is named in a word each, and nothing once it is there', () => {
    expect(missingIn(agency, housing)).toEqual(['contact', 'services']);
    expect(missingIn({ ...agency, phone: '01632 960 003', services: ['debt advice'] }, housing)).toEqual([]);
  });

  it('counts the attributes the organisation asks for on that kind, and only those', () => {
    const definition = { order: 1, label: 'Ward', type: 'text', required: true };
    const asked = withSettings({
      attributeDefinitions: {
        ward: { ...definition, kinds: ['agency'] },
        budget: { ...definition, label: 'Budget', kinds: ['workflow'] },
        patch: { ...definition, label: 'Patch', kinds: ['agency'], required: false },
      },
    });
    expect(missingIn(agency, asked)).toEqual(['contact', 'services', 'Ward']);
    expect(missingIn({ ...agency, attributes: { ward: 'North' } }, asked)).toEqual(['contact', 'services']);
  });

  it('misses Welsh only where the organisation gives it', () => {
    const template = housing.template['amber'] as AnyDocument;
    expect(missingIn(template, housing)).toEqual([]);
    expect(missingIn(template, withSettings({ languages: ['en', 'cy'] }))).toEqual(['Welsh']);
  });
});

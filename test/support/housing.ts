import { type Configuration, documentKinds } from '../../schemas/configuration.ts';
import { loadConfiguration } from '../../schemas/load-configuration.ts';

const files = import.meta.glob<string>('../../configurations/housing-england/*/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The shipped English housing configuration, read in the browser for stories and component tests. */
export const housing: Configuration = readHousing();

function readHousing(): Configuration {
  const read = Object.entries(files).map(([path, text]) => ({ path: path.replace(/^.*housing-england\//, ''), text }));
  const { configuration, findings } = loadConfiguration(
    read.filter(({ path }) => documentKinds.includes(path.split('/')[0] as never)),
  );
  const broken = findings.find((finding) => finding.severity === 'error');
  if (broken) throw new Error(broken.message);
  return configuration;
}

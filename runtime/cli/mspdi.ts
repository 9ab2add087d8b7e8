import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Plan, readMspdiProject, type XmlNode } from '../engine/index.ts';
import { UsageError } from './io.ts';
import { schedulePlanVector, type VectorResult } from './schedule-vectors.ts';

const repeated = new Set(['Calendar', 'WeekDay', 'WorkingTime', 'Exception', 'Task', 'PredecessorLink']);

/** Reads a plan from MS Project's XML. Throws UsageError when the text is no such document. */
export function readMspdi(text: string, path: string): Plan & { readonly names: ReadonlyMap<string, string> } {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new UsageError(`${path} is not XML: ${valid.err.msg} (line ${valid.err.line})`);
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    removeNSPrefix: true,
    isArray: (name) => repeated.has(name),
  });
  const document = parser.parse(text) as XmlNode;
  const project = document['Project'];
  if (typeof project !== 'object')
    throw new UsageError(`${path} is not a plan of MS Project: it has no Project element`);
  return readMspdiProject(project as XmlNode);
}

/** The schedule of an MS Project XML file, with the names of its tasks. */
export function scheduleMspdi(text: string, path: string): VectorResult {
  const { names, ...plan } = readMspdi(text, path);
  return { ...schedulePlanVector(plan), names: Object.fromEntries(names) };
}

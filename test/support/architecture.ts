import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rolldown/parseAst';

/** One import, re-export or `import()` of a source file. */
interface Import {
  /** As written: `./task.ts`, `zod`, `node:fs`. */
  from: string;
  isType: boolean;
  /** `export * from`, also with a name. */
  isExportAll: boolean;
  /** `export { x } from`. */
  isReExport: boolean;
}

interface Source {
  path: string;
  lines: number;
  imports: readonly Import[];
  /** Statements that are no imports and no re-exports. */
  ownStatements: number;
  /** Uses of the clock, chance or the surroundings: `Date.now`, `new Date`. */
  impurities: readonly string[];
}

type Area = 'schemas' | 'engine' | 'service' | 'cli' | 'studio' | 'stories';

const folders: Record<Area, string> = {
  schemas: 'schemas/',
  engine: 'runtime/engine/',
  service: 'runtime/service/',
  cli: 'runtime/cli/',
  studio: 'studio/',
  stories: 'stories/',
};
const MOST_LINES = 400;
const entrance = 'runtime/engine/index.ts';

/** Whom each area may import besides itself; the engine always by its one entrance. */
const mayImport: Record<Area, readonly Area[]> = {
  schemas: [],
  engine: ['schemas'],
  service: ['schemas', 'engine'],
  cli: ['schemas', 'engine', 'service'],
  studio: ['schemas', 'engine'],
  stories: ['schemas', 'engine', 'studio'],
};

/** The packages of the pure part, each with the folders it may be used in. */
const purePackages: Record<string, readonly string[]> = {
  // Imports parse shapes of others, which are no schemas of ours.
  zod: ['schemas/', 'runtime/engine/import/'],
  xstate: ['runtime/engine/'],
  'temporal-polyfill': ['runtime/engine/'],
  immer: ['runtime/engine/edit/'],
  liquidjs: ['runtime/engine/'],
  'mdast-util-from-markdown': ['runtime/engine/'],
  mdast: ['runtime/engine/'],
  papaparse: ['runtime/engine/import/'],
  'fast-xml-parser': ['runtime/engine/import/'],
};

const screenPackage = /^(react|react-dom|@mantine|@xyflow|@tanstack|@monaco-editor|monaco-editor)(\/|$)/;
const serverPackage = /^(node:|@libsql\/|@hono\/|pino|nodemailer)/;

/** The sentences of every broken rule over a set of files (path from the root -> text); empty when all hold. */
export function findViolations(files: ReadonlyMap<string, string>): string[] {
  const sources = [...files].map(([path, text]) => readSource(path, text));
  return [
    ...sources.flatMap((source) => [
      ...dependencyViolations(source),
      ...packageViolations(source),
      ...barrelViolations(source),
      ...purityViolations(source),
      ...sizeViolations(source),
    ]),
    ...cycleViolations(sources),
  ];
}

/** The product's own source files under the root; generated files are left out. */
export function readProductFiles(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const folder of ['schemas', 'runtime', 'studio', 'stories']) {
    if (!existsSync(join(root, folder))) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = posix.join(folder, entry.replaceAll('\\', '/'));
      if (!/\.tsx?$/.test(path) || path.endsWith('.d.ts') || path.includes('/generated/')) continue;
      files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  }
  return files;
}

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function dependencyViolations({ path, imports }: Source): string[] {
  const area = areaOf(path);
  if (!area) return [];
  return imports.flatMap((used) => {
    const target = resolveImport(path, used.from);
    if (!target) return [];
    const other = areaOf(target);
    if (other === area) return [];
    if (!other) return isTestSupport(area, target) ? [] : [`${path}: imports ${target}, which is outside the product`];
    if (isTypedClient(path, target, used)) return [];
    if (!mayImport[area].includes(other)) return [`${path}: ${area} must not import ${other} (${target})`];
    if (other === 'engine' && target !== entrance) {
      return [`${path}: enters the engine by ${target}; outside it only ${entrance} is imported`];
    }
    return [];
  });
}

/** The one door from the studio to the service: the type of its app, for the typed client. */
function isTypedClient(path: string, target: string, used: Import): boolean {
  return path === 'studio/api/client.ts' && target === 'runtime/service/app.ts' && used.isType;
}

function isTestSupport(area: Area, target: string): boolean {
  return area === 'stories' && target.startsWith('test/support/');
}

function packageViolations({ path, imports }: Source): string[] {
  const area = areaOf(path);
  return imports
    .filter((used) => !used.from.startsWith('.'))
    .flatMap(({ from, isType }) => {
      if (area === 'schemas' || area === 'engine') return purePackageViolations(path, from);
      const sentences: string[] = [];
      if (from.startsWith('@libsql/client') && !isDatabaseFile(path)) {
        sentences.push(`${path}: @libsql/client belongs in runtime/service/db and in store.ts files`);
      }
      if (from.startsWith('@xyflow/') && area === 'studio' && !path.startsWith('studio/workflow-designer/')) {
        sentences.push(`${path}: React Flow belongs beside the canvas, in studio/workflow-designer`);
      }
      if ((area === 'service' || area === 'cli') && screenPackage.test(from)) {
        sentences.push(`${path}: ${from} is for screens`);
      }
      if (area === 'studio' && serverPackage.test(from) && !isType) {
        sentences.push(`${path}: ${from} is not for the browser`);
      }
      return sentences;
    });
}

function purePackageViolations(path: string, from: string): string[] {
  const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
  const allowed = Object.hasOwn(purePackages, name) ? purePackages[name] : undefined;
  if (!allowed) return [`${path}: ${from} is not for schemas or engine, which are pure`];
  const isAllowed = allowed.some((folder) => path.startsWith(folder));
  return isAllowed ? [] : [`${path}: ${from} belongs in ${allowed.join(', ')}`];
}

function isDatabaseFile(path: string): boolean {
  return path.startsWith('runtime/service/db/') || /^runtime\/service\/.*\/store\.ts$/.test(path);
}

function barrelViolations({ path, imports, ownStatements }: Source): string[] {
  const sentences = imports
    .filter((used) => used.isExportAll)
    .map((used) => `${path}: export * from ${used.from}; name what is exported`);
  const isBarrel = ownStatements === 0 && imports.some((used) => used.isReExport);
  if (isBarrel && path !== entrance) sentences.push(`${path}: only re-exports; ${entrance} is the one barrel`);
  return sentences;
}

function purityViolations({ path, impurities }: Source): string[] {
  const area = areaOf(path);
  if (area !== 'schemas' && area !== 'engine') return [];
  return impurities.map((use) => `${path}: ${use}; time, ids and chance are arguments`);
}

function sizeViolations({ path, lines }: Source): string[] {
  return lines > MOST_LINES ? [`${path}: ${lines} lines; split it by reason to change, ${MOST_LINES} is the most`] : [];
}

/** Type imports are left out: they are gone when the code runs. */
function cycleViolations(sources: readonly Source[]): string[] {
  const targets = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.filter((used) => !used.isType).flatMap((used) => resolveImport(path, used.from) ?? []),
    ]),
  );
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) return void found.push(`cycle: ${[...trail.slice(start), path].join(' -> ')}`);
    if (finished.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return found;
}

function areaOf(path: string): Area | undefined {
  return (Object.keys(folders) as Area[]).find((area) => path.startsWith(folders[area]));
}

function resolveImport(path: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(posix.dirname(path), from.replace(/\?.*$/, '')) : undefined;
}

interface AstNode {
  type: string;
  [key: string]: unknown;
}

/** Reads one file by its syntax tree, so that a comment or a string is never taken for code. */
function readSource(path: string, text: string): Source {
  const program = parseAst(
    text,
    { lang: path.endsWith('x') ? 'tsx' : 'ts', sourceType: 'module' },
    path,
  ) as unknown as AstNode;
  const imports: Import[] = [];
  const impurities: string[] = [];
  walk(program, (node) => {
    const used = readImport(node);
    if (used) imports.push(used);
    const impurity = readImpurity(node);
    if (impurity) impurities.push(impurity);
  });
  const statements = program['body'] as AstNode[];
  const ownStatements = statements.filter(
    (statement) => statement.type !== 'ImportDeclaration' && !readImport(statement),
  ).length;
  return { path, lines: text.trimEnd().split('\n').length, imports, impurities, ownStatements };
}

function walk(value: unknown, visit: (node: AstNode) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && typeof (value as AstNode).type === 'string';
}

function readImport(node: AstNode): Import | undefined {
  const source = node['source'];
  const from = isNode(source) ? source['value'] : undefined;
  if (typeof from !== 'string') return undefined;
  const isExportAll = node.type === 'ExportAllDeclaration';
  const isReExport = isExportAll || node.type === 'ExportNamedDeclaration';
  const isType = node['importKind'] === 'type' || node['exportKind'] === 'type' || node.type === 'TSImportType';
  return { from, isType, isExportAll, isReExport };
}

const impureMembers = new Set(['Date.now', 'Math.random', 'Temporal.Now', 'performance.now', 'crypto.randomUUID']);
const impureGlobals = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);

function readImpurity(node: AstNode): string | undefined {
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') return 'new Date()';
  if (node.type === 'CallExpression') {
    const called = nameOf(node['callee']);
    if (called === 'Date' || (called !== undefined && impureGlobals.has(called))) return `${called}()`;
  }
  if (node.type !== 'MemberExpression') return undefined;
  const member = `${nameOf(node['object'])}.${nameOf(node['property'])}`;
  return impureMembers.has(member) || member.startsWith('process.') ? member : undefined;
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node['name']) : undefined;
}

import { describe, expect, it } from 'vitest';
import { findViolations, readProductFiles, root } from './support/architecture.ts';

const engine = 'runtime/engine/index.ts';

function violationsOf(files: Record<string, string>): string[] {
  return findViolations(new Map(Object.entries(files)));
}

describe('the product', () => {
  const files = readProductFiles(root);

  it('keeps the dependency rule in every source file', () => {
    expect(findViolations(files)).toEqual([]);
  });

  it('is read whole', () => {
    expect([...files.keys()]).toEqual(expect.arrayContaining([engine, 'schemas/ids.ts', 'runtime/cli/main.ts']));
  });
});

describe('the dependency rule accepts', () => {
  it.each([
    ['schemas importing zod', 'schemas/a.ts', `import { z } from 'zod';`],
    ['engine importing schemas', 'runtime/engine/check/a.ts', `import { Key } from '../../../schemas/ids.ts';`],
    ['an engine folder importing another by file', 'runtime/engine/run/a.ts', `import { b } from '../clock/b.ts';`],
    ['service entering the engine by its index', 'runtime/service/a.ts', `import { b } from '../engine/index.ts';`],
    ['cli importing service', 'runtime/cli/a.ts', `import { b } from '../service/b.ts';`],
    ['studio entering the engine by its index', 'studio/ui/a.ts', `import { b } from '../../runtime/engine/index.ts';`],
    ['the typed client', 'studio/api/client.ts', `import type { App } from '../../runtime/service/app.ts';`],
    ['libSQL in the database folder', 'runtime/service/db/a.ts', `import { createClient } from '@libsql/client';`],
    ['libSQL in a store', 'runtime/service/cases/store.ts', `import { createClient } from '@libsql/client';`],
    ['React Flow beside the canvas', 'studio/workflow-designer/a.tsx', `import { ReactFlow } from '@xyflow/react';`],
    ['stories using builders', 'stories/a.tsx', `import { b } from '../test/support/b.ts';`],
    ['a forbidden word in a comment', 'schemas/a.ts', `// Date.now() and export * from './b.ts'`],
    ['a forbidden word in a string', 'schemas/a.ts', `const a = "import x from 'node:fs'; new Date()";`],
    ['the clock in the service', 'runtime/service/clock.ts', `const now = Date.now();`],
    ['a file of 400 lines', 'studio/a.ts', 'f();\n'.repeat(400)],
    ['calendar arithmetic in the engine', 'runtime/engine/a.ts', `const a = Date.UTC(2026, 0, 1);`],
  ])('%s', (_, path, text) => {
    expect(violationsOf({ [path]: text })).toEqual([]);
  });

  it('named exports in the one barrel', () => {
    expect(violationsOf({ [engine]: `export { a } from './run/a.ts';` })).toEqual([]);
  });

  it('two files that know only the type of each other', () => {
    const files = {
      'schemas/a.ts': `import type { B } from './b.ts'; export interface A { b: B }`,
      'schemas/b.ts': `import type { A } from './a.ts'; export interface B { a: A }`,
    };
    expect(violationsOf(files)).toEqual([]);
  });
});

describe('the dependency rule refuses', () => {
  it.each([
    ['schemas importing engine', 'schemas/a.ts', `import { b } from '../runtime/engine/index.ts';`, 'must not import'],
    ['engine importing service', 'runtime/engine/a.ts', `import { b } from '../service/b.ts';`, 'must not import'],
    ['service importing cli', 'runtime/service/a.ts', `import { b } from '../cli/io.ts';`, 'must not import'],
    ['service importing studio', 'runtime/service/a.ts', `import { b } from '../../studio/b.ts';`, 'must not import'],
    ['studio importing service', 'studio/a.ts', `import { b } from '../runtime/service/b.ts';`, 'must not import'],
    ['studio importing stories', 'studio/a.ts', `import { b } from '../stories/b.ts';`, 'must not import'],
    [
      'a value of the app in the typed client',
      'studio/api/client.ts',
      `import { app } from '../../runtime/service/app.ts';`,
      'must not import',
    ],
    ['service entering the engine by the side', 'runtime/service/a.ts', `import '../engine/run/a.ts';`, 'enters'],
    ['studio entering it by a lazy import', 'studio/a.ts', `await import('../runtime/engine/run/a.ts');`, 'enters'],
    ['the product importing its tests', 'runtime/service/a.ts', `import '../../test/support/a.ts';`, 'outside'],
    ['export *', engine, `export * from './run/a.ts';`, 'export *'],
    ['export * under a name', engine, `export * as run from './run/a.ts';`, 'export *'],
    ['a second barrel', 'studio/ui/index.ts', `export { a } from './a.ts';`, 'one barrel'],
    ['libSQL in a route', 'runtime/service/cases/routes.ts', `import '@libsql/client';`, 'store.ts'],
    ['React Flow outside the canvas', 'studio/ui/a.tsx', `import '@xyflow/react';`, 'beside the canvas'],
    ['a screen package in the service', 'runtime/service/a.ts', `import 'react';`, 'for screens'],
    ['Node in the browser', 'studio/a.ts', `import 'node:fs';`, 'not for the browser'],
    ['Node in the engine', 'runtime/engine/a.ts', `import 'node:fs';`, 'pure'],
    ['the server in the schemas', 'schemas/a.ts', `import 'hono';`, 'pure'],
    ['immer outside editing', 'runtime/engine/run/a.ts', `import 'immer';`, 'belongs in'],
    ['the clock in the engine', 'runtime/engine/a.ts', `const now = Date.now();`, 'Date.now'],
    ['a date object in the engine', 'runtime/engine/a.ts', `const now = new Date();`, 'new Date()'],
    ['the current time of Temporal', 'runtime/engine/a.ts', `const now = Temporal.Now.instant();`, 'Temporal.Now'],
    ['chance in the schemas', 'schemas/a.ts', `const id = Math.random();`, 'Math.random'],
    ['the environment in the engine', 'runtime/engine/a.ts', `const home = process.env['HOME'];`, 'process.env'],
    ['a file of 401 lines', 'studio/a.ts', 'f();\n'.repeat(401), '401 lines'],
    ['a timer in the engine', 'runtime/engine/a.ts', `setTimeout(() => {}, 1);`, 'setTimeout'],
  ])('%s', (_, path, text, expected) => {
    expect(violationsOf({ [path]: text })).toEqual([expect.stringContaining(expected)]);
  });

  it('a cycle, naming its path', () => {
    const files = {
      'schemas/a.ts': `import { b } from './b.ts'; export const a = b;`,
      'schemas/b.ts': `import { c } from './c.ts'; export const b = c;`,
      'schemas/c.ts': `import { b } from './b.ts'; export const c = b;`,
    };
    expect(violationsOf(files)).toEqual(['cycle: schemas/b.ts -> schemas/c.ts -> schemas/b.ts']);
  });
});

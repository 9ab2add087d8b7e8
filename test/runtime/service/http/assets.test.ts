import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileResponse } from '../../../../runtime/service/http/assets.ts';

const text = 'export const title = "Homelessness prevention";';
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-assets-'));
  writeFileSync(join(folder, 'a.js'), text);
  writeFileSync(join(folder, 'a.js.gz'), gzipSync(text));
  writeFileSync(join(folder, 'b.js'), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(path: string, accepted?: string) {
  const response = fileResponse(folder, path, true, accepted);
  const bytes = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0));
  const encoding = response?.headers.get('content-encoding') ?? null;
  return {
    encoding,
    vary: response?.headers.get('vary') ?? null,
    type: response?.headers.get('content-type'),
    isWhole: response?.headers.get('content-length') === String(bytes.length),
    text: String(encoding ? gunzipSync(bytes) : bytes),
  };
}

describe('a part of the studio', () => {
  const type = 'text/javascript; charset=utf-8';

  it('travels packed to a browser that takes it, and plain to any other', async () => {
    const same = { vary: 'accept-encoding', type, isWhole: true, text };
    expect(await ask('a.js', 'gzip, deflate, br')).toEqual({ ...same, encoding: 'gzip' });
    expect(await ask('a.js', 'br')).toEqual({ ...same, encoding: null });
    expect(await ask('a.js')).toEqual({ ...same, encoding: null });
  });

  it('travels plain where the build packed none', async () => {
    expect(await ask('b.js', 'gzip')).toEqual({ encoding: null, vary: null, type, isWhole: true, text });
  });

  it('is not answered from outside its folder', () => {
    expect(fileResponse(folder, '../a.js', true, 'gzip')).toBeUndefined();
  });
});

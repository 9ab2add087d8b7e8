import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { fontNames, readFont } from './fonts.ts';
import { type PackContent, withoutCharacters } from './pack-content.ts';

interface Compiled {
  readonly result: object | null;
  takeDiagnostics(): { readonly shortDiagnostics: readonly unknown[] } | null;
}

/** The few calls we make; the package that declares them names platforms that are not published, so it cannot be installed. */
interface TypstCompiler {
  compile(request: { mainFileContent: string; inputs: Record<string, string> }): Compiled;
  pdf(document: object, options: { pdfStandard: 'ua-1' }): Buffer;
  evictCache(maxAge: number): void;
}

interface TypstModule {
  readonly NodeCompiler: {
    create(options: { workspace: string; fontArgs: readonly { fontBlobs: Buffer[] }[] }): TypstCompiler;
  };
}

const platforms = ['linux-x64-gnu', 'linux-x64-musl'];
const ATTEMPTS = 4;

let compiler: TypstCompiler | null | undefined;
let template: string | undefined;

/** The compiler, or null where it is not published for this platform. It is made once, at the first pack. */
function findCompiler(): TypstCompiler | null {
  if (compiler !== undefined) return compiler;
  const typst = findModule();
  compiler = typst
    ? typst.NodeCompiler.create({
        // A folder of our own without data: the template reads no files, and could reach none of interest.
        workspace: fileURLToPath(new URL('.', import.meta.url)),
        fontArgs: [{ fontBlobs: fontNames.map(readFont) }],
      })
    : null;
  return compiler;
}

function findModule(): TypstModule | null {
  const require = createRequire(import.meta.url);
  for (const platform of platforms) {
    try {
      return require(`@myriaddreamin/typst-ts-node-compiler-${platform}`) as TypstModule;
    } catch {
      // Not installed, or for another C library: the next one, or pdfkit.
    }
  }
  return null;
}

/** A PDF/UA-1 of the pack, or null where the compiler is not available. Throws when the pack cannot be set. */
export function typstPdf(content: PackContent): Uint8Array | null {
  const typst = findCompiler();
  if (!typst) return null;
  try {
    return compile(typst, content);
  } finally {
    // What it remembers would hold personal words after their erasure.
    typst.evictCache(0);
  }
}

function compile(typst: TypstCompiler, content: PackContent): Uint8Array {
  template ??= readFileSync(new URL('pack.typ', import.meta.url), 'utf8');
  const missing = new Set<string>();
  for (let attempt = 1; ; attempt++) {
    const shown = missing.size === 0 ? content : withoutCharacters(content, missing);
    const compiled = typst.compile({ mainFileContent: template, inputs: { pack: JSON.stringify(shown) } });
    if (!compiled.result) {
      throw new Error(`the pack cannot be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`);
    }
    try {
      return typst.pdf(compiled.result, { pdfStandard: 'ua-1' });
    } catch (error) {
      const found = missingCharacters(error).filter((letter) => !missing.has(letter));
      if (found.length === 0 || attempt === ATTEMPTS) throw error;
      for (const letter of found) missing.add(letter);
    }
  }
}

/** PDF/UA forbids letters that no font has; the refusal names each one. Plain ASCII beside them is kept. */
function missingCharacters(error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const named = message.matchAll(/(?:the text|codepoint) `\\?"(.*?)\\?"`/g);
  return [...named].flatMap(([, text = '']) =>
    [
      ...text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))),
    ].filter((letter) => letter > '\u{7e}'),
  );
}

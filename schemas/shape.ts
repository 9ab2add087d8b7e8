import type { z } from 'zod';
import type { Finding } from './finding.ts';

/** Limits of any stored or received JSON, checked before a schema sees it. */
export const MAX_JSON_DEPTH = 100;

type Issue = z.core.$ZodIssue;

/** RFC 6901 pointer of a path. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value a JSON pointer names, or undefined. */
export function atPointer(value: unknown, pointer: string): unknown {
  let current = value;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

/** What makes JSON unsafe to hand to any schema: nesting beyond the limit, or keys that every object inherits. */
export function unsafeJson(
  value: unknown,
): { code: 'NESTED_TOO_DEEP' | 'FORBIDDEN_KEY'; path: string[]; came: string } | undefined {
  const stack: { value: unknown; path: string[] }[] = [{ value, path: [] }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (typeof top.value !== 'object' || top.value === null) continue;
    if (top.path.length >= MAX_JSON_DEPTH)
      return { code: 'NESTED_TOO_DEEP', path: top.path.slice(0, 8), came: `more than ${MAX_JSON_DEPTH} levels` };
    for (const [key, child] of Object.entries(top.value)) {
      if (key in Object.prototype) return { code: 'FORBIDDEN_KEY', path: [...top.path, key], came: key };
      stack.push({ value: child, path: [...top.path, key] });
    }
  }
  return undefined;
}

/** Findings of a failed parse: what was expected, where, what came. */
export function shapeFindings(document: string, value: unknown, error: z.ZodError): Finding[] {
  return error.issues.flatMap((issue) => toFindings(document, value, issue, []));
}

function toFindings(document: string, root: unknown, issue: Issue, base: readonly PropertyKey[]): Finding[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // The alternative that got furthest is the one the author meant.
    const best = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0] ?? [];
    if (best.some((inner) => inner.path.length > 0))
      return best.flatMap((inner) => toFindings(document, root, inner, path));
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      makeFinding('UNKNOWN_KEY', document, [...path, key], 'no such field', atPointer(root, toPointer([...path, key]))),
    );
  }
  const code = issue.code === 'invalid_key' ? 'KEY_INVALID' : 'SHAPE_INVALID';
  return [makeFinding(code, document, path, expectedOf(issue), atPointer(root, toPointer(path)))];
}

function depthOf(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)));
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `${issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_key':
      return 'a key of 1 to 64 letters, digits, "-" or "_"';
    default:
      return issue.message;
  }
}

function makeFinding(
  code: string,
  document: string,
  path: readonly PropertyKey[],
  expected: string,
  came: unknown,
): Finding {
  const pointer = toPointer(path);
  const shown = came === undefined ? 'nothing' : (JSON.stringify(came) ?? String(came)).slice(0, 80);
  const message =
    code === 'UNKNOWN_KEY'
      ? `${document} has a field that does not exist at ${pointer}: remove it or correct its name.`
      : `${document} at ${pointer || '/'}: expected ${expected}, got ${shown}.`;
  return { code, severity: 'error', document, pointer, values: { expected, came: shown }, message };
}

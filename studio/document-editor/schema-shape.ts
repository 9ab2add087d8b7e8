/** The part of JSON Schema that document schemas use. */
export interface JsonSchema {
  $ref?: string;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  const?: unknown;
  enum?: unknown[];
  type?: string;
  pattern?: string;
  format?: string;
  maxLength?: number;
  minItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  description?: string;
  definitions?: Record<string, JsonSchema>;
}

/** A schema with what it refers to; its own description comes first. */
export function resolveSchema(schema: JsonSchema, root: JsonSchema): JsonSchema & { name?: string } {
  const named = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined);
  const name = named?.split('/').at(-1);
  const found = name === undefined ? undefined : root.definitions?.[name];
  if (!found) return schema;
  return {
    ...resolveSchema(found, root),
    ...(name ? { name } : {}),
    ...(schema.description ? { description: schema.description } : {}),
  };
}

export function alternativesOf(schema: JsonSchema): JsonSchema[] | undefined {
  return schema.anyOf ?? schema.oneOf;
}

/** Whether a value is of a shape, as far as telling alternatives apart needs it. */
export function fits(value: unknown, schema: JsonSchema, root: JsonSchema): boolean {
  const shape = resolveSchema(schema, root);
  const alternatives = alternativesOf(shape);
  if (alternatives) return alternatives.some((one) => fits(value, one, root));
  if (shape.const !== undefined) return value === shape.const;
  if (shape.enum) return shape.enum.includes(value);
  switch (shape.type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) && fitsObject(value, shape, root);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return shape.type === undefined || typeof value === shape.type;
  }
}

function fitsObject(value: object, shape: JsonSchema, root: JsonSchema): boolean {
  const has = (name: string) => Object.hasOwn(value, name);
  if (!(shape.required ?? []).every(has)) return false;
  if (shape.additionalProperties === false && !Object.keys(value).every((name) => shape.properties?.[name]))
    return false;
  return Object.entries(shape.properties ?? {}).every(
    ([name, child]) => !has(name) || fits((value as Record<string, unknown>)[name], child, root),
  );
}

/** The smallest value of a shape, to start from. */
export function blankValue(schema: JsonSchema, root: JsonSchema): unknown {
  const shape = resolveSchema(schema, root);
  const [first] = alternativesOf(shape) ?? [];
  if (shape.name === 'condition') return { op: 'all', conditions: [] };
  if (first) return blankValue(first, root);
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  switch (shape.type) {
    case 'object':
      return Object.fromEntries(
        (shape.required ?? []).map((name) => [name, blankValue(shape.properties?.[name] ?? {}, root)]),
      );
    case 'array':
      return shape.minItems ? [blankValue(shape.items ?? {}, root)] : [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    default:
      return shape.pattern?.startsWith('^\\d{4}') ? '2027-01-01' : shape.pattern?.includes('24:00') ? '09:00' : 'new';
  }
}

/** `reviewBy` as people read it: `Review by`; a key of people's own (`HP02`) as it is. */
export function fieldInWords(name: string): string {
  if (!/[a-z]/.test(name)) return name;
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_-]/g, ' ')
    .toLowerCase();
  return words === 'sla' ? 'SLA' : words.charAt(0).toUpperCase() + words.slice(1);
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'By name',
  array: 'A list',
  string: 'Text',
  number: 'A number',
  integer: 'A whole number',
  boolean: 'Yes or no',
  null: 'Nothing',
};

/** What an alternative is called: the constant it is told by, or its kind of value. */
export function alternativeInWords(schema: JsonSchema, root: JsonSchema): string {
  const shape = resolveSchema(schema, root);
  if (shape.const !== undefined) return fieldInWords(String(shape.const));
  if (shape.enum) return shape.enum.map((one) => String(one)).join(' or ');
  const told = Object.entries(shape.properties ?? {}).find(([, child]) => child.const !== undefined);
  if (told) return fieldInWords(String(told[1].const));
  if (shape.type === 'object' && shape.required?.length) return shape.required.map(fieldInWords).join(', ');
  return typeWords[shape.type ?? ''] ?? 'Other';
}

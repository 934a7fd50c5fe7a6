// schemas/*.schema.json -> core/generated/shapes.ts, the descriptor table that core interprets.
// Equal parts are written once and shared, which keeps the table small and lets a part be recognised by identity.
import type { GeneratedFile } from './generate-contributes.ts';
import { readShape } from './schema-source.ts';

const roots = [
  ['workflowShape', 'workflow.schema.json', 'The workflow file.'],
  ['configShape', 'weft-config.schema.json', 'weft.config.yaml.'],
  ['valuesShape', 'values-file.schema.json', 'A values file.'],
] as const;

const typeNames: Readonly<Record<string, string>> = {
  object: 'ObjectShape',
  variants: 'VariantShape',
  named: 'NamedShape',
  map: 'MapShape',
  list: 'ListShape',
  scalar: 'ScalarShape',
  any: 'AnyShape',
  conditions: 'ConditionsShape',
};

export function shapeFiles(): readonly GeneratedFile[] {
  const shapes = roots.map(([name, file, text]) => ({ name, text, shape: readShape(file) }));
  const shared = new SharedParts();
  for (const { shape } of shapes) shared.count(shape);
  const bodies = shapes.map(
    ({ name, text, shape }) =>
      `/** ${text} */\nexport const ${name}: ObjectShape = ${print(shape, (inner) => shared.print(inner))};`,
  );
  const types = new Set(['ObjectShape', ...shared.lines.map((line) => /: (\w+) =/.exec(line)![1]!)]);
  return [
    {
      path: 'core/generated/shapes.ts',
      text: `// Generated from schemas/ by \`npm run generate\`; do not edit.
import type { ${[...types].sort().join(', ')} } from '../schema/descriptor.ts';

${shared.lines.join('\n')}

${bodies.join('\n\n')}
`,
    },
  ];
}

/** Shapes that occur more than once become constants, each after those that it holds. */
class SharedParts {
  readonly lines: string[] = [];
  private readonly uses = new Map<string, number>();
  private readonly names = new Map<string, string>();

  count(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    if (kindOf(value)) {
      const key = JSON.stringify(value);
      const before = this.uses.get(key) ?? 0;
      this.uses.set(key, before + 1);
      if (before > 0) return;
    }
    for (const inner of Object.values(value)) this.count(inner);
  }

  print(value: unknown): string {
    const type = kindOf(value);
    const key = type && JSON.stringify(value);
    if (!key || key.length < 60 || (this.uses.get(key) ?? 0) < 2) return print(value, (inner) => this.print(inner));
    const known = this.names.get(key);
    if (known) return known;
    const text = print(value, (inner) => this.print(inner));
    const name = `s${this.names.size + 1}`;
    this.names.set(key, name);
    this.lines.push(`const ${name}: ${type} = ${text};`);
    return name;
  }
}

function kindOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  return typeNames[value.kind as string];
}

/** TypeScript source of a value; `inner` prints what is in it. */
function print(value: unknown, inner: (value: unknown) => string): string {
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, each]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: ${inner(each)}`,
  );
  return `{ ${members.join(', ')} }`;
}

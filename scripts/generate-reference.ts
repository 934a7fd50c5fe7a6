// schemas/*.schema.json -> docs/reference.md: every member of the workflow file, of weft.config.yaml and of values files, with its
// type, default, place in the request body, meaning in English and Chinese, and the document that says so.
import type { Member, ObjectShape, References, ScalarShape, Shape, VariantShape } from '../core/schema/descriptor.ts';
import { shapeName } from '../core/schema/shape.ts';
import type { GeneratedFile } from './generate-contributes.ts';
import { readShape } from './schema-source.ts';

const intro = `<!-- Generated from schemas/ by \`npm run generate\`; do not edit. -->
# Members · 成员

Every member of the files that Weft reads. How they go together is told in [file-format.md](file-format.md). In the column of names
\`NAME\` is a name of yours, \`[]\` an item of a list; an asterisk marks what must be there. The place in the request body is
that of create-workflow, from the object that the section is about; a dash means that the body has no such member.

Weft 读取的所有文件成员。\`NAME\` 为自定义名称，\`[]\` 为列表项，带星号的为必填。“请求体”一列为在创建工作流请求体中的位置，
“-”表示请求体中没有。

`;

export function referenceFiles(): readonly GeneratedFile[] {
  const workflow = readShape('workflow.schema.json');
  const sections: string[] = [section('Workflow file', '工作流文件', workflow, (member) => member.shape.kind !== 'named')];
  for (const { name, shape } of workflow.members) {
    if (shape.kind !== 'named' || name === 'data_requirements') continue;
    sections.push(...entrySections(name, shape.entry));
  }
  const whole = (file: string, title: string, zh: string) => section(title, zh, readShape(file), () => true, false);
  sections.push(whole('weft-config.schema.json', 'weft.config.yaml', '工程配置'));
  sections.push(whole('values-file.schema.json', 'Values file', '取值文件'));
  return [{ path: 'docs/reference.md', text: intro + sections.join('\n') }];
}

/** One section for each kind of entry of a collection. */
function entrySections(collection: string, entry: ObjectShape | VariantShape): readonly string[] {
  if (entry.kind === 'object') return [section(`${collection}.NAME`, entry.title?.zh ?? '', entry)];
  return entry.of.map(([type, object]) => section(`${collection}.NAME, type ${type}`, object.title?.zh ?? '', object));
}

function section(
  title: string,
  zh: string,
  shape: ObjectShape,
  keep: (member: Member) => boolean = () => true,
  wire = true,
): string {
  const rows: string[] = [];
  addRows(rows, shape, { path: '', wire: [] }, keep, wire);
  const place = wire ? ' request body · 请求体 |' : '';
  return `## ${title}${zh && ` · ${zh}`}

| member · 成员 | type · 类型 | default · 默认 |${place} meaning · 含义 | source · 出处 |
|---|---|---|${wire ? '---|' : ''}---|---|
${rows.join('\n')}
`;
}

interface At {
  readonly path: string;
  readonly wire: readonly string[];
}

function addRows(rows: string[], shape: ObjectShape, at: At, keep: (member: Member) => boolean, wire: boolean): void {
  for (const member of shape.members) {
    if (member.bodyOnly || !keep(member)) continue;
    const path = at.path + member.name;
    const place = placeOf(member, at.wire);
    rows.push(row(member, path, place, wire));
    addInner(rows, member.shape, { path, wire: place ?? [] }, wire);
  }
}

function addInner(rows: string[], shape: Shape, at: At, wire: boolean): void {
  switch (shape.kind) {
    case 'object':
      return addRows(rows, shape, { path: `${at.path}.`, wire: at.wire }, () => true, wire);
    case 'list':
      return addInner(rows, shape.item, { path: `${at.path}[]`, wire: last(at.wire, '[]') }, wire);
    case 'map':
      return addInner(rows, shape.value, { path: `${at.path}.NAME`, wire: last(at.wire, '.NAME') }, wire);
    case 'named':
      if (shape.entry.kind === 'object')
        addInner(rows, shape.entry, { path: `${at.path}.NAME`, wire: last(at.wire, '[]') }, wire);
      return;
    case 'variants':
      for (const [value, object] of shape.of) {
        const only = (member: Member) => member.name !== shape.by;
        addRows(rows, object, { path: `${at.path} (${value}).`, wire: at.wire }, only, wire);
      }
  }
}

function last(path: readonly string[], suffix: string): readonly string[] {
  return path.length === 0 ? path : [...path.slice(0, -1), path.at(-1)! + suffix];
}

/** Undefined where the body has no such member. */
function placeOf(member: Member, around: readonly string[]): readonly string[] | undefined {
  if (member.wire === false) return undefined;
  const own = member.wire ?? [member.alias ?? member.name];
  if (own[0] === '^') return own.slice(1);
  if (own[1]?.startsWith('=')) return [...around, `${own[0]}[${own[1] === '=*' ? '...' : own[1].slice(1)}]`];
  return [...around, ...own];
}

function row(member: Member, path: string, place: readonly string[] | undefined, wire: boolean): string {
  const { text, source = '', required } = member;
  const cells = [
    `\`${path}\`${required ? ' *' : ''}`,
    typeOf(member.shape),
    defaultOf(member),
    ...(wire ? [place ? `\`${place.join('.')}\`` : '-'] : []),
    `${text.en}<br>${text.zh}`,
    source,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

function defaultOf(member: Member): string {
  const value = member.default ?? member.wireDefault;
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  return member.derived ? 'computed' : '';
}

function typeOf(shape: Shape): string {
  const { en } = shapeName(shape);
  const parts = [shape.kind === 'scalar' ? scalarType(shape, en) : en];
  if (shape.kind === 'list' && shape.item.kind === 'scalar' && shape.item.enum)
    parts[0] = `list of ${scalarType(shape.item, 'text')}`;
  const references = shape.refs && referenceNames(shape.refs);
  if (references) parts.push(`or ${references}`);
  return parts.join(', ');
}

function scalarType(shape: ScalarShape, name: string): string {
  const values = shape.enum?.map(({ value, wire }) => `\`${value}\`${wire === undefined ? '' : ` (${wire})`}`);
  const { min, max, above } = shape;
  const range = [
    ...(above !== undefined ? [`> ${above}`] : min !== undefined ? [`≥ ${min}`] : []),
    ...(max !== undefined ? [`≤ ${max}`] : []),
  ].join(', ');
  if (values) return shape.openEnum ? `${name}, such as ${values.join(', ')}` : values.join(', ');
  return range ? `${name}, ${range}` : name;
}

function referenceNames(refs: References): string {
  const kinds = (list: readonly string[]) => (list.length > 0 ? ` (${list.join(', ')})` : '');
  const names = [
    ...(refs.parameters ? [`parameter${kinds(refs.parameters)}`] : []),
    ...(refs.storages ? ['storage'] : []),
    ...(refs.data ? [`data${kinds(refs.data)}`] : []),
    ...(refs.steps ? [`output${kinds(refs.steps)}`] : []),
    ...(refs.select ? ['`select`'] : []),
  ];
  return names.join(', ');
}

// Provisional reading of tree to IR for the tests of rules and binding, until core/ir/lower.ts stands; to be deleted with its arrival.
import { parse } from '../../core/syntax/parse.ts';
import { plainValue } from '../../core/syntax/tree.ts';
import { parseReference, parseWireReference } from '../../core/refs/reference.ts';
import { parseCondition } from '../../core/refs/expression.ts';
import { isStepType } from '../../core/steps/step-types.ts';
import { bind } from '../../core/refs/bind.ts';
import { check } from '../../core/rules/check.ts';
const Z = { anchor: { offset: 0 }, from: 0, to: 0 };
const emptyMap = { kind: 'map', origin: Z, entries: [] } as any;
let wire = false;
let findings: any[] = [];
function val(n: any): any {
  if (!n) return { kind: 'scalar', origin: Z, text: '', value: null, quoted: false };
  if (n.kind === 'scalar') {
    const r: any = wire ? parseWireReference(n.text, n.origin) : parseReference(n.text, n.origin);
    if (r?.finding) findings.push(r.finding);
    if (r?.kind === 'reference') return { kind: 'reference', origin: n.origin, reference: r.reference };
    return { kind: 'scalar', origin: n.origin, text: n.text, value: plainValue(n), quoted: n.style !== 'plain' };
  }
  if (n.kind === 'seq') return { kind: 'list', origin: n.origin, items: n.items.map(val) };
  const sel = n.entries.find((e: any) => e.key.text === 'select');
  if (sel?.value?.kind === 'seq') return { kind: 'select', origin: n.origin, items: sel.value.items.map(val) };
  return {
    kind: 'map',
    origin: n.origin,
    entries: n.entries.map((e: any) => ({ name: { text: rename(e.key.text), origin: e.key.origin }, value: val(e.value) })),
  };
}
const rename = (t: string) => (wire ? (({ obs_url: 'obs_path', id: 'algorithm_id' } as any)[t] ?? t) : t);
const nm = (n: any) => ({ text: n?.text ?? '', origin: n?.origin ?? Z });
const get = (m: any, k: string) => (m?.kind === 'map' ? m.entries.find((e: any) => e.key.text === k)?.value : undefined);
function named(n: any): { name: any; node: any; origin: any }[] {
  if (!n) return [];
  if (n.kind === 'map') return n.entries.map((e: any) => ({ name: nm(e.key), node: e.value, origin: e.origin }));
  return (
    n.items?.map((i: any) =>
      i.kind === 'scalar'
        ? { name: nm(i), node: undefined, origin: i.origin }
        : { name: nm(get(i, 'name')), node: i, origin: i.origin },
    ) ?? []
  );
}
const names = (n: any) => (!n ? [] : n.kind === 'scalar' ? [nm(n)] : n.items.map(nm));
function fields(n: any, skip: string[], lift: string[] = []): any {
  if (n?.kind !== 'map') return { ...emptyMap, origin: n?.origin ?? Z };
  const m = val(n);
  let entries = m.entries.filter((e: any) => !skip.includes(e.name.text));
  for (const l of lift) {
    const e = entries.find((x: any) => x.name.text === l);
    if (e?.value.kind === 'map') entries = [...entries.filter((x: any) => x !== e), ...e.value.entries];
  }
  return { ...m, entries };
}
function conds(n: any): any[] {
  if (!n) return [];
  if (n.kind === 'scalar') {
    const r = parseCondition(n.text, n.origin);
    if (r.finding) findings.push(r.finding);
    return [...r.conditions];
  }
  if (n.kind === 'seq') return n.items.flatMap(conds);
  const t = get(n, 'type');
  const op = (x: any) => (x?.kind === 'map' ? conds(x)[0] : x && val(x));
  return [
    {
      kind: 'condition',
      origin: n.origin,
      operator: t?.text ?? '',
      operatorOrigin: t?.origin ?? n.origin,
      left: op(get(n, 'left')),
      right: op(get(n, 'right')),
    },
  ];
}
/** What the schema would say of a parameter of type str: its default is a text. */
function typed(f: any): any {
  if (f.entries.find((e: any) => e.name.text === 'type')?.value.text !== 'str') return f;
  return {
    ...f,
    entries: f.entries.map((e: any) =>
      e.name.text === 'default' && e.value.kind === 'scalar' ? { ...e, value: { ...e.value, value: e.value.text } } : e,
    ),
  };
}
function once(list: any[]): any[] {
  const key = (x: any) => `${x.code} ${x.origin.anchor.offset + x.origin.from}`;
  return list.filter((x, at) => list.findIndex((y) => key(y) === key(x)) === at);
}
export function analyze(text: string, lang: 'yaml' | 'json' = 'yaml') {
  wire = lang === 'json';
  findings = [];
  const p = parse(text, lang);
  const t: any = p.tree;
  const decl = (kind: string, key: string, section?: string) =>
    named(get(t, key)).map(({ name, node, origin }) => {
      const f = typed(fields(node, ['name']));
      const sec = section ?? (kind === 'data' ? (get(node, 'value') ? 'data' : 'data_requirements') : undefined);
      return { kind, name, origin, fields: f, ...(sec && { section: sec }) };
    });
  const steps = named(get(t, 'steps')).map(({ name, node, origin }) => {
    const type = get(node, 'type');
    const policy = get(node, 'policy');
    const outNode = get(node, 'outputs');
    const relProps = wire && type?.text === 'release_dataset' ? get(node, 'properties') : undefined;
    return {
      kind: 'step',
      name,
      origin,
      type: isStepType(type?.text ?? '') ? type.text : undefined,
      typeName: type && nm(type),
      title: get(node, 'title')?.text,
      dependSteps: get(node, 'depend_steps') ? names(get(node, 'depend_steps')) : wire ? [] : undefined,
      inputs: named(get(node, 'inputs')).map((i) => ({
        kind: 'input',
        name: i.name,
        origin: i.origin,
        type: wire ? get(i.node, 'type')?.text : undefined,
        data: i.node && val(i.node?.kind === 'map' && get(i.node, 'data') ? get(i.node, 'data') : i.node),
      })),
      outputs: named(outNode).map((o) => ({
        kind: 'output',
        name: o.name,
        origin: o.origin,
        type: wire ? get(o.node, 'type')?.text : undefined,
        fields: relProps ? fields(relProps, []) : fields(o.node, ['name', 'type'], ['config']),
      })),
      conditions: conds(get(node, 'conditions')),
      ifThenSteps: names(get(node, 'if_then_steps')),
      elseThenSteps: names(get(node, 'else_then_steps')),
      skipConditions: conds(get(policy, 'skip_conditions')),
      fields: fields(
        node,
        ['name', 'type', 'title', 'inputs', 'outputs', 'depend_steps', 'if_then_steps', 'else_then_steps'],
        wire && type?.text === 'job' ? ['properties'] : [],
      ),
    };
  });
  const sc = (n: any) =>
    named(n).map((s) => ({
      name: s.name,
      origin: s.origin,
      steps: names(s.node?.kind === 'map' ? get(s.node, 'steps') : s.node),
    }));
  const w: any = {
    kind: 'workflow',
    origin: t?.origin ?? Z,
    name: get(t, 'name') && nm(get(t, 'name')),
    fields: fields(t, ['name', 'storages', 'parameters', 'data', 'data_requirements', 'steps', 'scenes', 'sub_graphs']),
    storages: decl('storage', 'storages'),
    parameters: decl('parameter', 'parameters'),
    data: [...decl('data', 'data', wire ? 'data' : undefined), ...decl('data', 'data_requirements', 'data_requirements')],
    steps,
    scenes: sc(wire ? get(get(t, 'policy'), 'scenes') : get(t, 'scenes')),
    subGraphs: sc(get(t, 'sub_graphs')),
  };
  const bound = bind(w);
  return { parsed: p, workflow: w, bound, diagnostics: [...p.findings, ...once(findings), ...check(w, bound)] };
}

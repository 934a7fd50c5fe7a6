// From a call and a path to the very expression in the author's code: through constants, parameters of helpers up to what the caller
// gave, members of objects, spreads, and what helpers return. Where the way is lost, the last place on it stands for the value.
import type { SyntaxNode } from '@lezer/common';
import type { ArgumentPath, Call } from '../../sdk/written.ts';
import {
  argumentOf,
  type CodeFile,
  calleeOf,
  callAt,
  expressionsIn,
  isLiteral,
  itemAt,
  stringValue,
  textOf,
} from './code-file.ts';

/** An expression, and the call that led into the function which holds it. */
export interface Place {
  readonly file: CodeFile;
  readonly node: SyntaxNode;
  readonly caller: Place | undefined;
}

export interface MemberPlace {
  readonly key: Place;
  readonly value: Place;
}

/** Steps from one expression to the next; more are a program that calls itself. */
const longest = 40;

/** The place of a call, the innermost frame of which is in one of the files. */
export function placeOfCall(files: ReadonlyMap<string, CodeFile>, call: Call, index = 0): Place | undefined {
  if (index >= Math.min(call.length, longest)) return undefined;
  const [path, line, column] = call[index]!;
  const file = files.get(path);
  const node = file && callAt(file, line, column);
  return node && { file, node, caller: placeOfCall(files, call, index + 1) };
}

/** As far as the path can be followed; `exact` where that is to its end. */
export function argumentPlace(call: Place, path: ArgumentPath): { readonly place: Place; readonly exact: boolean } {
  const [first, ...rest] = path;
  if (typeof first !== 'number') return { place: call, exact: false };
  const node = argumentOf(call.node, first);
  if (!node) return { place: call, exact: false };
  let place: Place = { ...call, node };
  for (const key of rest) {
    const member = memberAt(place, key);
    if (!member) return { place, exact: false };
    place = member.value;
  }
  return { place, exact: true };
}

/** The member of an object or item of a list. */
export function memberAt(place: Place, key: string | number, steps = 0): MemberPlace | undefined {
  if (steps > longest || place.file.effort.left-- <= 0) return undefined;
  const whole = settle(place, steps + 1);
  const { file, node } = whole;
  if (node.name === 'ArrayExpression' && typeof key === 'number') {
    const item = itemAt(node, key);
    return item && { key: { ...whole, node: item }, value: { ...whole, node: item } };
  }
  if (node.name !== 'ObjectExpression') return undefined;
  for (const property of expressionsIn(node).toReversed()) {
    const spread = spreadIn(property);
    if (spread) {
      const found = memberAt({ ...whole, node: spread }, key, steps + 1);
      if (found) return found;
    } else if (property.name === 'Property' && keyOf(whole, property) === String(key)) {
      const name = keyNode(property)!;
      const value = property.getChild(':')?.nextSibling ?? name;
      return { key: { file, node: name, caller: whole.caller }, value: { file, node: value, caller: whole.caller } };
    }
  }
  return undefined;
}

/** The expression that a value comes from. */
export function settle(place: Place, steps = 0): Place {
  if (steps > longest || place.file.effort.left-- <= 0) return place;
  const next = onward(place, steps);
  return next ? settle(next, steps + 1) : place;
}

/** As `settle`, but where the value is not written down at the end of the way, the place where it is used. */
export function literalPlace(place: Place): Place {
  const settled = settle(place);
  return isLiteral(settled.node) ? settled : place;
}

/** Follows names of constants alone: `const accuracy = training.outputs.metrics.accuracy`. */
export function behindName(place: Place): Place {
  let at = place;
  for (let steps = 0; steps < longest && isName(at.node); steps++) {
    const next = onward(at, steps);
    if (!next) return at;
    at = next;
  }
  return at;
}

function onward(place: Place, steps: number): Place | undefined {
  const { file, node } = place;
  if (isName(node)) return definitionOf(place, textOf(file, node), steps);
  switch (node.name) {
    case 'ParenthesizedExpression': {
      const inner = expressionsIn(node)[0];
      return inner && { ...place, node: inner };
    }
    case 'MemberExpression': {
      const key = memberName(file, node);
      return key === undefined ? undefined : memberAt({ ...place, node: node.firstChild! }, key, steps + 1)?.value;
    }
    case 'CallExpression':
      return returned(place, steps);
  }
  return undefined;
}

/** `b` of `a.b` and of `a['b']`. */
export function memberName(file: CodeFile, node: SyntaxNode): string | undefined {
  const name = node.getChild('PropertyName');
  if (name) return textOf(file, name);
  const last = node.lastChild?.prevSibling;
  return last ? stringValue(file, last) : undefined;
}

function isName(node: SyntaxNode): boolean {
  // `{ epochs }` is short for `{ epochs: epochs }`.
  return node.name === 'VariableName' || (node.name === 'PropertyDefinition' && node.parent?.getChild(':') === null);
}

function keyNode(property: SyntaxNode): SyntaxNode | undefined {
  const first = property.firstChild;
  return first?.name === '[' ? (first.nextSibling ?? undefined) : (first ?? undefined);
}

function keyOf(holder: Place, property: SyntaxNode): string | undefined {
  const name = keyNode(property);
  if (!name) return undefined;
  if (property.firstChild?.name === '[') {
    const settled = settle({ ...holder, node: name });
    return stringValue(settled.file, settled.node);
  }
  return stringValue(holder.file, name) ?? textOf(holder.file, name);
}

function spreadIn(property: SyntaxNode): SyntaxNode | undefined {
  const first = property.name === 'Spread' ? property : property.firstChild;
  return first?.name === 'Spread' ? (first.nextSibling ?? undefined) : undefined;
}

// ---- names

const functions: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunction',
  'MethodDeclaration',
]);

/** Where the value of a name comes from: the expression of its constant, or what the caller gave for a parameter. */
function definitionOf(place: Place, name: string, steps: number): Place | undefined {
  let { caller } = place;
  for (let node = place.node.parent; node; node = node.parent) {
    if (node.name === 'Block' || node.name === 'Script') {
      const found = constantIn({ ...place, node, caller }, name, steps);
      if (found) return found === 'other' ? undefined : found;
    } else if (functions.has(node.name)) {
      const parameters = node.getChild('ParamList');
      const given = parameters && parameterIn({ ...place, node, caller }, parameters, name, steps);
      if (given) return given === 'other' ? undefined : given;
      // Further out is another function, or the file itself: no call of ours led there.
      caller = undefined;
    } else if (node.name === 'ForStatement' && declares(place.file, node, name)) return undefined;
  }
  return undefined;
}

/** `other`: the name is declared here, but its value cannot be told. */
type Definition = Place | 'other' | undefined;

function constantIn(block: Place, name: string, steps: number): Definition {
  for (let child = block.node.firstChild; child; child = child.nextSibling) {
    const statement = child.name === 'ExportDeclaration' ? (child.getChild('VariableDeclaration') ?? child) : child;
    if (statement.name !== 'VariableDeclaration') {
      if (statement.name === 'FunctionDeclaration' && definedName(block.file, statement) === name)
        return { ...block, node: statement };
      if (statement.name === 'ClassDeclaration' && definedName(block.file, statement) === name) return 'other';
      if (statement.name === 'ImportDeclaration' && declares(block.file, statement, name)) return 'other';
      continue;
    }
    for (let pattern = statement.firstChild; pattern; pattern = pattern.nextSibling) {
      if (pattern.prevSibling?.name === 'Equals') continue;
      const equals = pattern.nextSibling?.name === 'Equals' ? pattern.nextSibling : undefined;
      const value = equals?.nextSibling ?? undefined;
      const found = bound({ ...block, node: pattern }, value && { ...block, node: value }, name, steps);
      if (found) return statement.firstChild?.name === 'const' ? found : 'other';
    }
  }
  return undefined;
}

/** What a name in a pattern is bound to: `{ a, b: c }`, `[x, y]` or a name alone. */
function bound(pattern: Place, value: Place | undefined, name: string, steps: number): Definition {
  const { file, node } = pattern;
  switch (node.name) {
    case 'VariableDefinition':
      return textOf(file, node) === name ? (value ?? 'other') : undefined;
    case 'ObjectPattern':
      for (const property of node.getChildren('PatternProperty')) {
        const target = property.getChild(':')?.nextSibling ?? property.getChild('VariableDefinition');
        if (!target || textOf(file, target) !== name) continue;
        const key = property.firstChild!;
        if (!value || key.name === 'Spread') return 'other';
        return memberAt(value, stringValue(file, key) ?? textOf(file, key), steps + 1)?.value ?? 'other';
      }
      return undefined;
    case 'ArrayPattern': {
      const index = expressionsIn(node).findIndex((each) => textOf(file, each) === name);
      return index < 0 ? undefined : ((value && memberAt(value, index, steps + 1)?.value) ?? 'other');
    }
  }
  return undefined;
}

function parameterIn(holder: Place, parameters: SyntaxNode, name: string, steps: number): Definition {
  const { file, node, caller } = holder;
  let index = 0;
  for (let child = parameters.firstChild; child; child = child.nextSibling) {
    if (child.name === ',') index++;
    if (!/Definition$|Pattern$/.test(child.name)) continue;
    const given = caller && leadsTo(caller, holder, steps) ? argumentOf(caller.node, index) : undefined;
    const fallback = child.nextSibling?.name === 'Equals' ? child.nextSibling.nextSibling : null;
    const value: Place | undefined = given
      ? { ...caller!, node: given }
      : fallback
        ? { file, node: fallback, caller }
        : undefined;
    const found = bound({ file, node: child, caller }, value, name, steps);
    if (found) return found;
  }
  return declares(file, node, name) ? 'other' : undefined;
}

/** Whether a call is one of this very function: a callback's parameters are given by somebody else. */
function leadsTo(call: Place, holder: Place, steps: number): boolean {
  if (call.node.name === 'TaggedTemplateExpression') return false;
  const target = functionOf({ ...call, node: calleeOf(call.node) }, steps + 1);
  if (target) return target.file === holder.file && target.node.from === holder.node.from;
  // A function of another file is known by its name alone.
  const callee = calleeOf(call.node);
  const name = callee.name === 'MemberExpression' ? memberName(call.file, callee) : textOf(call.file, callee);
  return call.file !== holder.file && name === functionName(holder.file, holder.node);
}

function functionOf(callee: Place, steps: number): Place | undefined {
  const target = settle(callee, steps);
  return functions.has(target.node.name) ? target : undefined;
}

function functionName(file: CodeFile, node: SyntaxNode): string | undefined {
  const own = definedName(file, node);
  if (own !== undefined) return own;
  const variable = node.parent?.name === 'VariableDeclaration' ? node.prevSibling?.prevSibling : undefined;
  return variable?.name === 'VariableDefinition' ? textOf(file, variable) : undefined;
}

function definedName(file: CodeFile, node: SyntaxNode): string | undefined {
  const name = node.getChild('VariableDefinition');
  return name ? textOf(file, name) : undefined;
}

/** Whether a statement declares the name anywhere in its head. */
function declares(file: CodeFile, statement: SyntaxNode, name: string): boolean {
  let found = false;
  statement.cursor().iterate((node) => {
    if (node.name === 'Block' || node.name === 'ClassBody') return false;
    if (node.name === 'VariableDefinition' && file.code.slice(node.from, node.to) === name) found = true;
    return !found;
  });
  return found;
}

// ---- what helpers return

/** The one expression that a function of the same file returns. */
function returned(call: Place, steps: number): Place | undefined {
  const target = functionOf({ ...call, node: calleeOf(call.node) }, steps + 1);
  if (!target) return undefined;
  const body = target.node.lastChild;
  if (!body) return undefined;
  if (body.name !== 'Block') return { file: target.file, node: body, caller: call };
  const statements = body.getChildren('ReturnStatement');
  const value = statements.length === 1 ? expressionsIn(statements[0]!).find(({ name }) => name !== 'return') : undefined;
  return value && { file: target.file, node: value, caller: call };
}

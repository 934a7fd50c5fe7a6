// Asks for the values that a run or a waiting step lacks: one question a value, with Back, and nothing done on Escape.
import * as vscode from 'vscode';
import type { Json } from '../../core/config/members.ts';
import { Cancelled } from '../failure.ts';
import { type Expected, readValue, writeValue } from './read-value.ts';

export interface Choice {
  readonly label: string;
  readonly description?: string;
  readonly value: Json;
}

export interface Question {
  readonly kind: 'parameter' | 'data' | 'storage';
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  /** Empty: there is no list to choose from. */
  readonly choices?: readonly Choice[];
  /** What is proposed. */
  readonly default?: unknown;
  /** A parameter whose value must not be seen. */
  readonly secret?: boolean;
}

export interface Answer {
  readonly kind: Question['kind'];
  readonly name: string;
  readonly value: Json;
}

/** Members of an enumeration, named as they are written. */
export function choicesOf(values: readonly unknown[]): readonly Choice[] {
  return values.map((value) => ({ label: writeValue(value), value: value as Json }));
}

interface Asking {
  readonly title: string;
  readonly step: number;
  readonly total: number;
}

const back = Symbol('back');

/** In order of the questions. Rejects with Cancelled when the user closes a question. */
export async function askValues(title: string, questions: readonly Question[]): Promise<readonly Answer[]> {
  const values: Json[] = [];
  for (let at = 0; at < questions.length; ) {
    const asking = { title, step: at + 1, total: questions.length };
    const answer = await ask(questions[at]!, values[at], asking);
    if (answer === back) at -= 1;
    else {
      values[at] = answer;
      at += 1;
    }
  }
  return questions.map(({ kind, name }, index) => ({ kind, name, value: values[index]! }));
}

function ask(question: Question, before: Json | undefined, asking: Asking): Promise<Json | typeof back> {
  const { choices = question.type === 'bool' ? choicesOf([true, false]) : [] } = question;
  return choices.length > 0 ? pick(question, choices, before, asking) : write(question, before, asking);
}

function pick(
  question: Question,
  choices: readonly Choice[],
  before: Json | undefined,
  asking: Asking,
): Promise<Json | typeof back> {
  const input = vscode.window.createQuickPick<vscode.QuickPickItem & Choice>();
  const proposed = before ?? question.default;
  input.items = choices;
  const active = choices.filter(({ value }) => writeValue(value) === writeValue(proposed));
  if (active.length > 0) input.activeItems = active; // an empty list would leave Enter without an item
  input.placeholder = promptOf(question);
  return show(input, asking, (accept) => {
    const [picked] = input.selectedItems;
    if (picked) accept(picked.value);
  });
}

function write(question: Question, before: Json | undefined, asking: Asking): Promise<Json | typeof back> {
  const input = vscode.window.createInputBox();
  input.value = writeValue(before ?? question.default);
  input.prompt = promptOf(question);
  input.password = question.secret ?? false;
  input.onDidChangeValue(() => {
    input.validationMessage = undefined;
  });
  return show(input, asking, (accept) => {
    const read = readValue(question.type, input.value);
    if (read.kind === 'value') accept(read.value);
    else input.validationMessage = expectedText(read.expected);
  });
}

type AnyInput = (vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>) & vscode.QuickInput;

function show(
  input: AnyInput,
  { title, step, total }: Asking,
  onAccept: (accept: (value: Json) => void) => void,
): Promise<Json | typeof back> {
  input.title = title;
  input.step = step;
  input.totalSteps = total;
  input.ignoreFocusOut = true;
  input.buttons = step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Json | typeof back>((resolve, reject) => {
    input.onDidTriggerButton(() => resolve(back));
    input.onDidAccept(() => onAccept(resolve));
    input.onDidHide(() => reject(new Cancelled()));
    input.show();
  }).finally(() => input.dispose());
}

function promptOf({ kind, name, type, description }: Question): string {
  const head =
    kind === 'parameter'
      ? vscode.l10n.t('Parameter {0} ({1})', name, type)
      : kind === 'data'
        ? vscode.l10n.t('Data {0} ({1})', name, type)
        : vscode.l10n.t('Storage {0}: a path', name);
  return description === undefined ? head : `${head}: ${description}`;
}

function expectedText(expected: Expected): string {
  switch (expected) {
    case 'int':
      return vscode.l10n.t('A whole number is expected.');
    case 'float':
      return vscode.l10n.t('A number is expected.');
    case 'bool':
      return vscode.l10n.t('true or false is expected.');
    case 'json':
      return vscode.l10n.t('A JSON object is expected.');
    case 'list':
      return vscode.l10n.t('A JSON list is expected.');
    case 'value':
      return vscode.l10n.t('A value is expected.');
  }
}

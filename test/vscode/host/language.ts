// The language server as the editor gets it: findings, completion, hover, navigation, rename, outline, lenses on the digits example.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually } from '../../support/vscode/wait.ts';
import { fileUri, weft } from './weft-extension.ts';

const uri = () => fileUri('digits.workflow.yaml');

/** The place of a text in the document: its begin, or as many characters further. */
function at(document: vscode.TextDocument, text: string, further = 0): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `the example has no ${text}`);
  return document.positionAt(offset + further);
}

async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const start = document.getText().indexOf(before);
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + before.length)), after);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

const found = (severity: vscode.DiagnosticSeverity) =>
  vscode.languages.getDiagnostics(uri()).filter((each) => each.severity === severity);

suite('language', () => {
  let document: vscode.TextDocument;
  suiteSetup(async () => {
    await weft();
    document = await vscode.workspace.openTextDocument(uri());
    await vscode.window.showTextDocument(document);
    // The first answer says that the server runs.
    await eventually('hover', async () => (await hover(at(document, 'learning_rate:', 2))).length > 0);
  });
  teardown(() => vscode.commands.executeCommand('workbench.action.files.revert'));

  const hover = (place: vscode.Position) =>
    vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri(), place);

  test('the example has no errors and no warnings', () => {
    assert.deepEqual(found(vscode.DiagnosticSeverity.Error), []);
    assert.deepEqual(found(vscode.DiagnosticSeverity.Warning), []);
  });

  test('a wrong reference is marked while it is there, on itself', async () => {
    await replace(document, '${{ parameters.epochs }}', '${{ parameters.epoch }}');
    const [error] = await eventually('the finding', () => {
      const errors = found(vscode.DiagnosticSeverity.Error);
      return errors.length > 0 && errors;
    });
    assert.equal(error!.code, 'ref-parameter-unknown');
    assert.match(document.getText(error!.range), /epoch$/);
    await replace(document, '${{ parameters.epoch }}', '${{ parameters.epochs }}');
    await eventually('no finding', () => found(vscode.DiagnosticSeverity.Error).length === 0);
  });

  test('completion offers the parameters inside a reference', async () => {
    const place = at(document, '${{ parameters.epochs', '${{ parameters.'.length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri(),
      place,
    );
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const name of ['epochs', 'learning_rate', 'min_accuracy']) assert.ok(labels.includes(name), `${name} of ${labels}`);
  });

  test('hover explains a member', async () => {
    const hovers = await hover(at(document, 'train_evaluate_sample_ratio', 3));
    const text = hovers
      .flatMap(({ contents }) => contents.map((each) => (typeof each === 'string' ? each : each.value)))
      .join('\n');
    assert.match(text, /ratio/i);
  });

  test('definition and references of a step', async () => {
    const use = at(document, 'steps.release.outputs', 'steps.'.length + 1);
    const links = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri(),
      use,
    );
    const range = links.map((link) => ('targetUri' in link ? (link.targetSelectionRange ?? link.targetRange) : link.range))[0]!;
    assert.equal(document.lineAt(range.start.line).text, '  release:');
    const places = await vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', uri(), use);
    // Its name, two inputs, two scenes.
    assert.equal(places.length, 5);
  });

  test('rename changes a step everywhere', async () => {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri(),
      at(document, '  release:', 3),
      'publish',
    );
    assert.equal(edit.get(uri()).length, 5);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.doesNotMatch(document.getText(), /steps\.release|\[collect, release/);
    await eventually('the renamed text is read', () => document.getText().includes('steps.publish.outputs.version'));
    assert.deepEqual(found(vscode.DiagnosticSeverity.Error), []);
  });

  test('the outline has collections and steps', async () => {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri());
    const steps = symbols.find(({ name }) => name === 'steps')!.children.map(({ name }) => name);
    assert.deepEqual(steps.slice(0, 3), ['collect', 'release', 'train_wide']);
    assert.equal(steps.length, 9);
  });

  test('lenses run the workflow, a step on, a scene, with commands that exist', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri(), 100);
    const titles = lenses.map(({ command }) => command!.title);
    assert.equal(titles.filter((title) => title === 'Run from Here').length, 9);
    assert.equal(titles.filter((title) => title === 'Run Scene').length, 2);
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of lenses) assert.ok(known.has(command!.command), command!.command);
  });
});

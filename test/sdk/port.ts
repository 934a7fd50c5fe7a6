// A script of the SDK for Python -> the same lines in TypeScript, as a person carries them over: named arguments become members of one
// object, and words that the languages spell differently are spelt anew. Reads what the scripts of the guide contain, not all of Python.

/** One line of Python is one line of the answer. */
export function port(python: string): string {
  const tokens = python.match(/#.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*|\s+|==|\S/g) ?? [];
  const lines = toCode(tokens).split('\n').map(statement);
  return lines.join('\n');
}

const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'undefined' };

type Arguments = 'open' | 'positional' | 'named' | 'positional then named';

function toCode(tokens: readonly string[]): string {
  const calls: Arguments[] = [];
  let code = '';
  for (const [index, token] of tokens.entries()) {
    const call = calls.at(-1);
    const isBlank = token.trim() === '' || token.startsWith('#');
    const isName = /^\w/.test(token) && tokens[index + 1] === '=';
    if (call === 'open' && !isBlank && token !== ')') {
      calls[calls.length - 1] = isName ? 'named' : 'positional';
      if (isName) code += '{';
    } else if (call === 'positional' && isName) {
      calls[calls.length - 1] = 'positional then named';
      code += '{';
    }
    if (token === '(') calls.push('open');
    if (token === ')' && /named/.test(calls.pop()!)) code += '}';
    code += token.startsWith('#') ? `//${token.slice(1)}` : token === '=' && calls.length > 0 ? ': ' : (words[token] ?? token);
  }
  return code;
}

/** A line that begins a statement. */
function statement(line: string): string {
  if (/^(?:from modelarts import workflow|import modelarts\.workflow) as wf/.test(line)) return "import * as wf from 'weft';";
  // Signing in is not part of a workflow file.
  if (/^(?:import |from |__)/.test(line)) return `// ${line}`;
  if (line.startsWith('session = ')) return `const session = undefined; // ${line}`;
  if (line.startsWith('workflow = ')) return `export const ${line}`;
  return line.replace(/^(\w+) = /, 'const $1 = ');
}

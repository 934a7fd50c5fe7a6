// What stands in place of lines while there are none: why, and what it waits for.
import type { LogStep } from '../../core/views/log-steps.ts';
import { filled } from '../../core/views/texts.ts';

type Texts = Readonly<Record<string, string>>;

/** First line and the one under it. */
export function noteOf(step: LogStep, texts: Texts): readonly [string, string | undefined] {
  const text = (key: string) => texts[key] ?? key;
  const { note } = step;
  switch (note.kind) {
    case 'waiting':
      return [text('log.waiting'), note.for.length > 0 ? filled(text('log.waitingFor'), listed(note.for)) : undefined];
    case 'needs':
      return [filled(text('log.needs'), listed(note.names)), undefined];
    case 'skipped':
      return note.reason
        ? [filled(text('log.skipped'), text(`skipped.${note.reason}`)), undefined]
        : [text('status.skipped'), undefined];
    case 'noOutput':
      return [text('log.noOutput'), undefined];
    case 'empty':
      return [text('log.empty'), undefined];
    default:
      return note satisfies never;
  }
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} …` : names.join(', ');
}

// Where the first document of a text begins and ends: behind directives and the opening `---`, before the next `---` or `...`.
// After an edit only what it may have changed is searched again.
import { type Cursor, isBlank, isBreak } from './cursor.ts';
import type { Reuse } from './part.ts';

export interface Frame {
  readonly start: number;
  /** How far the text was looked at to tell where it starts. */
  readonly looked: number;
  /** Where the marker stands that ends the document; -1 where none does. */
  readonly end: number;
}

const markers = /[\n\r](?:---|\.\.\.)(?=[ \t\r\n]|$)/g;
/** A marker, with the line break before it and the character after it. */
const markerLength = 5;

export function frameOf(cursor: Cursor, reuse: Reuse | undefined, before: Frame | undefined): Frame {
  const { text, pos } = cursor;
  if (cursor.language === 'json') return { start: pos, looked: pos, end: -1 };
  if (!reuse || !before || reuse.sameBefore < before.looked) {
    const { start, looked } = opening(cursor);
    return { start, looked, end: nextMarker(text, start) };
  }
  return { ...before, end: endAfterEdit(text, before, reuse) };
}

/** The first marker in a text that is the same up to an edit and behind it. */
function endAfterEdit(text: string, { start, end }: Frame, { sameBefore, sameAfter, shift }: Reuse): number {
  if (end >= 0 && end + markerLength <= sameBefore) return end;
  const from = Math.max(start, sameBefore - markerLength);
  const to = Math.min(text.length, sameAfter + shift + markerLength);
  // The last character only tells what is behind a marker.
  const found = nextMarker(text.slice(0, to), from);
  if (found >= 0 && (found + markerLength <= to || to === text.length)) return found;
  if (end < 0) return -1;
  return end >= sameAfter + markerLength ? end + shift : nextMarker(text, from);
}

/** Whether anything stands behind the marker at `at` but comments and more markers. */
export function hasContent(text: string, at: number): boolean {
  return /[^\s]/.test(text.slice(at).replace(/(^|[\n\r])(?:\.\.\.|---)?[ \t]*(?:#.*)?(?=[\n\r]|$)/g, '$1'));
}

function opening(cursor: Cursor): { readonly start: number; readonly looked: number } {
  const { text, pos } = cursor;
  for (let at = pos; ; ) {
    const end = cursor.lineEnd(at);
    const looked = Math.min(end + 2, text.length + 1);
    if (text.startsWith('---', at) && (at + 3 === end || isBlank(text.charCodeAt(at + 3)))) return { start: at + 3, looked };
    const isEmpty = /^[ \t]*(?:#|$)/.test(text.slice(at, end));
    if (end >= text.length || (text[at] !== '%' && !isEmpty)) return { start: pos, looked };
    at = end;
    while (at < text.length && isBreak(text.charCodeAt(at))) at++;
  }
}

function nextMarker(text: string, from: number): number {
  markers.lastIndex = from;
  return (markers.exec(text)?.index ?? -2) + 1;
}

// The size of a step's card. A worker has no fonts to measure with, so widths are estimated from classes of characters;
// the view draws into this size and shortens what does not fit.

export const cardHeight = 52;
const narrowest = 160;
const widest = 280;
/** Icon, status mark and padding beside the title. */
const besideTitle = 76;
/** Widths come in steps, so that a letter more rarely moves anything. */
const grain = 20;

/** East Asian wide and fullwidth characters, and emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const thin = /[ijltfrI.,:;'|!()[\]]/;
const broad = /[mwMW@%]/;
const capital = /\p{Lu}/u;
const mark = /\p{M}/u;

export function cardWidth(title: string): number {
  const width = Math.ceil((besideTitle + textWidth(title)) / grain) * grain;
  return Math.max(narrowest, Math.min(widest, width));
}

/** At 13 px in the fonts that VS Code uses; a little more rather than less. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (wide.test(character)) width += 13.5;
    else if (mark.test(character)) width += 0;
    else if (thin.test(character)) width += 4;
    else if (broad.test(character)) width += 11;
    else if (capital.test(character)) width += 9;
    else width += 7.3;
  }
  return width;
}

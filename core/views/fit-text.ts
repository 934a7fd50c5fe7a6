// Text shortened to a width with an ellipsis, by the measure of whoever draws it.

/** The longest beginning that fits with `…` behind it; characters of the code points beyond 16 bits are not cut in two. */
export function fitText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const characters = [...text];
  let [least, most] = [0, characters.length - 1];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (measure(`${characters.slice(0, middle).join('').trimEnd()}…`) <= width) least = middle;
    else most = middle - 1;
  }
  return least === 0 ? '…' : `${characters.slice(0, least).join('').trimEnd()}…`;
}

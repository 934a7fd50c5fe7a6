// Reads the pixels of an 8-bit grey BMP: all that the pictures of this example need.

export const side = 28;

/** Row by row from the top left, 0 (paper) to 1 (ink). Throws on any other kind of picture. */
export function pixelsOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 54 || bytes[0] !== 0x42 || bytes[1] !== 0x4d) throw new Error('not a BMP picture');
  const start = view.getUint32(10, true);
  const width = view.getInt32(18, true);
  const height = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  if (width !== side || Math.abs(height) !== side || bits !== 8) {
    throw new Error(`a picture of ${width} x ${Math.abs(height)} with ${bits} bits; ${side} x ${side} with 8 bits is expected`);
  }
  if (bytes.length < start + side * side) throw new Error('the BMP picture is cut off');
  const pixels = new Float32Array(side * side);
  for (let row = 0; row < side; row++) {
    // A positive height means that the bottom row comes first.
    const from = start + (height > 0 ? side - 1 - row : row) * side;
    for (let column = 0; column < side; column++) pixels[row * side + column] = bytes[from + column] / 255;
  }
  return pixels;
}

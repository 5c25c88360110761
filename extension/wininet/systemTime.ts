/** A time as the eight words of SYSTEMTIME, in UTC. */
export function systemTimeBytes(time: Date): Uint8Array {
  const words = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDay(),
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
    time.getUTCMilliseconds(),
  ];
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint16(index * 2, word, true);
  return bytes;
}

/**
 * Names for two files: their own names, and where these are the same, so much of the folders before them as tells them apart.
 * @param left a path, with `/` or `\` between its parts
 */
export function distinctNames(left: string, right: string): readonly [left: string, right: string] {
  const [lefts, rights] = [partsOf(left), partsOf(right)];
  for (let count = 1; count < Math.max(lefts.length, rights.length); count += 1) {
    const names = [lefts.slice(-count).join('/'), rights.slice(-count).join('/')] as const;
    if (names[0] !== names[1]) return names;
  }
  return left === right ? [lefts.at(-1) ?? '', rights.at(-1) ?? ''] : [left, right];
}

function partsOf(path: string): readonly string[] {
  return path.split(/[\\/]/);
}

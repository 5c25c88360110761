/**
 * What a box tells of its handle's target: below a session that tells the server, as `http://127.0.0.1:8080`, the method and
 * the path are enough, and are read whole where the URL would have to be cut. `above`: the target of the box that it hangs from.
 */
export function shownTarget(target: string, above: string | undefined): string {
  if (above === undefined || !SERVER.test(above)) return target;
  const at = target.indexOf(`${above}/`);
  return at === 0 || target[at - 1] === ' ' ? target.slice(0, at) + target.slice(at + above.length) : target;
}

/** Nothing but a scheme, a name and a port. */
const SERVER = /^[a-z]+:\/\/[^/]+$/;

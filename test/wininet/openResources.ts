import { readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** What the process holds open, and how much of each: sockets, servers, timers, files, folders of temporary files. */
export type OpenResources = ReadonlyMap<string, number>;

/** What is open now. */
export function openResources(): OpenResources {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const name of filesOf(process.platform)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** What is open now and was not then. A socket is gone one turn of the loop after its close event: ask again for a while. */
export function openedSince(baseline: OpenResources): string[] {
  return [...openResources()]
    .filter(([name, count]) => name !== 'PipeWrap' && count > (baseline.get(name) ?? 0))
    .map(([name, count]) => `${name} × ${count}`);
}

/** What the loop does not tell: descriptors of files, where the system lists them, and folders of the engine's temporary files. */
function filesOf(platform: string): string[] {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith(`hinternet-${process.pid}-`));
  if (platform !== 'linux') return folders;
  const files = readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      // Sockets, pipes and the loop's own are no paths; devices are the runner's.
      return /^\/(?!dev\/|proc\/)/.test(target) ? [`file ${target}`] : [];
    } catch {
      return []; // the descriptor of this very listing
    }
  });
  return [...folders, ...files];
}

/** Functions that generated programs in TypeScript define where they use them. */

/** A function of the program: what it imports, which others it needs, and its text. */
interface Part {
  readonly imports: readonly string[];
  readonly needs: readonly PartName[];
  readonly text: string;
}

/** Name of such a function. */
export type PartName = 'secret' | 'placeholder' | 'failing' | 'untold' | 'underWay' | 'ended' | 'onStatus' | 'complete';

/** All of them. They stand before the program, as some keep something. */
export const PARTS: Readonly<Record<PartName, Part>> = {
  secret: {
    imports: [],
    needs: [],
    text: `
/** A secret that the journal masks, from the environment. */
function secret(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(\`Set \${variable} in the environment: the journal masks it.\`);
  return value;
}`,
  },
  placeholder: {
    imports: [],
    needs: [],
    text: `
/** PLACEHOLDER: stands for bytes that the journal does not hold. */
function placeholder(bytes: number): Uint8Array {
  return new Uint8Array(bytes).fill(46);
}`,
  },
  failing: {
    imports: [],
    needs: [],
    text: `
/** Waits for a call that failed when it was recorded, tells how it ends now, and goes on. */
async function failing(recorded: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
    console.error(\`This call failed with \${recorded} when it was recorded; now it has succeeded.\`);
  } catch (error) {
    if (!(error instanceof WinInetError)) throw error;
    console.error(error.symbol === recorded ? error.message : \`\${error.message} (recorded: \${recorded})\`);
  }
}`,
  },
  untold: {
    imports: [],
    needs: [],
    text: `
/** Waits for a call of which the log does not tell how it ended, or not all that was passed; tells how it ends now, and goes on. */
async function untold(name: string, call: Promise<unknown>): Promise<void> {
  try {
    console.error(\`\${name}:\`, await call);
  } catch (error) {
    if (!(error instanceof WinInetError)) throw error;
    console.error(error.message);
  }
}`,
  },
  underWay: {
    imports: [],
    needs: [],
    text: `
/** A call that goes on while others are made. */
function underWay<T>(call: Promise<T>): Promise<T> {
  call.catch(() => undefined); // whoever waits for it hears of its failure
  return call;
}`,
  },
  ended: {
    imports: [],
    needs: [],
    text: `
/** Calls whose end the callback was told, and nobody has asked for yet. */
const ended: { dwContext: number; dwError: number; value: unknown }[] = [];`,
  },
  onStatus: {
    imports: ['HINTERNET', 'INTERNET_STATUS_REQUEST_COMPLETE', 'StatusCallbackInformation'],
    needs: ['ended'],
    text: `
/** The status callback. */
function onStatus(
  hInternet: HINTERNET,
  dwContext: number,
  dwInternetStatus: number,
  information: StatusCallbackInformation,
): void {
  console.log(\`\${hInternet}, context \${dwContext}: status \${dwInternetStatus}\`);
  if (dwInternetStatus !== INTERNET_STATUS_REQUEST_COMPLETE) return;
  if (typeof information !== 'object' || information === null || !('dwError' in information)) return;
  ended.push({ dwContext, dwError: information.dwError, value: information.value });
}`,
  },
  complete: {
    imports: ['ERROR_IO_PENDING', 'errorSymbol'],
    needs: ['ended'],
    text: `
/** Waits for an asynchronous call: one that answers ERROR_IO_PENDING ends with INTERNET_STATUS_REQUEST_COMPLETE. */
async function complete<T>(dwContext: number, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof WinInetError) || error.code !== ERROR_IO_PENDING) throw error;
    if (dwContext === 0) {
      // Without a context and a callback nobody is told its end: it gets a second.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return undefined as T;
    }
    for (;;) {
      const index = ended.findIndex((one) => one.dwContext === dwContext);
      const [found] = index === -1 ? [] : ended.splice(index, 1);
      if (found?.dwError === 0) return found.value as T;
      if (found !== undefined) {
        const symbol = errorSymbol(found.dwError) ?? 'ERROR_INTERNET_INTERNAL_ERROR';
        throw new WinInetError(symbol, error.functionName, error.handle);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}`,
  },
};

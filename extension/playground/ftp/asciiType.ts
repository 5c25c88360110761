import { Transform } from 'node:stream';

const LF = 0x0a;
const CR = 0x0d;

/** Puts what becomes of one byte, given the byte before it; after the last byte it is called with END. */
type Conversion = (byte: number, previous: number, put: (byte: number) => void) => void;

const END = -1;

function convert(conversion: Conversion): Transform {
  let previous = END;
  let out = Buffer.of();
  let length = 0;
  const put = (byte: number): void => {
    out[length] = byte;
    length += 1;
  };
  const run = (bytes: Iterable<number>, most: number): Buffer => {
    out = Buffer.allocUnsafe(most);
    length = 0;
    for (const byte of bytes) {
      conversion(byte, previous, put);
      previous = byte;
    }
    return out.subarray(0, length);
  };
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      done(null, run(part, 2 * part.length));
    },
    flush(done) {
      done(null, run([END], 1));
    },
  });
}

/** Turns the line ends of stored text into the CR LF of TYPE A. A CR LF that is there already stays as it is. */
export function toNetworkText(): Transform {
  return convert((byte, previous, put) => {
    if (byte === LF && previous !== CR) {
      put(CR);
    }
    if (byte !== END) {
      put(byte);
    }
  });
}

/** Turns the CR LF of TYPE A into the LF of stored text. A lone CR stays. */
export function fromNetworkText(): Transform {
  return convert((byte, previous, put) => {
    if (previous === CR && byte !== LF) {
      put(CR);
    }
    if (byte !== CR && byte !== END) {
      put(byte);
    }
  });
}

/** Lets everything pass but the first `count` bytes. */
export function skipBytes(count: number): Transform {
  let left = count;
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      const skipped = Math.min(left, part.length);
      left -= skipped;
      done(null, part.subarray(skipped));
    },
  });
}

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';

/** The lookup function that `net.connect` takes. */
export type AddressLookup = (
  host: string,
  options: LookupOptions,
  callback: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
) => void;

/**
 * Looks hosts up, IPv4 first, as recorded for `localhost`: many a server on a developer's machine listens there only.
 *
 * @param limit of the addresses, how many are handed on to be tried; all where undefined
 * @param onResolved is told the first address
 */
export function addressLookup(limit: number | undefined, onResolved?: (address: string) => void): AddressLookup {
  return (host, options, callback) => {
    lookup(host, { ...options, order: 'ipv4first' }, (error, address, family) => {
      const first = typeof address === 'string' ? address : address?.[0]?.address;
      if (error === null && first !== undefined) onResolved?.(first);
      callback(error, Array.isArray(address) ? address.slice(0, limit) : address, family);
    });
  };
}

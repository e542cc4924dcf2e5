/**
 * Vite plugin: framed messages are unpacked by a copy of the compression library of their own. A module is in one chunk,
 * whole: the panel would otherwise load with its first view all that writing files and archives takes.
 */
import type { Plugin } from 'vite';

const LIBRARY = 'fflate';

export function unpackingApart(importer: string): Plugin {
  return {
    name: 'unpacking-apart',
    enforce: 'pre',
    async resolveId(source, from) {
      if (source !== LIBRARY || !from?.endsWith(importer)) return null;
      const library = await this.resolve(source, from, { skipSelf: true });
      return library && { ...library, id: `${library.id}?unpacking` };
    },
  };
}

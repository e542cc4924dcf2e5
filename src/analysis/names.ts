/** Strings that many rows share (event names, party ids), kept once and known by a small number. */
export class Names {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.#names.length;
    this.#ids.set(name, id);
    this.#names.push(name);
    return id;
  }

  name(id: number): string {
    return this.#names[id] ?? '';
  }

  get size(): number {
    return this.#names.length;
  }
}

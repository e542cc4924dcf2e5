/** Strings that many rows share (event names, party ids), kept once and known by a small number. */
export class Names {
  readonly #ids = new Map<string, number>();
  readonly #names: string[] = [];
  #last = '';
  #lastId = -1;

  id(name: string): number {
    if (name === this.#last && this.#lastId !== -1) return this.#lastId;
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#names.length;
      this.#ids.set(name, id);
      this.#names.push(name);
    }
    this.#last = name;
    this.#lastId = id;
    return id;
  }

  name(id: number): string {
    return this.#names[id] ?? '';
  }

  get size(): number {
    return this.#names.length;
  }
}

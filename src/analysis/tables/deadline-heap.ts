/** Something that has to be looked at again, and when. */
export interface Due<Subject> {
  readonly at: number;
  readonly subject: Subject;
}

/** Times at which something has to be looked at again, the earliest first: a binary heap. */
export class Deadlines<Subject> {
  readonly #heap: Due<Subject>[] = [];

  push(at: number, subject: Subject): void {
    const heap = this.#heap;
    let index = heap.length;
    const entry = { at, subject };
    heap.push(entry);
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || above.at <= at) break;
      heap[index] = above;
      heap[parent] = entry;
      index = parent;
    }
  }

  /** Takes out the earliest whose time is before `now`; undefined when none is due. */
  takeDue(now: number): Due<Subject> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || !(first.at < now)) return undefined;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) {
      heap[0] = last;
      this.#sink(last.at);
    }
    return first;
  }

  #sink(at: number): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      const smaller =
        right !== undefined && left !== undefined && right.at < left.at ? 2 * index + 2 : 2 * index + 1;
      const child = heap[smaller];
      const here = heap[index];
      if (child === undefined || here === undefined || child.at >= at) return;
      heap[index] = child;
      heap[smaller] = here;
      index = smaller;
    }
  }
}

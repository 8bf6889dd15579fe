// Headers of an answer while they are gathered, in both forms that are written.
import { checkedLines } from './header-lines.ts';

export class HeaderList {
  readonly #list: string[] = [];
  #closes = false;
  #hasLength = false;

  /** `Connection: close` is among them. */
  get closes(): boolean {
    return this.#closes;
  }

  /** Content-Length is among them. */
  get hasLength(): boolean {
    return this.#hasLength;
  }

  add(name: string, value: string): void {
    if (name === 'Connection') this.#closes = value === 'close';
    else if (isContentLength(name)) this.#hasLength = true;
    this.#list.push(name, value);
  }

  /** `list`: name, value, name, value. */
  addAll(list: readonly string[]): void {
    for (let at = 0; at + 1 < list.length; at += 2) {
      this.add(list[at] as string, list[at + 1] as string);
    }
  }

  /** Name, value, name, value. */
  list(): readonly string[] {
    return this.#list;
  }

  /** `name: value` and a line end, for each. Throws TypeError for what no header can carry. */
  lines(): string {
    return this.#list.length === 0 ? '' : checkedLines(this.#list);
  }
}

export function isContentLength(name: string): boolean {
  return name.length === 14 && name.toLowerCase() === 'content-length';
}

// Every operation this server knows by name: the built ones with their handlers, the others so that
// they answer NotImplemented by name instead of falling through to a neighbour (choices row 21).
import {
  operationNotImplemented,
  ossError,
  type Route,
  subResources,
  unexpectedQueryParameter,
} from '@osskeep/protocol';
import type { Handler } from '../request/handler.ts';
import type { Head } from '../request/head.ts';
import type { Resource } from '../request/resource.ts';
import { OperationSelector } from './operation-selector.ts';

interface Entry {
  readonly name: string;
  readonly route: Route;
  readonly selected: Selected;
}

/** What a request asks for, before it is known whether the sender may. */
export interface Selected {
  readonly name: string;
  readonly withoutBucket: boolean;
  /** The handler, or the refusal that a caller with a good signature gets. Throws that refusal. */
  handler(): Handler;
}

export class OperationDirectory {
  readonly #selector: OperationSelector<Entry>;

  constructor(handlers: readonly Handler[], unbuilt: Readonly<Record<string, Route>>) {
    const entries: Entry[] = [];
    for (const handler of handlers) {
      const { operation, withoutBucket = false } = handler;
      const { name, route } = operation;
      entries.push({ name, route, selected: { name, withoutBucket, handler: () => handler } });
    }
    for (const [name, route] of Object.entries(unbuilt)) {
      const selected = refused(name, () => operationNotImplemented(name));
      entries.push({ name, route, selected });
    }
    this.#selector = new OperationSelector(entries);
  }

  select(head: Head, resource: Resource): Selected {
    const { method, query, headers } = head;
    const entry = this.#selector.select({ method, level: resource.level, query, headers });
    if (entry === undefined) {
      return refused(method, () => methodRefusal(head, resource));
    }
    // A browser asks with the very URL it is going to use, whatever that says.
    const stray = method === 'OPTIONS' ? undefined : straySubResource(query, entry.route);
    if (stray !== undefined) return refused(entry.name, () => unexpectedQueryParameter(stray));
    return entry.selected;
  }
}

function refused(name: string, refusal: () => Error): Selected {
  return {
    name,
    withoutBucket: false,
    handler: () => {
      throw refusal();
    },
  };
}

/** A known sub-resource that the chosen operation does not have. */
function straySubResource(
  query: ReadonlyMap<string, string>,
  route: Route | undefined,
): string | undefined {
  if (query.size === 0) return undefined;
  for (const name of query.keys()) {
    if (subResources.has(name) && route?.query?.[name] === undefined) return name;
  }
  return undefined;
}

function methodRefusal(head: Head, resource: Resource): Error {
  const stray = straySubResource(head.query, undefined);
  if (stray !== undefined) return unexpectedQueryParameter(stray);
  return ossError('MethodNotAllowed', { Method: head.method, ResourceType: resource.level });
}

// The names of the operations this version has, read off their definitions. A type and nothing at run
// time, so that whoever uses one operation loads one. The server's registry is a record over it: an
// operation without a handler does not compile.
import type * as bucket from './bucket/index.ts';
import type * as object from './object/index.ts';
import type * as service from './service/index.ts';

type NamesIn<Family extends Readonly<Record<string, { readonly name: string }>>> =
  Family[keyof Family]['name'];

export type OperationName =
  | NamesIn<typeof bucket>
  | NamesIn<typeof object>
  | NamesIn<typeof service>;

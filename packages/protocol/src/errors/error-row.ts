// What the error table says about one case of refusal. The families in cases/ are `as const`, which
// isolatedDeclarations can print, and not `satisfies`, which it can not; table.ts holds them to this
// type. `as string` stands at sentences joined from pieces for the same reason.

export interface ErrorRow {
  /** OSS's own word, the `Code` element. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** The `Message` element. Clients compare it: spelling and full stops are as OSS serves them. */
  readonly message: string;
  /** Fine-grained code; absent where no source gives one. */
  readonly ec?: string;
}

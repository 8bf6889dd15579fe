// Who asks: the account behind a verified signature, or nobody.

export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'account'; readonly ownerId: string; readonly accessKeyId: string };

export const anonymous: Principal = { kind: 'anonymous' };

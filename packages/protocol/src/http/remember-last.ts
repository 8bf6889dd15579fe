// Requests come in rows that agree in much: one bucket, one access key, one day. What was made of such a
// text last time is kept, and nothing besides, so no stranger can make it grow.

/** As `make`, which must depend on nothing but the text; what it throws is not kept. */
export function rememberLast<Made>(make: (text: string) => Made): (text: string) => Made {
  let last: { readonly text: string; readonly made: Made } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, made: make(text) };
    return last.made;
  };
}

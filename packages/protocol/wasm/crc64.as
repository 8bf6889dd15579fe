// CRC-64/XZ in AssemblyScript; build.js makes crc64-wasm.ts of it. Short inputs go through tables, by
// slices of 16 bytes. Long ones are first folded to their last bytes, which needs no tables: a CRC is a
// remainder modulo the polynomial, and so modulo any multiple of it, and this one is sparse:
//
//   x^8·1498 + x^8·1272 + x^8·1163 + x^8·1018 + x^8·316 + x^8·132 + x^8·105 + 1
//
// A byte may therefore be replaced by its addition to the seven bytes 226, 335, 480, 1182, 1366, 1393 and
// 1498 behind it; seven vectors added to one fold 16 bytes. (Eight powers of x whose sum is 0 were
// searched for; without carries the eighth power of a sum is the same with every exponent times eight.)
//
// No state lives here between calls, so any number of streams share one instance: the caller passes the
// running value in and takes it out. Rule: operations reference §3.2.

const POLYNOMIAL: u64 = 0xc96c5795d7870f42;

/** The longest fold, in whole vectors. */
const WINDOW: usize = 1504;
/** From here folding pays. */
const FOLDED_MIN: u32 = 4096;

/** Sixteen tables of 256 values of 8 bytes: 32 KiB. */
const TABLES: usize = 0;
/** 64 KiB of input; the window before it stays zero. */
const INPUT: usize = 32768 + 2048;
/** What folding leaves. */
const REST: usize = INPUT + 65536;

/** Fills the tables; call once. */
export function prepare(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let value: u64 = byte;
    for (let bit = 0; bit < 8; bit++) {
      value = (value >> 1) ^ (POLYNOMIAL & (0 - (value & 1)));
    }
    store<u64>(TABLES + (<usize>byte << 3), value);
  }
  for (let at: usize = 256; at < 4096; at++) {
    const before = load<u64>(TABLES + ((at - 256) << 3));
    store<u64>(TABLES + (at << 3), (before >> 8) ^ entry(0, before));
  }
}

@inline
function entry(slice: usize, value: u64): u64 {
  return load<u64>(TABLES + (slice << 11) + (<usize>(value & 255) << 3));
}

@inline
function eight(slice: usize, value: u64): u64 {
  return (
    entry(slice + 7, value) ^
    entry(slice + 6, value >> 8) ^
    entry(slice + 5, value >> 16) ^
    entry(slice + 4, value >> 24) ^
    entry(slice + 3, value >> 32) ^
    entry(slice + 2, value >> 40) ^
    entry(slice + 1, value >> 48) ^
    entry(slice, value >> 56)
  );
}

/** What the bytes of a vector get from those before it. */
@inline
function folded(at: usize): v128 {
  const from = at - WINDOW;
  let sum = v128.load(from, WINDOW - 226);
  sum = v128.xor(sum, v128.load(from, WINDOW - 335));
  sum = v128.xor(sum, v128.load(from, WINDOW - 480));
  sum = v128.xor(sum, v128.load(from, WINDOW - 1182));
  sum = v128.xor(sum, v128.load(from, WINDOW - 1366));
  sum = v128.xor(sum, v128.load(from, WINDOW - 1393));
  return v128.xor(sum, v128.load(from, WINDOW - 1498));
}

function byTables(running: u64, from: usize, length: usize): u64 {
  let crc = running;
  let at = from;
  const end = at + length;
  const whole = at + (length & ~15);
  while (at < whole) {
    crc = eight(8, crc ^ load<u64>(at)) ^ eight(0, load<u64>(at, 8));
    at += 16;
  }
  while (at < end) {
    crc = (crc >> 8) ^ entry(0, crc ^ <u64>load<u8>(at));
    at++;
  }
  return crc;
}

/** Carries the inverted running value over `length` bytes of input, which it uses up. */
export function update(running: u64, length: u32): u64 {
  if (length < FOLDED_MIN) return byTables(running, INPUT, length);
  store<u64>(INPUT, load<u64>(INPUT) ^ running);
  const end = INPUT + (length & ~15);
  const cut = end - WINDOW;
  let at = INPUT;
  while (at < cut) {
    v128.store(at, v128.xor(v128.load(at), folded(at)));
    at += 16;
  }
  // Nothing of the last window goes further, so none of it may be seen by what is behind it.
  memory.copy(REST, cut, WINDOW);
  memory.fill(cut, 0, WINDOW);
  while (at < end) {
    const rest = at - cut + REST;
    v128.store(rest, v128.xor(v128.load(rest), folded(at)));
    at += 16;
  }
  return byTables(byTables(0, REST, WINDOW), end, length & 15);
}

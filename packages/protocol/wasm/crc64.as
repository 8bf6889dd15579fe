// CRC-64/XZ by slices of 16 bytes, in AssemblyScript; build.js makes crc64-wasm.ts of it. No state
// lives here between calls, so any number of streams share one instance: the caller passes the
// running value in and takes it out. Rule: operations reference §3.2.

const POLYNOMIAL: u64 = 0xc96c5795d7870f42;

/** Sixteen tables of 256 values of 8 bytes: 32 KiB. */
const TABLES: usize = 0;
/** 64 KiB of input lie above them. */
const INPUT: usize = 32768;

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

/** Carries the inverted running value over `length` bytes of input. */
export function update(running: u64, length: u32): u64 {
  let crc = running;
  let at: usize = INPUT;
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

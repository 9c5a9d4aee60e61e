const offset = 0x6c62272e07bb014262b821756295c58dn
const prime = 0x0000000001000000000000000000013bn

/** 128 bits of a text as 32 hexadecimal digits (FNV-1a): the same text gives the same id on every machine. No secret. */
export function fingerprint(text: string): string {
  let hash = offset
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime)
  return hash.toString(16).padStart(32, '0')
}

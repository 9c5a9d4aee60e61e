/** The start of FNV-1a for 128 bits (0x6c62272e07bb014262b821756295c58d), its lowest 32 bits first. */
const offset = [0x6295c58d, 0x62b82175, 0x07bb0142, 0x6c62272e] as const

/**
 * 128 bits of a text as 32 hexadecimal digits (FNV-1a): the same text gives the same id on every machine. Not a secret.
 * The prime is 2^88 + 0x13b: multiplying by it is done in four parts of 32 bits, because a `bigint` takes ten times as long.
 */
export function textFingerprint(text: string): string {
  let [a, b, c, d]: [number, number, number, number] = [...offset]
  for (const byte of new TextEncoder().encode(text)) {
    const low = (a ^ byte) >>> 0
    const [first, second] = [low * 0x13b, b * 0x13b + over(low * 0x13b)]
    const third = c * 0x13b + over(second) + ((low << 24) >>> 0)
    const fourth = d * 0x13b + over(third) + (low >>> 8) + ((b << 24) >>> 0)
    a = first >>> 0
    b = second >>> 0
    c = third >>> 0
    d = fourth >>> 0
  }
  return [d, c, b, a].map((part) => part.toString(16).padStart(8, '0')).join('')
}

/** What is beyond 32 bits. */
const over = (product: number): number => Math.floor(product / 0x1_0000_0000)

/**
 * The 95 % interval of a share by Wilson’s score method (Wilson 1927, J Am Stat Assoc 22:209): `of` people, of whom
 * `found` have it; answers lower and upper share, 0 to 1. Without anybody nothing is known: 0 to 1.
 */
export function wilsonInterval(found: number, of: number): Readonly<{ low: number; high: number }> {
  if (of <= 0) return { low: 0, high: 1 }
  const share = found / of
  const squared = z * z
  const middle = (share + squared / (2 * of)) / (1 + squared / of)
  const half =
    (z / (1 + squared / of)) * Math.sqrt((share * (1 - share)) / of + squared / (4 * of * of))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** The normal deviate of 95 %. */
const z = 1.959964

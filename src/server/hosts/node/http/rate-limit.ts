/** Requests that somebody may still make: a bucket that refills gradually. */
type Bucket = { left: number; at: number }

export type RateLimit = Readonly<{
  /** Takes one; returns 0, or after how many seconds there is one again. */
  take: (key: string) => number
  /** Takes many at once, available or not: the next requests wait for the debt. */
  owe: (key: string, count: number) => void
}>

/** How many at once, as a multiple of how many a second. */
const burst = 3
const mostKeys = 20_000

/** `perSecond` requests for each key in the long run, three times as many at once; 0: any number. */
export function rateLimit(
  perSecond: number,
  now: () => number = () => performance.now(),
): RateLimit {
  const buckets = new Map<string, Bucket>()
  const full = perSecond * burst
  const leftAt = (bucket: Bucket, at: number) =>
    Math.min(full, bucket.left + ((at - bucket.at) / 1_000) * perSecond)
  const sweep = (at: number) => {
    for (const [key, bucket] of buckets) if (leftAt(bucket, at) >= full) buckets.delete(key)
  }
  return {
    owe(key, count) {
      const at = now()
      const bucket = buckets.get(key)
      const left = bucket ? leftAt(bucket, at) : full
      if (perSecond > 0) buckets.set(key, { left: left - count, at })
    },
    take(key) {
      if (perSecond === 0) return 0
      const at = now()
      const bucket = buckets.get(key)
      const left = bucket ? leftAt(bucket, at) : full
      if (left < 1) return Math.ceil((1 - left) / perSecond)
      if (!bucket && buckets.size >= mostKeys) sweep(at)
      buckets.set(key, { left: left - 1, at })
      return 0
    },
  }
}

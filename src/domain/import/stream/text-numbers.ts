/** A number for each of a million texts, in some 20 bytes each: a text is known by 64 bits of it. */
export type TextNumbers = Readonly<{
  get: (text: string) => number | undefined
  set: (text: string, value: number) => void
}>

/** Many small tables, so that none takes long to grow. */
const tables = 256

/** `value`s are whole numbers below 2^32. Two of a million texts are taken for one in 1 of 30 million files. */
export function textNumbers(): TextNumbers {
  const all = Array.from({ length: tables }, () => newTable(16))
  const find = (text: string) => {
    const [high, low] = halves(text)
    return { table: high % tables, high: high || 1, low }
  }
  return {
    get(text) {
      const { table, high, low } = find(text)
      const { keys, values } = all[table] as Table
      const at = placeOf(keys, high, low)
      return keys[2 * at] ? values[at] : undefined
    },
    set(text, value) {
      const { table, high, low } = find(text)
      put(all[table] as Table, { high, low, value })
      all[table] = grown(all[table] as Table)
    },
  }
}

type Table = { keys: Uint32Array; values: Uint32Array; used: number }
type Entry = Readonly<{ high: number; low: number; value: number }>

const newTable = (room: number): Table => ({
  ...{ keys: new Uint32Array(2 * room), values: new Uint32Array(room), used: 0 },
})

/** Of this key, or the free one for it. The first half of a key is never 0. */
function placeOf(keys: Uint32Array, high: number, low: number): number {
  const last = keys.length / 2 - 1
  let at = low & last
  while (keys[2 * at] && (keys[2 * at] !== high || keys[2 * at + 1] !== low)) at = (at + 1) & last
  return at
}

function put(table: Table, { high, low, value }: Entry): void {
  const at = placeOf(table.keys, high, low)
  if (!table.keys[2 * at]) table.used += 1
  table.keys.set([high, low], 2 * at)
  table.values[at] = value
}

function grown(table: Table): Table {
  const { keys, values, used } = table
  if (used < values.length * 0.75) return table
  const larger = newTable(values.length * 2)
  for (const [at, value] of values.entries()) {
    const [high = 0, low = 0] = keys.subarray(2 * at, 2 * at + 2)
    if (high) put(larger, { high, low, value })
  }
  return larger
}

/** 32 bits of a text. */
export const textHash = (text: string): number => halves(text)[0]

/** cyrb53 by bryc (public domain), with all 64 bits of its state. */
function halves(text: string): readonly [number, number] {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return [high >>> 0, low >>> 0]
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { TarEntry } from '#server/backup/tar.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  container,
  fingerprint,
  livedBackup,
  livedOn,
  sourceOf,
  within,
} from '#test-support/worlds/lived-backup.ts'

eachStore('A backup', (open) => {
  const named = (entries: readonly TarEntry[], start: string) =>
    entries.findIndex((each) => each.name.startsWith(start))

  test.each([
    [
      'a file is missing',
      'Goal.ndjson.gz is missing',
      (all: TarEntry[]) => all.toSpliced(named(all, 'Goal'), 1),
    ],
    ['the manifest is missing', 'manifest.json is missing', (all: TarEntry[]) => all.slice(0, -1)],
    [
      'there is an extra file',
      'Goal-9.ndjson.gz does not belong',
      (all: TarEntry[]) => [...all, { name: 'Goal-9.ndjson.gz', bytes: new Uint8Array(3) }],
    ],
    [
      'a file is there twice',
      'Goal.ndjson.gz is in the backup twice',
      (all: TarEntry[]) => [...all, ...all.filter((each) => each.name === 'Goal.ndjson.gz')],
    ],
    [
      'two files were swapped',
      'Goal.ndjson.gz is not the same',
      (all: TarEntry[]) =>
        all.map((each) =>
          each.name === 'Goal.ndjson.gz'
            ? { ...each, bytes: all[named(all, 'CarePlan')]?.bytes ?? each.bytes }
            : each,
        ),
    ],
    [
      'the manifest was edited',
      'manifest.json was changed',
      (all: TarEntry[]) => edited(all, (text) => text.replace('"Goal": 2', '"Goal": 3')),
    ],
    [
      'it comes from a later version',
      'format 7',
      (all: TarEntry[]) => edited(all, (text) => text.replace('"version": 6', '"version": 7')),
    ],
    [
      'the manifest is not JSON',
      'manifest.json was changed',
      (all: TarEntry[]) => edited(all, (text) => text.slice(9)),
    ],
  ] as const)(
    'is refused by the name of the file when %s, and nothing changes',
    async (_what, words, damage) => {
      const { entries } = await livedBackup()
      const { sql } = await open()
      const before = await fingerprint(sql)
      const damaged = sourceOf(damage([...entries]))
      await expect(restoreBackup(sql, damaged, { now: livedOn, merge: false })).rejects.toThrow(
        words,
      )
      expect(await fingerprint(sql)).toBe(before)
    },
  )

  test('is refused whichever byte was flipped and wherever it was cut, and nothing changes', async () => {
    const whole = await container((await livedBackup()).entries)
    const { sql } = await open()
    const before = await fingerprint(sql)
    const place = fc.nat({ max: whole.length - 1 })
    const flip = fc.record({ at: place, bit: fc.nat({ max: 7 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { maxLength: 3 }), fc.option(place), async (flips, cut) => {
        const damaged = whole.slice(0, cut ?? whole.length)
        for (const { at, bit } of flips)
          if (at < damaged.length) damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        fc.pre(damaged.length < whole.length || damaged.some((byte, at) => byte !== whole[at]))
        const restoring = restoreBackup(sql, within(damaged), { now: livedOn, merge: false })
        await expect(restoring).rejects.toThrow(/backup|manifest/i)
      }),
      { numRuns: 300 },
    )
    expect(await fingerprint(sql)).toBe(before)
  })
})

function edited(entries: readonly TarEntry[], edit: (text: string) => string): TarEntry[] {
  return entries.map((each) =>
    each.name === 'manifest.json'
      ? {
          ...each,
          bytes: Uint8Array.from(
            new TextEncoder().encode(edit(new TextDecoder().decode(each.bytes))),
          ),
        }
      : each,
  )
}

import { zonedMoment } from '#domain/calendar/zone.ts'
import { textFingerprint } from '#domain/import/csv/text-fingerprint.ts'
import { byTime } from './limits.ts'
import { problemWith, type Reading, type ReadingProblem } from './reading.ts'

/** What a row of a file says is measured, before anybody looked whether it can be. */
export type DeviceAmount = Omit<Reading, 'id' | 'person'> &
  Readonly<{
    /** as the device wrote it: `172 lb` */
    sent: string
    /** it is kept in another unit than it was sent in */
    converted: boolean
  }>

export type DeviceFault =
  | ReadingProblem
  | 'no-unit'
  | 'no-kind'
  | 'no-amount'
  | 'no-time'
  | 'other-person'
  | 'broken'

/** One reading that a file of a device holds, or a row of which nothing can be kept, with why. */
export type DeviceLine =
  | Readonly<{ line: number; is: 'amount'; amount: DeviceAmount; device?: string }>
  | Readonly<{ line: number; is: 'refused'; why: DeviceFault; written: string }>

/** `new`: it can be kept. `here`: the record or the file has it already. */
export type DeviceRow =
  | Readonly<{
      line: number
      is: 'new' | 'here'
      reading: Reading
      sent: string
      converted: boolean
      device: string
    }>
  | Extract<DeviceLine, { is: 'refused' }>

export const mostDeviceRows = 200

type Facts = Readonly<{
  person: string
  /** instant */
  now: string
  zone: string
  /** what the device is called, where the file does not say */
  device: string
  /** readings that the record has */
  readings: readonly Reading[]
}>

/**
 * What would be kept of a file, oldest first, then what would not be. The same reading of the same person has the same id, whoever
 * reads the file in and how often: nobody is told of it twice.
 */
export function deviceRows(lines: readonly DeviceLine[], facts: Facts): readonly DeviceRow[] {
  const seen = new Set(facts.readings.map(sameAs(facts.zone)))
  const rows = lines.map((each): DeviceRow => {
    if (each.is === 'refused') return each
    const { line, amount } = each
    const { sent, converted, ...measured } = amount
    const why = problemWith(measured, facts.now)
    if (why) return { line, is: 'refused', why, written: sent }
    const same = sameAs(facts.zone)(measured)
    const isHere = seen.has(same)
    seen.add(same)
    const id = `device-${textFingerprint(`${facts.person} ${same}`)}`
    const device = each.device ?? facts.device
    return {
      ...{ line, is: isHere ? 'here' : 'new', sent, converted, device },
      reading: { ...measured, id, person: facts.person },
    }
  })
  return [
    ...rows
      .filter((each) => each.is !== 'refused')
      .toSorted((one, other) => byTime(timed(one), timed(other))),
    ...rows.filter((each) => each.is === 'refused'),
  ]
}

const timed = (row: DeviceRow) => (row.is === 'refused' ? { at: '' } : row.reading)

/** The same kind, minute and amount are the same reading, whoever wrote it down. */
const sameAs =
  (zone: string) =>
  ({ kind, at, value, second }: Pick<Reading, 'kind' | 'at' | 'value' | 'second'>) =>
    [kind, Math.floor(zonedMoment(at, zone) / 60_000), value, second ?? ''].join(' ')

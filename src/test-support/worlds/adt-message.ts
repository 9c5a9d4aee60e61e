/** What a test sets in one message; the rest is about Grace, admitted to ward 6 on 2 March. */
export type Said = Readonly<{
  event?: string
  at?: string
  id?: string
  facility?: string
  nhs?: string
  name?: string
  born?: string
  visit?: string
  place?: string
  class?: string
  start?: string
  end?: string
  reason?: string
  charset?: string
  /** PID-29 and PID-30: when, and whether, the person died */
  diedAt?: string
  dead?: string
  /** PV1-36: the discharge disposition */
  endedIn?: string
}>

const usual = {
  ...{ event: 'A01', at: '20260302080000', facility: 'STANNE', visit: 'V1', place: 'Ward 6' },
  ...{ nhs: '9991001018', name: 'OKAFOR^Grace', born: '19340104', class: 'I', start: '', end: '' },
  ...{ reason: 'Fall at home', charset: '', diedAt: '', dead: '', endedIn: '' },
} satisfies Said

/** An ADT message as a hospital writes it, lines ended by CR. `nhs: ''` leaves only the hospital's own number. */
export function adtMessage(given: Said = {}): string {
  const message = { ...usual, ...given }
  const { event, at, visit } = message
  const id = given.id ?? `${event}-${visit}-${at}`
  const number = message.nhs === '' ? 'H77^^^STANNE^MR' : `${message.nhs}^^^NHS^NH`
  const gap = (fields: number) => '|'.repeat(fields)
  return [
    `MSH|^~\\&|PAS|${message.facility}|GABLE|GABLE|${at}||ADT^${event}|${id}|P|2.5${gap(6)}${message.charset}`,
    `EVN|${event}|${at}`,
    `PID|1||${number}||${message.name}||${message.born}|F${message.diedAt || message.dead ? `${gap(21)}${message.diedAt}|${message.dead}` : ''}`,
    `PV1|1|${message.class}|${message.place}${gap(16)}${visit}^^^STANNE${gap(17)}${message.endedIn}${gap(8)}${message.start}|${message.end}`,
    `PV2|||${message.reason.startsWith('""') ? '' : '^'}${message.reason}`,
    '',
  ].join('\r')
}

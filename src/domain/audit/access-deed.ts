import type { AuditEvent } from '@medplum/fhirtypes'
import { cardDeedIn } from '#domain/card/card-deed.ts'
import type { CardLinkAct } from '#domain/card/card-link.ts'

/** What somebody did, where “looked” or “wrote” would not say enough to the person whose record it is. */
export type AccessDeed =
  | 'card-made'
  | 'card-replaced'
  | 'card-renewed'
  | 'card-ended'
  | 'card-printed'
  | 'carer-added'
  | 'carer-ended'
  | 'carer-offer'
  | 'carer-record'
  | 'template'
  | 'screen-turned'
  | 'screen-answer'
  | 'record-copy'
  | 'plan-copy'
  | 'essentials'
  | 'message'
  | 'records-joined'
  | 'emergency-ended'
  | 'photo'
  | 'if-worse'
  | 'aftercare'
  | 'wishes'
  | 'sharing'
  | 'help'

const ofWay: Readonly<Record<string, AccessDeed>> = {
  '$emergency-card': 'card-printed',
  '$add-carer': 'carer-added',
  '$end-carer': 'carer-ended',
  '$carer-offer': 'carer-offer',
  '$open-carer-record': 'carer-record',
  '$apply-template': 'template',
  '$turn-screen': 'screen-turned',
  'turned-screen': 'screen-answer',
  '$export-record': 'record-copy',
  $document: 'plan-copy',
  $essentials: 'essentials',
  hl7: 'message',
  '$join-records': 'records-joined',
  '$part-records': 'records-joined',
  '$end-break-glass': 'emergency-ended',
}

const ofCard: Readonly<Record<CardLinkAct, AccessDeed>> = {
  new: 'card-made',
  replace: 'card-replaced',
  renew: 'card-renewed',
  end: 'card-ended',
}

/** By the record that was written: one of each for a person or case has a name of its own. */
const ofRecord: readonly (readonly [start: string, deed: AccessDeed])[] = [
  ['Media/photo-', 'photo'],
  ['CarePlan/whatif-', 'if-worse'],
  ['Flag/aftercare-', 'aftercare'],
  ['Observation/wish-', 'wishes'],
  ['Consent', 'sharing'],
  ['ServiceRequest', 'help'],
]

const writes: readonly (string | undefined)[] = ['C', 'U', 'D']

/** `until`: the day until which a card works. Nothing for what was refused: nobody did it. */
export function accessDeedOf(
  event: AuditEvent,
): Readonly<{ deed: AccessDeed; until?: string }> | undefined {
  if (event.outcome !== undefined && event.outcome !== '0') return undefined
  const way = event.subtype?.[0]?.code ?? ''
  if (way === '$set-card-link') return cardDeedOf(event)
  const deed = ofWay[way] ?? writtenIn(event)
  return deed && { deed }
}

/** A change to a card is in the audit log twice: with what was done, and as a request. It is told once. */
export function withCardsOnce(events: readonly AuditEvent[]): readonly AuditEvent[] {
  const kept = new Map<string, AuditEvent>()
  for (const event of events) {
    const key = cardRequestOf(event)
    if (key && (event.outcomeDesc || !kept.has(key))) kept.set(key, event)
  }
  const told = new Set(kept.values())
  return events.filter((event) => !cardRequestOf(event) || told.has(event))
}

/** Both entries of one request have the same instant. */
const cardRequestOf = ({ subtype = [], outcome = '0', recorded, agent }: AuditEvent) =>
  subtype[0]?.code === '$set-card-link' && outcome === '0'
    ? [recorded, ...agent.map(({ name, who }) => name ?? who?.display)].join('|')
    : undefined

/** A reader who may not know why gets no words: that something was done to a card is all they learn. */
function cardDeedOf({ outcomeDesc = '' }: AuditEvent) {
  const { act = 'new', until } = cardDeedIn(outcomeDesc) ?? {}
  return { deed: ofCard[act], ...(until ? { until } : {}) }
}

function writtenIn(event: AuditEvent): AccessDeed | undefined {
  if (!writes.includes(event.action)) return undefined
  const names = (event.entity ?? []).map((each) => each.what?.reference ?? each.name ?? '')
  return ofRecord.find(([start]) => names.some((name) => name.startsWith(start)))?.[1]
}

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

/**
 * A change to a card is in the audit log twice, at two instants: with what was done, and as a request. Who may read what
 * was done is told it once; for others all they learn stays.
 */
export function withCardsOnce(events: readonly AuditEvent[]): readonly AuditEvent[] {
  const changes = events.filter(isCardChange)
  const inWords = new Set(changes.filter(({ outcomeDesc }) => outcomeDesc).map(nameIn))
  return events.filter(
    (event) => !isCardChange(event) || event.outcomeDesc || !inWords.has(nameIn(event)),
  )
}

const isCardChange = ({ subtype = [], outcome = '0' }: AuditEvent) =>
  subtype[0]?.code === '$set-card-link' && outcome === '0'

const nameIn = ({ agent }: AuditEvent) => agent[0]?.altId ?? agent[0]?.name

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

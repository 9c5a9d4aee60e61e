import type { Provenance } from '@medplum/fhirtypes'
import { type AccessLabel, accessLabelOf } from '#domain/access/labels/access-label.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import { writtenDay } from '#domain/plan/document/written-day.ts'
import { madeHere } from '#domain/plan/plan-record.ts'
import type { AuditEntry } from '#server/audit/audit-log.ts'
import { type ProvenanceEntry, whoIs } from '#server/audit/provenance.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { type AccessChange, accessChanges, type ShareChanged } from './access-changes.ts'

/**
 * Reports each change of who sees a person: to the person, by an entry of the audit log that says who, and to their
 * team, by a line in the news of the record.
 */
export async function recordAccessChanges(
  { actor, now, zone, service }: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<readonly AuditEntry[]> {
  const changes = await accessChanges(service.sql, authored, { now, zone })
  const news = changes.map((change): WriteRequest => {
    const resource = newsOf(change, { recorded: now.toISOString(), who: whoIs(actor), zone })
    const rooms = change.by.flatMap(({ room }) => room ?? [])
    const room = accessLabelOf(resource, rooms)
    return { resource, room, person: change.person, expect: 'anything', skipIfSame: true }
  })
  if (news.length > 0) await service.store.writeMany(news)
  return changes.map((change) => ({
    ...{ at: now, actor, act: 'U', way: 'access-changed', allowed: true },
    why: wordsFor(change, zone),
    what: new Map([[change.person, [`Patient/${change.person}`]]]),
  }))
}

/** As the news says it, and the audit log, which are in English. */
const partNames: Readonly<Partial<Record<AccessLabel, string>>> = {
  me: 'Me',
  conversation: 'Our conversation',
  team: 'My team',
  roof: 'How it is organised',
  support: 'What supports us',
  record: 'The clinical record',
}

const listOf = (parts: readonly AccessLabel[]) =>
  parts.flatMap((part) => partNames[part] ?? []).join(', ')

function wordsFor({ gained, shown, changed, lost }: AccessChange, zone: string): string {
  const day = (at: string) => writtenDay(at, zone)
  return [
    ...(gained.length > 0 ? [`Can now see the record: ${gained.join(', ')}.`] : []),
    ...shown.map(
      ({ name, parts, until }) =>
        `${name} can now see: ${listOf(parts)}${until ? `, until ${day(until)}` : ''}.`,
    ),
    ...changed.flatMap((each) => changedWords(each, day)),
    ...(lost.length > 0 ? [`Can no longer see it: ${lost.join(', ')}.`] : []),
  ].join(' ')
}

/** A share that goes on: a sentence for each thing that is different now. */
function changedWords(change: ShareChanged, day: (at: string) => string): readonly string[] {
  const { name, until } = change
  const sentence = (words: string, parts: readonly AccessLabel[]) =>
    parts.length > 0 ? [`${name} ${words}: ${listOf(parts)}.`] : []
  const ends = until === 'no-end' ? 'with no end date' : `until ${day(until ?? '')}`
  return [
    ...sentence('can now also see', change.more),
    ...sentence('can no longer see', change.less),
    ...sentence('can now also write in', change.writes),
    ...sentence('can no longer write in', change.noLongerWrites),
    ...(until ? [`What is shared with ${name} is now shared ${ends}.`] : []),
  ]
}

type Recorded = Readonly<{
  recorded: string
  who: Provenance['agent'][number]['who']
  zone: string
}>

function newsOf(
  change: AccessChange,
  { recorded, who, zone }: Recorded,
): Provenance & { id: string } {
  const targets = change.by.map(
    ({ resource, version }) => `${resource.resourceType}/${resource.id}/_history/${version}`,
  )
  return {
    resourceType: 'Provenance',
    id: `${madeHere}access-${sha256Hex(targets.join(' ')).slice(0, 40)}`,
    target: [...targets, `Patient/${change.person}`].map((reference) => ({ reference })),
    recorded,
    occurredDateTime: recorded,
    activity: ownCode('change-access'),
    reason: [{ text: wordsFor(change, zone) }],
    agent: [{ who }],
    extension: [{ url: gableUrl('room'), valueCode: 'team' }],
  }
}

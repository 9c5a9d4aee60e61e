import type { Appointment } from '@medplum/fhirtypes'
import { wasEndedByDeath } from '#domain/bereavement/ended-by-death.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { diaryKindOf } from './diary-kind.ts'
import type { DiaryVisit, ToldOfVisit } from './diary-visit.ts'

const states = { booked: 'booked', cancelled: 'cancelled', done: 'fulfilled' } as const

/** A diary visit over the record as it stands: what else it says stays. */
export function diaryVisitToFhir(
  visit: DiaryVisit,
  standing?: Appointment,
): Appointment & { id: string } {
  const { id, person, personName, kind, by, start, end, place, state, reason } = visit
  const { extension: _extension, cancelationReason: _reason, ...rest } = standing ?? {}
  const isCancelled = state === 'cancelled'
  return {
    ...rest,
    ...{ resourceType: 'Appointment', id, status: states[state], appointmentType: ownCode(kind) },
    ...{ start, end, created: standing?.created },
    ...(isCancelled ? { cancelationReason: { text: reason } } : {}),
    participant: [
      { actor: { reference: `Patient/${person}`, display: personName }, status: 'accepted' },
      { actor: referenceTo(by), status: 'accepted' },
      ...(place ? [{ actor: { display: place }, status: 'accepted' as const }] : []),
    ],
    ...withExtensions(standing, {
      'travel-order': visit.order === undefined ? [] : [{ valueInteger: visit.order }],
      'moved-from': visit.movedFrom ? [{ valueDateTime: visit.movedFrom }] : [],
      'moved-why': !isCancelled && visit.movedFrom && reason ? [{ valueString: reason }] : [],
      'told-of-change': visit.told ? [toldToFhir(visit.told)] : [],
    }),
  } as Appointment & { id: string }
}

const toldToFhir = ({ who, how, at }: ToldOfVisit) => ({
  extension: [
    { url: 'who', valueString: who },
    // FHIR has no empty text
    ...(how === '' ? [] : [{ url: 'how', valueString: how }]),
    { url: 'at', valueDateTime: at },
  ],
})

/** Undefined for an appointment of another kind. */
export function diaryVisitFromFhir(record: Appointment): DiaryVisit | undefined {
  const kind = diaryKindOf(record)
  const of = (type: string) =>
    record.participant.find(({ actor }) => actor?.reference?.startsWith(`${type}/`))?.actor
  const by = whoFrom(of('Practitioner'))
  const { id = '', start, end, status } = record
  if (!kind || !by || !start || !end || status === 'entered-in-error') return undefined
  const place = record.participant.find(({ actor }) => actor && !actor.reference)?.actor?.display
  return {
    ...{ id, person: idIn(of('Patient')?.reference), personName: of('Patient')?.display ?? '' },
    ...given('version', record.meta?.versionId),
    ...{ kind, by, start, end, place: place ?? '', state: stateOf(status) },
    reason: record.cancelationReason?.text ?? extensionOf(record, 'moved-why')?.valueString ?? '',
    ...given('order', extensionOf(record, 'travel-order')?.valueInteger),
    ...given('movedFrom', extensionOf(record, 'moved-from')?.valueDateTime),
    ...given('told', toldIn(record)),
    ...(wasEndedByDeath(record) ? { endedByDeath: true as const } : {}),
  }
}

function stateOf(status: Appointment['status']): DiaryVisit['state'] {
  if (status === 'cancelled' || status === 'noshow') return 'cancelled'
  return status === 'fulfilled' ? 'done' : 'booked'
}

function toldIn(record: Appointment): ToldOfVisit | undefined {
  const said = extensionOf(record, 'told-of-change')?.extension
  const part = (url: string) => said?.find((each) => each.url === url)
  const who = part('who')?.valueString
  if (!who) return undefined
  return { who, how: part('how')?.valueString ?? '', at: part('at')?.valueDateTime ?? '' }
}

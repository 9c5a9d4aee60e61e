import type { Flag } from '@medplum/fhirtypes'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { PlanRecord } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { aftercareCode } from './is-aftercare.ts'

/** A right to aftercare under section 117: since when, and who has to give and review it. Days are `YYYY-MM-DD`. */
export type Aftercare = PlanRecord &
  Readonly<{
    person: string
    since: string
    /** the local authority */
    authority: string
    /** the integrated care board */
    board: string
    /** what is provided */
    what: string
    /** empty if nobody has */
    reviewedOn: string
    /** the day on which both decided that it is not needed any more; otherwise empty */
    endedOn: string
  }>

/** One for each person. */
export const aftercareIdFor = (person: string): string => `aftercare-${person}`.slice(0, 64)

const parts = ['authority', 'board', 'what'] as const

export function aftercareFromFhir(flag: Flag): Aftercare {
  const about = extensionOf(flag, 'aftercare')?.extension ?? []
  const part = (name: string) => about.find(({ url }) => url === name)
  return {
    ...recordFrom(flag, flag.author),
    person: idIn(flag.subject?.reference),
    since: flag.period?.start ?? '',
    authority: part('authority')?.valueString ?? '',
    board: part('board')?.valueString ?? '',
    what: part('what')?.valueString ?? '',
    reviewedOn: part('reviewed-on')?.valueDate ?? '',
    endedOn: flag.period?.end ?? '',
  }
}

function aftercareToFhir(said: Aftercare, onto?: Flag): Flag & { id: string } {
  const { person, since, endedOn, reviewedOn } = said
  const about = [
    ...parts.flatMap((url) => (said[url] ? [{ url, valueString: said[url] }] : [])),
    ...(reviewedOn ? [{ url: 'reviewed-on', valueDate: reviewedOn }] : []),
  ]
  return {
    ...onto,
    resourceType: 'Flag',
    id: said.id,
    status: endedOn ? 'inactive' : 'active',
    category: onto?.category ?? [ownCode(aftercareCode)],
    code: { ...ownCode(aftercareCode), text: 'Section 117 aftercare' },
    subject: { reference: `Patient/${person}` },
    period: { ...given('start', since), ...given('end', endedOn) },
    ...withExtensions(onto, {
      aftercare: about.length > 0 ? [{ extension: about }] : [],
      written: writtenExtension(said.written),
    }),
  }
}

export const aftercareKind: RecordKind<Aftercare, Flag> = {
  type: 'Flag',
  fromFhir: aftercareFromFhir,
  toFhir: aftercareToFhir,
}

/** What is missing or cannot be; undefined if it is whole. */
export function aftercareFault(said: Aftercare, today: string): string | undefined {
  const { since, authority, board, reviewedOn, endedOn } = said
  if (!/^\d{4}-\d\d-\d\d$/.test(since) || since > today)
    return 'Say since which day, up to today, there is a right to it'
  if (!authority.trim() || !board.trim())
    return 'Name the local authority and the integrated care board'
  const isBetween = (day: string) => day === '' || (day >= since && day <= today)
  return isBetween(reviewedOn) && isBetween(endedOn)
    ? undefined
    : 'It is reviewed and ended between its beginning and today'
}

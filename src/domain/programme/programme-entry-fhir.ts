import type { Extension, RequestGroup } from '@medplum/fhirtypes'
import {
  extensionsOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { isProgrammeEntry, programmeEntryCode } from './is-programme.ts'
import { endReasons, pauseReasons } from './programme.ts'
import {
  type EntryState,
  entryState,
  outreachOutcomes,
  outreachWays,
  type ProgrammeEntry,
  type ProgrammeStep,
  stepKinds,
} from './programme-entry.ts'
import { programmeUrl } from './programme-fhir.ts'

const statusOf: Readonly<Record<EntryState, RequestGroup['status']>> = {
  invited: 'draft',
  entered: 'active',
  paused: 'on-hold',
  ended: 'completed',
  declined: 'revoked',
}

/** It names no organisation: nobody gets access through it. */
export function programmeEntryToFhir(entry: ProgrammeEntry): RequestGroup & { id: string } {
  const [first] = entry.steps
  return {
    resourceType: 'RequestGroup',
    id: entry.id,
    status: statusOf[entryState(entry)],
    intent: 'plan',
    code: { ...ownCode(programmeEntryCode), text: entry.title },
    subject: { reference: `Patient/${entry.person}` },
    instantiatesCanonical: [`${programmeUrl(entry.programme)}|${entry.version}`],
    ...(first ? { authoredOn: first.at, author: referenceTo(first.by) } : {}),
    ...withExtensions(undefined, {
      'programme-step': entry.steps.map(stepToFhir),
    }),
  }
}

const stepToFhir = (step: ProgrammeStep): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'kind', valueCode: step.kind },
    { url: 'day', valueDate: step.day },
    { url: 'at', valueDateTime: step.at },
    { url: 'by', valueReference: referenceTo(step.by) },
    ...(['way', 'outcome', 'reason'] as const).flatMap((url) =>
      step[url] ? [{ url, valueCode: step[url] }] : [],
    ),
    ...(step.callBackOn ? [{ url: 'callBackOn', valueDate: step.callBackOn }] : []),
    ...(['words', 'against'] as const).flatMap((url) =>
      step[url] ? [{ url, valueString: step[url] }] : [],
    ),
  ],
})

/** Undefined if it is another request, or was entered in error. */
export function programmeEntryFromFhir(group: RequestGroup): ProgrammeEntry | undefined {
  if (!isProgrammeEntry(group) || group.status === 'entered-in-error') return undefined
  const [url = '', version = '1'] = (group.instantiatesCanonical?.[0] ?? '').split('|')
  return {
    id: group.id ?? '',
    person: idIn(group.subject?.reference),
    programme: url.split('/').at(-1) ?? '',
    version: Number(version),
    title: group.code?.text ?? '',
    steps: extensionsOf(group, 'programme-step').flatMap(stepFromFhir),
  }
}

function stepFromFhir({ extension = [] }: Extension): readonly ProgrammeStep[] {
  const part = (url: string) => extension.find((each) => each.url === url)
  const kind = stepKinds.find((each) => each === part('kind')?.valueCode)
  const by = whoFrom(part('by')?.valueReference)
  if (!kind || !by) return []
  const code = <T extends string>(url: string, all: readonly T[]) =>
    all.find((each) => each === part(url)?.valueCode)
  return [
    {
      ...{ kind, by, day: part('day')?.valueDate ?? '', at: part('at')?.valueDateTime ?? '' },
      ...given('way', code('way', outreachWays)),
      ...given('outcome', code('outcome', outreachOutcomes)),
      ...given('reason', code('reason', [...pauseReasons, ...endReasons])),
      ...given('callBackOn', part('callBackOn')?.valueDate),
      ...given('words', part('words')?.valueString),
      ...given('against', part('against')?.valueString),
    },
  ]
}

import type { Consent } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import type { OptOutKind } from '#domain/opt-out/is-opt-out.ts'
import type { OptOut, ToldHow } from '#domain/opt-out/opt-out.ts'
import { optOutFromFhir, optOutIdFor, optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'

/** What a person said no to, and what they took back. */
export const optOutsQuery = (person: string) =>
  queryOptions({
    queryKey: ['opt-outs', person],
    queryFn: async ({ signal }): Promise<readonly OptOut[]> =>
      (await allRecords('Consent', { patient: `Patient/${person}` }, signal)).flatMap(
        (each) => optOutFromFhir(each) ?? [],
      ),
    meta: { kinds: ['Consent'] },
  })

type Saying = Readonly<{
  person: string
  kind: OptOutKind
  /** absent: the person says it themselves */
  toldHow?: ToldHow | undefined
}>

/** Says no. Safe to repeat. */
export async function sayNo(saying: Saying): Promise<void> {
  await saveTogether({ edits: [editOf(optOutIdFor(saying.person, saying.kind), saying, true)] })
}

/** Takes back every no to this, whoever sent it. Safe to repeat. */
export async function takeNoBack(saying: Saying, standing: readonly OptOut[]): Promise<void> {
  const those = standing.filter(({ kind, stands }) => stands && kind === saying.kind)
  await saveTogether({ edits: those.map(({ id }) => editOf(id, saying, false)) })
}

function editOf(id: string, saying: Saying, stands: boolean) {
  const { extension, ...said } = optOutToFhir({ ...saying, stands })
  return {
    ...{ type: 'Consent' as const, id },
    onto: (current: unknown) => {
      const { extension: _earlier, ...standing } = (current ?? {}) as Consent
      return { ...standing, ...said, id, ...(extension ? { extension } : {}) }
    },
  }
}

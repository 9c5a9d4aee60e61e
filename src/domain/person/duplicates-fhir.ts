import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'

/** One record of several that share an NHS number. */
export type Duplicate = Readonly<{
  id: string
  family: string | undefined
  given: string | undefined
  birthDate: string | undefined
  hasOpenCase: boolean
  /** messages, emergency openings and the person's own sign-in lead to this one until it is decided */
  counts: boolean
}>

export type SharedNumber = Readonly<{ nhsNumber: string; records: readonly Duplicate[] }>

/** Reads the answer of `$possible-duplicates`. */
export function duplicatesFromParameters({ parameter = [] }: Parameters): readonly SharedNumber[] {
  return parameter
    .filter(({ name }) => name === 'shared')
    .map((shared) => ({
      nhsNumber: textIn(shared, 'nhsNumber') ?? '',
      records: (shared.part ?? []).filter(({ name }) => name === 'record').map(recordFrom),
    }))
}

const open = ['planned', 'waitlist', 'active', 'onhold']

function recordFrom(record: ParametersParameter): Duplicate {
  return {
    id: textIn(record, 'id') ?? '',
    family: textIn(record, 'family'),
    given: textIn(record, 'given'),
    birthDate: textIn(record, 'birthDate'),
    hasOpenCase: open.includes(textIn(record, 'caseStatus') ?? ''),
    counts: record.part?.find(({ name }) => name === 'counts')?.valueBoolean ?? false,
  }
}

const textIn = ({ part = [] }: ParametersParameter, name: string) =>
  part.find((each) => each.name === name)?.valueString

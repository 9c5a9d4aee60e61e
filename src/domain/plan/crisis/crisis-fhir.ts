import type { CarePlan, Extension } from '@medplum/fhirtypes'
import {
  extensionOf,
  extensionsOf,
  given,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { saidIn, saidParts, whatIfFromFhir, whatIfToFhir } from '#domain/plan/worse/what-if-fhir.ts'
import { type CrisisLine, type CrisisLooked, type CrisisPlan, crisisParts } from './crisis-plan.ts'

const partOf = (line: Extension | undefined, url: string) =>
  line?.extension?.find((each) => each.url === url)

function lineFrom(line: Extension): readonly CrisisLine[] {
  const named = partOf(line, 'sort')?.valueCode
  const part = crisisParts.find((each) => each === named)
  if (!part) return []
  return [
    {
      ...{ id: partOf(line, 'code')?.valueCode ?? '', part },
      words: partOf(line, 'words')?.valueString ?? '',
      ...given('said', saidIn(line)),
    },
  ]
}

const lineTo = ({ id, part, words, said }: CrisisLine): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'code', valueCode: id },
    { url: 'sort', valueCode: part },
    ...(words ? [{ url: 'words', valueString: words }] : []),
    ...saidParts(said),
  ],
})

function lookedIn(carePlan: CarePlan): CrisisLooked | undefined {
  const line = extensionOf(carePlan, 'crisis-looked')
  const on = partOf(line, 'on')?.valueDate
  return on ? { on, ...given('said', saidIn(line)) } : undefined
}

const lookedTo = ({ on, said }: CrisisLooked): Omit<Extension, 'url'> => ({
  extension: [
    { url: 'code', valueCode: 'looked' },
    { url: 'on', valueDate: on },
    ...saidParts(said),
  ],
})

/** The crisis plan in a record of what to do if things get worse; without lines if there is none. */
export function crisisFromFhir(carePlan: CarePlan): CrisisPlan {
  const {
    situations: _lines,
    justInCase: _ready,
    carerIll: _ill,
    ...whatIf
  } = whatIfFromFhir(carePlan)
  const { green: _green, amber: _amber, red: _red, ...rest } = whatIf
  return {
    ...rest,
    lines: extensionsOf(carePlan, 'crisis-line').flatMap(lineFrom),
    ...given('looked', lookedIn(carePlan)),
  }
}

const nothing = { sign: '', doWhat: '', ring: '' }

/** Everything else in the record stays as it is. */
function crisisToFhir(crisis: CrisisPlan, onto?: CarePlan): CarePlan & { id: string } {
  const { id, person, caseId, lines, looked, written } = crisis
  const record =
    onto ?? whatIfToFhir({ id, person, caseId, green: nothing, amber: nothing, red: nothing })
  return {
    ...record,
    id,
    ...withExtensions(record, {
      'crisis-line': lines.map(lineTo),
      'crisis-looked': looked ? [lookedTo(looked)] : [],
      written: writtenExtension(written),
    }),
  }
}

export const crisisKind: RecordKind<CrisisPlan, CarePlan> = {
  type: 'CarePlan',
  fromFhir: crisisFromFhir,
  toFhir: crisisToFhir,
}

import type { CarePlan, Extension } from '@medplum/fhirtypes'
import {
  extensionsOf,
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
} from '#domain/fhir/references-and-extensions.ts'
import {
  type CarerIllStep,
  carerTasks,
  type JustInCase,
  type SaidBy,
  type SituationLine,
  type WhatIf,
  type WhatIfLevel,
  type WhatIfStep,
  whatIfLevels,
} from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'

type Line = Omit<Extension, 'url'>

const partOf = (line: Extension | undefined, url: string) =>
  line?.extension?.find((each) => each.url === url)
const textOf = (line: Extension | undefined, url: string) => partOf(line, url)?.valueString ?? ''
const textTo = (url: string, words: string | undefined) =>
  words ? [{ url, valueString: words }] : []

/** Who said one line of the plan; undefined if the line does not say. */
export function saidIn(line: Extension | undefined): SaidBy | undefined {
  const by = whoFrom(partOf(line, 'said-by')?.valueReference)
  if (!by) return undefined
  return {
    by,
    ...given('helper', whoFrom(partOf(line, 'supported-by')?.valueReference)),
    at: partOf(line, 'said-on')?.valueDateTime ?? '',
  }
}

export function saidParts(said: SaidBy | undefined): Extension[] {
  if (!said) return []
  return [
    { url: 'said-by', valueReference: referenceTo(said.by) },
    ...(said.helper ? [{ url: 'supported-by', valueReference: referenceTo(said.helper) }] : []),
    ...(said.at ? [{ url: 'said-on', valueDateTime: said.at }] : []),
  ]
}

function stepFrom(line: Extension | undefined): WhatIfStep {
  return {
    sign: textOf(line, 'sign'),
    doWhat: textOf(line, 'doWhat'),
    ring: textOf(line, 'ring'),
    ...given('ringAtNight', textOf(line, 'ringAtNight')),
    ...given('said', saidIn(line)),
  }
}

const stepTo = (level: WhatIfLevel, step: WhatIfStep): Line => ({
  extension: [
    { url: 'level', valueCode: level },
    ...textTo('sign', step.sign),
    ...textTo('doWhat', step.doWhat),
    ...textTo('ring', step.ring),
    ...textTo('ringAtNight', step.ringAtNight),
    ...saidParts(step.said),
  ],
})

const levelIn = (line: Extension) => {
  const level = partOf(line, 'level')
  return level?.valueCode ?? level?.valueString
}

const situationFrom = (line: Extension): SituationLine => ({
  id: partOf(line, 'code')?.valueCode ?? '',
  level: whatIfLevels.find((level) => level === levelIn(line)) ?? 'red',
  words: textOf(line, 'words'),
  ...given('said', saidIn(line)),
})

const situationTo = (line: SituationLine): Line => ({
  extension: [
    { url: 'code', valueCode: line.id },
    { url: 'level', valueCode: line.level },
    ...textTo('words', line.words),
    ...saidParts(line.said),
  ],
})

const justInCaseFrom = (line: Extension): JustInCase => ({
  id: partOf(line, 'code')?.valueCode ?? '',
  sort: partOf(line, 'sort')?.valueCode === 'equipment' ? 'equipment' : 'medicine',
  what: textOf(line, 'what'),
  where: textOf(line, 'where'),
  whoMay: textOf(line, 'whoMay'),
  ...given('until', partOf(line, 'until')?.valueDate),
  ...given('said', saidIn(line)),
})

const justInCaseTo = (item: JustInCase): Line => ({
  extension: [
    { url: 'code', valueCode: item.id },
    { url: 'sort', valueCode: item.sort },
    ...textTo('what', item.what),
    ...textTo('where', item.where),
    ...textTo('whoMay', item.whoMay),
    ...(item.until ? [{ url: 'until', valueDate: item.until }] : []),
    ...saidParts(item.said),
  ],
})

function carerIllFrom(line: Extension): CarerIllStep {
  const task = partOf(line, 'task')?.valueCode
  return {
    id: partOf(line, 'code')?.valueCode ?? '',
    task: carerTasks.find((each) => each === task) ?? 'other',
    what: textOf(line, 'what'),
    ...given('who', whoFrom(partOf(line, 'who')?.valueReference)),
    phone: textOf(line, 'phone'),
    ...given('said', saidIn(line)),
  }
}

const carerIllTo = (step: CarerIllStep): Line => ({
  extension: [
    { url: 'code', valueCode: step.id },
    { url: 'task', valueCode: step.task },
    ...textTo('what', step.what),
    ...(step.who ? [{ url: 'who', valueReference: referenceTo(step.who) }] : []),
    ...textTo('phone', step.phone),
    ...saidParts(step.said),
  ],
})

/** The kinds of lines in a plan for if things get worse, and what tells one line of a kind from another. */
export const whatIfLines: readonly Readonly<{ name: string; key: string }>[] = [
  { name: 'what-if', key: 'level' },
  { name: 'situation', key: 'code' },
  { name: 'just-in-case', key: 'code' },
  { name: 'carer-ill', key: 'code' },
  { name: 'crisis-line', key: 'code' },
  { name: 'crisis-looked', key: 'code' },
]

const unlessEmpty = <T>(list: readonly T[]) => (list.length > 0 ? list : undefined)

export function whatIfFromFhir(carePlan: CarePlan): WhatIf {
  const steps = extensionsOf(carePlan, 'what-if')
  const step = (level: WhatIfLevel) => stepFrom(steps.find((each) => levelIn(each) === level))
  const episode = carePlan.supportingInfo?.find((each) =>
    each.reference?.startsWith('EpisodeOfCare/'),
  )
  const situations = extensionsOf(carePlan, 'situation').map(situationFrom)
  const ready = extensionsOf(carePlan, 'just-in-case').map(justInCaseFrom)
  const carer = extensionsOf(carePlan, 'carer-ill').map(carerIllFrom)
  return {
    ...recordFrom(carePlan, carePlan.author),
    person: idIn(carePlan.subject.reference),
    caseId: idIn(episode?.reference),
    green: step('green'),
    amber: step('amber'),
    red: step('red'),
    ...given('situations', unlessEmpty(situations)),
    ...given('justInCase', unlessEmpty(ready)),
    ...given('carerIll', unlessEmpty(carer)),
  }
}

export function whatIfToFhir(whatIf: WhatIf, onto?: CarePlan): CarePlan & { id: string } {
  return {
    ...(onto ?? {
      intent: 'plan',
      status: 'active',
      subject: { reference: `Patient/${whatIf.person}` },
      category: [ownCode('contingency')],
      supportingInfo: [{ reference: `EpisodeOfCare/${whatIf.caseId}` }],
    }),
    resourceType: 'CarePlan',
    id: whatIf.id,
    ...withExtensions(onto, {
      'what-if': whatIfLevels.map((level) => stepTo(level, whatIf[level])),
      situation: (whatIf.situations ?? []).map(situationTo),
      'just-in-case': (whatIf.justInCase ?? []).map(justInCaseTo),
      'carer-ill': (whatIf.carerIll ?? []).map(carerIllTo),
      written: writtenExtension(whatIf.written),
    }),
  }
}

export const whatIfKind: RecordKind<WhatIf, CarePlan> = {
  type: 'CarePlan',
  fromFhir: whatIfFromFhir,
  toFhir: whatIfToFhir,
}

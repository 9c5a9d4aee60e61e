import type {
  Bundle,
  BundleEntry,
  DetectedIssue,
  MeasureReport,
  Parameters,
} from '@medplum/fhirtypes'
import { gableUrl, hl7CodeSystem, loincSystem } from '#domain/fhir/codes.ts'
import { extensionOf, idIn } from '#domain/fhir/references-and-extensions.ts'
import { gapIssueCode } from './decline-fhir.ts'
import { type CareGap, type GapState, gapStates } from './gap.ts'

/** Da Vinci DEQM, `$care-gaps`: the status of a gap stands in a modifier extension of the DetectedIssue. */
const deqm = 'http://hl7.org/fhir/us/davinci-deqm'
const gapStatus = `${deqm}/StructureDefinition/extension-gapStatus`

const codes: Readonly<Record<GapState, string>> = {
  open: 'open-gap',
  declined: 'open-gap',
  closed: 'closed-gap',
  'not-applicable': 'not-applicable',
}

type About = Readonly<{ person: string; from: string; to: string; at: string }>

/** The answer of `$care-gaps`: a document with a DetectedIssue and a MeasureReport for each measure. */
export function gapsToFhir(gaps: readonly CareGap[], about: About): Parameters {
  const entries = gaps.map((gap) => entriesOf(gap, about))
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'document',
    timestamp: about.at,
    identifier: { system: 'urn:ietf:rfc:3986', value: urn() },
    entry: [compositionOf(gaps, entries, about), ...entries.flat()],
  }
  return { resourceType: 'Parameters', parameter: [{ name: 'return', resource: bundle }] }
}

const urn = () => `urn:uuid:${crypto.randomUUID()}`

function compositionOf(
  gaps: readonly CareGap[],
  entries: readonly (readonly BundleEntry[])[],
  { person, at }: About,
): BundleEntry {
  return {
    fullUrl: urn(),
    resource: {
      ...{ resourceType: 'Composition', status: 'final', date: at, title: 'What is due' },
      type: { coding: [{ system: loincSystem, code: '96315-7', display: 'Gaps in care report' }] },
      subject: { reference: `Patient/${person}` },
      author: [{ display: 'Gable' }],
      section: gaps.map((gap, at) => ({
        title: gap.title,
        entry: [{ reference: entries[at]?.[0]?.fullUrl ?? '' }],
        focus: { reference: entries[at]?.[1]?.fullUrl ?? '' },
      })),
    },
  }
}

function entriesOf(gap: CareGap, about: About): readonly BundleEntry[] {
  const [issueUrl, reportUrl] = [urn(), urn()]
  return [
    { fullUrl: issueUrl, resource: issueOf(gap, about, reportUrl) },
    { fullUrl: reportUrl, resource: reportOf(gap, about) },
  ]
}

function issueOf(gap: CareGap, { person, at }: About, report: string): DetectedIssue {
  const { decline } = gap
  const status = { coding: [{ system: `${deqm}/CodeSystem/gaps-status`, code: codes[gap.state] }] }
  return {
    resourceType: 'DetectedIssue',
    modifierExtension: [{ url: gapStatus, valueCodeableConcept: status }],
    extension: [
      { url: gableUrl('gap-state'), valueCode: gap.state },
      { url: gableUrl('decided-by-holds'), valueBoolean: gap.holds },
    ],
    ...{ status: 'final', code: gapIssueCode, patient: { reference: `Patient/${person}` } },
    ...{ identifiedDateTime: at, detail: gap.why },
    evidence: [{ detail: [{ reference: report }] }],
    ...(decline
      ? {
          mitigation: [
            {
              action: { text: decline.reason },
              date: decline.day,
              author: { display: decline.by },
            },
          ],
        }
      : {}),
  }
}

const reportOf = (gap: CareGap, { person, from, to, at }: About): MeasureReport => ({
  ...{ resourceType: 'MeasureReport', status: 'complete', type: 'individual' },
  extension: [
    { url: gableUrl('gap-question'), valueString: gap.question },
    { url: gableUrl('gap-rationale'), valueString: gap.rationale },
    { url: gableUrl('measure-version'), valueString: gap.version },
  ].filter(({ valueString }) => valueString !== ''),
  ...{ measure: `Measure/${gap.measure}`, date: at, subject: { reference: `Patient/${person}` } },
  period: { start: from, end: to },
  improvementNotation: {
    coding: [{ system: hl7CodeSystem('measure-improvement-notation'), code: 'increase' }],
  },
})

/** What is due, from the answer of `$care-gaps`. */
export function gapsFromFhir(answer: Parameters): readonly CareGap[] {
  const bundle = answer.parameter?.find(({ name }) => name === 'return')?.resource
  if (bundle?.resourceType !== 'Bundle') return []
  const by = new Map(bundle.entry?.map(({ fullUrl, resource }) => [fullUrl, resource]))
  const [first] = bundle.entry ?? []
  const sections =
    first?.resource?.resourceType === 'Composition' ? (first.resource.section ?? []) : []
  return sections.flatMap(({ title = '', entry, focus }) => {
    const issue = by.get(entry?.[0]?.reference)
    const report = by.get(focus?.reference)
    if (issue?.resourceType !== 'DetectedIssue' || report?.resourceType !== 'MeasureReport')
      return []
    return [gapFrom(title, issue, report)]
  })
}

function gapFrom(title: string, issue: DetectedIssue, report: MeasureReport): CareGap {
  const said = (name: string) => extensionOf(report, name)?.valueString ?? ''
  const state = extensionOf(issue, 'gap-state')?.valueCode
  const [mitigation] = issue.mitigation ?? []
  return {
    ...{ measure: idIn(report.measure), version: said('measure-version'), title },
    ...{ question: said('gap-question'), rationale: said('gap-rationale') },
    ...{ state: gapStates.find((each) => each === state) ?? 'not-applicable' },
    why: issue.detail ?? '',
    holds: extensionOf(issue, 'decided-by-holds')?.valueBoolean === true,
    ...(mitigation
      ? {
          decline: {
            by: mitigation.author?.display ?? '',
            day: mitigation.date ?? '',
            reason: mitigation.action.text ?? '',
          },
        }
      : {}),
  }
}

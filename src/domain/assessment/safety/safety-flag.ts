import type { Extension, Flag, Reference } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { isOpenSafety } from '#domain/alert/open-safety.ts'
import { gableCodeSystem, gableUrl, hl7CodeSystem } from '#domain/fhir/codes.ts'

/** What was done about an answer that raised a safety concern. */
export type SafetyAction = Readonly<{
  /** whether plans and intent were asked about */
  asked: 'yes' | 'not-possible'
  immediateDanger: 'yes' | 'no' | 'not-known'
  /** who was told */
  told: string
  /** what was said and done */
  done: string
  by: string
  /** instant, ISO 8601 */
  at: string
}>

/** A safety concern on the record; open until someone has recorded what was done. */
export type SafetyFlag = Readonly<{
  id: string
  code: string
  /** id of the QuestionnaireResponse that raised it; empty if it came from elsewhere */
  response: string
  at?: string
  actions: readonly SafetyAction[]
  /** what the record calls it */
  text: string
}>

export const safetyFlagId = (responseId: string) => `safety-${responseId}`

type Raised = Readonly<{
  response: string
  code: string
  person: string
  /** absent if the person who answered cannot be the author of a flag */
  by?: Reference
  at: string
  /** id of the flag, if it is not the first about this response */
  id?: string
  /** the record with the answer, if it is not a response */
  type?: 'Observation'
}>

/**
 * The flag that an answer raises. It is for professionals: a carer who may read the record must not learn of thoughts
 * of self-harm from it. It stays active after an action was recorded: closing it, with a reason, is a separate
 * clinical decision.
 */
export function toSafetyFlag(raised: Raised): Flag & { id: string } {
  const { response, code, person, by, at, type = 'QuestionnaireResponse' } = raised
  return {
    resourceType: 'Flag',
    id: raised.id ?? safetyFlagId(response),
    meta: { security: [{ ...professionalOnly }] },
    status: 'active',
    category: [
      {
        coding: [{ system: hl7CodeSystem('flag-category'), code: 'safety' }],
      },
    ],
    code: { coding: [{ system: gableCodeSystem, code }], text: 'Safety: PHQ-9 item 9' },
    subject: { reference: `Patient/${person}` },
    period: { start: at },
    ...(by ? { author: by as NonNullable<Flag['author']> } : {}),
    extension: [
      {
        url: gableUrl('about'),
        valueReference: { reference: `${type}/${response}` },
      },
    ],
  }
}

export function withSafetyAction(flag: Flag, action: SafetyAction): Flag {
  const written: Extension = {
    url: gableUrl('safety-action'),
    extension: [
      { url: 'asked', valueCode: action.asked },
      { url: 'immediate-danger', valueCode: action.immediateDanger },
      { url: 'told', valueString: action.told },
      { url: 'done', valueString: action.done },
      { url: 'by', valueString: action.by },
      { url: 'at', valueDateTime: action.at },
    ],
  }
  return { ...flag, extension: [...(flag.extension ?? []), written] }
}

/** Reads an open safety flag; undefined for flags of another kind, and for closed ones. */
export function fromSafetyFlag(flag: Flag): SafetyFlag | undefined {
  const about = flag.extension?.find((each) => each.url === gableUrl('about'))
  const [type, response] = about?.valueReference?.reference?.split('/') ?? []
  if (!isOpenSafety(flag)) return undefined
  return {
    text: flag.code.text ?? flag.code.coding?.[0]?.display ?? '',
    id: flag.id ?? '',
    code: flag.code.coding?.find((each) => each.system === gableCodeSystem)?.code ?? '',
    response: type === 'QuestionnaireResponse' && response ? response : '',
    ...(flag.period?.start ? { at: flag.period.start } : {}),
    actions: (flag.extension ?? [])
      .filter((each) => each.url === gableUrl('safety-action'))
      .map(toAction),
  }
}

function toAction(written: Extension): SafetyAction {
  const part = (url: string) => written.extension?.find((each) => each.url === url)
  const danger = part('immediate-danger')?.valueCode
  return {
    asked: part('asked')?.valueCode === 'yes' ? 'yes' : 'not-possible',
    immediateDanger: danger === 'yes' || danger === 'no' ? danger : 'not-known',
    told: part('told')?.valueString ?? '',
    done: part('done')?.valueString ?? '',
    by: part('by')?.valueString ?? '',
    at: part('at')?.valueDateTime ?? '',
  }
}

import type { AnswerToRecord } from '#client/queries/answer/record-answer.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { AuthorityKind, GivenHow } from '#domain/agreement/given-how.ts'
import { versionOfCode } from '#domain/agreement/paper-code.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { HouseView } from '#features/care-plan/use-house.ts'
import {
  namedHelpers,
  nobodyBeside,
  type TypedHelper,
} from '#features/parts/answer/helper-fields.tsx'

export type RecordedWay = 'paper' | 'spoken' | 'authority' | 'best-interests'

/** What was typed into the form so far. */
export type TypedRecord = Readonly<{
  id: string
  way: '' | RecordedWay
  code: string
  /** `YYYY-MM-DD` */
  signedOn: string
  witnessName: string
  witnessRole: string
  authority: '' | AuthorityKind | 'next-of-kin'
  holder: string
  document: string
  helper: TypedHelper
  answer: '' | 'yes' | 'part' | 'no'
  parts: Readonly<Record<string, string>>
  words: string
}>

/** What every group of fields gets. */
export type RecordFields = Readonly<{
  typed: TypedRecord
  change: (fields: Partial<TypedRecord>) => void
  tried: boolean
  view: HouseView
}>

export const emptyRecord: TypedRecord = {
  ...{ id: '', way: '', code: '', signedOn: '', witnessName: '', witnessRole: '' },
  ...{ authority: '', holder: '', document: '', helper: nobodyBeside },
  ...{ answer: '', parts: {}, words: '' },
}

/** The plan and version of the code that was typed; undefined if it is of none of this person’s plans. */
export function versionTyped({ code }: TypedRecord, house: HouseRecord) {
  const ids = [house.plan?.id ?? '', ...house.otherPlans.map(({ id }) => id)].filter(Boolean)
  return versionOfCode(code, ids)
}

function authorOfTyped({ way, holder }: TypedRecord, house: HouseRecord): Who {
  if (way === 'best-interests') return whoAmI(house.person)
  if (way !== 'authority')
    return { reference: `Patient/${house.person}`, name: house.name, voice: 'person' }
  const known = house.team.find(({ who }) => who.voice === 'carer' && who.name === holder.trim())
  return { reference: known?.who.reference ?? '', name: holder.trim(), voice: 'carer' }
}

function howTyped(typed: TypedRecord, house: HouseRecord): GivenHow {
  const { way, authority, document, witnessName, witnessRole, code, helper } = typed
  return {
    way: way === '' ? 'spoken' : way,
    recordedBy: whoAmI(house.person),
    helpers: namedHelpers(helper),
    ...(way === 'paper'
      ? {
          witness: { name: witnessName.trim(), role: witnessRole.trim() },
          paperCode: code.trim(),
        }
      : {}),
    ...(way === 'authority' && authority !== '' && authority !== 'next-of-kin'
      ? { authority: { kind: authority, document: document.trim() } }
      : {}),
  }
}

/** What the form says, as an answer; undefined while the way, the answer or the version is missing. */
export function recordTyped(typed: TypedRecord, house: HouseRecord): AnswerToRecord | undefined {
  const { plan } = house
  const { way, answer, parts, words, signedOn } = typed
  if (!plan?.version || way === '' || answer === '' || !isWhole(typed)) return undefined
  const named = way === 'paper' ? versionTyped(typed, house) : undefined
  if (way === 'paper' && !named) return undefined
  return {
    id: typed.id || crypto.randomUUID(),
    planId: named?.planId ?? plan.id,
    version: named?.version ?? plan.version,
    yes: answer === 'yes',
    notAgreed:
      answer === 'part'
        ? Object.entries(parts).map(([record, said]) => ({ record, words: said.trim() }))
        : [],
    by: authorOfTyped(typed, house),
    how: howTyped(typed, house),
    words: words.trim(),
    ...(way === 'paper' ? { signedOn } : {}),
  }
}

const isSaid = (...texts: readonly string[]) => texts.every((text) => text.trim() !== '')

const isHelperWhole = ({ role, name, language }: TypedHelper) =>
  role === '' || (isSaid(name) && (role !== 'interpreter' || isSaid(language)))

const isAnswerWhole = ({ answer, parts }: TypedRecord) =>
  answer !== 'part' || (Object.keys(parts).length > 0 && isSaid(...Object.values(parts)))

const isWayWhole: Readonly<Record<RecordedWay, (typed: TypedRecord) => boolean>> = {
  paper: ({ code, signedOn, witnessName, witnessRole }) =>
    isSaid(code, signedOn, witnessName, witnessRole),
  spoken: ({ helper }) => helper.role !== '',
  authority: ({ authority, holder, document }) =>
    authority !== '' && authority !== 'next-of-kin' && isSaid(holder, document),
  'best-interests': () => true,
}

/** Whether each field of the chosen way is filled; whether it is right, the service decides. */
const isWhole = (typed: TypedRecord): boolean =>
  typed.way !== '' &&
  isHelperWhole(typed.helper) &&
  isAnswerWhole(typed) &&
  isWayWhole[typed.way](typed)

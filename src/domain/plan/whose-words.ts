import type {
  Condition,
  Extension,
  Goal,
  Observation,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import { recordAccessKind, supportersOf } from '#domain/access/record-access-kind.ts'
import {
  earlierWords,
  extensionOf,
  extensionsOf,
  helperIn,
  referenceTo,
  whoFrom,
  withExtensions,
  writtenExtension,
  writtenFrom,
} from '#domain/fhir/references-and-extensions.ts'
import { agreedContent } from './agreed-content.ts'
import { changesOthersLines } from './crisis/others-lines.ts'
import type { EarlierVersion, Who } from './plan.ts'
import { withLinesAttributed } from './worse/with-lines-attributed.ts'

/** The writer: every reference that means them, and the one to be named by. None for a program. */
export type Writer = Readonly<{ names: readonly string[]; who: Who; at: string }>

/** Thrown if somebody whom no record can name would overwrite a person's words. */
export class WordsOfAnotherError extends Error {
  override name = 'WordsOfAnother'
}

type Spoken = Goal | Observation | Condition
type Extended = { extension?: Extension[] }

/** Records of a plan that hold what somebody said. */
function isSpoken(resource: Resource): resource is Spoken {
  if (resource.resourceType === 'Goal') return true
  if (resource.resourceType === 'Observation') return recordAccessKind(resource) === 'about-me'
  return resource.resourceType === 'Condition' && agreedContent(resource) !== ''
}

const speakerIn = { Goal: 'expressedBy', Observation: 'performer', Condition: 'asserter' } as const

function speakerOf(spoken: Spoken): Reference | undefined {
  if (spoken.resourceType === 'Goal') return spoken.expressedBy
  return spoken.resourceType === 'Observation' ? spoken.performer?.[0] : spoken.asserter
}

function withSpeaker<T extends Spoken>(spoken: T, who: Who): T {
  const by = referenceTo(who)
  if (spoken.resourceType === 'Goal') return { ...spoken, expressedBy: by }
  if (spoken.resourceType === 'Condition') return { ...spoken, asserter: by }
  return { ...spoken, performer: [by] }
}

/** Everything in a record that is somebody’s words. */
function saidIn(spoken: Spoken): readonly string[] {
  const why = extensionOf(spoken as Extended, 'why-it-matters')?.valueString ?? ''
  const notes = (spoken as Goal).note?.map((each) => each.text ?? '') ?? []
  if (spoken.resourceType === 'Goal') return [spoken.description?.text ?? '', why, ...notes]
  if (spoken.resourceType === 'Condition') return [spoken.code?.text ?? '', ...notes]
  return [spoken.valueString ?? '', ...notes]
}

const textOf = (spoken: Spoken) => saidIn(spoken).filter(Boolean).join('\n')

/**
 * A record as it is stored, with each text in the name of the person who said it. A writer who changes another's words
 * speaks in their own name, unless the record names them as the one who wrote the words down; what the person had said
 * is kept beside it until they say it again. The writer is the signed-in user, whatever a client sends. Throws
 * `WordsOfAnotherError`.
 */
export function keptWords<T extends Resource>(
  after: T,
  before: Resource | undefined,
  writer: Writer,
): T {
  const marked = withOwnMark(withOwnLinesOf(after, before, writer), before, writer)
  const existing = before && isSpoken(before) ? before : undefined
  // somebody’s words stay theirs when they are filed as something else
  if (!existing && !isSpoken(marked)) return marked
  const spoken = marked as Spoken
  return (existing ? overOthers(spoken, existing, writer) : begun(spoken, writer)) as T
}

function withOwnLinesOf<T extends Resource>(
  after: T,
  before: Resource | undefined,
  writer: Writer,
): T {
  if (after.resourceType !== 'CarePlan') return after
  const standing = before?.resourceType === 'CarePlan' ? before : undefined
  if (changesOthersLines(after, standing, writer)) throw new WordsOfAnotherError()
  // in any plan: what is called something else today can be called a plan for if things get worse tomorrow
  return withLinesAttributed(after, standing, writer) as T
}

/**
 * An imported record as it is stored. Words that are here already stay in the name that they have here; other words
 * are those of the importer, never of the person whom the file names. Throws `WordsOfAnotherError`.
 */
export function broughtWords<T extends Resource>(
  after: T,
  before: Resource | undefined,
  writer: Writer,
): T {
  const spoken =
    before && isSpoken(before) && isSpoken(after) ? inImporterName(after, before, writer) : after
  const isUnchanged = before !== undefined && saysTheSame(spoken, before)
  const marked = isUnchanged ? withExtensionsOf(spoken, before, 'written') : spoken
  return keptWords(marked as T, before, writer)
}

function inImporterName(spoken: Spoken, existing: Spoken, writer: Writer): Spoken {
  if (textOf(spoken) === textOf(existing))
    return withExtensionsOf(withSpeakerOf(spoken, existing), existing, 'supported-by')
  return speakerOf(spoken) ? inOwnName(spoken, writer) : spoken
}

function withSpeakerOf(spoken: Spoken, existing: Spoken): Spoken {
  const name = speakerIn[spoken.resourceType]
  const { [name]: _said, ...rest } = spoken as unknown as Record<string, unknown>
  const speaker = (existing as unknown as Record<string, unknown>)[name]
  return { ...rest, ...(speaker === undefined ? {} : { [name]: speaker }) } as unknown as Spoken
}

function withExtensionsOf<T extends Resource>(record: T, existing: Resource, name: string): T {
  const values = extensionsOf(existing as Extended, name).map(({ url: _url, ...value }) => value)
  return setExtensions(record, name, values)
}

/** A record started in somebody else's name says who wrote it down, no matter who else is said to have helped. */
function begun(spoken: Spoken, writer: Writer): Spoken {
  return toldBy(withEarlier(spoken, undefined), writer)
}

function toldBy(spoken: Spoken, writer: Writer): Spoken {
  const isOthers = isPersons(whoFrom(speakerOf(spoken))) && !isOwn(speakerOf(spoken), writer)
  const isTold = supportersOf(spoken).some((each) => writer.names.includes(each))
  if (!isOthers || isTold || !writer.who.reference) return spoken
  return withHelpers(spoken, [
    { valueReference: referenceTo(writer.who) },
    ...extensionsOf(spoken as Extended, 'supported-by'),
  ])
}

/** Anybody who had helped somebody to say this is still named: only the person who said it may change that. */
function withHelpersOf(spoken: Spoken, existing: Spoken, writer: Writer): Spoken {
  if (isOwn(speakerOf(existing), writer)) return spoken
  const now = extensionsOf(spoken as Extended, 'supported-by')
  const names = now.map(helperName)
  const missing = extensionsOf(existing as Extended, 'supported-by').filter(
    (each) => !names.includes(helperName(each)),
  )
  return missing.length === 0 ? spoken : withHelpers(spoken, [...now, ...missing])
}

const helperName = ({ valueReference, valueString }: Extension) =>
  valueReference?.reference ?? valueString

const withHelpers = (spoken: Spoken, helpers: readonly Omit<Extension, 'url'>[]): Spoken => ({
  ...spoken,
  ...withExtensions(spoken as Extended, { 'supported-by': helpers }),
})

function overOthers(spoken: Spoken, existing: Spoken, writer: Writer): Spoken {
  const said = whoFrom(speakerOf(existing))
  const carried = earlierWords(existing)
  const isSame =
    textOf(spoken) === textOf(existing) && speakerOf(spoken)?.reference === said?.reference
  if (isSame) return withEarlier(withHelpersOf(spoken, existing, writer), carried)
  if (!said || isOwn(speakerOf(existing), writer))
    return withEarlier(toldBy(spoken, writer), isPersons(writer.who) ? undefined : carried)
  return withEarlier(
    inOwnName(spoken, writer),
    isSelf(writer) ? undefined : earlierOf(existing, said, carried),
  )
}

/** A claim to have written it down for somebody counts only if it is the writer’s own. */
function inOwnName(spoken: Spoken, writer: Writer): Spoken {
  const wroteDown = supportersOf(spoken).some((each) => writer.names.includes(each))
  if (isOwn(speakerOf(spoken), writer) || wroteDown) return spoken
  if (!writer.who.reference) throw new WordsOfAnotherError()
  return { ...withSpeaker(spoken, writer.who), ...withoutHelper(spoken) }
}

function withoutHelper(spoken: Spoken): Extended {
  const { extension } = withExtensions(spoken as Extended, { 'supported-by': [] })
  return { extension: extension ?? [] }
}

const isOwn = (by: Reference | undefined, { names }: Writer) => names.includes(by?.reference ?? '')
const isPersons = (who: Who | undefined) => who !== undefined && who.voice !== 'professional'
const isSelf = ({ who }: Writer) => who.voice === 'person'

function earlierOf(
  existing: Spoken,
  said: Who,
  carried: EarlierVersion | undefined,
): EarlierVersion | undefined {
  const words = textOf(existing)
  if (!isPersons(said) || !words) return carried
  const helper = helperIn(existing as Extended)
  const at = writtenFrom(existing as never, undefined)?.at ?? existing.meta?.lastUpdated
  return { words, by: said, ...(helper ? { helper } : {}), ...(at ? { at } : {}) }
}

function withEarlier<T extends Spoken>(record: T, earlier: EarlierVersion | undefined): T {
  const marks = earlier
    ? [
        {
          extension: [
            { url: 'words', valueString: earlier.words },
            { url: 'by', valueReference: referenceTo(earlier.by) },
            ...(earlier.helper
              ? [{ url: 'helper', valueReference: referenceTo(earlier.helper) }]
              : []),
            ...(earlier.at ? [{ url: 'at', valueDateTime: earlier.at }] : []),
          ],
        },
      ]
    : []
  return setExtensions(record, 'earlier-words', marks)
}

function setExtensions<T extends Resource>(
  record: T,
  name: string,
  values: readonly Omit<Extension, 'url'>[],
): T {
  const { extension: _stood, ...rest } = record as T & Extended
  return { ...rest, ...withExtensions(record as Extended, { [name]: values }) } as unknown as T
}

/** Our own mark of who wrote: nobody signs with another's name, nor leaves it on new text. */
function withOwnMark<T extends Resource>(
  after: T,
  before: Resource | undefined,
  writer: Writer,
): T {
  const mark = extensionOf(after as Extended, 'written')
  const existing = before && extensionOf(before as Extended, 'written')
  if (!mark && !existing) return after
  const by = mark?.extension?.find((each) => each.url === 'by')?.valueReference
  const isKept = existing && mark && JSON.stringify(mark) === JSON.stringify(existing)
  if (isOwn(by, writer)) return after
  if (isKept && before && saysTheSame(after, before)) return after
  return setExtensions(after, 'written', writtenExtension({ by: writer.who, at: writer.at }))
}

const saysTheSame = (after: Resource, before: Resource) =>
  agreedContent(after) === agreedContent(before)

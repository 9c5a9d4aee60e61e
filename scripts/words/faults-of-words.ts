import { compileMessage } from '@lingui/message-utils/compileMessage'

/** A message as a catalogue holds it, and what is wrong with its translation, in words for the translator. */
export type Words = Readonly<{ message: string; translation: string }>

type Token = ReturnType<typeof compileMessage>[number]

/** What must be the same in both: the names that are filled in, and the tags around words. */
type Parts = Readonly<{ names: Set<string>; plurals: Map<string, readonly string[]> }>

export function faultsOfWords(language: string, { message, translation }: Words, mayBeSame: boolean): readonly string[] {
  if (!translation) return ['is not translated']
  if (translation === message) return mayBeSame || !/\p{L}/u.test(wordsOnly(message)) ? [] : ['is still English']
  try {
    return differences(language, partsOf(message), partsOf(translation))
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : String(error)}`]
  }
}

const wordsOnly = (message: string) => message.replaceAll(/\{\w+\}|<\/?\d+\/?>/g, '')

function differences(language: string, source: Parts, translated: Parts): readonly string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  return [
    ...[...source.names].filter((name) => !translated.names.has(name)).map((name) => `lacks ${name}`),
    ...[...translated.names].filter((name) => !source.names.has(name)).map((name) => `has ${name}, which English has not`),
    ...[...source.plurals.keys()].filter((name) => !translated.plurals.has(name)).map((name) => `lacks the plural of ${name}`),
    ...[...translated.plurals].flatMap(([name, has]) =>
      forms.filter((form) => !has.includes(form)).map((form) => `lacks the form “${form}” of the plural of ${name}`),
    ),
  ]
}

function partsOf(text: string): Parts {
  const parts = { names: new Set<string>(), plurals: new Map<string, readonly string[]>() }
  collect(compileMessage(text), parts)
  return parts
}

function collect(tokens: readonly Token[], parts: { names: Set<string>; plurals: Map<string, readonly string[]> }): void {
  for (const token of tokens) {
    if (typeof token === 'string') for (const [tag] of token.matchAll(/<\/?\d+\/?>/g)) parts.names.add(tag)
    else collectChoice(token, parts)
  }
}

function collectChoice([name, kind, choices]: Exclude<Token, string>, parts: { names: Set<string>; plurals: Map<string, readonly string[]> }): void {
  parts.names.add(`{${name}}`)
  if (typeof choices !== 'object') return
  const { offset: _, ...forms } = choices as Record<string, unknown>
  if (kind !== 'select') parts.plurals.set(name, Object.keys(forms))
  else parts.names.add(`{${name}: ${Object.keys(forms).sort().join(', ')}}`)
  for (const form of Object.values(forms)) collect(typeof form === 'string' ? [form] : (form as Token[]), parts)
}

import type { Form, FormAnswers, FormQuestion } from '#domain/assessment/form.ts'

/** Between the link id of a question and the round of the group that it is in. */
const mark = '~'

/** The key of a question in a further round of a group that repeats. */
export const keyInRound = (linkId: string, group: string, place: number): string =>
  place === 0 ? linkId : `${linkId}${mark}${group}:${place}`

/**
 * The form with as many rounds of each group that repeats as there are answers for. In the first round questions keep
 * their link ids; in further rounds they have ids of their own, and conditions mean the question of the same round.
 */
export function withRounds(form: Form, answers: FormAnswers): Form {
  if (!form.items.some(hasRepeatingGroup)) return form
  const given = Object.keys(answers).filter((key) => (answers[key] ?? []).length > 0)
  return { ...form, items: form.items.flatMap((item) => rounds(item, answers, given)) }
}

const hasRepeatingGroup = (question: FormQuestion): boolean =>
  isRepeatingGroup(question) || question.items.some(hasRepeatingGroup)

const isRepeatingGroup = ({ type, repeats }: Pick<FormQuestion, 'type' | 'repeats'>) =>
  type === 'group' && repeats

function rounds(
  question: FormQuestion,
  answers: FormAnswers,
  given: readonly string[],
): readonly FormQuestion[] {
  const within = (each: FormQuestion): FormQuestion => ({
    ...each,
    items: each.items.flatMap((item) => rounds(item, answers, given)),
  })
  if (!isRepeatingGroup(question)) return [within(question)]
  const of = roundsOf(question.linkId, answers, given)
  return Array.from({ length: of }, (_, place) => {
    const renamed = place === 0 ? question : inRound(question, question.linkId, place)
    return { ...within(renamed), round: { group: question.linkId, place, of } }
  })
}

/** As many as somebody opened (kept as a number under the group itself), or as there are answers for. */
function roundsOf(group: string, answers: FormAnswers, given: readonly string[]): number {
  const opened = answers[group]?.[0]
  const asked = typeof opened === 'number' && Number.isInteger(opened) ? opened : 1
  const part = `${mark}${group}:`
  const places = given.flatMap((key) => {
    const at = key.indexOf(part)
    return at < 0 ? [] : [Number.parseInt(key.slice(at + part.length), 10) + 1]
  })
  return Math.min(most, Math.max(1, asked, ...places))
}

/** More rounds than anybody asks: a wrong number must not fill the memory. */
const most = 50

function inRound(question: FormQuestion, group: string, place: number): FormQuestion {
  const inside = new Set<string>()
  const note = (each: FormQuestion) => {
    inside.add(each.linkId)
    each.items.forEach(note)
  }
  note(question)
  const rename = (each: FormQuestion): FormQuestion => ({
    ...each,
    linkId: keyInRound(each.linkId, group, place),
    writtenId: each.writtenId ?? each.linkId,
    enableWhen: each.enableWhen.map((condition) =>
      inside.has(condition.question)
        ? { ...condition, question: keyInRound(condition.question, group, place) }
        : condition,
    ),
    items: each.items.map(rename),
  })
  return rename(question)
}

/** The answers without one round of a group; those of later rounds move up. `all`: the questions of the form with its rounds. */
export function withoutRound(
  answers: FormAnswers,
  { round }: FormQuestion,
  all: readonly FormQuestion[],
): FormAnswers {
  if (!round) return answers
  const { group, place, of } = round
  const next: Record<string, FormAnswers[string]> = { ...answers }
  const same = all.filter((each) => each.round?.group === group).slice(place)
  for (const key of same.flatMap(keysIn)) delete next[key]
  for (const [index, later] of same.slice(1).entries())
    for (const key of keysIn(later)) {
      const given = answers[key]
      if (given) next[movedUp(key, group, place + index + 1)] = given
    }
  next[group] = [Math.max(1, of - 1)]
  return next
}

/** Counts of nested groups move too: they are kept under the group. */
const keysIn = (question: FormQuestion): readonly string[] =>
  question.items.flatMap((item) => [item.linkId, ...keysIn(item)])

/** Link ids may hold characters that mean something in a pattern. */
function movedUp(key: string, group: string, place: number): string {
  const after = place === 1 ? '' : `${mark}${group}:${place - 1}`
  const part = `${mark}${group}:${place}`
  return key
    .split(part)
    .reduce((said, rest) => (/^\d/.test(rest) ? said + part + rest : said + after + rest))
}

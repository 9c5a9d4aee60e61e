import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { type RuleLine, widerLine } from '#domain/rule/rule-lines.ts'
import type { ShownRuleFigures } from '#domain/rule/rule-parameters.ts'
import { countIn } from '#features/case-finding/population/count.tsx'
import { lineKindWords, unknownWords } from '#features/case-finding/rules/line-words.ts'
import { RuleSentence } from '#features/case-finding/rules/rule-sentence.tsx'
import { Button } from '#ui/layout/button.tsx'
import { RulePeople } from './rule-people.tsx'

type Props = Readonly<{
  rule: string
  lines: readonly RuleLine[]
  figures: ShownRuleFigures
  of: string
  mayOpen: boolean
}>

/** Whom nothing recorded tells about: counted and listed apart, never a no. */
export function NotJudged({ rule, lines, figures, of, mayOpen }: Props) {
  const { t } = useLingui()
  const people = countIn(figures.notJudged)
  if ('count' in figures.notJudged && people === 0)
    return (
      <p>
        <Trans>Everybody could be judged.</Trans>
      </p>
    )
  const reasons = lines.flatMap(({ kind }, at) =>
    'count' in figures.notJudged && countIn(figures.lines[at]?.notJudged ?? { count: 0 }) > 0
      ? [
          `${t(lineKindWords[kind])}: ${t(unknownWords[kind])} (${countIn(figures.lines[at]?.notJudged ?? { count: 0 })})`,
        ]
      : [],
  )
  return (
    <div>
      <p>
        <b>
          {'count' in figures.notJudged ? (
            <Plural
              value={people}
              one="# person could not be judged."
              other="# people could not be judged."
            />
          ) : (
            <Trans>Fewer than five people could not be judged.</Trans>
          )}
        </b>{' '}
        <Trans>They are listed apart, not left out.</Trans>
      </p>
      {reasons.length > 0 ? (
        <ul>
          {reasons.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      ) : null}
      {mayOpen ? (
        <RulePeople
          {...{ rule, of }}
          group="not-judged"
          title={<Plural value={people} one="See this person" other="See the #" />}
        />
      ) : null}
    </div>
  )
}

/** Who fits every line but one, and the number that would find them. */
export function JustMissed({
  rule,
  lines,
  figures,
  of,
  write,
}: Omit<Props, 'mayOpen'> &
  Readonly<{ write: ((lines: readonly RuleLine[]) => void) | undefined }>) {
  const missed = lines.flatMap((line, at) => {
    const counts = figures.lines[at]
    return counts && countIn(counts.missed) > 0 ? [{ line, at, counts }] : []
  })
  if (missed.length === 0) return null
  return (
    <section aria-labelledby="rule-missed">
      <h2 id="rule-missed">
        <Trans>Just missed</Trans>
      </h2>
      <ul className="rule-missed">
        {missed.map(({ line, at, counts }) => {
          const wider = countIn(counts.caught) > 0 ? widerLine(line) : undefined
          return (
            <li key={at}>
              <p>
                <Plural
                  value={countIn(counts.missed)}
                  one="# person misses only:"
                  other="# people miss only:"
                />{' '}
                {line.but ? <Trans>but not</Trans> : null}{' '}
                <RuleSentence line={line} change={undefined} />.{' '}
                {wider ? (
                  <>
                    <Plural
                      value={countIn(counts.caught)}
                      one="# would be found with:"
                      other="# would be found with:"
                    />{' '}
                    <RuleSentence line={wider} change={undefined} />.{' '}
                    {write ? (
                      <Button
                        variant="link"
                        onClick={() => write(lines.map((each, one) => (one === at ? wider : each)))}
                      >
                        <Trans>Try this</Trans>
                      </Button>
                    ) : null}
                  </>
                ) : null}
              </p>
              <RulePeople
                {...{ rule, of }}
                group="missed"
                line={at}
                title={
                  <Plural value={countIn(counts.missed)} one="See this person" other="See the #" />
                }
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { PlanVersion, VersionAnswer } from '#domain/plan/versions/plan-version.ts'
import { sentenceNow } from '#domain/suggestion/sentence-now.ts'
import type { SuggestionBetween } from '#domain/suggestion/suggestions-between.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { useMomentText, useNameOf, type VersionReader } from './version-reader.ts'

type WhoProps = Readonly<{
  reader: VersionReader
  versions: readonly PlanVersion[]
  compared: readonly PlanVersion[]
  suggestions: readonly SuggestionBetween[]
}>

/**
 * A row for everybody who ever answered to this plan, who suggested something or is asked about it, and for the person;
 * a column for each version compared, and one for what is suggested.
 */
export function AnswersTable({ reader, versions, compared, suggestions }: WhoProps) {
  const nameOf = useNameOf(reader)
  const moment = useMomentText()
  const people = peopleIn(reader, versions, suggestions)
  return (
    <>
      <h2 id="who-said-yes">
        <Trans>Who said yes to what</Trans>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too */}
      <section className="plan-yes" tabIndex={0} aria-labelledby="who-said-yes">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="nhsuk-u-visually-hidden">
                  <Trans>Person</Trans>
                </span>
              </th>
              {compared.map(({ number, at }) => (
                <th key={number} scope="col">
                  <Trans>
                    Version {number}, {moment(at)}
                  </Trans>
                </th>
              ))}
              {suggestions.length > 0 ? (
                <th scope="col">
                  <Trans>What is suggested</Trans>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {people.map((who) => (
              <tr key={who.reference}>
                <th scope="row">
                  <span className="plan-diff__author">
                    <Avatar name={nameOf(who)} voice={who.voice} />
                    <b>{nameOf(who)}</b>
                  </span>
                </th>
                {compared.map((version) => (
                  <td key={version.number}>
                    <Answer answer={lastAnswer(version, who.reference)} />
                  </td>
                ))}
                {suggestions.length > 0 ? (
                  <td>
                    <OfSuggested reader={reader} who={who.reference} suggestions={suggestions} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function peopleIn(
  { house }: VersionReader,
  versions: readonly PlanVersion[],
  suggestions: readonly SuggestionBetween[],
) {
  const person = { reference: `Patient/${house.person}`, name: house.givenName }
  const answered = versions.flatMap(({ answers }) => answers.map(({ by }) => by))
  const ofSuggested = suggestions.flatMap((each) =>
    [each.change.by, ownerIn(house, each) ?? []].flat(),
  )
  const each = new Map([person, ...answered, ...ofSuggested].map((who) => [who.reference, who]))
  return [...each.values()].map((who) => ({ ...who, voice: voiceOf(who.reference) }))
}

function voiceOf(reference: string) {
  if (reference.startsWith('Patient/')) return 'person' as const
  return reference.startsWith('RelatedPerson/') ? ('carer' as const) : ('professional' as const)
}

const lastAnswer = ({ answers }: PlanVersion, reference: string) =>
  answers.filter(({ by }) => by.reference === reference).at(-1)

/** Whose words a suggestion would change, as the plan stands. */
const ownerIn = (house: VersionReader['house'], { change }: SuggestionBetween) =>
  sentenceNow(house, change.record, change.place)?.owner ?? change.owner

type OfSuggestedProps = Readonly<{ who: string }> & Pick<WhoProps, 'reader' | 'suggestions'>

/** What somebody said to the suggestions for their words, and how many are their own. */
function OfSuggested({ reader, who, suggestions }: OfSuggestedProps) {
  const asked = suggestions.filter(
    (each) => (each.change.decision?.by ?? ownerIn(reader.house, each))?.reference === who,
  )
  const count = (...states: readonly SuggestionBetween['state'][]) =>
    asked.filter(({ state }) => states.includes(state)).length
  const [waiting, yes, no] = [count('waiting'), count('taken', 'changed'), count('declined')]
  const own = suggestions.filter(({ change }) => change.by.reference === who).length
  return (
    <>
      {yes > 0 ? (
        <StateMark state="agreed">
          <Trans>Yes to {yes}</Trans>
        </StateMark>
      ) : null}
      {no > 0 ? (
        <StateMark state="failed">
          <Trans>No to {no}</Trans>
        </StateMark>
      ) : null}
      {waiting > 0 ? (
        <StateMark state="missing">
          <Trans>No answer yet to {waiting}</Trans>
        </StateMark>
      ) : null}
      {own > 0 ? (
        <p className="gable-meta">
          <Plural value={own} one="# is their own" other="# are their own" />
        </p>
      ) : null}
    </>
  )
}

function Answer({ answer }: Readonly<{ answer: VersionAnswer | undefined }>) {
  const { t } = useLingui()
  if (!answer)
    return (
      <StateMark state="missing">
        <Trans>No answer</Trans>
      </StateMark>
    )
  return (
    <>
      <StateMark state={answer.yes ? 'agreed' : 'due'}>
        {answer.yes ? t`Yes` : answer.inPart ? t`Yes, to part of it` : t`Not like this`}
      </StateMark>
      {answer.words ? <p className="gable-meta">“{answer.words}”</p> : null}
    </>
  )
}

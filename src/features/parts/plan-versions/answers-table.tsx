import { Trans, useLingui } from '@lingui/react/macro'
import type { PlanVersion, VersionAnswer } from '#domain/plan/versions/plan-version.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { useMomentText, useNameOf, type VersionReader } from './version-reader.ts'

type WhoProps = Readonly<{
  reader: VersionReader
  versions: readonly PlanVersion[]
  compared: readonly PlanVersion[]
}>

/** A row for everybody who ever answered to this plan, and for the person; a column for each version compared. */
export function AnswersTable({ reader, versions, compared }: WhoProps) {
  const nameOf = useNameOf(reader)
  const moment = useMomentText()
  const people = peopleIn(reader, versions)
  return (
    <section aria-labelledby="who-said-yes">
      <h2 id="who-said-yes">
        <Trans>Who said yes to what</Trans>
      </h2>
      <div className="plan-yes">
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
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function peopleIn({ house }: VersionReader, versions: readonly PlanVersion[]) {
  const person = { reference: `Patient/${house.person}`, name: house.givenName }
  const answered = versions.flatMap(({ answers }) => answers.map(({ by }) => by))
  const each = new Map([person, ...answered].map((who) => [who.reference, who]))
  return [...each.values()].map((who) => ({ ...who, voice: voiceOf(who.reference) }))
}

function voiceOf(reference: string) {
  if (reference.startsWith('Patient/')) return 'person' as const
  return reference.startsWith('RelatedPerson/') ? ('carer' as const) : ('professional' as const)
}

const lastAnswer = ({ answers }: PlanVersion, reference: string) =>
  answers.filter(({ by }) => by.reference === reference).at(-1)

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

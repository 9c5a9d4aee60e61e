import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { openWorkQuery } from '#client/queries/care-plan/open-work.ts'
import { closeCase } from '#client/queries/care-plan/review.ts'
import { caseOutcomes } from '#domain/case/case.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { useOutcomeWords } from './closed-case.tsx'
import { OpenItems } from './open-items.tsx'

/** The end of a case: the outcome, what goes on with whom, and how to come back. */
export function CloseCase({ caseId, house }: Readonly<{ caseId: string; house: HouseRecord }>) {
  const { t } = useLingui()
  const { data: open } = useSuspenseQuery(openWorkQuery(house.person))
  const words = useOutcomeWords()
  const hasDied = house.died !== undefined
  const nothing = { chosen: hasDied ? 'died' : '', continues: '', comeBack: '' }
  const [typed, setTyped, forget] = useDraft(`close-${caseId}-more`, nothing)
  const { chosen, continues, comeBack } = typed
  const [tried, setTried] = useState(false)
  const outcome = caseOutcomes.find((each) => each === chosen)
  if (open.length > 0) return <OpenItems open={open} person={house.person} died={hasDied} />
  const isSaid = hasDied || (continues.trim() !== '' && comeBack.trim() !== '')
  const close = async (said: string) => {
    if (!outcome) return
    const more = hasDied ? {} : { continues: continues.trim(), comeBack: comeBack.trim() }
    await closeCase({ caseId, plan: house.plan, outcome, words: said, ...more })
  }
  const missing = (text: string, fault: string) => (tried && text.trim() === '' ? fault : undefined)
  return (
    <ReasonButton
      draft={`close-${caseId}`}
      verb={<Trans>Close the case</Trans>}
      variant="danger"
      title={<Trans>Close {house.givenName}’s case?</Trans>}
      label={
        hasDied
          ? t`How it ended, and who will support the people who cared for them`
          : t`What the outcome was, and what was agreed with the person`
      }
      ready={outcome !== undefined && isSaid}
      onTry={() => setTried(true)}
      run={close}
      done={() => {
        forget()
        toast(<Trans>The case is closed.</Trans>)
      }}
    >
      <p>
        <Trans>
          The plan and the team end, and readings are no longer monitored. You cannot undo this. The
          record is kept, and a new case can be opened later.
        </Trans>
      </p>
      {hasDied ? null : <OwnScores house={house} />}
      <Radios
        legend={t`Outcome`}
        name="outcome"
        value={chosen}
        onChange={(next) => setTyped({ ...typed, chosen: next })}
        error={tried && !outcome ? t`Choose an outcome` : undefined}
        options={caseOutcomes
          .filter((value) => (value === 'died') === hasDied)
          .map((value) => ({ value, label: words(value) }))}
      />
      {hasDied ? null : (
        <>
          <TextArea
            label={t`What continues, and with whom`}
            value={continues}
            onChange={(next) => setTyped({ ...typed, continues: next })}
            maxLength={2000}
            error={missing(continues, t`Say what continues, and with whom`)}
          />
          <TextArea
            label={t`How ${house.givenName} comes back`}
            hint={t`Who to call, and when`}
            value={comeBack}
            onChange={(next) => setTyped({ ...typed, comeBack: next })}
            maxLength={2000}
            error={missing(comeBack, t`Say how the person comes back`)}
          />
        </>
      )}
    </ReasonButton>
  )
}

/** Where the person saw themselves last on each goal: the outcome is theirs to say. */
function OwnScores({ house }: { house: HouseRecord }) {
  const { goals, scores, givenName, person } = house
  if (goals.length === 0) return null
  const lastOf = (goal: string) =>
    scores
      .filter((each) => each.goal === goal && each.by.reference === `Patient/${person}`)
      .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0]
  return (
    <>
      <p>
        <Trans>Where {givenName} saw it last:</Trans>
      </p>
      <ul className="gable-list">
        {goals.map(({ id, words }) => {
          const score = lastOf(id)
          return (
            <li key={id}>
              “{words}”:{' '}
              {score?.level === undefined ? (
                <Trans>not scored by {givenName}</Trans>
              ) : (
                <>
                  {score.level > 0 ? `+${score.level}` : score.level} {score.words}
                </>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}

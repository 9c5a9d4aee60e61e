import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { recordAnswerOf } from '#client/queries/answer/record-answer.ts'
import { NoPlan } from '#features/care-plan/no-plan.tsx'
import { type HouseView, useHouse } from '#features/care-plan/use-house.ts'
import { HelperFields } from '#features/parts/answer/helper-fields.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { AnswerFields } from './answer-fields.tsx'
import { AuthorityFields, ForPersonNote } from './authority-fields.tsx'
import { NotRecorded } from './not-recorded.tsx'
import { PaperFields } from './paper-fields.tsx'
import { emptyRecord, type RecordFields, recordTyped, type TypedRecord } from './typed-record.ts'

/** Records an answer that somebody gave without signing in: on paper, aloud, or for the person. */
export function RecordAnswerPage() {
  const { t } = useLingui()
  const view = useHouse()
  const { house, root } = view
  return (
    <div className="gable-plan">
      <PageHeading
        title={t`Record ${house.givenName}’s answer`}
        lead={t`You record it in your own name. It stays as it is; a new answer can follow.`}
      />
      {house.plan && !house.died ? (
        <RecordForm view={view} />
      ) : (
        <NoPlan house={house} root={root} />
      )}
    </div>
  )
}

function RecordForm({ view }: Readonly<{ view: HouseView }>) {
  const { house, root } = view
  const [typed, setTyped, clear] = useDraft<TypedRecord>(
    `record-answer:${house.person}`,
    emptyRecord,
  )
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const navigate = useNavigate()
  const change = (fields: Partial<TypedRecord>) =>
    setTyped({ ...typed, id: typed.id || crypto.randomUUID(), ...fields })
  const save = async () => {
    setTried(true)
    const answer = recordTyped(typed, house)
    if (!answer || !(await run(() => recordAnswerOf(house.person, answer)))) return
    clear()
    toast(<Trans>The answer is recorded.</Trans>)
    await navigate(`${root}/roof`)
  }
  const fields: RecordFields = { typed, change, tried, view }
  return (
    <section className="gable-section">
      <CheckedForm onSubmit={save}>
        <WayChoice {...fields} />
        {typed.way === 'paper' ? <PaperFields {...fields} /> : null}
        {typed.way === 'authority' ? <AuthorityFields {...fields} /> : null}
        {typed.way === 'best-interests' ? <ForPersonNote view={view} /> : null}
        {typed.way === '' ? null : (
          <>
            <HelperFields
              helper={typed.helper}
              onChange={(helper) => change({ helper })}
              tried={tried}
              needed={typed.way === 'spoken'}
            />
            <AnswerFields {...fields} />
          </>
        )}
        <NotRecorded failure={failure} />
        <Button type="submit" pending={pending}>
          <Trans>Record the answer</Trans>
        </Button>
      </CheckedForm>
    </section>
  )
}

function WayChoice({ typed, change, tried, view }: RecordFields) {
  const { t } = useLingui()
  const name = view.house.givenName
  return (
    <Radios
      legend={t`How was the answer given?`}
      name="way"
      value={typed.way}
      onChange={(way) => change({ way: way as TypedRecord['way'] })}
      error={tried && typed.way === '' ? t`Select how the answer was given` : undefined}
      options={[
        { value: 'paper', label: t`On paper`, hint: t`Signed by ${name} before a witness` },
        {
          value: 'spoken',
          label: t`Aloud, with an advocate or interpreter`,
          hint: t`It is kept, and does not fill the roof`,
        },
        {
          value: 'authority',
          label: t`By somebody who has the authority to decide for ${name}`,
          hint: t`Only where it was found that ${name} cannot decide this`,
        },
        {
          value: 'best-interests',
          label: t`As a decision in ${name}’s best interests`,
          hint: t`Only where it was found that ${name} cannot decide this, and there is a record of why`,
        },
      ]}
    />
  )
}

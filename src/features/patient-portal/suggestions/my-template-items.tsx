import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { acceptTemplateItem, dismissTemplateItem } from '#client/queries/suggestion/templates.ts'
import { isFromMeeting, type SuggestedItem, waitingItems } from '#domain/template/suggested-item.ts'
import { useTemplateKindLabels } from '#features/parts/suggestions/template-kind-labels.ts'
import { NotSaved } from '#features/patient-portal/not-saved.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { OwnText } from '#ui/text/own-text.tsx'

/** What my team found worth asking me: one at a time. A carer reads the plan; the person chooses. */
export function MyTemplateItems({ mine }: { mine: MyHouse }) {
  const { house, isCarer } = mine
  if (isCarer || house.died) return null
  const waiting = waitingItems(house.suggestedItems, ['goal', 'step', 'need', 'what-if'])
  const [first] = waiting
  if (!first) return null
  return (
    <section className="my-question" aria-labelledby="my-template-title">
      <h2 id="my-template-title">
        <Trans>{first.by.name} asks: would this be for you?</Trans>
      </h2>
      <OneItem key={first.id} mine={mine} item={first} />
      {waiting.length > 1 ? (
        <p className="my-small">
          <Plural value={waiting.length - 1} one="# more after this." other="# more after this." />
        </p>
      ) : null}
    </section>
  )
}

function OneItem({ mine, item }: { mine: MyHouse; item: SuggestedItem }) {
  const { t } = useLingui()
  const { house, me } = mine
  const saving = useSaveState()
  const kinds = useTemplateKindLabels()
  const [tried, setTried] = useState(false)
  const [draft, setDraft, clear] = useDraft(`template-item:${item.id}`, { reason: '', isNo: false })
  const { plan, whatIf } = house
  const run = async (work: () => Promise<void>) => {
    if (await saving.run(work)) clear()
  }
  const yes = () =>
    run(() =>
      acceptTemplateItem({ item, taken: item.words, way: 'self', person: me, plan, whatIf }),
    )
  const no = async () => {
    setTried(true)
    const reason = draft.reason.trim()
    if (reason) await run(() => dismissTemplateItem(item, reason, 'self'))
  }
  // needs and the plan for if things get worse are written by the team, with the person
  const mayAdd = item.kind === 'goal' || item.kind === 'step'
  return (
    <>
      <p className="my-small">{kinds[item.kind]}</p>
      <p className="my-lead">
        <OwnText>{item.words}</OwnText>
      </p>
      <p>
        <Trans>Because {item.because}.</Trans>{' '}
        {isFromMeeting(item) ? (
          <Trans>It comes into your plan only if you say yes.</Trans>
        ) : (
          <Trans>No doctor or nurse has checked this idea yet. You choose.</Trans>
        )}
      </p>
      {draft.isNo ? (
        <CheckedForm className="my-answer" onSubmit={no}>
          <TextArea
            label={t`Why not? A word is enough.`}
            rows={2}
            value={draft.reason}
            onChange={(reason) => setDraft({ ...draft, reason })}
            error={tried && draft.reason.trim() === '' ? t`Enter a word` : undefined}
          />
          <NotSaved problem={saving.problem} />
          <Button type="submit" pending={saving.pending}>
            <Trans>Send my no</Trans>
          </Button>
          <Button variant="outline" onClick={() => setDraft({ ...draft, isNo: false })}>
            <Trans>Go back</Trans>
          </Button>
        </CheckedForm>
      ) : (
        <div className="my-answer">
          <NotSaved problem={saving.problem} />
          {mayAdd ? (
            <Button pending={saving.pending} onClick={() => void yes()}>
              <Trans>Yes, put it in my plan</Trans>
            </Button>
          ) : (
            <p className="my-small">
              <Trans>If you say nothing, your team will talk with you about it.</Trans>
            </p>
          )}
          <Button variant="outline" onClick={() => setDraft({ ...draft, isNo: true })}>
            <Trans>No, because…</Trans>
          </Button>
        </div>
      )}
    </>
  )
}

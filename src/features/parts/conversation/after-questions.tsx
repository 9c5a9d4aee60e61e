import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sayAfter } from '#client/queries/preparation/conversation.ts'
import { useLanguage } from '#client/session/language.ts'
import { type AfterWay, type HowFar, howFars } from '#domain/preparation/after-conversation.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Props = Readonly<{
  person: string
  review: string
  /** how the person answers; on their own page the question is not asked */
  way?: AfterWay
}>

type Typed = Readonly<{
  talked: HowFar | ''
  decided: HowFar | ''
  words: string
  way: AfterWay
  mayShow?: 'yes' | 'no' | ''
}>

/** Two questions about one conversation, asked once. */
export function AfterQuestions({ person, review, way = 'own' }: Props) {
  const { t } = useLingui()
  const start: Typed = { talked: '', decided: '', words: '', way }
  const [typed, setTyped, clear] = useDraft<Typed>(`after:${review}`, start)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const grades = [
    { value: 'yes', label: t`Yes` },
    { value: 'partly', label: t`Partly` },
    { value: 'no', label: t`No` },
  ]
  const gradeOf = (value: string): HowFar | '' => howFars.find((each) => each === value) ?? ''
  const send = async () => {
    setTried(true)
    const { talked, decided, words } = typed
    if (talked === '' || decided === '') return
    const mayShow = way === 'own' && typed.mayShow === 'yes' && words.trim() !== ''
    const { language } = useLanguage.getState()
    const said = { person, review, talked, decided, words, way: typed.way, mayShow, language }
    if (await saving.run(() => sayAfter(said))) clear()
  }
  const missing = (value: string) => (tried && value === '' ? t`Choose one answer` : undefined)
  return (
    <div className="after-questions">
      <Radios
        legend={t`Did we talk about what matters to you?`}
        name={`talked-${review}`}
        value={typed.talked}
        onChange={(value) => setTyped({ ...typed, talked: gradeOf(value) })}
        options={grades}
        error={missing(typed.talked)}
      />
      <Radios
        legend={t`Did you decide together?`}
        name={`decided-${review}`}
        value={typed.decided}
        onChange={(value) => setTyped({ ...typed, decided: gradeOf(value) })}
        options={grades}
        error={missing(typed.decided)}
      />
      <TextArea
        label={t`What was good, what should change? (You can leave this empty)`}
        rows={3}
        maxLength={2000}
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
      />
      {way === 'own' && typed.words.trim() !== '' ? (
        <Radios
          legend={t`May we show these words without your name?`}
          hint={t`All who work here, and the services we work with, could then read them. You can stop this at any time on this page.`}
          name={`show-${review}`}
          value={typed.mayShow ?? ''}
          onChange={(value) => setTyped({ ...typed, mayShow: value === 'yes' ? 'yes' : 'no' })}
          options={[
            { value: 'yes', label: t`Yes, show them` },
            { value: 'no', label: t`No, only my team` },
          ]}
        />
      ) : null}
      {way === 'own' ? null : (
        <Radios
          legend={t`How did they answer?`}
          name={`way-${review}`}
          value={typed.way}
          onChange={(value) => setTyped({ ...typed, way: value === 'paper' ? 'paper' : 'screen' })}
          options={[
            { value: 'screen', label: t`On this screen, turned to them` },
            { value: 'paper', label: t`On paper` },
          ]}
        />
      )}
      <SaveNote saving={saving} />
      <Button pending={saving.pending} onClick={() => void send()}>
        <Trans>Send the answers</Trans>
      </Button>
    </div>
  )
}

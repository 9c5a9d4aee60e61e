import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sendMessage, whoReadsQuery } from '#client/queries/messages/messages.ts'
import type { MessageReaders } from '#domain/message/is-message.ts'
import {
  longestMessage,
  type MessageTopic,
  messageTopics,
  type ThreadMessage,
} from '#domain/message/message.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CancelWriting } from './cancel-writing.tsx'
import { topicLabels } from './message-labels.ts'
import { UrgentNote } from './urgent-note.tsx'

type Draft = Readonly<{
  id: string
  words: string
  topic: MessageTopic
  readers: MessageReaders | ''
}>

export type MessageFormProps = Readonly<{
  person: string
  givenName: string
  /** the readers among whom one chooses; one alone is not asked for */
  choices: readonly MessageReaders[]
  /** plain words to begin with */
  beginnings: readonly MessageDescriptor[]
  /** what to do now if it is urgent */
  whatNow: ReactNode
  /** the thread that is answered; absent: a new one */
  thread?: Readonly<{ id: string; topic: MessageTopic }>
  /** the last message before the reader that is new to them: who answers has seen it */
  seen?: ThreadMessage | undefined
  /** the message that is corrected */
  corrects?: Readonly<{ id: string; words: string }>
  onDone?: () => void
}>

const nothing: Draft = { id: '', words: '', topic: 'question', readers: '' }

/** What is typed is kept on this device until it is sent. */
export function MessageForm(props: MessageFormProps) {
  const { i18n } = useLingui()
  const { person, choices, thread, corrects, onDone } = props
  const key = `message:${person}:${corrects?.id ?? thread?.id ?? 'new'}`
  const [newId] = useState(() => crypto.randomUUID())
  const first = { ...nothing, id: newId, words: corrects?.words ?? '' }
  const [draft, setDraft, clear, , settle] = useDraft<Draft>(key, first)
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const queryClient = useQueryClient()
  const readers = chosenOf(choices, draft)
  const words = draft.words.trim()
  const fault = faultOf(words)
  const change = (fields: Partial<Draft>) => setDraft({ ...draft, ...fields })
  const send = async () => {
    setTried(true)
    if (fault || !readers) return
    const message = messageOf(props, { ...draft, words, readers })
    if (!(await saving.run(() => sendMessage(message, props.seen)))) return
    settle(draft, asAnother)
    setTried(false)
    await queryClient.invalidateQueries({ queryKey: whoReadsQuery(person).queryKey })
    toast(<Trans>Sent.</Trans>)
    onDone?.()
  }
  return (
    <CheckedForm onSubmit={send}>
      {thread ? null : <TopicField topic={draft.topic} onChange={(topic) => change({ topic })} />}
      {choices.length > 1 ? (
        <ReadersField {...props} readers={draft.readers} change={change} tried={tried} />
      ) : null}
      <Beginnings {...props} hasWords={words !== ''} onChoose={(text) => change({ words: text })} />
      <TextArea
        label={i18n._(labelOf(props))}
        rows={4}
        value={draft.words}
        onChange={(text) => change({ words: text })}
        error={tried && fault ? i18n._(fault) : undefined}
      />
      <UrgentNote words={words} whatNow={props.whatNow} />
      <SaveNote saving={saving} />
      <Button type="submit" pending={saving.pending}>
        {corrects ? <Trans>Send the correction</Trans> : <Trans>Send the message</Trans>}
      </Button>
      <CancelWriting
        hasTyped={draft.words !== first.words}
        onLeave={onDone}
        onThrowAway={() => {
          clear()
          onDone?.()
        }}
      />
    </CheckedForm>
  )
}

const chosenOf = (choices: readonly MessageReaders[], { readers }: Draft) =>
  choices.length === 1 ? choices[0] : readers || undefined

function messageOf(
  { person, thread, corrects }: MessageFormProps,
  draft: Draft & Readonly<{ readers: MessageReaders }>,
) {
  const { id, words, readers, topic } = draft
  return {
    ...{ id, person, words, readers, thread: thread?.id ?? id, topic: thread?.topic ?? topic },
    ...(corrects ? { corrects: corrects.id } : {}),
  }
}

function labelOf({ corrects, thread }: MessageFormProps): MessageDescriptor {
  if (corrects) return msg`The message as it should be`
  return thread ? msg`Your answer` : msg`Your message`
}

function faultOf(words: string): MessageDescriptor | undefined {
  if (words === '') return msg`Write your message`
  return words.length > longestMessage
    ? msg`This is too long. Write 2,000 characters at most`
    : undefined
}

type TopicProps = Readonly<{ topic: MessageTopic; onChange: (topic: MessageTopic) => void }>

function TopicField({ topic, onChange }: TopicProps) {
  const { t, i18n } = useLingui()
  return (
    <SelectField
      label={t`What is it about?`}
      hint={t`This stands in lists. It says nothing about health.`}
      value={topic}
      onChange={(value) => onChange(messageTopics.find((each) => each === value) ?? 'other')}
      options={messageTopics.map((value) => ({ value, label: i18n._(topicLabels[value]) }))}
    />
  )
}

type ReadersProps = MessageFormProps &
  Readonly<{
    readers: string
    change: (fields: Partial<Draft>) => void
    tried: boolean
  }>

function ReadersField({ givenName, choices, readers, change, tried }: ReadersProps) {
  const { t } = useLingui()
  const labels: Readonly<Record<MessageReaders, string>> = {
    person: t`${givenName} and the care team`,
    carers: t`${givenName}, the care team and carers with whom the conversation is shared`,
    team: t`Only professionals who care for ${givenName}`,
  }
  return (
    <Radios
      legend={t`Who reads it?`}
      name="message-readers"
      value={readers}
      onChange={(value) => change({ readers: choices.find((each) => each === value) ?? '' })}
      error={tried && readers === '' ? t`Select who reads it` : undefined}
      options={choices.map((value) => ({ value, label: labels[value] }))}
    />
  )
}

type BeginningsProps = MessageFormProps &
  Readonly<{ hasWords: boolean; onChoose: (words: string) => void }>

/** Plain words to begin with, as long as nothing is written. */
function Beginnings({ beginnings, hasWords, onChoose }: BeginningsProps) {
  const { t, i18n } = useLingui()
  if (hasWords) return null
  const words = beginnings.map((each) => i18n._(each))
  return (
    <details className="message-beginnings">
      <summary>{t`Begin with our words`}</summary>
      <ul className="gable-plain-list">
        {words.map((each) => (
          <li key={each}>
            <Button variant="link" onClick={() => onChoose(each)}>
              {each}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

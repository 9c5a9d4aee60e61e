import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { asAnother, useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { sendMessage, whoReadsQuery } from '#client/queries/messages/messages.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { MessageReaders } from '#domain/message/is-message.ts'
import {
  longestMessage,
  type MessageCarer,
  type MessageTopic,
  messageTopics,
  type ThreadMessage,
} from '#domain/message/message.ts'
import type { WhoReadsMessages } from '#domain/message/messages-answer.ts'
import type { MessageThread } from '#domain/message/threads.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { CancelWriting } from './cancel-writing.tsx'
import { audiencesFor, type MessageAudience } from './message-audience.ts'
import { topicLabels } from './message-labels.ts'
import { ReadersField } from './readers-field.tsx'
import { UrgentNote } from './urgent-note.tsx'

type Draft = Readonly<{
  id: string
  words: string
  topic: MessageTopic
  /** key of an audience */
  readers: string
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
  thread?: Pick<MessageThread, 'id' | 'topic' | 'carers'>
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
  const { data: who } = useQuery(whoReadsQuery(person))
  const audiences = audiencesFor(choices, thread?.carers ?? carersToChoose(props, who))
  const audience = chosenOf(audiences, draft)
  const words = draft.words.trim()
  const fault = faultOf(words)
  const change = (fields: Partial<Draft>) => setDraft({ ...draft, ...fields })
  const send = async () => {
    setTried(true)
    if (fault || !audience) return
    const message = messageOf(props, { ...draft, words }, audience)
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
      <ReadersField
        {...{ audiences, who, tried, isNew: !thread, givenName: props.givenName }}
        chosen={audience}
        onChange={(readers) => change({ readers })}
      />
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

const chosenOf = (audiences: readonly MessageAudience[], { readers }: Draft) =>
  audiences.length === 1 ? audiences[0] : audiences.find(({ key }) => key === readers)

/** A carer begins a thread in their own name. */
const carersToChoose = (
  { choices, person }: MessageFormProps,
  who: WhoReadsMessages | undefined,
): readonly MessageCarer[] =>
  choices.length === 1 ? [whoAmI(person)] : (who?.carers ?? []).map((each) => each.who)

function messageOf(
  { person, thread, corrects }: MessageFormProps,
  { id, words, topic }: Draft,
  { readers, carers }: MessageAudience,
) {
  return {
    ...{
      id,
      person,
      words,
      readers,
      carers,
      thread: thread?.id ?? id,
      topic: thread?.topic ?? topic,
    },
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

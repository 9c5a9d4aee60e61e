import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { PersonAssessments } from '#client/queries/care-plan/assessments.ts'
import type { Form } from '#domain/assessment/form.ts'
import { type Instrument, topics } from '#domain/assessment/instruments/instrument.ts'
import { instrumentAt, library } from '#domain/assessment/instruments/library.ts'
import { MomentText } from '#features/assessments/moment-text.tsx'
import { draftOnRecord } from '#features/assessments/use-assessment.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { TextField } from '#ui/forms/text-field.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { useLicenceLabels, useTopicLabels } from './topic-labels.ts'
import './library-list.css'

type Props = Readonly<{ forms: readonly Form[]; record: PersonAssessments; person: string }>

/** Everything that can be asked, by topic: when it was last done and by whom, and on what terms it is used. */
export function LibraryList({ forms, record, person }: Props) {
  const { t } = useLingui()
  const topicOf = useTopicLabels()
  const [wanted, setWanted] = useState('')
  const usable = forms.filter((form) => !form.retired || draftOnRecord(record, form) !== undefined)
  const others = usable.filter(({ url }) => !instrumentAt(url))
  const groups = [
    ...(others.length > 0
      ? [
          {
            id: 'own-forms',
            title: t`Conversations, and forms of your own`,
            entries: others.map(ofForm),
          },
        ]
      : []),
    ...topics.map((topic) => ({
      id: `topic-${topic}`,
      title: topicOf[topic],
      entries: library
        .filter((each) => each.topic === topic)
        .map((instrument) => ofInstrument(instrument, usable, record)),
    })),
  ]
  const isWanted = (title: string) => title.toLowerCase().includes(wanted.trim().toLowerCase())
  const shown = groups
    .map((group) => ({
      ...group,
      entries: isWanted(group.title)
        ? group.entries
        : group.entries.filter(({ title }) => isWanted(title)),
    }))
    .filter(({ entries }) => entries.length > 0)
  const isFolded = (entries: readonly Entry[]) =>
    wanted.trim() === '' &&
    isNarrow() &&
    !entries.some(({ form }) => form && draftOnRecord(record, form))
  const many = shown.reduce((sum, { entries }) => sum + entries.length, 0)
  return (
    <section aria-labelledby="library-heading" className="assess-library">
      <h2 id="library-heading">
        <Trans>What you can ask</Trans>
      </h2>
      <TextField
        label={t`Find an assessment`}
        hint={t`A name, or what it is about: mood, falls, pain`}
        type="search"
        width={30}
        value={wanted}
        onChange={setWanted}
      />
      <p className="assess-meta" role="status">
        {many === 0 ? (
          <Trans>Nothing here has “{wanted}” in its name.</Trans>
        ) : (
          <Trans>{many} shown</Trans>
        )}
      </p>
      <div className="assess-topics">
        {shown.map((group) => (
          <section key={group.id} aria-labelledby={group.id}>
            {/* what is searched for, and what was begun, stands open */}
            <details
              className="assess-fold"
              key={String(isFolded(group.entries))}
              open={!isFolded(group.entries) || undefined}
            >
              <summary>
                <h3 id={group.id}>{group.title}</h3>{' '}
                <span className="assess-meta">
                  <Plural value={group.entries.length} one="# to ask" other="# to ask" />
                </span>
              </summary>
              <ul className="assess-topic">
                {group.entries.map((entry) => (
                  <LibraryEntry key={entry.url} {...{ entry, record, person }} />
                ))}
              </ul>
            </details>
          </section>
        ))}
      </div>
    </section>
  )
}

/** On a phone the topics are a list of their own, and open one by one. */
const isNarrow = () => globalThis.matchMedia?.('(max-width: 760px)').matches ?? false

type Entry = Readonly<{ url: string; title: string; form?: Form; instrument?: Instrument }>

const ofForm = (form: Form): Entry => ({ url: form.url, title: form.title, form })

/** What was begun with an earlier version is finished with it. */
function ofInstrument(
  instrument: Instrument,
  forms: readonly Form[],
  record: PersonAssessments,
): Entry {
  const versions = forms.filter(({ url }) => url === instrument.url)
  const form = versions.find((each) => draftOnRecord(record, each)) ?? versions[0]
  return { url: instrument.url, title: instrument.title, instrument, ...(form ? { form } : {}) }
}

function LibraryEntry({
  entry: { url, title, form, instrument },
  record,
  person,
}: Readonly<{ entry: Entry; record: PersonAssessments; person: string }>) {
  const licences = useLicenceLabels()
  const last = record.assessments.find((each) => each.url === url && each.state === 'completed')
  return (
    <li>
      <div>
        <p className="assess-topic-name">{title}</p>
        <p className="assess-meta">
          {last ? (
            <Trans>
              Last asked <MomentText at={last.at} /> {last.by ? <bdi>· {last.by}</bdi> : null}
            </Trans>
          ) : (
            <span className="assess-not-said">
              <Trans>Not asked yet</Trans>
            </span>
          )}
        </p>
        {instrument && (
          <p className="assess-meta">
            {instrument.licence === 'pending' ? (
              <StateMark state="missing">{licences.pending}</StateMark>
            ) : (
              licences[instrument.licence]
            )}
          </p>
        )}
      </div>
      {form ? (
        <AskLink {...{ form, record, person }} wasAsked={last !== undefined} />
      ) : (
        <NotHere isPack={instrument?.licence === 'pack'} />
      )}
    </li>
  )
}

function NotHere({ isPack }: { isPack: boolean }) {
  return (
    <p className="assess-not-here">
      {isPack ? (
        <Trans>
          Not available here until acknowledged: an administrator has to say that you may use it.
        </Trans>
      ) : (
        <Trans>Not available here. Someone who manages this service can import it.</Trans>
      )}
    </p>
  )
}

type AskProps = Readonly<{
  form: Form
  record: PersonAssessments
  person: string
  wasAsked: boolean
}>

function AskLink({ form, record, person, wasAsked }: AskProps) {
  const title = <span className="nhsuk-u-visually-hidden">{form.title}</span>
  const isScoreOnly = instrumentAt(form.url)?.licence === 'score-only'
  return (
    <LinkButton to={`/people/${person}/assessments/${form.id}`} variant="outline">
      {draftOnRecord(record, form) ? (
        <Trans>Continue {title}</Trans>
      ) : isScoreOnly ? (
        <Trans>Enter {title}</Trans>
      ) : wasAsked ? (
        <Trans>Ask {title} again</Trans>
      ) : (
        <Trans>Start {title}</Trans>
      )}
    </LinkButton>
  )
}
